"""Photographs every screen of the pages, wide and narrow, light and dark."""

import argparse
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.config import IndexConfig
from index.library import Library, starter_corpus
from index.sync import sync

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
SIZES = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 390, "height": 844}}
PATIENCE = 60_000  # milliseconds
QUESTION = "What did the United States say about its technological cooperation with Israel?"
UNANSWERABLE = "Who won the football world cup in 1998?"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, help="where the pictures go")
    options.add_argument("--home", type=Path, help="an indexed library; default: the starter corpus")
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
        os.chdir(scratch)  # so that the articles have short paths
        library = Library(IndexConfig(home=home or Path("library")))
        if not home:
            sync(library, ["articles"])
        empty = Library(IndexConfig(home=Path("empty")))
        with served(library) as url, served(empty) as empty_url:
            old = photograph(folder, url, empty_url, given.question, given.unanswerable)
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
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport=SIZES["wide"])
        page.set_default_timeout(PATIENCE)
        page.goto(url)
        page.locator(".changes").wait_for()
        page.locator(".changes").scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        page.screenshot(path=folder / "changed-wide-light.png")
        browser.close()


def photograph(folder: Path, url: str, empty_url: str, question: str, unanswerable: str) -> str:
    """Every screen; returns the id of the first conversation."""
    from playwright.sync_api import sync_playwright

    conversations: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for size, viewport in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="en-GB")
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
                ask(page, unanswerable)
                shot("no-answer")
                page.get_by_role("button", name="Not good").last.click()
                page.get_by_role("button", name="Send").last.scroll_into_view_if_needed()
                shot("feedback")
                page.get_by_role("button", name="Keyboard").click()
                shot("keys")
                page.keyboard.press("Escape")
                page.goto(url)
                page.locator("details.earlier summary").click()
                page.locator("a.conversation").first.wait_for()
                shot("earlier")
                page.goto(url + "conversations")
                shot("conversations")
                page.goto(url + "sources")
                shot("sources")
                page.goto(empty_url)
                page.locator(".welcome").wait_for()
                shot("empty")
                context.close()
        browser.close()
    return conversations[0]


def ask(page, question: str) -> None:
    turns = page.locator(".turn").count()
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    page.locator(".turn").nth(turns).locator(".statement, .no-answer, .error").first.wait_for()


@contextmanager
def served(library: Library) -> Iterator[str]:
    """The library's pages on a free port."""
    import uvicorn

    from ui.server import build_app

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(build_app(library), log_level="warning", timeout_graceful_shutdown=1)
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
