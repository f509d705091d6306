"""The pages for everybody: by keyboard, on a phone, in Vietnamese, light and dark, from right to left."""

import pytest

from tests.browser import shelf
from tests.browser.page import HUGE, PHONE, REPAIRS, TINY, WIDE, ask, check, in_view, source
from tests.browser.shelf import Shelf
from tests.browser.site import Site

pytestmark = pytest.mark.browser


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
