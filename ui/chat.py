"""The chat page: a question goes in, an answer comes out whose every statement opens its source."""

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

import gradio as gr

from index.errors import FootnoteError
from qa.types import Answer, Filters, Question
from ui import frame, reading, render
from ui.conversations import Conversations, Turn
from ui.quotes import check_answer
from ui.strings import ENGLISH, Say, chosen

if TYPE_CHECKING:
    from index.library import Library

log = logging.getLogger(__name__)

Step = TypeVar("Step")
Ask = Callable[["Library", Question], Iterator[Answer]]  # the answer as it grows, whole in the end

STATIC = Path(__file__).with_name("static")
QUESTION_LIMIT = 2000  # characters
READERS_AT_ONCE, WAITING = 4, 64  # answers made at the same time, and questions that may wait for one

TOO_LONG = f"A question may have at most {QUESTION_LIMIT:,} characters; please ask it in fewer words."
BROKEN = "Something went wrong in Footnote; the details are in the log of the server. Please try again."

SHELL = f"""
<div class="shell">{frame.masthead_html()}</div>
<div class="opening"></div>
<div class="past"></div>
<p class="status" role="status"></p>
<div class="help">{frame.keys_html()}</div>
"""


def chat(
    library: "Library",
    conversations: Conversations,
    ask: Ask,
    stopped: Collection[str] = (),
    waiting: set[tuple[str, str]] | None = None,
) -> gr.Blocks:
    """The page as Gradio blocks; what it shows when it opens comes from `opening`.

    `stopped` has the tickets of the questions that their readers no longer want answered; in `waiting` stand, while
    they are answered, the others, each after the id of its conversation.
    """
    waiting = set() if waiting is None else waiting
    at_work = threading.Semaphore(READERS_AT_ONCE)  # Gradio does not count those who have left the page

    def reply(
        question: str | None, conversation: str | None, unfiltered: str | None, ticket: str | None, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        question = (question or "").strip()
        if not question or ticket in stopped:  # stopped before its turn came
            yield gr.skip(), gr.skip()
            return
        say = chosen(request.headers.get("cookie", ""), request.headers.get("accept-language", ""))
        dropped = tuple((unfiltered or "").split())
        yield from _to_the_end(lambda: answered(question, conversation, dropped, ticket, say))

    def answered(
        question: str, conversation: str | None, dropped: tuple[str, ...], ticket: str | None, say: Say
    ) -> Iterator[tuple[Any, ...]]:
        """What is shown of the answer as it grows; the whole one is kept in its conversation before it is shown."""
        id = conversation or ""
        left = gr.skip()  # what stays in the box: a question that failed, to be asked again
        told: list[str] = []  # of the answer so far
        sent: list[str] = []  # of it, and whether more may come
        try:
            begun = any(where == conversation for where, _ in tuple(waiting))  # by a question not yet answered
            id = conversation if conversation and begun else conversations.known_or_new(conversation)
            waiting.add((id, question))
            yield _live("searching", question, id, [render.searching_html(say)]), ""
            with at_work, closing(answers_in(library, conversations, ask, question, conversation, dropped)) as growing:
                for answer in growing:
                    if ticket in stopped:
                        break
                    told = render.growing_html(answer, say)
                    before, sent = sent, told + render.writing_html(answer, say)
                    if sent != before and answer.writer != "quotes":  # quotes come whole
                        yield _live("answering", question, id, sent), left
            if ticket in stopped:  # it is not kept, and shown as stopped already
                yield gr.skip(), gr.skip()  # Gradio says again at the end what was yielded last
                return
            turn = conversations.append(id, answer)
            shown = _live(answer.status, question, turn.conversation, render.answer_html(answer, say, turn))
        except FootnoteError as error:
            shown = _live("error", question, conversation, [*told, render.error_html(str(error), say)])
            left = question
        except Exception:
            log.exception("The question %r could not be answered", question)
            shown = _live("error", question, conversation, [*told, render.error_html(BROKEN, say)])
            left = question
        finally:
            waiting.discard((id, question))
        yield shown, left

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
            button = gr.Button("Ask", variant="primary", scale=0, min_width=96, elem_id="ask")
            gr.Button("Stop", scale=0, min_width=96, elem_id="stop")
            conversation = gr.Textbox(visible=False)
            unfiltered = gr.Textbox(visible=False)
            ticket = gr.Textbox(visible=False)
        gr.HTML(html_template=reading.drawer_html(), js_on_load=None, apply_default_css=False, elem_id="reader")
        asked = gr.on(
            [text.submit, button.click],
            reply,
            inputs=[text, conversation, unfiltered, ticket],
            outputs=[live, text],
            js="(question) => footnote.asked(question)",
            trigger_mode="multiple",
            show_progress="hidden",
            api_visibility="private",
            concurrency_id="ask",
            concurrency_limit=READERS_AT_ONCE,
        )
        asked.failure(None, js="() => footnote.failed()", api_visibility="private")
    blocks.queue(default_concurrency_limit=8, max_size=WAITING)
    return blocks


def _to_the_end(steps: Callable[[], Iterator[Step]]) -> Iterator[Step]:
    """The steps, made in a thread of their own: Gradio ends what it runs when the reader leaves the page."""
    made: SimpleQueue[Step | None] = SimpleQueue()

    def make() -> None:
        try:
            for step in steps():
                made.put(step)
        finally:
            made.put(None)

    threading.Thread(target=make, name="answer", daemon=True).start()
    yield from iter(made.get, None)


def answers_in(
    library: "Library",
    conversations: Conversations,
    ask: Ask,
    question: str,
    conversation: str | None,
    unfiltered: tuple[str, ...] = (),
) -> Iterator[Answer]:
    """The answer, as it grows, to a question in the light of the conversation's earlier ones.

    `unfiltered` names the filters that the reader took away from this question, and `render.HISTORY` the earlier ones.
    """
    if len(question) > QUESTION_LIMIT:
        raise FootnoteError(TOO_LONG)
    earlier = () if render.HISTORY in unfiltered else conversations.get(conversation or "") or ()
    unfiltered = tuple(name for name in unfiltered if name in Filters.__dataclass_fields__)
    history = tuple(turn.question for turn in earlier)
    said = earlier[-1].citations[0].quote if earlier and earlier[-1].citations else ""
    within = earlier[-1].filters if earlier else None
    yield from ask(library, Question(question, history, unfiltered=unfiltered, said=said, within=within))


def _live(state: str, question: str, conversation: str | None, shown: Sequence[str]) -> dict[str, Any]:
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
    say: Say = ENGLISH,
    manage: bool = False,
    waiting: Collection[tuple[str, str]] = (),
) -> dict[str, Any]:
    """What the page opens with: the turns of conversation `id`, its citations looked up again, or a welcome.

    `manage`: whether articles can be added on the Sources page. `waiting`: as in `chat`.
    """
    asked = [question for where, question in tuple(waiting) if where == id]  # before the turns are read: none is missed
    turns = conversations.get(id) if id else None
    if turns is None and asked:
        turns = ()
    headings = conversations.list(limit=8)
    others = [heading for heading in headings if heading.id != id]
    welcome = ""
    if turns is None:
        totals = library.totals()
        shown = examples() if totals.articles else []
        welcome = frame.welcome_html(totals.articles, totals.failures, shown, say, manage)
        if id:
            welcome = f'<p class="notice">{say("This conversation is no longer in the library.")}</p>' + welcome
    return {
        "found": turns is not None,
        "turns": [
            render.turn_html(
                turn.question, render.answer_html(turn, say, Turn(id or "", position), check_answer(library, turn))
            )
            for position, turn in enumerate(turns or ())
        ],
        "waiting": [render.waiting_html(question, say) for question in asked],
        "welcome": welcome,
        "earlier": frame.conversation_links(others, say) if headings else "",
        "language": say.language,
        "words": say.words,
        "masthead": frame.masthead_html(say),
        "keys": frame.keys_html(say),
        "drawer": reading.drawer_html(say),
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
