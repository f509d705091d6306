"""Measures the page in a browser, then under the load of readers who ask, open quotes, search and judge."""

import argparse
import json
import multiprocessing
import os
import random
import socket
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import browser

QUESTIONS = (
    "What did the United States say about its technological cooperation with Israel?",
    "Who led the Israeli delegation?",
    "When did the strategic group meet?",
    "Who won the football world cup in 1998?",
)
WARM_UP = 10  # seconds, before the memory is first measured


@dataclass
class Seen:
    """What the readers met: seconds by kind of request, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def time(self, kind: str, request: Callable[[], bytes]) -> bytes | None:
        started = time.perf_counter()
        try:
            found = request()
        except (OSError, ValueError) as error:
            self.errors.append(f"{kind}: {error}")
            return None
        self.seconds.setdefault(kind, []).append(time.perf_counter() - started)
        return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--readers", type=int, default=40)
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--pause", type=float, default=3.0, help="mean seconds between a reader's actions (default 3)")
    options.add_argument("--visits", type=int, default=3, help="in a browser, before the load (default 3)")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)  # so that the first reader waits until it is served
        serving = multiprocessing.get_context("fork").Process(target=serve, args=(folder, listening), daemon=True)
        serving.start()
        try:
            url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            get(url + "healthz", 900)  # the embedding model is built first
            answered(url, [QUESTIONS[0], "", "", ""], "first")  # it opens the model and the dictionaries
            seen_alone = [browser.visit(url, QUESTIONS[0]) for _ in range(given.visits * bool(browser.CHROMIUM))]
            report(given, seen_alone, *run(given, url, serving.pid))
        finally:
            serving.terminate()
            serving.join(10)


def serve(folder: str, listening: socket.socket) -> None:
    """The product's server on the starter corpus, in a process of its own."""
    import uvicorn

    from index.config import IndexConfig
    from index.library import Library, starter_corpus
    from index.sync import sync
    from ui.server import build_app

    library = Library(IndexConfig(home=Path(folder)))
    sync(library, [str(starter_corpus())])
    library.warm_up(vectors=True)
    config = uvicorn.Config(build_app(library), log_level="warning", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listening])


def run(given: argparse.Namespace, url: str, pid: int) -> tuple[Seen, list[float]]:
    """What the readers saw, and the server's memory in MB every second after the warm-up."""
    seen, memory = Seen(), []
    begun = time.monotonic()
    end = begun + given.seconds
    readers = [
        threading.Thread(target=read, args=(url, random.Random(n), given.pause, end, seen), daemon=True)
        for n in range(given.readers)
    ]
    for reader in readers:
        reader.start()
    while time.monotonic() < end:
        if time.monotonic() - begun > min(WARM_UP, given.seconds / 3):
            memory.append(resident(pid))
        time.sleep(1)
    for reader in readers:
        reader.join(120)
    return seen, memory


def read(url: str, chance: random.Random, pause: float, end: float, seen: Seen) -> None:
    """One reader: opens the page, asks, and looks at what is cited, until the time is up."""
    session, conversation = f"{chance.random():.12f}"[2:], ""
    seen.time("page", lambda: get(url))
    seen.time("opening", lambda: get(url + "opening"))
    while time.monotonic() < end:
        time.sleep(chance.expovariate(1 / pause))
        asked = [chance.choice(QUESTIONS), conversation, "", ""]
        told = seen.time("answer", lambda asked=asked: answered(url, asked, session))
        if told is None:
            continue
        value = json.loads(told)
        conversation = value["conversation"]
        for name, path in (
            ("sources", "sources?q=israel"),
            ("opening", f"opening?c={conversation}"),
            ("export", f"export?form=json&c={conversation}"),
        ):
            time.sleep(chance.expovariate(1 / pause))
            found = seen.time(name, lambda path=path: get(url + path))
            if name == "export" and found:
                look(url, conversation, json.loads(found), chance, seen)


def look(url: str, conversation: str, chat: dict, chance: random.Random, seen: Seen) -> None:
    """Opens a quote of the conversation, and judges its answer."""
    turns = [(n, turn) for n, turn in enumerate(chat["turns"]) if turn["citations"]]
    if not turns:
        return
    position, turn = chance.choice(turns)
    cited = chance.choice(turn["citations"])
    asked = urllib.parse.urlencode({
        "part": "true", "id": cited["article"]["id"], "start": cited["start"], "end": cited["end"],
        "version": cited["article"]["content_hash"][:12], "c": conversation})  # fmt: skip
    seen.time("quote", lambda: get(f"{url}article?{asked}"))
    judged = json.dumps({"c": conversation, "turn": position, "verdict": "up"}).encode()
    seen.time("feedback", lambda: get(url + "feedback", body=judged))


def get(url: str, patience: float = 60, body: bytes | None = None) -> bytes:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"} if body else {})
    try:
        with urllib.request.urlopen(request, timeout=patience) as reply:
            return reply.read()
    except urllib.error.HTTPError as error:
        raise ValueError(f"{url.split('?')[0]} answers {error.code}") from error


def answered(url: str, asked: list[str], session: str) -> bytes:
    """The live turn that Gradio sends last, as JSON."""
    body = json.dumps({"data": asked, "fn_index": 0, "session_hash": session}).encode()
    event = json.loads(get(url + "gradio_api/queue/join", body=body))["event_id"]
    shown = None
    with urllib.request.urlopen(f"{url}gradio_api/queue/data?session_hash={session}", timeout=120) as stream:
        for line in stream:
            if not line.startswith(b"data: "):
                continue
            told = json.loads(line[6:])
            if told.get("event_id") != event:
                continue
            if told["msg"] == "process_generating":
                shown = changed(shown, told["output"]["data"][0])
            elif told["msg"] == "process_completed":
                if not told["success"] or not shown or shown["state"] not in ("answered", "no_answer"):
                    raise ValueError(f"the question was not answered: {json.dumps(told)[:200]}")
                return json.dumps(shown).encode()
    raise ValueError("the stream ended before the answer")


def changed(shown, told):
    """Gradio sends a value once, then what changes in it: [action, path, value] of each place."""
    if not isinstance(told, list):
        return told
    for action, path, value in told:
        if not path:
            shown = value
            continue
        place = shown
        for key in path[:-1]:
            place = place[key]
        if action == "delete":
            del place[path[-1]]
        elif action == "add" and isinstance(place, list):
            place.insert(path[-1], value)
        else:
            place[path[-1]] = value
    return shown


def resident(pid: int) -> float:
    """MB of memory that the process holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def report(given: argparse.Namespace, visits: list[browser.Visit], seen: Seen, memory: list[float]) -> None:
    kinds = {
        kind: {"requests": len(own), "p50": round(statistics.median(own), 3), "p95": round(percentile(own, 0.95), 3)}
        for kind, own in sorted(seen.seconds.items())
    }
    tenth = max(1, len(memory) // 10)
    before, after = statistics.mean(memory[:tenth]), statistics.mean(memory[-tenth:])
    alone = browser.figures(visits) if visits else None
    figures = {
        "browser": alone,
        "readers": given.readers,
        "seconds": given.seconds,
        "errors": len(seen.errors),
        "requests": kinds,
        "memory_mb": {"first": round(before), "last": round(after), "growth": round(after - before)},
        "load_average": round(os.getloadavg()[1], 1),
    }
    if given.json:
        print(json.dumps(figures))
        return
    if alone:
        print(f"One visitor in Chromium, median of {len(visits)} visits")
        for name, told in (
            ("weight", "{kilobytes} KB over the wire in {requests} requests, {other_hosts} to other hosts"),
            ("usable", "{cold_seconds} s with an empty cache, {warm_seconds} s on a reload"),
            ("answer", "{answer_seconds} s from Enter until it is whole"),
            ("drawer", "{drawer_ms[median]} ms from chip to open article, {drawer_ms[worst]} ms at worst"),
        ):
            print(f"  {name:10} {told.format(**alone)}")
    else:
        print("No browser was measured" + ("." if browser.CHROMIUM else ": there is no Chromium here."))
    busy = figures["load_average"]
    print(f"{given.readers} readers, {given.seconds:g} s: {len(seen.errors)} errors (load average {busy})")
    for error in seen.errors[:10]:
        print(f"  {error}")
    for kind, own in kinds.items():
        print(f"  {kind:10} {own['requests']:6} requests   p50 {own['p50']:7.3f} s   p95 {own['p95']:7.3f} s")
    print(f"  memory     {before:.0f} MB after the warm-up, {after:.0f} MB at the end ({after - before:+.0f} MB)")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


if __name__ == "__main__":
    main()
