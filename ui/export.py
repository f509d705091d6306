"""Answers to take along: as Markdown, HTML, plain text and JSON, and the citations read back from such a file."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from index.errors import UsageError
from index.types import Article
from qa.types import Answer, Citation
from ui.output import answer_json
from ui.strings import Say
from ui.typeset import language_attributes, pages_of, readable_date, web_address

VERSION = 1  # of the JSON form
TYPES = {"md": "text/markdown", "html": "text/html", "txt": "text/plain", "json": "application/json"}

HEAD = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.1rem/1.6 Georgia, "Noto Serif", serif; max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; }}
h1 {{ font-size: 1.6rem; }} h2 {{ font-size: 1.25rem; margin-top: 2.5rem; }}
ol {{ font-size: .9rem; border-top: 1px solid; padding-top: .8rem; }} li {{ overflow-wrap: anywhere; }}
sup a {{ text-decoration: none; padding: 0 .15em; }} blockquote {{ margin: .2rem 0; }}
.date {{ font-size: .9rem; }}
</style>
</head>
<body>
"""


def written(form: str, title: str, answers: Sequence[Answer], say: Say) -> str:
    """The answers in one of TYPES; HTML and JSON are whole files, with quotes, offsets and hashes."""
    forms: dict[str, Callable[[str, Sequence[Answer], Say], str]] = {
        "md": _markdown, "html": _page, "txt": _plain, "json": _json}  # fmt: skip
    return forms[form](title, answers, say)


def fragment(answer: Answer, say: Say) -> str:
    """One answer as HTML to be pasted elsewhere."""
    return f"<h2>{escape(answer.question)}</h2>\n{_answer_html(answer, 0, say, linked=False)}"


def read_citations(text: str) -> list[Citation]:
    """The citations of an HTML or JSON file that was downloaded. Raises UsageError for anything else."""
    embedded = re.search(r'<script type="application/json" id="footnote">(.*?)</script>', text, re.DOTALL)
    try:
        turns = json.loads(embedded[1] if embedded else text)["turns"]
        return [_citation(fields) for turn in turns for fields in turn["citations"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            "This is no chat downloaded from Footnote as JSON or HTML. Download it again, and verify that file."
        ) from error


def _citation(fields: dict[str, Any]) -> Citation:
    start, end, quote = fields["start"], fields["end"], fields["quote"]
    article = Article(**fields["article"])
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(quote, str)):
        raise TypeError("a citation has a quote with a start and an end")
    if not all(isinstance(text, str) for text in (article.id, article.path, article.title, article.content_hash)):
        raise TypeError("an article has an id, a path, a title and a content_hash")
    return Citation(fields["number"], quote, start, end, article)


def _source(citation: Citation, say: Say) -> list[str]:
    """Title, publisher, date, pages and place of a citation's article."""
    article = citation.article
    day = readable_date(article.published, say) if article.published else None
    place = article.url if web_address(article.url) else article.path
    pages = pages_of(article, [citation], say)
    return [part for part in (article.title, article.publisher, day, pages, place) if part]


def _no_answer(say: Say) -> str:
    return say("The articles don’t answer this.")


def _plain(title: str, answers: Sequence[Answer], say: Say) -> str:
    blocks = []
    for answer in answers:
        notes = [f"[{c.number}] “{c.quote}” {', '.join(_source(c, say))}" for c in answer.citations]
        blocks.append(
            "\n\n".join(
                [answer.question, answer.text or _no_answer(say), *map(say.told, answer.warnings), "\n".join(notes)]
            )
        )
    return "\n\n\n".join(block.rstrip() for block in blocks) + "\n"


def _markdown(title: str, answers: Sequence[Answer], say: Say) -> str:
    """With footnotes as GitHub, Pandoc and Obsidian know them; their names are numbered through."""
    parts = [f"# {_escaped(title)}"] if len(answers) > 1 else []
    for turn, answer in enumerate(answers, 1):
        names = {c.number: f"[^{turn}-{c.number}]" for c in answer.citations}
        parts.append(f"## {_escaped(answer.question)}")
        parts += [
            _escaped(s.text) + "".join(names[number] for number in s.citations if number in names)
            for s in answer.statements
        ] or [_no_answer(say)]
        parts += [f"*{_escaped(say.told(warning))}*" for warning in answer.warnings]
        notes = [
            f"{names[c.number]}: “{_escaped(c.quote)}” {_escaped(', '.join(_source(c, say)))}" for c in answer.citations
        ]
        parts += ["\n".join(notes)] if notes else []
    return "\n\n".join(parts) + "\n"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line; web addresses stay as they are, to become links."""
    words = re.sub(r"\s+", " ", text).split(" ")
    return " ".join(w if web_address(w) and not re.search(r"[<>\"`\[\]()\\]", w) else _without_marks(w) for w in words)


def _without_marks(word: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~$&!])", r"\\\1", word)


def _page(title: str, answers: Sequence[Answer], say: Say) -> str:
    now = datetime.now(UTC).date().isoformat()
    turns = "".join(
        f"<h2 dir=auto>{escape(answer.question)}</h2>\n{_answer_html(answer, turn, say, linked=True)}"
        for turn, answer in enumerate(answers, 1)
    )
    data = _json(title, answers, say).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return (
        HEAD.format(title=escape(title), language=say.language)
        + f"<h1 dir=auto>{escape(title)}</h1>\n<p class=date>Footnote, {readable_date(now, say)}</p>\n{turns}"
        + f'<script type="application/json" id="footnote">{data}</script>\n</body>\n</html>\n'
    )


def _answer_html(answer: Answer, turn: int, say: Say, linked: bool) -> str:
    def mark(number: int) -> str:
        return f'<sup><a href="#note-{turn}-{number}">{number}</a></sup>' if linked else f"<sup>{number}</sup>"

    said = [f"<p dir=auto>{escape(s.text)}{''.join(map(mark, s.citations))}</p>" for s in answer.statements]
    said = said or [f"<p>{_no_answer(say)}</p>"]
    said += [f"<p><em>{escape(say.told(warning))}</em></p>" for warning in answer.warnings]
    notes = []
    for citation in answer.citations:
        *named, place = _source(citation, say)
        shown = escape(place)
        if web_address(place):
            shown = f'<a href="{shown}" rel="noopener noreferrer nofollow">{shown}</a>'
        name = f' id="note-{turn}-{citation.number}"' if linked else ""
        attributes = language_attributes(citation.article.language)
        notes.append(
            f"<li{name}><blockquote{attributes}>{escape(citation.quote)}</blockquote>"
            f"{escape(', '.join(named))}, {shown}</li>"
        )
    listed = f"<ol>{''.join(notes)}</ol>" if notes else ""
    return "\n".join([*said, listed]) + "\n"


def _json(title: str, answers: Sequence[Answer], say: Say) -> str:
    made = datetime.now(UTC).isoformat(timespec="seconds")
    found = {
        "footnote": VERSION,
        "title": title,
        "exported": made,
        "turns": [answer_json(answer) for answer in answers],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)
