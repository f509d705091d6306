"""The chat page: a question goes in, an answer comes out whose every statement opens its source."""

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from index.errors import FootnoteError
from qa.types import Answer, Question
from ui import render
from ui.conversations import Conversations

if TYPE_CHECKING:
    from index.library import Library

log = logging.getLogger(__name__)

Ask = Callable[["Library", Question], Answer]

STATIC = Path(__file__).with_name("static")
QUESTION_LIMIT = 2000  # characters
READERS_AT_ONCE, WAITING = 4, 64  # answers made at the same time, and questions that may wait for one

TOO_LONG = f"A question may have at most {QUESTION_LIMIT:,} characters; please ask it in fewer words."
BROKEN = "Something went wrong in Footnote; the details are in the log of the server. Please try again."

SEARCHING = ('<p class="searching">Searching the articles …</p>',)

SHELL = """
<header class="masthead">
  <h1><a class="name home" href="./">Footnote</a></h1>
  <p>Answers from your saved articles, each with the quote it stands on.</p>
  <nav aria-label="Footnote">
    <a class="home" href="./">New conversation</a>
    <details class="earlier" hidden><summary>Earlier</summary><div class="menu"></div></details>
    <a href="sources">Sources</a>
  </nav>
</header>
<div class="opening"></div>
<div class="past"></div>
<p class="status" role="status"></p>
"""


def chat(library: "Library", conversations: Conversations, ask: Ask) -> gr.Blocks:
    """The page as Gradio blocks; what it shows when it opens comes from `opening`."""

    def reply(question: str | None, conversation: str | None, unfiltered: str | None) -> Iterator[tuple[Any, ...]]:
        question = (question or "").strip()
        if not question:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        yield _live("searching", question, conversation), "", gr.Button("Searching", interactive=False)
        left = gr.skip()  # what stays in the box: a question that failed, to be asked again
        try:
            answer, conversation = answer_in(
                library, conversations, ask, question, conversation, tuple((unfiltered or "").split())
            )
            shown = _live(answer.status, question, conversation, render.answer_html(answer))
        except FootnoteError as error:
            shown = _live("error", question, conversation, [render.error_html(str(error))])
            left = question
        except Exception:
            log.exception("The question %r could not be answered", question)
            shown = _live("error", question, conversation, [render.error_html(BROKEN)])
            left = question
        yield shown, left, gr.Button("Ask", interactive=True)

    with gr.Blocks(title="Footnote", fill_width=True) as blocks:
        gr.HTML(html_template=SHELL, js_on_load=None, apply_default_css=False, elem_id="shell")
        live = gr.HTML(
            html_template="${value ? value.parts.join('') : ''}",
            js_on_load=(STATIC / "page.js").read_text("utf-8") + "\nfootnote.chat(element, props, watch);",
            apply_default_css=False,
            elem_id="live",
        )
        with gr.Row(elem_id="composer"):
            text = gr.Textbox(
                label="Your question",
                placeholder="Ask your articles",
                max_length=QUESTION_LIMIT,
                lines=1,
                max_lines=6,
                scale=1,
                autofocus=True,
            )
            button = gr.Button("Ask", variant="primary", scale=0, min_width=96)
            conversation = gr.Textbox(visible=False)
            unfiltered = gr.Textbox(visible=False)
        gr.HTML(html_template=render.DRAWER_HTML, js_on_load=None, apply_default_css=False, elem_id="reader")
        asked = gr.on(
            [text.submit, button.click],
            reply,
            inputs=[text, conversation, unfiltered],
            outputs=[live, text, button],
            js="(question) => footnote.asked(question)",
            trigger_mode="once",
            show_progress="hidden",
            api_visibility="private",
            concurrency_id="ask",
            concurrency_limit=READERS_AT_ONCE,
        )
        asked.failure(None, js="() => footnote.failed()", api_visibility="private")
    blocks.queue(default_concurrency_limit=8, max_size=WAITING)
    return blocks


def answer_in(
    library: "Library",
    conversations: Conversations,
    ask: Ask,
    question: str,
    conversation: str | None,
    unfiltered: tuple[str, ...] = (),
) -> tuple[Answer, str]:
    """Answers a question in the light of the conversation's earlier ones and keeps the answer there.

    `unfiltered` names the filters that the reader took away from this question.
    """
    if len(question) > QUESTION_LIMIT:
        raise FootnoteError(TOO_LONG)
    earlier = conversations.get(conversation or "") or ()
    history = tuple(turn.question for turn in earlier)
    said = earlier[-1].citations[0].quote if earlier and earlier[-1].citations else ""
    answer = ask(library, Question(question, history, unfiltered=unfiltered, said=said))
    return answer, conversations.append(conversation, answer)


def _live(state: str, question: str, conversation: str | None, shown: Sequence[str] = SEARCHING) -> dict[str, Any]:
    """The value of the live turn: what it shows, and what the script needs to know about it."""
    return {
        "state": state,
        "conversation": conversation or "",
        "parts": ['<article class="turn">', render.question_html(question), *shown, "</article>"],
    }


def opening(
    library: "Library",
    conversations: Conversations,
    examples: Callable[[], list[str]],
    id: str | None,
) -> dict[str, Any]:
    """What the page opens with: the turns of conversation `id`, or a welcome; and the earlier ones."""
    turns = conversations.get(id) if id else None
    headings = [heading for heading in conversations.list() if heading.id != id]
    earlier = render.conversation_links((h.id, h.title, h.updated) for h in headings)
    welcome = ""
    if turns is None:
        articles = len(library.articles())
        shown = examples() if articles else []
        welcome = render.welcome_html(articles, len(library.failures()), shown)
        if id:
            welcome = '<p class="notice">This conversation is no longer in the library.</p>' + welcome
    return {
        "found": turns is not None,
        "turns": [render.turn_html(turn.question, render.answer_html(turn)) for turn in turns or ()],
        "welcome": welcome,
        "earlier": earlier,
    }


def theme() -> gr.themes.Base:
    """Gradio's own colours set to those of page.css, and no web fonts."""
    sans = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"]
    return gr.themes.Base(font=sans, font_mono=["ui-monospace", "monospace"]).set(
        body_background_fill="#faf8f3",
        body_background_fill_dark="#171614",
        body_text_color="#1f1d1a",
        body_text_color_dark="#e9e4da",
    )
