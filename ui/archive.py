"""The Conversations page: all of them, to come back to, search, rename, delete and download."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from ui import frame
from ui.conversations import TITLE_LIMIT, Heading
from ui.sources import page_html
from ui.strings import ENGLISH, Say

PAGE = 50  # rows


def conversations_page(headings: Sequence[Heading], search: str = "", page: int = 1, say: Say = ENGLISH) -> str:
    """The page for one search and page number (from 1); one heading more than PAGE says that there is a next page."""
    title = say("Conversations")
    rows = "".join(_row(heading, say) for heading in headings[:PAGE])
    none = say("No conversation matches.") if search else say("No conversations yet.")
    return page_html(
        title,
        f"<h1>{title}</h1>"
        f"<p>{say('A conversation may be renamed or deleted; who has its address can read it.')}</p>"
        '<form class="search" role="search" action="conversations" method="get">'
        f'<label for="q">{say("Search conversations")}</label>'
        f'<span><input id="q" name="q" type="search" maxlength="200" value="{escape(search)}">'
        f'<button type="submit">{say("Search")}</button></span></form>'
        + (f'<ul class="archive">{rows}</ul>' if rows else f'<p class="counted" role="status">{none}</p>')
        + _pager(search, page, len(headings) > PAGE, say),
        say,
        "conversations",
    )


def _row(heading: Heading, say: Say) -> str:
    id, title = escape(heading.id), escape(heading.title)
    return (
        f"<li>{frame.conversation_link(heading, say)}"
        f'<div class="actions"><details class="drop"><summary>{say("Rename")}</summary>'
        f'<form action="conversations" method="post"><input type="hidden" name="id" value="{id}">'
        f'<input name="title" aria-label="{say("Title")}" value="{title}" maxlength="{TITLE_LIMIT}" '
        'required dir="auto">'
        f'<button name="do" value="rename">{say("Save")}</button></form></details>'
        f"{frame.download_html(heading.id, say)}"
        f'<details class="drop"><summary>{say("Delete")}</summary>'
        f'<form action="conversations" method="post"><input type="hidden" name="id" value="{id}">'
        f"<p>{say('Delete this conversation with its answers?')}</p>"
        f'<button name="do" value="delete">{say("Delete")}</button></form></details></div></li>'
    )


def _pager(search: str, page: int, more: bool, say: Say) -> str:
    def link(number: int, text: str, rel: str) -> str:
        return (
            f'<a rel="{rel}" href="{escape("conversations?" + urlencode({"q": search, "page": number}))}">{text}</a> '
        )

    back = link(page - 1, say("Previous"), "prev") if page > 1 else ""
    on = link(page + 1, say("Next"), "next") if more else ""
    return f'<nav class="pager" aria-label="{say("Pages")}">{back}{on}</nav>' if back or on else ""
