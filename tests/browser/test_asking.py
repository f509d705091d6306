"""A question is asked, and what comes of it: an answer as it grows, none, an error."""

import re
import threading
from dataclasses import replace

import pytest

from qa.types import Filters
from tests.browser import shelf
from tests.browser.page import REPAIRS, ask, source, status
from tests.browser.site import Site
from ui.chat import READERS_AT_ONCE

pytestmark = pytest.mark.browser


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
    """An ask whose statements come when they are let out, one after the other; in quotes all at once."""

    def __init__(self, writer="a model"):
        self.writer = writer
        self.let = threading.Semaphore(0)
        self.closed = threading.Event()

    def __call__(self, library, question):
        whole = replace(shelf.ask(library, question), writer=self.writer)
        try:
            for count in range(1 if self.writer != "quotes" else len(whole.statements), len(whole.statements) + 1):
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


def test_a_question_stopped_before_its_turn_comes_leaves_the_page_alone(visit, site):
    page, site.growing = visit(), Writing()
    others = [page.context.new_page() for _ in range(READERS_AT_ONCE)]
    for number, other in enumerate(others, 1):
        other.goto(site.url)
        other.get_by_label("Your question").fill(REPAIRS)
        other.keyboard.press("Enter")
        while len(site.asked) < number:
            other.wait_for_timeout(50)
    page.get_by_label("Your question").fill("How did the queue go?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped").last.wait_for()
    page.get_by_label("Your question").fill("A draft")
    site.growing.let.release(2 * READERS_AT_ONCE)
    for other in others:
        other.locator(".tools").wait_for()
    page.wait_for_timeout(500)
    assert (page.get_by_text("Stopped").count() > 0, page.locator(".searching").all_text_contents()) == (
        True, ["Stopped"])  # fmt: skip
    assert (page.get_by_label("Your question").input_value(), len(site.asked)) == ("A draft", READERS_AT_ONCE)


@pytest.mark.parametrize("writer", ["quotes", "a model"])
def test_an_answer_is_kept_though_its_reader_leaves(visit, site, writer):
    page, site.growing = visit("conversations"), Writing(writer)
    left = page.context.new_page()
    left.goto(site.url)
    left.get_by_label("Your question").fill(f"{REPAIRS} Said by {writer}.")
    left.keyboard.press("Enter")
    while not site.asked:
        page.wait_for_timeout(50)
    left.close()
    page.wait_for_timeout(1500)  # Gradio notices that the reader has gone
    site.growing.let.release(2)
    assert site.growing.closed.wait(20)
    page.wait_for_timeout(300)
    page.reload()
    page.locator("a.conversation").first.click()
    page.locator(".tools").wait_for()
    assert page.locator(".question").text_content().endswith(f"Said by {writer}.")
    assert page.locator("a.cite").count() == 2


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
    assert (site.asked[-1].unfiltered, site.asked[-1].within) == ((), Filters())  # and does not come back


def test_a_follow_up_brings_the_earlier_questions_along(visit, site):
    page = visit()
    ask(page, "Which repairs were paid?")
    ask(page, "Who paid for it?")
    assert [question.history for question in site.asked] == [(), ("Which repairs were paid?",)]
    assert not site.asked[0].said and "repairs" in site.asked[1].said  # the quote of the answer before
    page.locator(".turn").nth(1).locator(".tools").wait_for()
    assert page.locator(".searched").text_content() == (
        "Searched for “Who paid for it? (Which repairs were paid?)” Search for this question alone ×"
    )
    page.get_by_role("button", name="Search for this question alone").click()
    page.locator(".turn").nth(2).locator(".tools").wait_for()
    assert (site.asked[2].text, site.asked[2].history, site.asked[2].unfiltered) == ("Who paid for it?", (), ())


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


def test_an_error_is_one_sentence_and_the_question_can_be_asked_again(visit):
    page = visit()
    ask(page, "Is it broken?")
    assert page.locator(".error").text_content() == "The library is busy; ask again in a moment."
    assert status(page) == "The question could not be answered"
    assert page.get_by_label("Your question").input_value() == "Is it broken?"
    ask(page, "Does it crash?")
    assert page.locator(".error").last.text_content().startswith("Something went wrong in Footnote")
    assert "Traceback" not in page.content()


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
