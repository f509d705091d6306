"""Photographs every screen of the pages, in every size, light and dark."""

import argparse
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.browser import CHROMIUM, FLAGS, PATIENCE
from index.config import IndexConfig
from index.errors import FootnoteError
from index.library import Library, starter_corpus
from index.sync import sync
from qa.ask import answers
from qa.types import Answer, Question

SIZES = {
    "wide": {"width": 1280, "height": 800},
    "narrow": {"width": 390, "height": 844},
    "320": {"width": 320, "height": 568},
    "4k": {"width": 3840, "height": 2160},
}
SCHEMES = {"wide": ("light", "dark"), "narrow": ("light", "dark"), "320": ("light",), "4k": ("light",)}
QUESTION = "What did the United States say about its technological cooperation with Israel?"
UNANSWERABLE = "Who won the football world cup in 1998?"
SLOW, WRITTEN, BROKEN = "Who led the Israeli delegation?", "Which strategic group met?", "Why is it busy?"
ARABIC_QUESTION = "متى أعيد فتح جسر الميناء؟"
ARABIC = """إعادة فتح جسر الميناء بعد تسعة أشهر

صحيفة المرفأ، 28 يونيو 2023. أعيد فتح جسر الميناء أمام حركة المرور يوم الاثنين بعد تسعة أشهر من الإصلاحات.

وقالت الهيئة إن تكلفة الإصلاحات بلغت 41 مليون يورو، دفعت المدينة ثلثها، وجاء الباقي من رسوم العبور.

وكان الركاب قد استخدموا العبّارات طوال الشتاء، ووقفوا في طوابير طويلة كل صباح قبل أن تنتهي الأعمال.
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, help="where the pictures go")
    options.add_argument("--home", type=Path, help="an indexed library; default: the starter corpus")
    options.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    options.add_argument("--question", default=QUESTION)
    options.add_argument("--unanswerable", default=UNANSWERABLE)
    options.add_argument("--docs", type=Path, help="where the pictures of the documentation go, made small")
    given = options.parse_args()
    docs = given.docs.resolve() if given.docs else None
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    home = given.home.resolve() if given.home else None
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(starter_corpus(), Path(scratch) / "articles")
        (Path(scratch) / "articles" / "port.txt").write_text(ARABIC, encoding="utf-8")
        (Path(scratch) / "articles" / "empty.txt").write_text("", encoding="utf-8")
        os.chdir(scratch)  # so that the articles have short paths
        library = Library(IndexConfig(home=home or Path("library")))
        if not home:
            sync(library, ["articles"])
        empty = Library(IndexConfig(home=Path("empty")))
        with served(library) as url, served(empty) as empty_url:
            old = photograph(folder, url, empty_url, given.question, given.unanswerable, given.sizes)
            if not home:
                edit(library, old)
                photograph_changed(folder, url + f"?c={old}")
    if docs:
        make_small(folder / "source-wide-light.png", docs / "page.png")
        make_small(folder / "changed-wide-light.png", docs / "changed.png")


def make_small(picture: Path, to: Path) -> None:
    """With 48 colours, which text on paper does not miss."""
    from PIL import Image

    Image.open(picture).convert("RGB").quantize(48, dither=Image.Dither.NONE).save(to, optimize=True)


def edit(library: Library, conversation: str) -> None:
    """Changes a word of the first quote of a conversation in its file."""
    from ui.conversations import Conversations

    cited = Conversations(library.home).get(conversation)[0].citations[0]
    path = Path(cited.article.path)
    words = cited.quote.split()
    changed = cited.quote.replace(words[-1], "beyond price.")
    path.write_text(path.read_text(encoding="utf-8").replace(cited.quote, changed), encoding="utf-8")
    sync(library)


def photograph_changed(folder: Path, url: str) -> None:
    """A conversation opened again after its source was edited."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport=SIZES["wide"])
        page.set_default_timeout(PATIENCE)
        page.goto(url)
        page.locator(".changes").wait_for()
        page.locator(".changes").scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        page.screenshot(path=folder / "changed-wide-light.png")
        browser.close()


def photograph(folder: Path, url: str, empty_url: str, question: str, unanswerable: str, sizes: Sequence[str]) -> str:
    """Every screen; returns the id of the first conversation."""
    from playwright.sync_api import sync_playwright

    conversations: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in sizes:
            for scheme in SCHEMES[size]:
                context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, locale="en-GB")
                context.set_default_timeout(PATIENCE)
                page = context.new_page()

                def shot(screen, page=page, size=size, scheme=scheme):
                    page.wait_for_timeout(300)
                    page.screenshot(path=folder / f"{screen}-{size}-{scheme}.png")

                page.goto(url)
                page.locator(".welcome").wait_for()
                shot("welcome")
                ask(page, question)
                page.wait_for_url("**?c=*")
                conversations.append(page.url.split("?c=")[1])
                shot("answer")
                page.locator("a.cite").first.click()
                page.locator(".drawer mark").first.wait_for()
                shot("source")
                page.keyboard.press("Escape")
                photograph_what_goes_wrong(page, shot, unanswerable)
                photograph_other_pages(page, shot, url, empty_url)
                context.close()
        browser.close()
    return conversations[0]


def photograph_what_goes_wrong(page, shot: Callable[[str], None], unanswerable: str) -> None:
    """No answer, what is asked about it, an error, and an answer that is still to come."""
    ask(page, unanswerable)
    shot("no-answer")
    page.get_by_role("button", name="Not good").last.click()
    page.get_by_role("button", name="Send").last.scroll_into_view_if_needed()
    shot("feedback")
    ask(page, BROKEN)
    shot("error")
    for screen, question in (("busy", SLOW), ("writing", WRITTEN)):
        page.get_by_label("Your question").fill(question)
        page.get_by_label("Your question").press("Enter")
        if question == WRITTEN:
            page.get_by_text("Writing …").wait_for()
        shot(screen)
        page.get_by_role("button", name="Ask", exact=True).wait_for()
    page.get_by_role("button", name="Keyboard").click()
    shot("keys")
    page.keyboard.press("Escape")


def photograph_other_pages(page, shot: Callable[[str], None], url: str, empty_url: str) -> None:
    """Right to left, the lists, the sources and what can be done with them, an empty library, and Vietnamese."""
    page.goto(url)
    page.locator(".welcome").wait_for()
    ask(page, ARABIC_QUESTION)
    page.locator("a.cite").first.click()
    page.locator(".drawer mark").first.wait_for()
    shot("right-to-left")
    page.goto(url)
    page.locator("details.earlier summary").click()
    page.locator("a.conversation").first.wait_for()
    shot("earlier")
    page.goto(url + "conversations")
    shot("conversations")
    page.goto(url + "sources")
    shot("sources")
    page.get_by_text("Add articles").click()
    page.get_by_text("Folders and files").click()
    shot("adding")
    page.get_by_role("button", name="Tiếng Việt").click()
    page.get_by_text("Thêm bài báo").click()
    shot("vietnamese")
    page.get_by_role("button", name="English").click()
    page.goto(empty_url)
    page.locator(".welcome").wait_for()
    shot("empty")
    page.goto(empty_url + "sources")
    shot("empty-sources")


def ask(page, question: str) -> None:
    turns = page.locator(".turn").count()
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    page.locator(".turn").nth(turns).locator(".statement, .no-answer, .error").first.wait_for()


def answering(library: Library, question: Question) -> Iterator[Answer]:
    """The product's answers, but one comes late, one as a model would write it, and one not at all."""
    if question.text == BROKEN:
        raise FootnoteError(
            "Another Footnote (process 4711) is indexing into library. Wait for it to end, then try again."
        )
    if question.text == SLOW:
        time.sleep(4)
    (answer,) = answers(library, question)
    if question.text == WRITTEN:
        yield replace(answer, statements=answer.statements[:1], writer="a model")
        time.sleep(4)
    yield answer


@contextmanager
def served(library: Library) -> Iterator[str]:
    """The library's pages on a free port."""
    import uvicorn

    from ui.server import build_app

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        build_app(library, ask=answering, manage=True), log_level="warning", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    server.should_exit = True
    thread.join(10)


if __name__ == "__main__":
    main()
