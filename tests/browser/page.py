"""What a test does on a page in the browser."""

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
TINY, HUGE = {"width": 320, "height": 568}, {"width": 3840, "height": 2160}
REPAIRS = "What did the repairs cost in euros?"


def check(page, screen):
    """Nothing that axe knows to hinder anybody, and nothing that has to be scrolled sideways."""
    found = page.evaluate(
        "window.axe ? axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: "
        "['violations']}).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html).slice(0, 3)])) : []"
    )
    assert found == [], screen
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, screen


def ask(page, question: str):
    page.locator("body.ready").wait_for()  # what is typed before Gradio listens is lost
    turns = page.locator(".turn").count()
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    page.locator(".turn").nth(turns).wait_for()  # sent, and then answered
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
