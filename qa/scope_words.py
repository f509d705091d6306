"""How a question says whose articles are meant and of what time, or what they tell of a subject, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scopes:
    """How one language says whose articles are meant, and of what time; lower case, matched without regard to case.

    `{name}` stands for a publisher or an author that the library knows, `{when}` for a time, `{ago}` for one that is
    told from today ("last week"). What is in a group `cut` says nothing else and is left out of the search.
    `source`: where a publisher is named as one who reports; `byline`: where an author is; `dated`: where a time is
    that of publication, not of what happened; `newest`: where the latest articles are wanted; `subject`: where they
    are only asked what they tell of a subject. Instead of a group `reports`, "what do the articles say", `said` is
    searched: no sentence tells that an article says it.
    """

    source: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    newest: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    said: str = ""


# The articles, whatever they are called.
_ARTICLES = {
    "en": r"(?:(?:(?:all|any|of|the|these|those|this|my|our|your|saved|various|different|other|news) )*"
    r"(?:articles?|documents?|docs|files?|sources?|texts?|stor(?:y|ies)|reports?|papers?|newspapers?|news|press|media|"
    r"outlets?)|(?:my|our) (?:library|corpus|collection|archives?))",
    "vi": r"(?:(?:các|những|mấy) )?(?:bài(?: báo| viết)?|(?:tờ )?báo(?: chí)?|tài liệu|nguồn(?: tin)?|văn bản|tin tức)"
    r"(?: (?:này|trên|đó))?",
    "de": r"(?:(?:d(?:ie|er|as|en|em)|diese[rsnm]?|meinen?|unseren?|allen?) )*(?:artikeln?|dokumente?n?|quellen?|"
    r"texte?n?|berichte?n?|zeitung(?:en)?|presse|medien|dateien|nachrichten)",
    "fr": r"(?:(?:tou(?:te)?s|l[ea]s?|ces?|cet(?:te)?|mes|nos|vos) |l['’])*(?:articles?|documents?|sources?|textes?|"
    r"journ(?:al|aux)|presse|médias?|fichiers?|reportages?)",
    "es": r"(?:(?:tod[oa]s|los|las|el|la|est[aeo]s?|mis|nuestr[oa]s) )*(?:art[íi]culos?|documentos?|fuentes?|textos?|"
    r"peri[óo]dicos?|prensa|medios|noticias?|reportajes?|informes?)",
    "pt": r"(?:(?:todos|os|as|[oa]|est[ae]s?|meus|nossos) )*(?:artigos?|documentos?|fontes?|textos?|jorna(?:l|is)|"
    r"imprensa|notícias?|reportage(?:m|ns))",
    "it": r"(?:(?:tutt[ie]|gli|il?|l[ae]|quest[ei]|miei|nostri) |l['’])*(?:articol[oi]|document[oi]|font[ei]|test[oi]|"
    r"giornal[ei]|stampa|notizi[ae]|file)",
    "ru": r"(?:(?:все|эти|мои|наши) )*(?:стать[яи]|документы?|источники?|тексты?|газет[аы]|пресса|сми|файлы?|новости)",
}
# What stands before a subject, without what as often belongs to the articles ("the articles OF ...").
_ABOUT = {
    "en": r" (?:about|regarding|concerning|on(?! (?:\w+day|page|\d)))\b",
    "de": r" (?:über|zu[mr]?)\b",
    "fr": r" (?:sur|à propos|au sujet|concernant)\b",
    "es": r" (?:sobre|acerca|respecto)\b",
    "pt": r" (?:sobre|acerca|a respeito)\b",
    "it": r" (?:su(?:l|ll[aeo]|gli|i)?\b|sull['’]|riguardo\b)",
    "ru": r" (?:об?|обо|про)\b",
}
_RUSSIAN_IN = r"в (?:стать(?:ях|е)|газет(?:ах|е)|прессе|сми|источниках|документ(?:ах|е)|текст(?:ах|е)|новостях|файлах)"
_FRENCH_TOLD = (  # "que dit Le Monde", "qu'est-ce que Le Monde a dit"
    r"(?:que |qu['’](?:a |ont |est-ce que )?)(?:dit|disent|écrit|rapport[eé]|publi[eé]|affirm[eé]) "
    r"(?:l[ea]s? |l['’])?{name}",
    r"(?:que |qu['’]est-ce que )(?:l[ea]s? |l['’])?{name}(?: (?:a|ont)(?:-t-elle|-t-il|-ils)?)? "
    r"(?:dit|disent|écrit|rapport[eé]|publi[eé]|affirm[eé])",
)
_SCOPES = {
    "en": Scopes(
        said="what is there",
        subject=(
            rf"^(?P<cut>what (?:do|does|did|can) {_ARTICLES['en']} (?:say|tell(?: us| me)?|report|write) (?:about|on) )"
            r"(?=(?:who|why|when|where|how)\b)",
            rf"^(?:(?:and|but|so|ok|okay)\b[ ,]*)*(?P<reports>what (?:do|does|did|ha(?:s|ve|d)|can) {_ARTICLES['en']} "
            r"(?:say|said|tell(?: us| me)?|told(?: us| me)?|report(?:ed)?|writ(?:e|ten)|mention(?:ed)?|"
            rf"(?:have )?to say|contain))(?={_ABOUT['en']})",
            rf"^(?P<reports>what (?:is|are) {_ARTICLES['en']} (?:saying|reporting|writing))(?={_ABOUT['en']})",
            r"^(?P<reports>what (?:is|was|has been|is being|gets) (?:said|reported|written|told|published|mentioned))"
            rf"(?P<cut> in {_ARTICLES['en']})?(?= (?:about|regarding|concerning)\b)",
            r"^(?P<reports>(?:please |can you |could you )*(?:(?:tell|show)(?: me| us)?|summari[sz]e)"
            rf"(?: (?:everything|all|more|something|what))?(?: (?:that )?{_ARTICLES['en']}(?: (?:say|tell|report|"
            r"write|contain|have))?)?)(?= (?:about|regarding|concerning)\b)",
            rf"^(?P<reports>(?:is|are) there (?:any(?:thing)?|some(?:thing)?)(?: {_ARTICLES['en']})?)"
            rf"(?={_ABOUT['en']})",
            r"^(?P<reports>what (?:do (?:we|you) know|can you tell (?:me|us)))(?= about\b)",
        ),
        source=(
            r"(?P<cut>\b(?:according to|as reported by) {name}(?:['’]s (?:report|article|reporting|coverage))?,?)",
            r"\b(?P<reports>what (?:did|does|do|has|have|had) {name} "
            r"(?:say|said|report(?:ed)?|write|written)(?: {when})?)"
            rf"(?={_ABOUT['en']})",
            r"\bhow (?:many|much)\b(?:(?!\b(?:did|does|has|had)\b).){{0,40}}(?P<cut> (?:did|does|has|had) {name} "
            r"(?:say|said|report(?:ed)?|write|written|claim(?:ed)?|count(?:ed)?)(?: that)?(?: {when})?)"
            r"(?! (?:on|about|to|of|for|with)\b)",
            r"\b(?:who|which)\b(?:(?!\b(?:did|does|has|had)\b).){{0,40}}(?P<cut> (?:did|does|has|had) {name} "
            r"(?:say|said|claim(?:ed)?)(?: that)?)(?= (?!(?:on|about|to|of|for|with|in)\b)\w)",
            r"\b(?:what|how|why|who|whom|which|when|where)\b.{{0,40}}?\b(?:did|does|do|has|have|had) {name} "
            r"(?:say|said|report(?:ed)?|write|written|claim(?:ed)?|publish(?:ed)?|mention(?:ed)?|describe[d]?|"
            r"cover(?:ed)?)\b"
            r"(?P<cut> {when})?",
            r"\b(?:articles?|reports?|story|stories|pieces?|news|coverage|editorials?|interviews?)"
            r"(?P<cut> (?:by|from|in) {name})",
            r"\b(?:in )?{name}['’]s? (?:articles?|reports?|story|stories|coverage|reporting|editorials?)\b",
            r"\b(?:reported|written|said)(?P<cut> by {name})",
        ),
        byline=(
            r"\b(?:articles?|story|stories|pieces?|columns?|editorials?|reports?|written)"
            r"(?P<cut> (?:written )?by {name})",
            r"\b(?P<reports>what (?:did|does|has) {name} (?:write|written)(?: {when})?)"
            rf"(?={_ABOUT['en']})",
            r"\bwhat (?:did|does|has) {name} (?:write|written)\b(?P<cut> {when})?",
            r"{name}['’]s? (?:articles?|columns?|editorials?)\b",
        ),
        dated=(
            r"\b(?:articles?|story|stories|headlines|coverage|news|reporting)(?P<cut>(?: that (?:was|were))?"
            r"(?: (?:published|posted|written|printed|dated))? {when})",
            r"\b(?:reports?|pieces?|posts?|updates?)(?P<cut> (?:(?:published|posted|written|dated) {when}|from {ago}))",
            r"\b(?:articles?|story|stories|coverage|news|reports?) (?:about|on|regarding|by|from) (?:[\w'’-]+ ){{1,6}}?"
            r"(?P<cut>(?:published|posted|written|dated) {when}|from {ago})",
            r"\bwhat (?:was|were|has been|is being|is) (?:[\w]+ )?(?:reported|published)(?P<cut> {ago})",
            r"(?P<cut>\b{ago}['’]s) (?:news|articles?|headlines|story|stories|coverage|reports?|papers?)\b",
        ),
        newest=(
            r"\b(?:latest|newest|most recent) (?:[\w'’-]+ ){{0,2}}?(?:news|articles?|reports?|story|stories|updates?|"
            r"coverage|headlines?|developments?)\b",
            r"\b(?:latest|newest|most recent|updated|revised|corrected)(?= (?:[\w'’-]+ )?(?:figures?|numbers?|counts?|"
            r"tolls?|tall(?:y|ies)|estimates?)\b(?! skat))",
            r"\bthe latest (?:on|about)\b",
            r"\bwhat(?:['’]s| is) new (?:on|about|with|in)\b",
        ),
    ),
    "vi": Scopes(
        said="có gì về",
        subject=(
            rf"^(?:(?:thế|còn|vậy) )?(?P<reports>{_ARTICLES['vi']} (?:đã )?(?:có )?"
            r"(?:nói|viết|đưa tin|cho biết|đề cập|nhắc)(?: những)? (?:gì|ra sao|thế nào|như thế nào) (?:về|đến|"
            r"tới))(?!\w)",
            r"^(?P<reports>(?:có )?(?:(?:bài|bài báo|bài viết|tài liệu|tin) (?:nào|gì)|thông tin gì|những gì)"
            r"(?: (?:nói|viết|đưa tin|được viết|được nói))? về)(?!\w)",
            r"^(?P<reports>(?:hãy |xin )?(?:cho (?:tôi|mình|chúng tôi) biết|"
            r"(?:kể|nói)(?: cho (?:tôi|mình)(?: nghe| biết)?)?|tóm tắt)(?: gì| thêm| tất cả| những gì|"
            rf" thông tin)?(?: {_ARTICLES['vi']}(?: nói| viết)?)? về)(?!\w)",
        ),
        source=(
            r"(?P<reports>{name} (?:đã )?(?:nói|viết|đưa tin|cho biết|thông tin)(?: những)? gì về)(?!\w)",
            r"(?P<cut>(?<!\w)theo (?:(?:báo|tờ|trang|hãng|tin từ|thông tin từ) )?{name},?)",
            r"{name} (?:đã )?(?:nói|viết|đưa tin|cho biết|cho hay|thông tin|tường thuật)(?: những)? "
            r"(?:gì|thế nào|như thế nào|ra sao)(?!\w)",
            r"^(?P<cut>(?=(?:báo|tờ|trang|hãng|đài) )(?:(?:tờ|trang|hãng|đài) )?{name} (?:đã )?"
            r"(?:đưa tin|cho biết|cho hay|tường thuật)(?: rằng| là)?(?!\w),?)",
            r"(?<!\w)(?:bài|bài báo|bài viết|tin|bản tin)"
            r"(?P<cut> (?:của|trên|từ|do)(?: (?:báo|tờ|trang|hãng))? {name})",
        ),
        byline=(r"(?<!\w)(?:bài|bài báo|bài viết)(?P<cut> (?:của|do)(?: (?:tác giả|nhà báo|phóng viên))? {name})",),
        dated=(
            r"(?<!\w)(?<!con )(?:bài|bài báo|bài viết|tin|tin tức|bản tin)"
            r"(?P<cut> (?:(?:được )?(?:đăng|viết|công bố) )?{when})",
            r"(?P<cut>(?<!\w)(?:được )?đăng {when})",
        ),
        newest=(
            r"(?<!\w)(?:tin|tin tức|bài|bài báo|bài viết|thông tin|diễn biến)(?: \w+)? mới nhất(?!\w)",
            r"(?<!\w)(?:con số|số liệu|thống kê|số người(?: \w+){{1,2}}?)(?= (?:mới nhất|đính chính)(?!\w))",
            r"(?<!\w)mới nhất về(?!\w)",
        ),
    ),
    "de": Scopes(
        said="was gibt es",
        subject=(
            rf"^(?P<reports>was (?:sag(?:t|en|te|ten)|schreib(?:t|en)|schrieb(?:en)?|berichte(?:t|n|te|ten)|"
            rf"meld(?:et|en|ete|eten)|erzähl(?:t|en)|steht|stehen)(?: in| im)? {_ARTICLES['de']})(?={_ABOUT['de']})",
            rf"^(?P<reports>was (?:haben {_ARTICLES['de']}|(?:wird|wurde|"
            rf"ist)(?: in {_ARTICLES['de']})?))(?={_ABOUT['de']})"
            r".*(?P<cut> (?:gesagt|berichtet|geschrieben|gemeldet|erzählt)(?: worden)?)[ ?.]*$",
            rf"^(?P<reports>was steht)(?={_ABOUT['de']}).*(?P<cut> (?:in|im) {_ARTICLES['de']})[ ?.]*$",
            r"^(?P<reports>(?:bitte )?(?:erzähle?|sage?) (?:mir|uns)(?: bitte)?(?: etwas| alles| mehr)?)"
            rf"(?={_ABOUT['de']}| von\b)",
        ),
        source=(
            r"\b(?P<reports>was (?:sagt|sagte|schreibt|schrieb|berichtet|berichtete|meldet|meldete) (?:d(?:er|ie|as) )?"
            r"{name}(?: {when})?)"
            rf"(?={_ABOUT['de']})",
            r"(?P<cut>\b(?:laut|nach angaben(?: von)?) (?:d(?:er|em|es) )?{name},?)",
            r"(?P<cut>{name} zufolge,?)",
            r"\bwas (?:sagt|sagte|schreibt|schrieb|berichtet|berichtete|meldet|meldete) (?:d(?:er|ie|as) )?{name}\b"
            r"(?P<cut> {when})?",
            r"\bwas (?:hat|haben) (?:d(?:er|ie|as) )?{name} .*\b(?:geschrieben|berichtet|gesagt|gemeldet)\b",
            r"\b(?:artikeln?|berichte?n?|meldung(?:en)?|beitr[aä]ge?n?)"
            r"(?P<cut> (?:von|in|aus|bei)(?: d(?:er|em))? {name})",
        ),
        byline=(
            r"\b(?:artikeln?|beitr[aä]ge?n?|kommentare?n?)(?P<cut> von {name})",
            r"\bwas schr(?:eibt|ieb) {name}\b",
        ),
        dated=(
            r"\b(?:artikeln?|berichten?|meldung(?:en)?|nachrichten|beitr[aä]gen?)(?P<cut>,?(?: die)? {when}"
            r"(?: (?:veröffentlicht|erschienen)(?: wurden| sind)?)?)",
        ),
        newest=(
            r"\b(?:neueste|jüngste|aktuellste)[nrsm]? "
            r"(?:nachrichten?|artikel|meldung(?:en)?|berichte?|entwicklung(?:en)?)\b",
            r"\b(?:neueste|jüngste|aktuelle|aktuellste|korrigierte)[nrsm]?"
            r"(?= (?:zahl(?:en)?|bilanz|schätzung(?:en)?)\b)",
            r"\bdas neueste (?:über|zu|von)\b",
        ),
    ),
    "fr": Scopes(
        said="que sait-on",
        subject=(
            r"^(?P<reports>(?:que|qu['’]est-ce qu[e'’]) ?(?:di(?:t|sent)|raconte(?:nt)?|rapporte(?:nt)?|écri(?:t|vent)|"
            rf"publie(?:nt)?) {_ARTICLES['fr']})(?={_ABOUT['fr']})",
            rf"^(?P<reports>qu['’]est-ce qu[e'’] ?{_ARTICLES['fr']} (?:disent|dit|racontent?|rapportent?|écri(?:t|"
            r"vent)))"
            rf"(?={_ABOUT['fr']})",
            rf"^(?P<reports>qu['’](?:a|ont) (?:dit|écrit|rapporté) {_ARTICLES['fr']})(?={_ABOUT['fr']})",
            r"^(?P<reports>(?:que (?:dit|raconte|rapporte)-on|qu['’]est-ce (?:qu['’]on|que l['’]on) (?:dit|raconte)|"
            rf"parlez?[- ](?:moi|nous)))(?={_ABOUT['fr']}| (?:de|du|des)\b| d['’])",
        ),
        source=(
            *(rf"^(?:et )?(?P<reports>{told}(?: {{when}})?)(?={_ABOUT['fr']})" for told in _FRENCH_TOLD),
            r"(?P<cut>\b(?:selon|d['’]après) (?:l[ea]s? |l['’])?{name},?)",
            *(rf"\b{told}\b(?P<cut> {{when}})?" for told in _FRENCH_TOLD),
            r"\b(?:articles?|reportages?|enquêtes?)(?P<cut> (?:de|du|dans|par)(?: l[ea]s?| l['’])? ?{name})",
        ),
        byline=(r"\b(?:articles?|éditoria(?:l|ux)|chroniques?)(?P<cut> (?:de|par) {name})",),
        dated=(r"\b(?:articles?|reportages?|nouvelles|actualités)(?P<cut>(?: (?:publié|paru|écrit)e?s?)? {when})",),
        newest=(
            r"\bdernières? (?:nouvelles?|actualités?|informations?)\b",
            r"\bderniers? (?:articles?|reportages?)\b",
            r"\bderni(?:er|ère)s?(?= (?:bilans?|chiffres?|estimations?)\b)",
        ),
    ),
    "es": Scopes(
        said="qué hay",
        subject=(
            r"^¿?(?P<reports>qu[ée] (?:di(?:cen?|jeron|jo)|cuentan?|informan?|publican?|escriben?|han? dicho|"
            rf"han? publicado) {_ARTICLES['es']})(?={_ABOUT['es']})",
            r"^¿?(?P<reports>qu[ée] se (?:dice|dijo|cuenta|informa|publica|escribe|ha (?:dicho|publicado|informado|"
            r"escrito))"
            rf"(?: en {_ARTICLES['es']})?)(?={_ABOUT['es']}| del?\b)",
            rf"^(?P<reports>(?:h[áa]blame|h[áa]blanos|cu[ée]ntame|dime)(?: algo| todo| más)?)(?={_ABOUT['es']}| del?\b)"
            r"(?! \w+ (?:a?d[óo]nde|c[óo]mo|cu[áa](?:l(?:es)?|ndo|nt[oa]s?)|qu(?:[ée]|i[ée]n(?:es)?))\b)",
        ),
        source=(
            r"(?P<reports>\bqu[ée] (?:dice|dijo|escribe|escribió|informa|informó|publica|publicó|reportó|ha dicho|"
            r"ha publicado) (?:el |la |los )?{name}(?: {when})?)"
            rf"(?={_ABOUT['es']})",
            r"(?P<cut>\bsegún (?:el |la |los )?{name},?)",
            r"\bqué (?:dice|dijo|escribe|escribió|informa|informó|publica|publicó|reportó|ha dicho|ha publicado) "
            r"(?:el |la |los )?{name}\b(?P<cut> {when})?",
            r"\b(?:artículos?|noticias?|reportajes?)(?P<cut> (?:de|del|en|por)(?: el| la| los)? {name})",
        ),
        byline=(r"\b(?:artículos?|columnas?|editoriales)(?P<cut> (?:de|por) {name})",),
        dated=(r"\b(?:artículos?|noticias?|reportajes?)(?P<cut>(?: (?:publicad|escrit|aparecid)[oa]s?)? {when})",),
        newest=(
            r"\b(?:últimas?|más recientes) (?:noticias?|novedades|informaciones)\b",
            r"\b(?:noticias?|artículos?) más recientes?\b",
            r"\búltim[oa]s?(?= (?:cifras?|balances?|estimaci(?:ón|ones)|recuentos?)\b)",
            r"\blo último (?:sobre|de|en)\b",
        ),
    ),
    "pt": Scopes(
        said="o que há",
        subject=(
            rf"^(?P<reports>o que (?:di(?:z|zem|sse|sseram)|contam?|informam?|publicam?|escrevem?) {_ARTICLES['pt']})"
            rf"(?={_ABOUT['pt']})",
            rf"^(?P<reports>o que (?:{_ARTICLES['pt']} (?:di(?:z|zem|sseram)|contam?|escrevem?)|se (?:diz|conta|sabe)))"
            rf"(?={_ABOUT['pt']})",
            rf"^(?P<reports>(?:(?:me )?(?:fal[ea]|cont[ea])|(?:fal[ea]|cont[ea])[- ](?:me|nos)))(?={_ABOUT['pt']})",
        ),
    ),
    "it": Scopes(
        said="cosa c'è",
        subject=(
            r"^(?P<reports>(?:che )?cosa (?:dic(?:e|ono)|(?:ha|hanno) (?:detto|scritto)|scriv(?:e|ono)|"
            r"riporta(?:no)?) "
            rf"{_ARTICLES['it']})(?={_ABOUT['it']})",
            rf"^(?P<reports>(?:che )?cosa si (?:dice|racconta|scrive))(?={_ABOUT['it']}| d(?:i|el|ell[aeo]|egli|ei)\b|"
            r" dell['’])",
            rf"^(?P<reports>(?:parlami|parlaci|raccontami|dimmi)(?: tutto| qualcosa)?)(?={_ABOUT['it']})",
        ),
    ),
    "ru": Scopes(
        said="что есть",
        subject=(
            rf"^(?P<reports>что (?:говор[яи]т|пиш[уе]т|сообща[юе]т|писали|сообщили|говорили) {_ARTICLES['ru']})"
            rf"(?={_ABOUT['ru']}| по\b)",
            rf"^(?P<reports>что (?:{_RUSSIAN_IN} )?(?:говор(?:ится|ят)|пиш(?:ется|ут)|сообщается|написано)"
            rf"(?: {_RUSSIAN_IN})?)(?={_ABOUT['ru']})",
            rf"^(?P<reports>расскажи(?:те)?(?: мне| нам)?(?: вс[её]| подробнее)?)(?={_ABOUT['ru']})"
            r"(?! \w+ (?:том|кто|что|как\w*|где)\b)",
        ),
    ),
}
_NO_SCOPES = Scopes()


def scopes(language: str | None) -> Scopes:
    return _SCOPES.get(language or "", _NO_SCOPES)
