"""The pages in a real Chromium, against a real server on this machine."""

import json
import os
import re
import shutil
import socket
import subprocess
import tarfile
import threading
import time
import urllib.error
import urllib.request
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from tests.browser import shelf
from tests.browser.shelf import BRIDGE, HOSTILE, TRICKS, Shelf, article
from ui.export import read_citations

pytestmark = pytest.mark.browser

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = "axe-core@4.14.1"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
TINY, HUGE = {"width": 320, "height": 568}, {"width": 3840, "height": 2160}
PATIENCE = 60_000  # milliseconds; the machine may be busy


class Site:
    """A server in a thread; it can be stopped and started again on the same port and folder."""

    def __init__(self, library, ask=None, suggest=None, manage=False):
        self.library, self.ask, self.suggest, self.manage = library, ask, suggest, manage
        self.port = 0
        self.start()

    def start(self):
        import uvicorn

        from ui.server import LOOPBACK, build_app

        app = build_app(self.library, ask=self.ask, suggest=self.suggest, hosts=LOOPBACK, manage=self.manage)
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        for _ in range(200):
            if self.server.started:
                return
            time.sleep(0.05)
        raise TimeoutError("The server did not start.")

    def stop(self):
        self.server.should_exit = True
        self.thread.join(20)


def missing(message: str):
    """Skips with a warning that is seen; fails where nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(message)
    warnings.warn(f"THE BROWSER TESTS DID NOT RUN: {message}", stacklevel=2)
    pytest.skip(message)


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
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


def check(page, screen):
    """Nothing that axe knows to hinder anybody, and nothing that has to be scrolled sideways."""
    found = page.evaluate(
        "window.axe ? axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: "
        "['violations']}).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html).slice(0, 3)])) : []"
    )
    assert found == [], screen
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, screen


@pytest.fixture
def visit(site, chromium, axe):
    """Opens pages; afterwards there was no request to another host, no console error and no dialog.

    Where the test leaves a page, axe finds nothing and nothing has to be scrolled sideways.
    """
    complaints, contexts, pages = [], [], []

    def opened(path: str = "", viewport=WIDE, scheme="light", site=site):
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.add_init_script(axe)
        page = context.new_page()
        pages.append(page)
        ours = (site.url, "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(ours) or complaints.append(request.url))
        page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.goto(site.url + path)
        return page

    yield opened
    for page in pages:
        check(page, "as the test leaves it")
    for context in contexts:
        context.close()
    assert complaints == []


def ask(page, question: str):
    turns = page.locator(".turn").count()
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    page.locator(".turn").nth(turns).locator(".statement, .no-answer, .error").first.wait_for()


def source(page):
    return page.get_by_role("region", name="Source article")


def status(page) -> str:
    return page.get_by_role("status").text_content()


def in_view(page, selector: str) -> bool:
    """Whether the middle of the element is what one sees at its place."""
    return page.eval_on_selector(
        selector,
        """element => { const box = element.getBoundingClientRect();
        const seen = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
        return Boolean(seen) && (seen === element || element.contains(seen)); }""",
    )


REPAIRS = "What did the repairs cost in euros?"


def test_a_chip_opens_the_quote_marked_in_its_article(visit):
    page = visit()
    page.get_by_text("What would you like to know from your 5 articles?").wait_for()
    ask(page, REPAIRS)
    assert status(page) == "Answered"
    assert page.locator("a.cite").all_text_contents() == ["1", "2"]
    assert page.locator("a.cite").first.get_attribute("aria-label") == ("Source 1: The Harbour Gazette, 26 June 2023")
    page.locator("a.cite").first.click()
    source(page).wait_for()
    assert page.locator(".drawer mark").all_text_contents() == [
        "The repairs cost 41 million euros, of which the city paid a third."
    ]
    heading = source(page).get_by_role("heading")
    assert heading.text_content() == "Harbour bridge reopens after nine months"
    assert heading.evaluate("element => element === document.activeElement")
    assert in_view(page, ".drawer mark") and in_view(page, ".drawer h2")
    assert "The Harbour Gazette, 26 June 2023, English" in source(page).text_content()
    assert source(page).get_by_role("link").get_attribute("href") == (
        "https://example.org/bridge#:~:text=The%20repairs%20cost%2041%20million,the%20city%20paid%20a%20third."
    )
    page.locator("a.cite").nth(1).click()
    page.get_by_role("heading", name="Tolls to fall on the harbour bridge").wait_for()
    assert source(page).get_by_role("link").count() == 0  # its address is no web address
    assert in_view(page, "#composer button")


def test_an_example_question_is_asked_by_a_click_and_the_page_shows_that_it_searches(visit):
    page = visit()
    example = "What did the repairs of the bridge cost?"
    page.get_by_role("button", name=example).click()
    page.locator("a.cite").first.wait_for()
    assert page.get_by_role("heading", level=2).first.text_content() == example
    page.get_by_label("Your question").fill("How slowly did the repairs go?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("button", name="Stop").wait_for()
    assert status(page) == "Searching"
    page.wait_for_function("document.querySelector('#composer textarea').value === ''")
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    assert page.locator(".turn").count() == 2


class Writing:
    """An ask whose statements come when they are let out, one after the other."""

    def __init__(self):
        self.let = threading.Semaphore(0)
        self.closed = threading.Event()

    def __call__(self, library, question):
        whole = replace(shelf.ask(library, question), writer="a model")
        try:
            for count in range(1, len(whole.statements) + 1):
                self.let.acquire(timeout=60)
                yield replace(whole, statements=whole.statements[:count], citations=whole.citations[:count])
        finally:
            self.closed.set()


def test_an_answer_is_shown_sentence_by_sentence_and_what_is_shown_stays(visit, site):
    page, site.growing = visit(), Writing()
    page.get_by_label("Your question").fill(REPAIRS)
    page.keyboard.press("Enter")
    page.get_by_text("Searching the articles …").wait_for()
    site.growing.let.release()
    page.locator("a.cite").first.wait_for()
    assert page.locator(".turn > p").all_text_contents()[1:] == ["Writing …"]
    assert page.locator(".footnotes, .tools").count() == 0 and page.get_by_role("button", name="Stop").is_visible()
    page.locator("a.cite").first.click()
    page.get_by_role("heading", name="Harbour bridge reopens after nine months").wait_for()
    page.keyboard.press("Escape")
    site.growing.let.release()
    page.locator(".tools").wait_for()
    assert page.locator("a.cite").all_text_contents() == ["1", "2"]
    assert page.evaluate("document.activeElement.textContent") == "1"  # the chip keeps the focus
    assert page.get_by_text("Writing …").count() == 0 and status(page) == "Answered"


def test_stop_ends_an_answer_where_it_is(visit, site):
    page, site.growing = visit(), Writing()
    page.get_by_label("Your question").fill(REPAIRS)
    page.keyboard.press("Enter")
    site.growing.let.release()
    page.locator("a.cite").first.wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped").last.wait_for()
    site.growing.let.release()
    assert site.growing.closed.wait(20)
    page.wait_for_timeout(300)
    assert page.locator("a.cite").all_text_contents() == ["1"]
    assert page.url == site.url and page.get_by_role("button", name="Ask", exact=True).is_visible()


def test_a_filter_found_in_the_question_is_taken_away_by_a_click(visit, site):
    page = visit()
    question = "What did The Harbour Gazette say about the repairs?"
    ask(page, question)
    page.get_by_role("button", name="Search again, not only The Harbour Gazette").click()
    page.wait_for_function("document.querySelectorAll('.turn').length === 2")
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    assert [(asked.text, "publisher" in asked.unfiltered) for asked in site.asked] == [
        (question, False), (question, True)]  # fmt: skip
    assert page.locator("button.unfilter").count() == 1  # that of the first turn
    ask(page, "What did it cost?")
    assert site.asked[-1].unfiltered == ()


def test_no_answer_says_so_and_offers_the_nearest_passages(visit):
    page = visit()
    ask(page, "Who invented xylophones?")
    assert status(page) == "No answer"
    assert page.locator("a.cite").count() == 0
    assert page.get_by_text("No article has “invented”, “xylophones”.").is_visible()
    link = page.locator("a.near-miss").last
    link.click()
    source(page).locator("mark").wait_for()
    assert source(page).locator("mark").text_content() == link.text_content()


def test_a_follow_up_brings_the_earlier_questions_along(visit, site):
    page = visit()
    ask(page, "Which repairs were paid?")
    ask(page, "Who paid for it?")
    assert [question.history for question in site.asked] == [(), ("Which repairs were paid?",)]
    assert not site.asked[0].said and "repairs" in site.asked[1].said  # the quote of the answer before
    assert page.locator(".searched").text_content() == ("Searched for “Who paid for it? (Which repairs were paid?)”")


def test_a_conversation_survives_reload_and_restart_and_can_be_come_back_to(visit, site):
    page = visit()
    ask(page, REPAIRS)
    ask(page, "Who invented xylophones?")
    address = page.url
    assert re.search(r"\?c=[\w-]{20,}$", address)
    page.reload()
    page.locator(".turn").nth(1).wait_for()
    site.stop()
    site.start()
    page.goto(address)
    page.locator(".turn").nth(1).wait_for()
    assert page.locator(".question").all_text_contents() == [REPAIRS, "Who invented xylophones?"]
    ask(page, "Who paid for it?")
    assert site.asked[-1].history == (REPAIRS, "Who invented xylophones?")
    page.get_by_role("link", name="New conversation").click()
    page.get_by_text("What would you like to know").wait_for()
    assert page.url == site.url and page.locator(".turn").count() == 0
    page.get_by_text("Earlier").click()
    page.locator("a.conversation").first.click()
    page.locator(".turn").nth(2).wait_for()
    assert page.url == address
    page.go_back()
    page.get_by_text("What would you like to know").wait_for()
    page.goto(site.url + "?c=unknown")
    page.get_by_text("This conversation is no longer in the library.").wait_for()


def test_a_quote_has_an_address_of_its_own(visit):
    page = visit()
    ask(page, REPAIRS)
    page.locator("a.cite").first.click()
    source(page).wait_for()
    address = page.url
    again = visit(address.split("/", 3)[3])
    source(again).locator("mark").wait_for()
    assert source(again).locator("mark").text_content().startswith("The repairs cost 41")
    again.keyboard.press("Escape")
    assert again.url == address.split("#")[0]


def test_the_keyboard_is_enough(visit):
    page = visit()
    box = page.get_by_label("Your question")
    box.wait_for()
    page.wait_for_function("document.activeElement.matches('#composer textarea')")
    page.keyboard.type(REPAIRS)
    page.keyboard.press("Enter")
    page.locator("a.cite").first.wait_for()
    page.evaluate("document.activeElement.blur()")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.cite')"):
            break
    page.keyboard.press("Enter")
    source(page).wait_for()
    page.wait_for_function("document.activeElement.matches('.drawer h2')")
    page.keyboard.press("Escape")
    assert source(page).count() == 0
    assert page.evaluate("document.activeElement.textContent") == "1"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('.drawer h2')")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # the close button
    assert page.evaluate("document.activeElement.textContent") == "2"


def test_on_a_phone_the_source_is_a_sheet_over_the_page(visit):
    page = visit(viewport=PHONE)
    ask(page, REPAIRS)
    page.locator("a.cite").first.click()
    source(page).wait_for()
    box = source(page).bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844) and box["y"] > 150
    assert in_view(page, ".drawer mark")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Close the source article").click()
    assert source(page).count() == 0
    narrow = visit("sources", viewport={"width": 320, "height": 640})
    assert narrow.get_by_role("columnheader").count() == 9  # also where the table is a list of cards
    assert narrow.evaluate("document.documentElement.scrollWidth") == 320


def test_the_sources_page_lists_searches_and_opens_articles(visit):
    page = visit("sources")
    assert page.get_by_text("5 articles, 2 files that could not be used").is_visible()
    assert page.get_by_role("table").count() == 2
    assert page.get_by_text("no text in it").is_visible()
    page.get_by_label("Search titles").fill("gazette")
    page.keyboard.press("Enter")
    page.get_by_text("1 of 5 articles").wait_for()
    link = page.get_by_role("link", name="Harbour bridge reopens after nine months")
    link.click()
    source(page).get_by_text("The rest came from tolls.").wait_for()
    page.keyboard.press("Escape")
    assert link.evaluate("element => element === document.activeElement")
    page.goto(page.url.replace("sources?q=gazette", link.get_attribute("href")))
    assert page.get_by_role("heading", level=1).text_content() == "Harbour bridge reopens after nine months"
    page.get_by_role("link", name="Ask").click()
    page.get_by_label("Your question").wait_for()


def test_a_source_that_changed_or_went_away_is_never_marked_wrongly(visit, site):
    page = visit()
    ask(page, REPAIRS)
    quote = "The repairs cost 41 million euros, of which the city paid a third."
    text = BRIDGE.text.replace("Paragraph 1 ", "A new paragraph, then the first ")
    site.library.put(replace(article("bridge", text), publisher="The Harbour Gazette"))
    page.locator("a.cite").first.click()
    page.get_by_text("This article has changed since it was cited; the quote is still in it.").wait_for()
    assert page.locator(".drawer mark").all_text_contents() == [quote]
    page.keyboard.press("Escape")
    site.library.put(article("bridge", text.replace("41 million", "43 million")))
    page.locator("a.cite").first.click()
    page.get_by_text("the quote is no longer in it").wait_for()
    assert page.locator(".drawer .text mark").count() == 0
    then_and_now = [quote, quote.replace("41 million", "43 million")]
    assert page.locator(".drawer .kept blockquote").all_text_contents() == then_and_now
    page.keyboard.press("Escape")
    page.reload()  # an old conversation is looked up again
    page.locator(".changes").wait_for()
    assert page.locator(".changes blockquote").all_text_contents() == then_and_now
    assert page.locator(".changes del, .changes ins").all_text_contents() == ["41", "43"]
    assert page.locator("a.cite").first.get_attribute("aria-label").endswith("26 June 2023 (Edited since)")
    site.library.remove("bridge")
    page.locator("a.cite").first.click()
    page.get_by_text("This article has been removed").wait_for()
    assert page.locator(".drawer .kept mark").text_content() == quote


def test_the_quotes_of_an_answer_are_stepped_through_and_copied(visit):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, REPAIRS)
    page.locator("a.cite").first.click()
    source(page).get_by_text("Quote 1 of 2").wait_for()
    assert source(page).get_by_role("button", name="Previous quote").is_disabled()
    assert source(page).get_by_text("Unchanged since it was cited").is_visible()
    source(page).get_by_role("button", name="Next quote").click()
    page.get_by_role("heading", name="Tolls to fall on the harbour bridge").wait_for()
    source(page).get_by_text("Quote 2 of 2").wait_for()
    page.keyboard.press("p")
    page.get_by_role("heading", name="Harbour bridge reopens after nine months").wait_for()
    page.keyboard.press("c")
    source(page).get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "“The repairs cost 41 million euros, of which the city paid a third.” "
        "(Harbour bridge reopens after nine months, The Harbour Gazette, 26 June 2023, https://example.org/bridge)"
    )
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "1"
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keyboard").wait_for()
    page.get_by_label("Use single keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("!document.activeElement.matches('#composer textarea')")
    page.get_by_role("button", name="Keyboard").click()
    page.get_by_label("Use single keys").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('#composer textarea')")


def test_an_answer_is_taken_along_and_judged(visit, site, tmp_path):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "Who invented xylophones?")
    question = "What did the repairs cost in <b>euros</b>?"
    ask(page, question)
    turn = page.locator(".turn").last
    turn.get_by_text("Copy with footnotes").click()
    turn.get_by_role("button", name="Plain text").click()
    turn.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(question) and "[1] “The repairs cost 41" in copied
    turn.get_by_role("button", name="Not good").click()
    turn.get_by_label("Something is missing").check()
    turn.get_by_label("Words that a right answer has").fill("41 million")
    turn.get_by_role("button", name="Send").click()
    page.locator(".down[aria-pressed=true]").wait_for()
    turn.locator("a.cite").first.click()
    source(page).get_by_role("button", name="Good", exact=True).click()
    page.locator(".drawer .up[aria-pressed=true]").wait_for()
    rows = [json.loads(line) for line in (site.library.home / "feedback.jsonl").read_text("utf-8").splitlines()]
    assert [(row["verdict"], row.get("reason"), row["gold"][0][:12]) for row in rows] == [
        ("down", "missing", "41 million"), ("up", None, "The repairs ")]  # fmt: skip
    page.keyboard.press("Escape")
    page.get_by_text("Earlier").click()
    page.get_by_role("link", name="All conversations").click()
    page.get_by_text("Download").first.click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="One page (HTML)").first.click()
    downloading.value.save_as(tmp_path / "chat.html")
    text = (tmp_path / "chat.html").read_text("utf-8")
    assert [c.quote[:20] for c in read_citations(text)] == ["The repairs cost 41 ", "Repairs had cost 41 "]
    page.context.new_page().goto((tmp_path / "chat.html").as_uri())  # the file says nothing to anybody
    assert page.context.pages[-1].locator("img, script:not([type='application/json'])").count() == 0


def test_conversations_are_searched_renamed_and_deleted(visit):
    page = visit()
    ask(page, "When will tolls fall this autumn?")
    address = page.url
    page.goto(page.url.split("?")[0] + "conversations")
    page.get_by_label("Search conversations").fill("TENTH autumn")  # words of the answer
    page.keyboard.press("Enter")
    page.wait_for_url("**/conversations?q=*")
    assert page.locator(".archive > li").count() == 1
    page.get_by_text("Rename", exact=True).click()
    page.get_by_label("Title").fill(HOSTILE)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/conversations")
    named = page.locator(".archive .conversation").first
    assert named.locator("span").text_content().startswith("<img src=x")
    assert named.get_attribute("href") == "./?c=" + address.split("?c=")[1]
    before = page.locator(".archive > li").count()
    page.locator(".archive > li").first.get_by_text("Delete").first.click()
    page.get_by_role("button", name="Delete").click()
    page.wait_for_function(f"document.querySelectorAll('.archive > li').length === {before - 1}")
    page.goto(address)
    page.get_by_text("This conversation is no longer in the library.").wait_for()


def test_a_question_is_stopped_asked_again_and_edited(visit, site):
    page = visit()
    page.get_by_label("Your question").fill("How slowly did the repairs go?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped").last.wait_for()
    assert page.url == site.url
    ask(page, REPAIRS)
    assert site.asked[-1].history == ()  # what was stopped is not kept
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    page.get_by_role("button", name="Ask again").click()
    page.wait_for_function("document.querySelectorAll('.tools').length === 2")
    page.get_by_role("button", name="Ask", exact=True).wait_for()
    page.get_by_role("button", name="Edit question").last.click()
    assert page.get_by_label("Your question").input_value() == REPAIRS
    page.keyboard.type(" And tolls?")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.tools').length === 3")
    assert [asked.text for asked in site.asked][-3:] == [REPAIRS, REPAIRS, f"{REPAIRS} And tolls?"]


def test_the_interface_speaks_vietnamese(visit):
    page = visit("sources")
    page.get_by_role("button", name="Tiếng Việt").click()
    page.get_by_role("heading", name="Nguồn").wait_for()
    page.get_by_role("link", name="Hỏi").click()
    page.get_by_text("Bạn muốn biết điều gì từ 5 bài của mình?").wait_for()
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.get_by_label("Câu hỏi của bạn").fill(REPAIRS)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    page.locator("a.cite").first.click()
    page.get_by_role("region", name="Bài nguồn").get_by_text("Trích dẫn 1 trên 2").wait_for()


def test_an_error_is_one_sentence_and_the_question_can_be_asked_again(visit):
    page = visit()
    ask(page, "Is it broken?")
    assert page.locator(".error").text_content() == "The library is busy; ask again in a moment."
    assert status(page) == "The question could not be answered"
    assert page.get_by_label("Your question").input_value() == "Is it broken?"
    ask(page, "Does it crash?")
    assert page.locator(".error").last.text_content().startswith("Something went wrong in Footnote")
    assert "Traceback" not in page.content()


def test_hostile_strings_stay_text_everywhere(visit):
    page = visit()
    page.locator("button.example", has_text="Hostile").wait_for()
    ask(page, f"Hostile words {HOSTILE}")
    assert page.locator(".question").text_content() == f"Hostile words {HOSTILE}"
    page.locator("a.cite").first.click()
    source(page).locator("mark").first.wait_for()
    assert source(page).get_by_role("heading").text_content() == f"Tricks {HOSTILE}"
    assert TRICKS.publisher in source(page).text_content()
    page.reload()
    page.locator(".turn").wait_for()
    page.get_by_role("link", name="New conversation").click()
    page.get_by_text("Earlier").click()
    assert "<img src=x" in page.locator("a.conversation").first.text_content()
    inside = "#shell, #live, #reader, .drawer, table"
    assert page.locator(inside).locator("img, script, b").count() == 0
    page.goto(page.url.split("?")[0] + "sources?q=" + "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E")
    assert page.get_by_label("Search titles").input_value() == '"><img src=x onerror=alert(1)>'
    page.goto(page.url.split("?")[0])
    assert page.get_by_text(HOSTILE).count() >= 2
    assert page.locator("img, body script").count() == 0


def test_an_empty_library_explains_itself(visit, site):
    site.library.hold(())
    page = visit()
    page.get_by_text("This library has no articles yet: run footnote index FOLDER").wait_for()


def test_the_starter_corpus_is_asked_and_cited(visit, seeds):
    site = Site(seeds)
    page = visit(site=site)
    page.locator("button.example").first.wait_for()
    ask(page, "What did the United States say about its technological cooperation with Israel?")
    chips = page.locator("a.cite")
    for index in range(chips.count()):
        number, place = re.match(r"#src=(\w+):([\d-]+):", chips.nth(index).get_attribute("href")).groups()
        start, end = map(int, place.split("-"))
        chips.nth(index).click()
        quote = seeds.article(number).text[start:end]
        page.get_by_role("region", name="Source article").locator("mark", has_text=quote).wait_for()
        assert page.locator(".drawer mark").all_text_contents() == [quote]
        assert quote in page.locator(".statement").nth(index).text_content()
    assert chips.count() > 0
    page.goto(site.url + "sources")
    assert page.get_by_text("5 articles").is_visible()
    site.stop()


DAM = """The Kestrel dam is raised again

VALE, 3 May 2024. The Kestrel dam holds forty million cubic metres of water, more than any other in the valley.

It was built in 1931 by the Vale company, and it has been raised twice since then.
"""


def test_a_file_is_uploaded_asked_about_and_deleted(visit, make_library, tmp_path):
    library = make_library()
    site = Site(library, manage=True)
    page = visit(site=site)
    page.get_by_role("link", name="Add articles").click()
    files = {"dam.txt": DAM, "fair.txt": "The fair opens\n\nThe spring fair opened on the green with forty stalls."}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    page.get_by_label("Files: choose them").set_input_files([tmp_path / name for name in files])
    page.get_by_role("button", name="Add").first.click()
    page.get_by_role("link", name="The Kestrel dam is raised again").wait_for()  # the list comes by itself
    assert "2 articles (2 added" in page.locator(".syncing").text_content()
    page.get_by_role("link", name="Ask").click()
    question = "Who built the Kestrel dam?"
    ask(page, question)
    page.locator("a.cite").first.click()
    source(page).locator("mark", has_text="It was built in 1931 by the Vale company").wait_for()
    page.keyboard.press("Escape")
    (uploaded,) = [path for path in (library.home / "added").iterdir() if path.name == "dam.txt"]
    uploaded.unlink()
    ask(page, question)
    assert page.locator(".turn").last.locator(".no-answer").is_visible()  # at once, before anything is indexed again
    page.locator("a.cite").first.click()
    source(page).get_by_text("This article has been removed from the library since it was cited.").wait_for()
    page.goto(site.url + "sources")
    page.get_by_role("button", name="Sync now").click()
    page.get_by_text("1 removed").wait_for()
    assert page.locator("a.open").all_text_contents() == ["The fair opens"]
    site.stop()


def status_of(url: str, body: bytes | None = None, **headers) -> tuple[int, dict]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=20) as reply:
            return reply.status, dict(reply.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)


def test_what_is_not_used_is_refused(site):
    for path in (
        "gradio_api/upload",
        "gradio_api/file=/etc/passwd",
        "gradio_api/file=https://example.org/",
        "gradio_api/proxy=https://example.org/",
        "gradio_api/info",
        "gradio_api/run/reply",
        "gradio_api/runs",
        "gradio_api//upload",
        "gradio_api/call/reply",
        "gradio_api/component_server",
        "monitoring",
        "login",
        "gradio_api/heartbeat/abc",
    ):
        assert status_of(site.url + path)[0] == 403, path
    assert status_of(site.url + "gradio_api/queue/join", b"x" * 300_000)[0] == 413
    assert status_of(site.url + "sources", Host="evil.example")[0] == 403
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert status_of(site.url + "gradio_api/queue/join", b"{}", **foreign)[0] == 403
    assert status_of(site.url + "healthz")[0] == 200
    assert status_of(site.url + "footnote/server.py")[0] == 404
    for path in ("", "sources", "conversations", "article?id=bridge", "healthz"):
        code, headers = status_of(site.url + path)
        assert code == 200
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert ("unsafe" in headers["content-security-policy"]) == (path == "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE, TINY, HUGE], ids=["wide", "phone", "320", "4k"])
def test_no_accessibility_violations_on_any_screen(visit, site, scheme, viewport):

    page = visit(viewport=viewport, scheme=scheme)
    page.get_by_text("What would you like to know").wait_for()
    check(page, "welcome")
    ask(page, REPAIRS)
    page.locator("a.cite").first.click()
    source(page).locator("mark").wait_for()
    check(page, "answer and source")
    page.keyboard.press("Escape")
    ask(page, "Who invented xylophones?")
    page.get_by_role("button", name="Not good").last.click()
    ask(page, "Is it broken?")
    check(page, "no answer, feedback and error")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Keyboard").click()
    check(page, "keys")
    page.keyboard.press("Escape")
    page.goto(page.url.split("?")[0])
    page.get_by_text("Earlier").click()
    page.locator("a.conversation").first.wait_for()
    check(page, "earlier conversations")
    page.goto(page.url + "conversations")
    page.get_by_text("Rename", exact=True).first.click()
    check(page, "conversations")
    page.goto(page.url.replace("conversations", "sources"))
    page.get_by_text("Filters").click()
    page.locator("a.open").last.click()
    source(page).wait_for()
    check(page, "sources")
    page.keyboard.press("Escape")
    page.goto(site.url + "article?id=port")
    page.get_by_role("heading", name="إعادة فتح جسر الميناء").wait_for()
    check(page, "a right-to-left article alone")


@pytest.mark.parametrize("viewport", [WIDE, TINY], ids=["wide", "320"])
def test_no_accessibility_violations_in_an_article_from_right_to_left_and_where_sources_are_managed(
    visit, viewport, tmp_path
):
    site = Site(Shelf(tmp_path), shelf.answers, shelf.suggest, manage=True)
    page = visit(site=site, viewport=viewport)
    ask(page, "متى أعيد فتح جسر الميناء؟")
    page.locator("a.cite").first.click()
    source(page).locator("mark").wait_for()
    text = source(page).locator(".text")
    assert (text.get_attribute("lang"), text.get_attribute("dir")) == ("ar", "rtl")
    check(page, "a right-to-left answer and its source")
    page.goto(site.url + "sources")
    page.get_by_text("Add articles").click()
    page.get_by_text("Folders and files").click()
    check(page, "sources and what can be done with them")
    page.get_by_role("button", name="Tiếng Việt").click()
    page.get_by_text("Thêm bài báo").click()
    page.get_by_text("Thư mục và tệp").click()
    page.get_by_role("button", name="Bỏ khỏi thư viện: saved").wait_for()
    check(page, "the same in Vietnamese")
    site.library.hold(())
    page.goto(site.url)
    page.get_by_role("link", name="Thêm bài báo").wait_for()
    check(page, "an empty library")
    site.stop()
