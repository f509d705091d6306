"""Finds who published an article, by the frame of its page."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from index.clean import Body
from index.dates import DATES, weekdays
from index.lines import BULLET, IDEOGRAPH, UNSPACED, Line, is_menu, parts

COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright|@(?=\s?\d{4}))[\s©]*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,]*(?:by\s|bei\s)?",
    re.IGNORECASE,
)
HOST = re.compile(r"(?:www\.|@|https?://|\b)((?:[\w-]+\.)+(?:com|org|net|info|news|tv|[a-z]{2}))\b", re.IGNORECASE)
NETWORK = re.compile(
    r"facebook|twitter|instagram|whatsapp|telegram|youtube|linkedin|tiktok|google|reddit|rss|cookie",
    re.IGNORECASE,
)
LEGAL = re.compile(r"\b(?:GmbH|AG|KG|Ltd|Limited|Inc|LLC|LLP|plc|Srl|Corporation)\b")
LOGO = re.compile(r"(?<=\w)[-\s]logo\b", re.IGNORECASE)
FRAME = 400
"""Lines looked at on either end of a page's frame; saved pages have less."""
HEAD_LINES, FOOT = 8, 8
"""Lines from a page's top in which its masthead is looked for, and from its end in which that comes back."""
ADDRESS = re.compile(r"(?:www\.|@|https?://(?:www\.)?)((?:[\w-]+\.)+[a-z]{2,})\b", re.IGNORECASE)
RIGHTS = re.compile(
    r"©|\(c\)|copyright|rights reserved|alle rechte|tous droits|derechos|direitos|diritti|bản quyền|ghi rõ nguồn|حقوق"
    r"|права|版权|版權|著作権|無断転載|ⓒ",
    re.IGNORECASE,
)
NO_NAME = re.compile(
    r"\b(?:skip|jump|go to|navigation|folgen|follow|menu|menü|menú|search|log ?in|sign (?:in|up)|log out|newsletters?"
    r"|cookies?|javascript|subscri\w+|abonn\w+|suscr\w+|abo|est\.|epaper|e-paper|iscriv\w+|prenumer\w+|đăng (?:nhập|ký)"
    r"|trang chủ|tìm kiếm|startseite|inicio|accueil|(?:top|latest|related) (?:stories|news|articles)|breaking news"
    r"|most (?:read|popular|viewed)|advertis\w+|anzeige|werbung|publicité|publicidad|quảng cáo)\b"
    r"|メニュー|ログイン|検索|菜单|登录|搜索|메뉴|로그인|القائمة|تسجيل|الرئيسية|меню|поиск|войти",
    re.IGNORECASE,
)
"""Buttons, which stand where a masthead does."""
ACTION = re.compile(
    r"\b(?:breaking|trending|latest|live|top|most|more|read|related|share|home|back|download|your?|my|get|news)\b",
    re.IGNORECASE,
)
"""Words of buttons and sections, which a name has too: no line with one is believed to be a masthead unproven."""
PRESS = re.compile(
    r"新聞|新闻|日報|日报|時報|时报|ニュース|通信|신문|일보|뉴스|صحيفة|جريدة|مجلة|أخبار|समाचार|ข่าว|газета|новости|вести|εφημερίδα"
)
ARTICLES = (
    "the", "la", "le", "el", "los", "les", "las", "der", "die", "das", "il", "lo", "l", "o", "os", "a", "de", "het",
)  # fmt: skip
SMALL = (
    "&", "+", "a", "al", "am", "an", "and", "da", "das", "de", "degli", "dei", "del", "della", "der", "des", "di",
    "die", "do", "dos", "du", "e", "el", "en", "et", "for", "für", "i", "il", "in", "la", "las", "le", "les", "lo",
    "los", "och", "of", "og", "on", "the", "to", "und", "van", "vom", "von", "y", "и",
)  # fmt: skip
"""Words that a name has in small letters."""
CALENDARS = ("en", "vi", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "cs", "sv", "da", "nb", "fi", "el", "tr",
             "ro", "hu", "id")  # fmt: skip
"""Languages whose weekdays are known."""
BEFORE_DAY = frozenset(("am", "da", "dal", "del", "den", "do", "du", "el", "il", "le", "ngày", "of", "the", "vom"))
SHORT_DAYS = frozenset(("mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat"))  # "Sun" is as often a paper's name
PUBLISHER = 1.5
"""Chosen on pages-dev: below it, more names are wrong than right."""


def find_publisher(body: Body) -> str | None:
    """The site's name: a masthead that comes back below, or one over a menu, else what the frame repeats."""
    return proven_masthead(body) or lone_masthead(body) or in_frame(body)


def proven_masthead(body: Body) -> str | None:
    """A name among the page's first lines that its foot, a copyright line or an address bears out.

    Whole or without its last words ("Kestrel Post Online": "Kestrel Post is part of Vale Media"), in the foot's
    letters where the masthead is in capitals alone.
    """
    inside = set(body.kept) | {body.title}
    foot = [line for i, line in enumerate(body.lines) if i > max(body.kept, default=0) and i not in inside]
    frame = [line.text for i, line in enumerate(body.lines) if i not in inside]
    hosts = {host_name(host) for text in frame for host in (*ADDRESS.findall(text), *HOST.findall(text))}
    for number, (place, name) in enumerate(head_names(body)):
        foot = [line for line in foot if squeeze(line.text) != squeeze(body.lines[place].text)]
        for form in shorter(name):
            shown = borne_out(form, foot, hosts, first=number == 0, whole=form == name)
            if shown:
                return shown
    return None


def head_names(body: Body) -> list[tuple[int, str]]:
    """What may be names in the first lines of a page, with the place of their line."""
    start = min([*body.kept, *([] if body.title is None else [body.title]), HEAD_LINES])
    found = []
    for place, line in enumerate(body.lines[:start]):
        several = [name for part in parts(line) if (name := bare_name(part))]
        several = several[:1] if is_menu(line) or len(parts(line)) > 1 else several
        found += [(place, name) for name in several if not line.bullet and is_name(name)]
    return found


def bare_name(part: str) -> str:
    """A masthead's part without dates and symbols: "THE POST Friday, December 5, 2025" -> "THE POST"."""
    name = LOGO.sub("", undated(part)).strip(" .,:;|*_#☰≡®™-–—=(")
    half = name[: len(name) // 2]
    return half if name == f"{half} {half}" else name


def undated(part: str) -> str:
    """What stands before a date, without its weekday; the whole where there is none."""
    start = min((match.start() for _, shape in DATES if (match := shape.search(part))), default=None)
    if start is None:
        return part
    several = part[:start].split()
    if several and several[-1].strip(" .,(").lower() in BEFORE_DAY:
        several.pop()
    named = several
    while several and len(named) - len(several) < 2 and several[-1].strip(" .,(").lower() in weekday_words():
        several = several[:-1]
    left = several[-1].lower() if several else ""
    return " ".join(named if left in SMALL or left in ARTICLES else several)  # "The Mail on Sunday"


@cache
def weekday_words() -> frozenset[str]:
    """Each word of the names of weekdays, in small letters."""
    return SHORT_DAYS.union(word for code in CALENDARS for name in weekdays(code) for word in name.split())


def is_name(text: str) -> bool:
    """Whether a text may be a name: a few words, no button's."""
    several = text.split()
    return (
        len(squeeze(text)) >= (2 if IDEOGRAPH.search(text) else 4)
        and len(text) <= 45
        and len(several) <= 7
        and not any(c.isdigit() for c in several[0])
        and not several[0][0].islower()
        and not re.search(r"[!?…:]|\w{4}\.\s|\.\.\.", text)
        and not NO_NAME.search(text)
        and not NETWORK.search(text)
    )


def shorter(name: str) -> list[str]:
    """A name and its beginnings of at least half of its letters, two words or more where words are spaced."""
    several = name.split()
    beginnings = [" ".join(several[:count]) for count in range(len(several), 0, -1)]
    return [
        form
        for form in beginnings
        if form == name
        or (2 * len(squeeze(form)) >= len(squeeze(name)) and (IDEOGRAPH.search(form) or len(words_of(form)) > 1))
    ]


def borne_out(name: str, foot: list[Line], hosts: set[str], first: bool, whole: bool) -> str | None:
    """The name as the foot writes it, when a line there that is no headline has it, or an address."""
    core = words_of(name)
    if not core or (len(core) == 1 and len(core[0]) < (5 if name.lower() != name.upper() else 3)):
        return None
    pattern = re.compile(r"[\W_]+".join(map(re.escape, core)), re.IGNORECASE)
    unspaced = bool(IDEOGRAPH.search(name) or UNSPACED.search(name))
    for line in foot[-FOOT:]:
        match = pattern.search(line.text)
        if match is None or line.bullet or (is_menu(line) and match.start() > 0):
            continue
        before, after = line.text[: match.start()], line.text[match.end() :]
        if not unspaced and ((before[-1:].isalnum() and name[:1].isascii()) or after[:1].isalnum()):
            continue
        if not whole and after.lstrip()[:1].isupper():
            continue
        owned = RIGHTS.search(line.text)
        capital = all(not word[0].islower() or len(word) <= 4 for word in name.split())
        leading = [word for word in words_of(before) if word not in ARTICLES]
        opens = capital and not leading and (len(after) > 3 or after[:1] == "社") and (first or len(core) > 1)
        quoted = before[-1:] in "\"“„«‘'" and before != ""
        publishes = capital and len(core) > 1 and 0 < len(leading) <= 3 and before.rstrip()[-1:] in ".|·–—:-"
        if owned or quoted or (opens and (first or line.ends or is_line_of(after))) or (publishes and first):
            return cased(name, match.group())
    spelled = re.compile("".join(f"(?:{word})?" if len(word) <= 3 else word for word in words_of(name, articles=True)))
    return name if any(len(host) >= 5 and spelled.fullmatch(host) for host in hosts) else None


def is_line_of(after: str) -> bool:
    """Whether what follows a name goes on as a foot does: a stop, a comma, a dash, a bar, "is", "erscheint"."""
    return bool(re.match(r"\s*[.,،–—|·-]\s", after)) or after.lstrip()[:1].islower()


def cased(name: str, shown: str) -> str:
    """A name in capitals alone in the letters in which it stands elsewhere."""
    if not name.isupper() or shown.isupper():
        return name
    whole = words_of(name, articles=True) == words_of(shown, articles=True)
    return shown if whole else f"{name.split()[0].title()} {shown}"


def words_of(text: str, articles: bool = False) -> list[str]:
    """The words of a text in small letters, without the article before a name."""
    found = re.findall(r"\w+", text.lower())
    return found[1:] if not articles and len(found) > 1 and found[0] in ARTICLES else found


def lone_masthead(body: Body) -> str | None:
    """The page's first line, where it has a name's form in capitals, and a menu comes next."""
    names = head_names(body)
    if not names or body.title == 0 or not body.kept:
        return None
    place, name = names[0]
    others = {squeeze(line.text) for i, line in enumerate(body.lines) if i != place}
    own = len(words_of(name)) > 1 and all(word[0].isupper() or word in SMALL for word in name.split())
    if place > 0 or not over_menu(body.lines[1:10]) or squeeze(name) in others or ACTION.search(name):
        return None
    return name if own or PRESS.search(name) else None


def over_menu(lines: tuple[Line, ...]) -> bool:
    """Whether there is a menu among lines: in one line, or as three items or four short lines one below the other."""
    short = "".join("*" if line.bullet else "-" if line.size <= 25 and not line.ends else " " for line in lines)
    return any(is_menu(line) for line in lines[:5]) or "***" in short or "----" in short


def in_frame(body: Body) -> str | None:
    """The name that a page's frame repeats as none but a site's own; None when too little tells.

    A section's name ("Sport") is repeated in menus; the site's own also stands in the copyright line, in
    addresses, before "Logo" and beside the names of social networks, and within longer lines.
    """
    inside = set(body.kept) | {body.title}
    start = body.kept[0] if body.kept else 0
    frame = [(i, line.text) for i, line in enumerate(body.lines) if i not in inside and line.size <= 250]
    frame = frame[:FRAME] + frame[FRAME:][-FRAME:]
    top = {squeeze(text) for i, text in frame[:3] if not body.lines[i].bullet and (i == 0 or " " in text)}
    whole = Counter(squeeze(text) for _, text in frame)
    before, after = ({squeeze(text) for i, text in frame if (i < start) is side} for side in (True, False))
    hosts = {host_name(host) for _, text in frame for host in HOST.findall(text)}
    owners = {squeeze(name) for _, text in frame if (name := owner(text))}
    names: dict[str, Counter[str]] = {}
    places: dict[str, set[str]] = {}
    for _, text in frame:
        for name in capital_runs(text) if len(text) <= 120 else ():
            names.setdefault(squeeze(name), Counter())[name] += 1
            places.setdefault(squeeze(name), set()).add(squeeze(text))
    best, best_score = None, PUBLISHER
    for key, forms in names.items():
        name = forms.most_common(1)[0][0]
        if len(key) < 3 or NETWORK.search(name) or LEGAL.search(name) or NO_NAME.search(name):
            continue
        beside = sum(bool(NETWORK.search(text)) + 2 * ("logo" in text) for text in places[key] if text != key)
        several = len(name.split()) > 1
        owning = 1.5 * (key in owners) or 0.8 * (len(key) > 4 and any(key in holder for holder in owners))
        proof = 1.6 * (key in hosts) + owning + (0.8 + 0.3 * min(whole[key] - 1, 2)) * (key in top)
        proof += (0.3 + 0.3 * several) * min(beside, 2) * (several or proof > 0)
        repeats = (0.5 + 0.5 * several) * (key in before and key in after) + 0.15 * min(len(places[key]) - 1, 5)
        score = (proof + repeats + 0.15 * min(len(name.split()), 4)) * (proof > 0)
        if score > best_score:
            best, best_score = name, score
    return best


def owner(text: str) -> str | None:
    """The holder in a copyright line, without legal form: "© 2024 Vale Gazette, LLC" -> "Vale Gazette"."""
    match = COPYRIGHT.search(text)
    if match is None:
        return None
    name = re.split(
        r"\s*[|–—,/®©]\s*|\.(?:\s|$)|\s-\s|\s(?:all|alle|tous|todos|tutti)\s", text[match.end() :], flags=re.I
    )[0]
    name = LEGAL.split(name)[0].strip(" .&")
    return name if name[:1].isalpha() and len(name.split()) <= 5 else None


def capital_runs(text: str) -> Iterator[str]:
    """Runs of one to four capitalised words in a line; a short line whole, in a script without capitals."""
    words = [word.strip(".,:;|()[]\"'“”„«»!?") for word in LOGO.sub("", BULLET.sub("", text)).split()]
    if len(text) <= 20 and not any(c.lower() != c.upper() for c in text):
        yield text
    for i in range(len(words)):
        for j in range(i + 1, min(i + 4, len(words)) + 1):
            if all(
                word and word[0].isalpha() and (word[0].isupper() or "." in word or len(words) == 1)
                for word in words[i:j]
            ):
                yield " ".join(words[i:j])


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """Letters and digits only, in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def host_name(host: str) -> str:
    """The name in a host: "www.kleinezeitung.at" -> "kleinezeitung"."""
    return squeeze(host.rsplit(".", 1)[0].removesuffix(".co"))
