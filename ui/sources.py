"""The Sources page: which articles the library has, and which files it could not use."""

from collections.abc import Iterable, Sequence
from html import escape
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from index.types import Article, Failure, Span
from qa.types import Answer, Citation
from ui import render

if TYPE_CHECKING:
    from index.library import Library

PAGE = 100  # rows

PAGE_HTML = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Footnote</title>
<link rel="icon" href="favicon.ico">
<link rel="stylesheet" href="footnote/page.css">
<script src="footnote/page.js" defer></script>
</head>
<body class="plain">
<header class="masthead">
<p><a class="name" href="./">Footnote</a></p>
<p>Answers from your saved articles, each with the quote it stands on.</p>
<nav aria-label="Footnote"><a href="./">Ask</a> <a href="sources"{current}>Sources</a></nav>
</header>
<main>{body}</main>
</body>
</html>
"""

STATES = {
    "indexed": "Indexed",
    "stale": "Unreadable now; last good version",
    "copy": "Copy of another article",
}


def sources_page(
    articles: Sequence[Article],
    failures: Sequence[Failure],
    search: str = "",
    page: int = 1,
    syncing: str = "",
    forms: str = "",
) -> str:
    """The page for one search and page number (from 1); both lists are searched, the articles are paged.

    `forms` is HTML: what can be done to the sources.
    """
    found = [article for article in articles if _matches(search, _words_of(article))]
    failed = [failure for failure in failures if _matches(search, f"{failure.path} {failure.error}")]
    pages = max(1, ceil(len(found) / PAGE))
    page = min(max(page, 1), pages)
    rows = found[(page - 1) * PAGE : page * PAGE]
    counted = _counted(len(found), len(articles), len(failures), bool(search))
    return page_html(
        "Sources",
        (
            f'<h1>Sources</h1><p class="counted" role="status">{counted}</p>'
            + (f'<p class="syncing">{escape(syncing)}</p>' if syncing else "")
            + forms
            + _search_form(search)
            + (_table(rows) if rows else "")
            + _pager(search, page, pages)
            + (_failures(failed) if failed else "")
            + render.DRAWER_HTML
        ),
    )


def article_page(article: Article | None, source: str) -> str:
    """An article alone, for a link opened in a tab of its own."""
    title = escape(article.title) if article else "Not in the library"
    source = source.replace("<h2", "<h1", 1).replace("</h2>", "</h1>", 1)
    return page_html(title, f'<div class="page alone">{source}</div>')


def page_html(title: str, body: str) -> str:
    """A whole page; both must be escaped."""
    current = ' aria-current="page"' if title == "Sources" else ""
    return PAGE_HTML.format(title=title, body=body, current=current)


def source_of(
    library: "Library", id: str, place: render.Address | None, answers: Sequence[Answer]
) -> tuple[Article | None, str]:
    """The article of an address, and what the drawer shows of it.

    `answers` are those of the conversation that cites it: they keep the quote, and the answer's other quotes.
    """
    cited, others = _citation_at(place, answers)
    article = library.article(id) or (_successor(library, place, cited) if place else None)
    finding = render.find_quote(article, place, cited.quote if cited else None) if place else render.Finding()
    shown = article or (cited.article if cited else None)
    if shown is None:
        return None, render.unavailable_html(render.REMOVED)
    unchanged = article and cited and article.content_hash == cited.article.content_hash
    quote = cited.quote if cited else None
    return article, render.source_html(shown, finding, others if unchanged else (), quote)


def _successor(library: "Library", place: render.Address, cited: Citation | None) -> Article | None:
    """The article that was cited under an id it no longer has: of the same content, else of the same file."""
    articles = library.articles()
    same = [a for a in articles if a.content_hash.startswith(place.version)]
    same += [a for a in articles if cited and a.path == cited.article.path]
    return library.article(same[0].id) if same else None


def _citation_at(place: render.Address | None, answers: Sequence[Answer]) -> tuple[Citation | None, list[Span]]:
    """The citation that has this address, and the other quotes of its answer in the same version."""
    for answer in answers:
        for citation in (*answer.citations, *answer.near_misses):
            if place and render.same_place(citation, place):
                cited = (citation.article.id, citation.article.content_hash)
                others = [
                    Span(other.start, other.end)
                    for other in answer.citations
                    if other is not citation and (other.article.id, other.article.content_hash) == cited
                ]
                return citation, others
    return None, []


def _words_of(article: Article) -> str:
    fields = (article.title, article.publisher, article.author, article.published, article.path)
    language = render.language_name(article.language) if article.language else None
    return " ".join(field for field in (*fields, language) if field)


def _matches(search: str, text: str) -> bool:
    text = text.casefold()
    return all(word in text for word in search.casefold().split())


def _counted(found: int, articles: int, failures: int, searched: bool) -> str:
    if not articles and not failures:
        return "This library has no articles yet: run <code>footnote index FOLDER</code> on a folder of them."
    counted = (f"{found:,} of " if searched else "") + render.count(articles, "article")
    return counted + (f", {render.count(failures, 'file')} that could not be used" if failures else "")


def _search_form(search: str) -> str:
    return (
        '<form class="search" role="search" action="sources" method="get">'
        '<label for="q">Search titles, publishers, dates and paths</label>'
        f'<span><input id="q" name="q" type="search" maxlength="200" value="{escape(search)}">'
        '<button type="submit">Search</button></span></form>'
    )


def _table(articles: Sequence[Article]) -> str:
    heads = ("Title", "Publisher", "Date", "Language", "State", "File")
    return _rows("Articles", heads, (_row(article) for article in articles))


def _row(article: Article) -> str:
    link = f"article?{urlencode({'id': article.id})}"
    date = escape(render.readable_date(article.published)) if article.published else ""
    language = escape(render.language_name(article.language)) if article.language else ""
    publisher = f"<bdi>{escape(article.publisher)}</bdi>" if article.publisher else ""
    return (
        f'<th scope="row" role="rowheader"><a class="open" href="{escape(link)}"'
        f"{render.language_attributes(article.language)}>{escape(article.title)}</a></th>"
        f'<td role="cell">{publisher}</td> <td role="cell" class="short">{date}</td> '
        f'<td role="cell" class="short">{language}</td> '
        f'<td role="cell" class="short {escape(article.state)}">'
        f"{escape(STATES.get(article.state, article.state))}</td>"
        f'<td role="cell" class="path">{escape(article.path)}</td>'
    )


def _failures(failures: Sequence[Failure]) -> str:
    rows = (
        f'<th scope="row" role="rowheader" class="path">{escape(failure.path)}</th>'
        f'<td role="cell" class="reason">{escape(failure.error)}</td>'
        for failure in failures
    )
    title = "Files that could not be used"
    return f"<h2>{title}</h2>{_rows(title, ('File', 'Reason'), rows)}"


def _rows(label: str, heads: Sequence[str], rows: Iterable[str]) -> str:
    """A table whose roles are written out: the stylesheet makes it a list of cards on a phone."""
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in heads)
    body = "".join(f'<tr role="row">{row}</tr>' for row in rows)
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{label}"><table role="table">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody>'
        "</table></div>"
    )


def _pager(search: str, page: int, pages: int) -> str:
    if pages == 1:
        return ""

    def link(number: int, text: str, rel: str) -> str:
        if not 1 <= number <= pages:
            return ""
        address = f"sources?{urlencode({'q': search, 'page': number})}"
        return f'<a rel="{rel}" href="{escape(address)}">{text}</a> '

    return (
        f'<nav class="pager" aria-label="Pages">{link(page - 1, "Previous", "prev")}'
        f"<span>Page {page} of {pages}</span> {link(page + 1, 'Next', 'next')}</nav>"
    )
