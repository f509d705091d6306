"""What comes from outside stays text, and what is not used is refused."""

import urllib.error
import urllib.request

import pytest

from tests.browser.page import REPAIRS, ask, source
from tests.browser.shelf import HOSTILE, TRICKS

pytestmark = pytest.mark.browser


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


def test_ten_tabs_ask_at_once(visit):
    first = visit()
    tabs = [first, *(first.context.new_page() for _ in range(9))]
    for tab in tabs[1:]:
        tab.goto(first.url)
    for tab in tabs:
        tab.get_by_label("Your question").fill(REPAIRS)
        tab.get_by_label("Your question").press("Enter")
    for tab in tabs:
        tab.locator(".tools").wait_for()
        assert tab.locator("a.cite").count() == 2
