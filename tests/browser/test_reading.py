"""A chip opens the quote in its article, which may have changed since."""

import re
from dataclasses import replace

import pytest

from tests.browser.page import REPAIRS, ask, in_view, source, status
from tests.browser.shelf import BRIDGE, article

pytestmark = pytest.mark.browser


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


def test_the_drawer_shows_what_was_clicked_last(visit):
    page, late = visit(), []
    ask(page, REPAIRS)
    page.locator(".tools").wait_for()
    page.route(re.compile(r"article\?.*id=bridge"), lambda route: late.append(route))
    page.locator("a.cite").first.click()
    page.locator("a.cite").nth(1).click()
    page.get_by_role("heading", name="Tolls to fall on the harbour bridge").wait_for()
    late.pop().continue_()
    page.wait_for_timeout(300)
    assert source(page).get_by_role("heading").text_content() == "Tolls to fall on the harbour bridge"
    page.locator("a.cite").first.click()
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    late.pop().continue_()
    page.wait_for_timeout(300)
    assert not source(page).is_visible()


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
