"""What the product knows of single languages, as data: question words, follow-up words, numerals."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns of one language, lower case. A pattern that a language lacks matches nothing.

    `who`, `when`, `where`, `number`: questions that ask for a person, a time, a place, a number; `focus`: the
    word that says what is asked for ("how many HOURS"), in its first group that took part. `opening`: what
    a follow-up starts with, to be left out of the search; `reference`: words that point at an earlier turn;
    `asking`: what makes a question of a sentence; `joint`: where a second one may begin, behind the `cut`;
    `numerals`: numbers written out; `about`: what stands before a figure that is not exact.
    """

    who: str = "(?!)"
    when: str = "(?!)"
    where: str = "(?!)"
    number: str = "(?!)"
    focus: str = "(?!)"
    opening: str = "(?!)"
    reference: str = "(?!)"
    asking: str = "(?!)"
    joint: str = "(?!)"
    numerals: str = "(?!)"
    about: str = "(?!)"


_ASKING = {
    "en": r"(?:(?!(?-i:WHO)\b)who|whom|whose|what|which|when|where|why|how)\b",
    "vi": r"(?:(?-i:[Aa]i)(?! (?i:cập|len))|gì|nào|đâu|(?:vì|tại|bởi|ra|làm|thế) sao|bao nhiêu|bao giờ|bao lâu|bao xa|"
    r"mấy(?! (?:ngày|tuần|tháng|năm|hôm) (?:qua|nay|gần|trước)))(?!\w)",
    "de": r"(?:wer|wen|wem|wessen|was|welche[mnrs]?|wann|wie|warum|weshalb|wieso|"
    r"wo(?:r?(?:an|auf|aus|bei|durch|für|gegen|her|hin|in|mit|nach|über|um|von|vor|zu))?)\b",
    "fr": r"(?:qui|que|quoi|quel(?:le)?s?|quand|où|comment|pourquoi|combien)\b",
    "es": r"(?:quién(?:es)?|qué|cuál(?:es)?|cuándo|a?dónde|cómo|cuánt[oa]s?)\b",
    "pt": r"(?:quem|o que|qua(?:l|is)|quando|a?onde|como|quant[oa]s?|por que|porquê|(?:em|de|com|para) que)\b",
    "it": r"(?:chi|cosa|qual[ei]?|quando|dove|come|perché|quant[oaie]|(?:a|con|di|in|per) che)\b",
    "ru": r"(?:кто|кого|кому|кем|ком|чей|чья|чьё|чьи|что|чего|чему|ч[её]м|"
    r"как(?:ов[аоы]?|ой|ая|ое|ие|их|им|ую|ого|ому)?|когда|где|куда|откуда|сколько|почему|зачем)\b",
}
_CUES = {
    "en": Cues(
        who=r"\b((?!(?-i:WHO)\b)who|whom|whose)\b",
        when=r"\b(when|(?:what|which) (?:year|date|day|month|century|time))\b",
        where=r"\bwhere\b",
        number=r"\bhow (?:many|much|old|long|far|often|large|big|high|tall)\b",
        focus=r"\bhow (?:many|much) ([^\W\d_]+)|\b(?:which|what) (?!(?:is|are|was|were|do|does|did|has|have|had|can|"
        r"could|will|would|shall|should|may|might|must|s|the|an?)\b)([^\W\d_]+)",
        opening=r"^(?:(?:and|but|so|then|ok|okay|also)\b[ ,]*)+(?:(?:what|how) about\b)?|^(?:what|how) about\b",
        reference=r"\b(he|she|it|they|him|her|them|his|hers|its|their|theirs|this|these|those|then|one|ones|former|latter|"
        r"same|other|both|that(?=\W*$| (?:is|was|one|day|year|time|man|woman|happen\w*|mean\w*)\b)|"
        r"(?<!is )(?<!are )(?<!was )(?<!were )there(?! (?:is|are|was|were|be|been|has|have)\b))\b",
        asking=rf"\b{_ASKING['en']}",
        joint=r"(?P<cut>(?:,| but|;)? and )(?=(?:(?:at|by|for|from|in|of|on|since|to|under|until|with) )?"
        rf"{_ASKING['en']})",
        numerals=r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
        r"once|twice|half|several)\b",
        about=r"\b(?:about|around|roughly|approximately|some|an estimated|close to|as many as)\W*$",
    ),
    "vi": Cues(
        who=r"(?<!\w)(?-i:[Aa]i)(?! (?i:cập|len)\b)(?!\w)|(?<!\w)(người|nhân vật|lãnh đạo|bộ trưởng|ông|bà) nào(?!\w)",
        when=r"(?<!\w)(khi nào|bao giờ|lúc nào|(?:năm|ngày|tháng|thời gian) (?:nào|bao nhiêu|mấy))(?!\w)",
        where=r"(?<!\w)(ở đâu|nơi nào|đâu|tại đâu)(?!\w)",
        number=r"(?<!\w)(bao nhiêu|mấy|bao lâu|bao xa|bao lớn)(?!\w)",
        focus=r"(?:bao nhiêu|mấy) (\w+)|(\w+) nào(?!\w)",
        opening=r"^(?:(?:và|còn|thế(?! (?:giới|vận|chiến|hệ|kỷ|lực|nào)(?!\w))|vậy|vậy thì|thế còn|rồi)(?!\w)[ ,]*)+",
        reference=r"(?<!\w)(ông ấy|ông ta|bà ấy|cô ấy|anh ấy|họ|nó|đó|này|ấy|kia|hai ông|hai bên|hai bà|cả hai)(?!\w)",
        asking=rf"(?<!\w){_ASKING['vi']}",
        joint=rf"(?P<cut>,? và )(?!(?:không|chưa|chẳng) )(?=(?:(?! và )[^?])*?(?<!\w){_ASKING['vi']})",
        numerals=r"(?<!\w)(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|ngàn|triệu|tỷ|vài)(?!\w)",
        about=r"(?<!\w)(?:khoảng|chừng|độ|cỡ|ước tính|xấp xỉ)\W*$",
    ),
    "de": Cues(
        who=r"\b(wer|wen|wem|wessen)\b",
        when=r"\b(wann|in welche[mnr] (?:jahr|monat|jahrhundert)|an welchem (?:tag|datum))\b",
        where=r"\b(wo|woher|wohin)\b",
        number=r"\b(wie ?viele?n?|wie (?:alt|lange|hoch|groß|weit|oft))\b",
        focus=r"\bwie ?viele?n? ([^\W\d_]+)|\bwelche[mnrs]? ([^\W\d_]+)",
        opening=r"^(?:(?:und|aber|also|dann)\b[ ,]*)+(?:was ist mit\b)?|^was ist mit\b",
        reference=r"\b(er|sie|(?<!gibt )(?<!gab )es(?! (?:gibt|gab)\b)|ihn|ihm|ihr|ihnen|sein(?:e[nmrs]?\b|"
        r"(?= (?-i:[A-ZÄÖÜ])))|ihre\w*|dies\w*|jene\w*|dort|da|damals|dabei|davon|beide\w*)\b",
        asking=rf"\b{_ASKING['de']}",
        joint=r"(?P<cut>,? und )(?=(?:(?:ab|an|auf|aus|bei|bis|durch|für|gegen|in|mit|nach|seit|über|um|unter|von|vor|"
        rf"zu) )?{_ASKING['de']})",
        numerals=r"\b(eine?[rsnm]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dutzend\w*|hundert\w*|"
        r"tausend\w*)\b",
        about=r"\b(?:etwa|rund|ungefähr|circa|ca|gut|schätzungsweise|an die)\W*$",
    ),
    "fr": Cues(
        who=r"\b(qui|à qui|de qui)\b",
        when=r"\b(quand|(?:en|à) quelle (?:année|date|époque)|quel jour)\b",
        where=r"\b(où|d'où)\b",
        number=r"\bcombien\b|\bquel âge\b",
        focus=r"\bcombien (?:de |d')([^\W\d_]+)|\bquel(?:le)?s? "
        r"(?!(?:est|sont|était|étaient|fut|furent|sera|seront|a|ont|avait)\b)([^\W\d_]+)",
        opening=r"^(?:(?:et|mais|alors|donc)\b[ ,]*)+(?:qu'en est-il de\b)?",
        reference=r"\b((?<!-)(?:il|elle|ils|elles)(?! (?:y a|s['’]agit|faut)\b)|lui|leurs?|ceci|cela|ça|"
        r"(?<!est-)ce(?! (?:que?|qui)\b)|cette|ces|cet|celui\w*|celle\w*|ceux|là|(?<!-t-)y(?= (?!a\b|avait\b)\w)|"
        r"en(?= (?:a|ont|avait|est|sont|était|reste|parle|dit|pense|fait|faut|coûte|sait)\b))\b",
        asking=rf"\b{_ASKING['fr']}",
        joint=r"(?P<cut>,? et )(?=(?:(?:à|avec|chez|contre|dans|de|depuis|en|jusqu['’]à|par|pour|sur) |d['’])?"
        r"(?:qui|quoi|quel(?:le)?s?|quand|où|comment|pourquoi|combien|qu['’]est-ce qu\w*|"
        r"que(?= (?:dit|disent|fait|pense|veut|\w+-)))\b)",
        numerals=r"\b(une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|cent\w*|mille|millions?)\b",
        about=r"\b(?:environ|quelque|autour de|à peu près|une estimation de)\W*$",
    ),
    "es": Cues(
        who=r"\b(quién|quiénes)\b",
        when=r"\b(cuándo|(?:en|de) qué (?:año|fecha|mes|siglo|día))\b",
        where=r"\b(a?dónde)\b",
        number=r"\b(cuánt[oa]s?)\b",
        focus=r"\bcuánt[oa]s? ([^\W\d_]+)|"
        r"\bqué (?!(?:es|son|era|eran|fue|fueron|ha|han|hay|se|le|les|la|el|lo|los|las)\b)([^\W\d_]+)",
        opening=r"^¿?(?:(?:y|pero|entonces)\b[ ,]*)+(?:qué hay de\b)?",
        reference=r"\b(él|ella|ellos|ellas|lo|les?|su|sus|est[eao]s?|es[eao]s?|aquel\w*|allí|ahí|ambos|ambas)\b",
        asking=rf"\b{_ASKING['es']}",
        joint=rf"(?P<cut>,? y )(?=(?:(?:a|con|contra|de|desde|en|hasta|para|por|sobre) )?{_ASKING['es']})",
        numerals=r"\b(un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|cien\w*|mil|millón|"
        r"millones)\b",
        about=r"\b(?:un[oa]s|alrededor de|aproximadamente|cerca de|en torno a)\W*$",
    ),
    "pt": Cues(
        who=r"\bquem\b",
        when=r"\b(quando|(?:em|de) que (?:ano|data|dia|mês|século))\b",
        where=r"\b(a?onde)\b",
        number=r"\b(quant[oa]s?)\b",
        focus=r"\bquant[oa]s (?!(?:são|eram|foram|há|têm|se)\b)([^\W\d_]+)|"
        r"\bqua(?:l|is) (?!(?:é|são|era|eram|foi|foram|há|tem|têm|se|os?|as?)\b)([^\W\d_]+)",
        opening=r"^(?:(?:e|mas|então)(?=[ ,])[ ,]*)+",
        reference=r"\b(eles?|elas?|lhes?|seus?|suas?|del[ea]s?|nel[ea]s?|est[ea]s?|ess[ea]s?|isto|isso|aquel\w*|ali|lá|"
        r"ambos|ambas)\b",
        asking=rf"\b{_ASKING['pt']}",
        joint=r"(?P<cut>,? e )(?=(?:(?:a|com|contra|d[eao]|desde|em|n[ao]|para|por|sobre) )?"
        r"(?:quem|o que|qua(?:l|is)|quando|a?onde|quant[oa]s?|por que|porquê)\b)",
        numerals=r"\b(uma?|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|cem|cento|mil|milhão|milhões)\b",
    ),
    "it": Cues(
        who=r"\bchi\b",
        when=r"\b(quando|(?:in|di) (?:che|quale) (?:anno|data|giorno|mese|secolo))\b",
        where=r"\b(dove|dov['’])",
        number=r"\b(quant[oaie])\b",
        focus=r"\bquant[ie] (?!(?:sono|erano|furono|hanno)\b)([^\W\d_]+)|"
        r"\bqual[ei] (?!(?:è|sono|era|erano|fu|furono|ha|hanno|si|il|lo|la|i|gli|le)\b)([^\W\d_]+)",
        opening=r"^(?:(?:e|ma|allora|quindi)(?=[ ,])[ ,]*)+",
        reference=r"\b(lui|lei|loro|ess[oaie]|su[oa]|suoi|sue|quest[oaie]|quell\w*|quegli|quei|ciò|lì|là|entramb[ie])\b",
        asking=rf"\b{_ASKING['it']}",
        joint=r"(?P<cut>,? e )(?=(?:(?:a|che|con|contro|d[ai]|fino a|in|per|su) )?"
        r"(?:chi|cosa|qual[ei]?|quando|dove|perché|quant[oaie])\b)",
        numerals=r"\b(un[oa]?|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|cento|mille|milion[ei])\b",
    ),
    "ru": Cues(
        who=r"\b(кто|кого|кому|кем|чей|чья|чьё|чьи)\b",
        when=r"\b(когда|в как(?:ом|ой) (?:году|месяце|день)|какого числа)\b",
        where=r"\b(где|куда|откуда)\b",
        number=r"\bсколько\b|\bкако(?:й|го) (?:длины|высоты|толщины|возраста|глубины)\b",
        focus=r"\bсколько (?!сто[ия]т|был|буд|дл)([^\W\d_]+)|\bкак(?:ой|ая|ое|ие|их|им|ую) ([^\W\d_]+)",
        opening=r"^(?:(?:а|и|но|так)(?=[ ,])[ ,]*)+(?:что насчёт\b)?",
        reference=r"\b(он|она|они|оно|его|её|ее|их|ему|ей|им|н[её]м|ней|них|эт(?:от|а|о|и|у|ого|ой|ому|им|их|ом|ими)|"
        r"тот|та|те|там|тогда|оба|обе|сво[йяеию])\b",
        asking=rf"\b{_ASKING['ru']}",
        joint=r"(?P<cut>,? и )(?=(?:(?:в|во|до|для|за|из|к|на|о|об|от|по|с|у) )?"
        r"(?:кто|кого|кому|кем|ком|чей|чья|чьё|чьи|ч[её]м|како[\wв]{1,3}|какая|какие|каких|когда|где|куда|откуда|сколько|"
        r"почему|зачем)\b)",
        numerals=r"\b(один|одна|дв[ае]|три|четыре|пять|шесть|семь|восемь|девять|десять|сто|тысяч[аи]?|миллион\w*)\b",
    ),
    "zh": Cues(
        who=r"谁|哪位",
        when=r"什么时候|何时|哪一?年|哪一?天|几月|几点|几号",
        where=r"哪里|哪儿|何处|什么地方",
        number=r"多少|多[久远]|有多[长大高深重]|几(?=[个位人名年月天岁次种条分秒元块万千百十])",
        opening=r"^(?:(?:那么|那(?=[,，他她它])|还有|而且)[,，]?)+",
        reference=r"(?<![其吉])[他她它](?!林)|这(?!么)|(?<!支)那(?=[个些次时里座位家件场，]|他|她|它)|两者",
        numerals=r"[一二两三四五六七八九十百千万亿]+",
    ),
    "ja": Cues(
        who=r"誰|だれ|どなた",
        when=r"いつ|何年|何月|何日|何時",
        where=r"どこ|何処",
        number=r"いくら|いくつ|ど(?:れ|の)く?らい|何[人個件台本回円歳頭匹枚軒度]|何(?:キロ|メートル|パーセント)",
        opening=r"^(?:では|じゃあ|そして|それから|(?:じゃ|で|それで)(?=[、,]))[、,]?",
        reference=r"(?:^|[、。はがをにでともへ])(?:それ(?!ぞれ)|これ(?!まで|から)|あれ|[こそあ]の|そこ|あそこ|ここ(?!ろ))|"
        r"彼(?:女|ら)?(?=[はがをのにとも、]|$)|両者",
        numerals=r"[一二三四五六七八九十百千万億]+",
    ),
}
_NONE = Cues()


@lru_cache(maxsize=512)
def cue(language: str | None, name: str) -> re.Pattern[str]:
    """One pattern of a language; it matches nothing where the language has none."""
    return re.compile(getattr(_CUES.get(language or "", _NONE), name), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Times:
    """How one language speaks of times, as patterns in lower case. `{unit}` stands for a unit, `{n}` for a number.

    `before`, `after`, `since`, `until`: what stands before a time that ends or begins a period; `within`: what
    changes nothing; `to`: what stands between the first and the last date of a period. `units` are days, weeks, months,
    years. `link` is what may stand between the parts of a date; `doubtful` are months that are other words too where
    nothing stands before them.
    """

    before: str
    after: str
    since: str
    until: str
    within: str
    to: str
    today: str
    yesterday: str
    this: str
    last: str
    past: str
    units: tuple[str, str, str, str]
    link: str = r"[.,]? ?"
    month: str = "(?!)"
    year: str = ""
    day_first: bool = True
    doubtful: str = "(?!)"


_TIMES = {
    "en": Times(
        before="before|prior to|earlier than", after="after|later than", since="since", until="until|till|up to",
        within="in|on|from|during|of|within|between", to="to|until|till|through|and",
        today="today", yesterday="yesterday", this="this {unit}",
        last="(?:the )?(?:last|previous) {unit}", past="(?:the )?(?:last|past) {n} {unit}",
        units=("days?", "weeks?", "months?", "years?"), link=r"(?:st|nd|rd|th|[.,])?(?: of)?,? ", day_first=False,
        doubtful="may|march",
    ),
    "vi": Times(
        before="trước", after="sau", since="từ|kể từ", until="đến|cho đến", within="vào|trong|hồi|của|giữa",
        to="đến|tới|cho đến|và", today="hôm nay", yesterday="hôm qua", this="{unit} (?:này|nay)",
        last=r"(?<!\d )(?<!triệu )(?<!nghìn )(?<!trăm ){unit} (?:trước|qua|rồi|ngoái)",
        past="{n} {unit} (?:qua|vừa qua|gần đây)", units=("ngày", "tuần", "tháng", "năm"), link="[ /.-]|, | năm ",
        month=r"tháng (\d{1,2})", year="(?:năm )?",
    ),
    "de": Times(
        before="vor(?: dem)?", after="nach(?: dem)?", since="seit(?: dem)?", until="bis(?: zum)?",
        within="im|in|am|vom|von|aus|aus dem|in der|in den|von der|zwischen", to="bis(?: zum)?|und(?: dem)?",
        today="heute", yesterday="gestern",
        this="(?:diese[nrms]?|dieser) {unit}", last="(?:der )?(?:letzte|vergangene|vorige)[nrms]? {unit}",
        past="(?:letzten|vergangenen) {n} {unit}",
        units=("tag(?:en?)?", "wochen?", "monate?n?", "jahre?n?"),
    ),
    "fr": Times(
        before="avant(?: le)?", after="après(?: le)?", since="depuis(?: le)?", until="jusqu['’](?:en|au|à)",
        within="en|dans|de|du|le|au|au cours d[eu]|de la|du mois de|entre(?: le)?",
        to="à|au|jusqu['’](?:en|au|à)|et(?: le)?", today="aujourd['’]hui", yesterday="hier",
        this="(?:cette|ce) {unit}", last="(?:la |le |l['’])?{unit} derni(?:er|ère)",
        past="(?:ces |les |des )?{n} derni(?:er|ère)s {unit}", units=("jours?", "semaines?", "mois", "an(?:née)?s?"),
        link=r"(?:er)? ", doubtful="mars",
    ),
    "es": Times(
        before="antes del?", after="después del?", since="desde(?: el)?", until="hasta(?: el)?",
        within="en|de|del|el|durante|de la|durante el|entre(?: el)?", to="al?|hasta(?: el)?|y(?: el)?",
        today="hoy", yesterday="ayer", this="est[ea] {unit}",
        last="(?:el |la )?{unit} pasad[oa]", past="(?:los |las )?últim[oa]s {n} {unit}",
        units=("días?", "semanas?", "mes(?:es)?", "años?"), link=r"(?: del?)? ",
    ),
}  # fmt: skip


def times(language: str | None) -> Times | None:
    """None for a language whose times are not known."""
    return _TIMES.get(language or "")
