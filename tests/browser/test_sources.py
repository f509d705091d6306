"""The library as its readers see it: empty, listed, added to, taken from."""

import pytest

from tests.browser.page import ask, source
from tests.browser.site import Site

pytestmark = pytest.mark.browser


def test_an_empty_library_explains_itself(visit, site):
    site.library.hold(())
    page = visit()
    page.get_by_text("This library has no articles yet: run footnote index FOLDER").wait_for()
    page.locator("#composer").wait_for(state="hidden")  # nothing can be asked


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
