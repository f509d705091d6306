"""Conversations are come back to, taken along and judged."""

import json
import re

import pytest

from index.errors import LibraryError
from tests.browser import shelf
from tests.browser.page import REPAIRS, ask, source
from tests.browser.shelf import HOSTILE
from tests.browser.test_asking import Writing
from ui.export import read_citations

pytestmark = pytest.mark.browser


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


def reloaded_at_its_first_question(visit, site):
    page = visit().context.new_page()  # whose complaints of a stream cut off nobody counts
    page.goto(site.url)
    page.locator("body.ready").wait_for()
    site.growing = Writing()
    page.get_by_label("Your question").fill(REPAIRS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?c=*")
    page.reload()
    return page


def test_a_reload_while_the_first_answer_is_written_waits_for_it(visit, site):
    page = reloaded_at_its_first_question(visit, site)
    address = page.url
    page.get_by_text("Searching the articles …").wait_for()
    assert page.locator(".question").all_text_contents() == [REPAIRS]
    site.growing.let.release(4)
    page.locator(".tools").wait_for()
    assert (page.url, page.locator(".question").all_text_contents(), page.locator(".searching").count()) == (
        address, [REPAIRS], 0)  # fmt: skip


def test_another_question_may_be_asked_while_the_one_before_the_reload_is_answered(visit, site):
    page = reloaded_at_its_first_question(visit, site)
    page.locator(".waiting").wait_for()
    page.get_by_label("Your question").fill("Who paid for it?")
    page.keyboard.press("Enter")
    site.growing.let.release(8)
    page.locator(".tools").nth(1).wait_for()
    page.wait_for_function("!document.querySelector('.waiting')")
    assert sorted(page.locator(".question").all_text_contents()) == [REPAIRS, "Who paid for it?"]


def test_going_back_while_an_answer_is_written(visit, site):
    page = visit().context.new_page()  # whose complaints of a stream cut off nobody counts
    page.goto(site.url)
    ask(page, REPAIRS)
    page.wait_for_url("**/?c=*")
    address = page.url
    page.get_by_role("link", name="New conversation").click()
    page.get_by_text("What would you like to know").wait_for()
    site.growing = Writing()
    page.get_by_label("Your question").fill("Who read the timetable?")
    page.keyboard.press("Enter")
    page.get_by_text("Searching the articles …").wait_for()
    page.go_back()
    page.locator(".past .tools").wait_for()
    site.growing.let.release(4)
    assert site.growing.closed.wait(20)
    page.wait_for_timeout(300)
    assert (page.url, page.locator(".question").all_text_contents()) == (address, [REPAIRS])
    site.growing = shelf.answers
    ask(page, "Who paid for it?")
    assert site.asked[-1].history == (REPAIRS,)


def test_the_page_shows_the_conversation_that_it_asks_in(visit, site, monkeypatch):
    page, late = visit(), []
    ask(page, REPAIRS)
    page.wait_for_url("**/?c=*")
    first = page.url.split("c=")[1]
    page.get_by_role("link", name="New conversation").click()
    page.get_by_text("What would you like to know").wait_for()
    ask(page, "Who read the timetable?")
    page.wait_for_url(lambda url: "c=" in url and first not in url)
    second = page.url.split("c=")[1]
    page.get_by_role("link", name="New conversation").click()
    page.get_by_text("What would you like to know").wait_for()

    page.route("**/opening?c=" + first, lambda route: late.append(route))
    page.get_by_text("Earlier").click()
    page.locator(f"a.conversation[href$='{first}']").click()
    assert page.locator(".opening").text_content() == ""  # nothing of the conversation before, while it waits
    page.locator(f"a.conversation[href$='{second}']").click()
    page.locator(".past .turn").wait_for()
    late.pop().continue_()  # the one clicked first comes last
    page.wait_for_timeout(300)
    assert page.locator(".question").all_text_contents() == ["Who read the timetable?"]

    page.unroute("**/opening?c=" + first)
    page.route("**/opening?c=" + first, lambda route: route.fulfill(body="no JSON"))
    page.get_by_text("Earlier").click()
    page.locator(f"a.conversation[href$='{first}']").click()
    page.locator(".opening").get_by_text("Footnote does not answer; is it still running?").wait_for()
    assert page.locator(".turn").count() == 0

    page.unroute("**/opening?c=" + first)
    with monkeypatch.context() as broken:
        broken.setattr(site.library, "article", fails)
        page.reload()
        page.get_by_text("The library is being mended.").wait_for()
    ask(page, "Who paid for it?")
    assert site.asked[-1].history == (REPAIRS,)


def fails(id: str):
    raise LibraryError("The library is being mended.")


def test_a_verdict_is_on_the_turn_whose_quote_was_opened(visit, site):
    page = visit()
    for number, question in enumerate((REPAIRS, "Did the repairs take euros?"), 1):
        ask(page, question)
        page.locator(".tools").nth(number - 1).wait_for()
    page.locator(".turn").first.locator("a.cite").first.click()
    source(page).get_by_role("button", name="Good", exact=True).click()
    page.locator(".drawer .up[aria-pressed=true]").wait_for()
    (*_, row) = (site.library.home / "feedback.jsonl").read_text("utf-8").splitlines()
    assert json.loads(row)["question"] == REPAIRS


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
    rows = [json.loads(line) for line in (site.library.home / "feedback.jsonl").read_text("utf-8").splitlines()][-2:]
    assert [(row["verdict"], row.get("reason"), row["gold"][0][:12]) for row in rows] == [
        ("down", "missing", "41 million"), ("up", None, "The repairs ")]  # fmt: skip
    page.keyboard.press("Escape")
    turn.get_by_text("Download").click()
    with page.expect_download() as downloading:
        turn.get_by_role("link", name="JSON").click()
    downloading.value.save_as(tmp_path / "chat.json")
    assert len(read_citations((tmp_path / "chat.json").read_text("utf-8"))) == 2
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
