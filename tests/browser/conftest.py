"""A real Chromium and a real server, shared by the journeys."""

import os
import shutil
import subprocess
import tarfile
import warnings
from pathlib import Path

import pytest

from tests.browser import shelf
from tests.browser.page import WIDE, check
from tests.browser.shelf import Shelf
from tests.browser.site import Site

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = "axe-core@4.14.1"
PATIENCE = 60_000  # milliseconds; the machine may be busy


def missing(message: str):
    """Skips with a warning that is seen; fails where nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(message)
    warnings.warn(f"THE BROWSER TESTS DID NOT RUN: {message}", stacklevel=2)
    pytest.skip(message)


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    asked = []

    def ask(library, question):
        asked.append(question)
        yield from site.growing(library, question)

    site = Site(Shelf(tmp_path_factory.mktemp("library")), ask, shelf.suggest)
    site.asked, site.growing = asked, shelf.answers
    yield site
    site.stop()


@pytest.fixture(autouse=True)
def as_at_first(request):
    """Each test finds the library as it was, whatever the test before did to it."""
    if "site" in request.fixturenames:
        site = request.getfixturevalue("site")
        site.library.hold(Shelf(site.library.home).full())
        site.asked.clear()
        site.growing = shelf.answers


@pytest.fixture(scope="package")
def chromium():
    if not CHROMIUM:
        missing("there is no Chromium; install it with `apt-get install -y chromium`.")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed; install it with `pip install -e .[dev]`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory) -> str:
    """The source of axe-core, from npm, kept between runs outside the repository; empty, and said, without npm."""
    folder = Path(os.environ.get("FOOTNOTE_TEST_CACHE") or tmp_path_factory.getbasetemp().parent)
    archive = folder / f"{AXE.replace('@', '-')}.tgz"
    if not archive.exists():
        npm = shutil.which("npm")
        packed = npm and subprocess.run([npm, "pack", AXE], cwd=folder, capture_output=True, timeout=120)
        if not packed or packed.returncode:
            message = f"{AXE} could not be had from npm, so accessibility was not checked."
            warnings.warn(f"THE ACCESSIBILITY TESTS DID NOT RUN: {message}", stacklevel=2)
            return ""
    with tarfile.open(archive) as contents:
        return contents.extractfile("package/axe.min.js").read().decode("utf-8")


@pytest.fixture
def visit(site, chromium, axe):
    """Opens pages; afterwards there was no request to another host, no console error and no dialog.

    Where the test leaves a page, axe finds nothing and nothing has to be scrolled sideways. An AbortError is no
    complaint: Gradio's client logs one where a page is left while its stream is still open.
    """
    complaints, contexts, pages = [], [], []

    def complain(text: str) -> None:
        if "AbortError" not in text:
            complaints.append(text)

    def opened(path: str = "", viewport=WIDE, scheme="light", site=site):
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.add_init_script(axe)
        page = context.new_page()
        pages.append(page)
        ours = (site.url, "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(ours) or complaints.append(request.url))
        page.on("console", lambda m: m.type == "error" and complain(m.text))
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.goto(site.url + path)
        return page

    yield opened
    for page in pages:
        check(page, "as the test leaves it")
    for context in contexts:
        context.close()
    assert complaints == []
