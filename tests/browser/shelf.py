"""A small library with the shape of the real one, and an ask that quotes what a question names."""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from index.catalog import Catalog
from index.errors import FootnoteError
from index.listing import Listing, Totals, Wanted
from index.types import Article, Failure
from qa.types import Answer, Citation, Filters, Question, Statement
from tests.catalogued import catalogued

HOSTILE = '<img src=x onerror="alert(1)">"\'`${alert(2)}{{constructor}}</mark><script>alert(3)</script>'


def article(id: str, text: str, **fields) -> Article:
    defaults = {
        "path": f"saved/{id}.html",
        "title": text.split("\n\n")[0],
        "publisher": None,
        "author": None,
        "published": None,
        "language": "en",
        "url": None,
    }
    return Article(id=id, content_hash=sha256(text.encode()).hexdigest(), text=text, **{**defaults, **fields})


BRIDGE = article(
    "bridge",
    "Harbour bridge reopens after nine months\n\n"
    "The harbour bridge reopened on Monday after nine months of repairs, the port authority said.\n\n"
    + "\n\n".join(
        f"Paragraph {n} tells of tides, tariffs and the patience of ferry passengers, who had learned to "
        "read the timetable as others read novels. Nobody who crossed that winter will forget the queue."
        for n in range(1, 13)
    )
    + "\n\nThe repairs cost 41 million euros, of which the city paid a third. The rest came from tolls.",
    publisher="The Harbour Gazette",
    author="Mina Aldous",
    published="2023-06-26",
    url="https://example.org/bridge",
)
TOLLS = article(
    "tolls",
    "Tolls to fall on the harbour bridge\n\nTolls on the bridge will fall by a tenth in autumn, the council "
    "decided. Repairs had cost 41 million euros, it said.",
    publisher="Evening Ledger",
    published="2023-07-02",
    author="T. Okafor",
    url="javascript:alert(1)",
)
BAY = article(
    "bay",
    "Cầu cảng mở cửa trở lại\n\nCầu cảng đã mở cửa trở lại vào thứ Hai sau chín tháng sửa chữa. "
    "Chi phí sửa chữa là 41 triệu euro.",
    publisher="Báo Vịnh",
    published="2023-06-27",
    language="vi",
)
PORT = article(
    "port",
    "إعادة فتح جسر الميناء\n\nأعيد فتح جسر الميناء يوم الاثنين بعد تسعة أشهر من الإصلاحات.",
    publisher="صحيفة المرفأ",
    published="2023-06-28",
    language="ar",
)
TRICKS = article(
    "tricks",
    f"Tricks {HOSTILE}\n\nHostile words {HOSTILE} stand in the text.",
    publisher=f"Press {HOSTILE}",
    author=HOSTILE,
    path=f"saved/{HOSTILE}.html",
    url='https://e.org/"onclick="x',
    published='2023-01-01"><b>',
    language='e"><b>',
)


class Shelf:
    """What the pages need of a library: articles by id, failures, a revision and a folder."""

    def __init__(self, home: Path, articles=(BRIDGE, TOLLS, BAY, PORT, TRICKS), failures=None):
        self.home = home
        self.revision, self._articles = 0, {}
        self.hold(articles)
        if failures is None:
            failures = [Failure("saved/empty.pdf", "no text in it"), Failure(f"saved/{HOSTILE}", HOSTILE)]
        self._failures = list(failures)

    def hold(self, articles: Iterable[Article]) -> None:
        """These articles and no others."""
        held = {a.id: a for a in articles}
        if held != self._articles:
            self._articles = held
            self.revision += 1

    def articles(self) -> list[Article]:
        return sorted((a.without_text() for a in self._articles.values()), key=lambda a: a.path)

    def full(self) -> list[Article]:
        return list(self._articles.values())

    def article(self, id: str) -> Article | None:
        return self._articles.get(id)

    def is_current(self, id: str) -> bool:
        return id in self._articles

    def failures(self) -> list[Failure]:
        return self._failures

    def totals(self) -> Totals:
        return self._catalog().totals()

    def listing(self, wanted: Wanted, page: int, size: int) -> Listing:
        return self._catalog().listing(wanted, page, size)

    def _catalog(self) -> Catalog:
        """As it would be of a real library of these articles."""
        path = self.home / f"catalog-{self.revision}.sqlite"
        return Catalog(path) if path.exists() else catalogued(path, self.full(), self._failures)

    def roots(self) -> list[tuple[str, str]]:
        return [("/saved", "saved")]

    def put(self, article: Article) -> None:
        self._articles[article.id] = article
        self.revision += 1

    def remove(self, id: str) -> None:
        del self._articles[id]
        self.revision += 1


def sentences(article: Article):
    """Offsets of the sentences below the title."""
    for match in re.finditer(r"[^.\n]+\.", article.text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield start, match.end()


def ask(library: Shelf, question: Question) -> Answer:
    """Quotes the sentences that have the longest word of the question; "it" means the question before."""
    if "broken" in question.text:
        raise FootnoteError("The library is busy; ask again in a moment.")
    if "slowly" in question.text:
        time.sleep(0.7)
    if "crash" in question.text:
        raise ZeroDivisionError
    search = question.text
    if re.search(r"\bit\b", search) and question.history:
        search = f"{search} ({question.history[-1]})"
    words = {w for w in re.findall(r"\w{5,}", search.casefold()) if w not in ("there", "which", "about")}
    found = []
    for summary in library.articles():
        article = library.article(summary.id)
        for start, end in sentences(article):
            score = len(words & set(re.findall(r"\w+", article.text[start:end].casefold())))
            found.append((score, Citation(None, article.text[start:end], start, end, summary)))
    found.sort(key=lambda pair: -pair[0])
    best = [c for score, c in found if score and score == found[0][0]][:4]
    if not best:
        near = tuple(c for _, c in found[:3])
        missing = tuple(sorted(words))
        return Answer(
            question.text, search, "no_answer", near_misses=near, missing_words=missing, seconds={"total": 0.01}
        )
    citations = tuple(replace(c, number=n) for n, c in enumerate(best, 1))
    statements = tuple(
        Statement(f"{c.article.publisher}, {c.article.published}: “{c.quote}”", (c.number,)) for c in citations
    )
    named = next((a.publisher for a in library.full() if a.publisher and f"{a.publisher} say" in question.text), None)
    filters = Filters(publisher=None if "publisher" in question.unfiltered else named)
    return Answer(question.text, search, "answered", statements, citations, seconds={"total": 0.01}, filters=filters)


def answers(library: Shelf, question: Question) -> Iterator[Answer]:
    yield ask(library, question)


def suggest(library: Shelf, limit: int = 4) -> list[str]:
    examples = ["What did the repairs of the bridge cost?", "When will tolls fall?", f"Hostile {HOSTILE}?"]
    return examples[:limit]
