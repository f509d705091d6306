"""Photographs every screen of the pages, wide and narrow, light and dark."""

import argparse
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
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        library = Library(IndexConfig(home=given.home or Path(folder) / "library"))
        if not given.home:
            sync(library, [str(starter_corpus())])
        empty = Library(IndexConfig(home=Path(folder) / "empty"))
        with served(library) as url, served(empty) as empty_url:
            photograph(given.folder, url, empty_url, given.question, given.unanswerable)


def photograph(folder: Path, url: str, empty_url: str, question: str, unanswerable: str) -> None:
    from playwright.sync_api import sync_playwright

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
                shot("answer")
                page.locator("a.cite").first.click()
                page.locator(".drawer mark").first.wait_for()
                shot("source")
                page.keyboard.press("Escape")
                ask(page, unanswerable)
                shot("no-answer")
                page.goto(url)
                page.locator("details.earlier summary").click()
                page.locator("a.conversation").first.wait_for()
                shot("earlier")
                page.goto(url + "sources")
                shot("sources")
                page.goto(empty_url)
                page.locator(".welcome").wait_for()
                shot("empty")
                context.close()
        browser.close()


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
