"""Shows what stands around answers and articles: the masthead, the keys, the welcome, the ways to conversations."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from ui.conversations import Heading
from ui.strings import ENGLISH, LANGUAGES, Say
from ui.typeset import readable_date, shortened


def masthead_html(say: Say = ENGLISH, page: str = "chat") -> str:
    """The name, the way between the pages, and the other languages of the interface; `page` is the current one."""
    ask = f'<a class="home" href="./">{say("New conversation" if page == "chat" else "Ask")}</a>'
    earlier = (
        f'<details class="earlier" hidden><summary>{say("Earlier")}</summary><div class="menu"></div></details>'
        if page == "chat"
        else ""
    )
    links = "".join(
        f' <a href="{path}"{" aria-current=page" * (path == page)}>{say(name)}</a>'
        for path, name in (("conversations", "Conversations"), ("sources", "Sources"))
        if (page, path) != ("chat", "conversations")  # the menu of earlier ones leads there
    )
    others = "".join(
        f' <button type="button" class="speak" lang="{code}" data-language="{code}">{name}</button>'
        for code, name in LANGUAGES.items()
        if code != say.language
    )
    name = '<a class="name home" href="./">Footnote</a>'
    return (
        f'<header class="masthead">{f"<h1>{name}</h1>" if page == "chat" else f"<p>{name}</p>"}'
        f"<p>{say('Answers from your saved articles, each with the quote it stands on.')}</p>"
        f'<nav aria-label="Footnote">{ask}{earlier}{links}{others}'
        f' <button type="button" class="keys" aria-label="{say("Keyboard")}">?</button></nav></header>'
    )


def keys_html(say: Say = ENGLISH) -> str:
    """The list of keys, shown under `?`."""
    keys = {
        "/": "Go to the question",
        "n": "In the article: next quote",
        "p": "In the article: previous quote",
        "c": "In the article: copy the quote",
        "Esc": "Close what is open",
        "?": "Show these keys",
    }
    rows = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{say(what)}</dd>" for key, what in keys.items())
    return (
        f'<dialog class="shortcuts" aria-label="{say("Keyboard")}"><h2>{say("Keyboard")}</h2><dl>{rows}</dl>'
        f'<label><input type="checkbox" class="single-keys" checked> {say("Use single keys")}</label>'
        f'<form method="dialog"><button>{say("Close")}</button></form></dialog>'
    )


def welcome_html(
    articles: int, failures: int, examples: Sequence[str], say: Say = ENGLISH, manage: bool = False
) -> str:
    """The empty conversation: what can be asked, or how an empty library gets articles (on the page with `manage`)."""
    if not articles:
        told = say(EMPTY if manage else EMPTY_ELSEWHERE, command="<code>footnote index FOLDER</code>")
        tried = f" ({say.count(failures, 'file that could not be used')})" if failures else ""
        add = f'<p><a class="do" href="sources#add">{say("Add articles")}</a></p>' if manage else ""
        return f'<div class="welcome empty"><p class="lead">{told}{tried}</p>{add}</div>'
    buttons = "".join(
        f'<li><button type="button" class="example" dir="auto">{escape(text)}</button></li>' for text in examples
    )
    asked = f'<p class="label">{say("You could ask")}</p><ul class="examples">{buttons}</ul>' if buttons else ""
    lead = say("What would you like to know from your {articles}?", articles=say.count(articles, "article"))
    return f'<div class="welcome"><p class="lead">{lead}</p>{asked}</div>'


EMPTY = "This library has no articles yet: add some, and ask about them."
EMPTY_ELSEWHERE = "This library has no articles yet: run {command} on a folder of saved articles."


def conversation_links(headings: Iterable[Heading], say: Say = ENGLISH) -> str:
    """A list of links to conversations, and one to all of them."""
    rows = "".join(f"<li>{conversation_link(heading, say)}</li>" for heading in headings)
    listed = f'<ol class="conversations">{rows}</ol>' if rows else ""
    return f'{listed}<p><a href="conversations">{say("All conversations")}</a></p>'


def download_html(id: str, say: Say) -> str:
    """The ways to download the conversation of this id."""
    address = escape(f"export?{urlencode({'c': id})}")
    forms = {"html": "One page (HTML)", "json": "JSON, with offsets and hashes", "md": "Markdown"}
    links = "".join(f'<a href="{address}&amp;form={form}" download>{say(name)}</a>' for form, name in forms.items())
    return f'<details class="drop"><summary>{say("Download")}</summary><div>{links}</div></details>'


def conversation_link(heading: Heading, say: Say) -> str:
    day = escape(readable_date(heading.updated[:10], say))
    return (
        f'<a class="conversation" href="./?c={url_quote(heading.id, safe="")}"><span dir="auto">'
        f'{escape(shortened(heading.title, 90))}</span> <time datetime="{escape(heading.updated)}">{day}</time></a>'
    )
