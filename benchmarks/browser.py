"""What a visitor's browser makes of the page: its weight, the time until it can be used, and until a quote is open."""

import shutil
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 60_000  # milliseconds
OPENED = 12  # quotes in each visit
USABLE = """document.body.classList.contains('ready') && document.querySelector('#composer textarea')
    && !document.querySelector('#composer textarea').disabled"""
# Milliseconds from each click on a chip until the article stands there and its heading has the focus.
OPEN = """async times => { const taken = [], chips = [...document.querySelectorAll('a.cite')];
    const opened = done =>
        document.activeElement.matches('.drawer h2') ? done() : requestAnimationFrame(() => opened(done));
    for (let i = 0; i < times; i++) {
        const clicked = performance.now();
        chips[i % chips.length].click();
        await new Promise(opened);
        taken.push(performance.now() - clicked);
        document.querySelector('.drawer .close').click();
        await new Promise(done => setTimeout(done, 100));
    }
    return taken; }"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Seconds until usable with an empty cache and on a reload, seconds from question to whole answer, what came over
    the wire by then (KB and requests of the first load), requests to other hosts, and milliseconds from chip to drawer.
    """

    cold: float
    warm: float
    answer: float
    kilobytes: float
    requests: int
    foreign: tuple[str, ...]
    drawer: tuple[float, ...]


def visit(url: str, question: str) -> Visit:
    """One visit in a browser of its own, which has nothing in its cache."""
    from playwright.sync_api import sync_playwright

    sizes: list[float] = []
    foreign: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=PATIENCE)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda r: r.url.startswith((url, "data:", "blob:")) or foreign.append(r.url))
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"] / 1024))
        cold = _usable(page, lambda: page.goto(url))
        page.wait_for_timeout(500)  # what comes late weighs too
        weight, requests = sum(sizes), len(sizes)
        warm = _usable(page, page.reload)
        started = time.perf_counter()
        page.get_by_label("Your question").fill(question)
        page.keyboard.press("Enter")
        page.locator(".tools").wait_for()
        answer = time.perf_counter() - started
        drawer = page.evaluate(OPEN, OPENED)
        browser.close()
    return Visit(cold, warm, answer, weight, requests, tuple(foreign), tuple(drawer))


def _usable(page: "Page", load) -> float:
    started = time.perf_counter()
    load()
    page.wait_for_function(USABLE)
    return time.perf_counter() - started


def figures(visits: list[Visit]) -> dict[str, object]:
    """The median visit, with the weight of the heaviest and the slowest drawer of all."""
    opened = [milliseconds for visit in visits for milliseconds in visit.drawer]
    return {
        "visits": len(visits),
        "cold_seconds": round(statistics.median(visit.cold for visit in visits), 2),
        "warm_seconds": round(statistics.median(visit.warm for visit in visits), 2),
        "answer_seconds": round(statistics.median(visit.answer for visit in visits), 2),
        "kilobytes": round(max(visit.kilobytes for visit in visits)),
        "requests": max(visit.requests for visit in visits),
        "other_hosts": sum(len(visit.foreign) for visit in visits),
        "drawer_ms": {"median": round(statistics.median(opened)), "worst": round(max(opened))},
    }
