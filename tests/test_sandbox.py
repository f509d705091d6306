"""The child that reads files: it ends with its parent, and another takes its place."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.folder import read_bytes
from index.sandbox import Limits, Sandbox
from tests.odd_files import PLAIN

ROOT = Path(__file__).parent.parent


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_another_child_takes_the_place_of_one_that_died(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(PLAIN)
    sandbox = Sandbox()
    before = sandbox.extract(path)
    os.kill(sandbox._child.pid, signal.SIGKILL)
    assert sandbox.extract(path) == before
    child = sandbox._child.pid
    sandbox.close()
    assert not alive(child)
    assert sandbox.extract(path) == before
    sandbox.close()


def test_threads_share_a_child(tmp_path):
    for i in range(8):
        (tmp_path / f"{i}.txt").write_text(PLAIN.replace("forty", f"{i}"))
    sandbox = Sandbox()
    found: dict[int, str] = {}

    def read(i: int) -> None:
        found[i] = sandbox.extract(tmp_path / f"{i}.txt")[0].text

    threads = [threading.Thread(target=read, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sandbox.close()
    assert found == {i: PLAIN.replace("forty", f"{i}") for i in range(8)}


def test_too_much_memory_is_named(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\U0001f600" + "a" * 20_000_000, encoding="utf-8")
    sandbox = Sandbox(Limits(memory=150_000_000))
    with pytest.raises(UnreadableFile) as caught:
        sandbox.extract(path)
    assert str(caught.value) == (f"{path}: reading it takes more than 150 MB of memory; save the article as text.")
    sandbox.close()


def test_the_child_ends_with_its_parent(tmp_path):
    (tmp_path / "a.txt").write_text(PLAIN)
    code = (
        "import os, sys; from pathlib import Path; from index.sandbox import Sandbox; s = Sandbox();"
        "s.extract(Path(sys.argv[1])); print(s._child.pid, flush=True); os._exit(1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.txt")], cwd=ROOT, capture_output=True, text=True
    )
    child = int(done.stdout)
    for _ in range(100):
        if not alive(child):
            break
        time.sleep(0.1)
    assert not alive(child)


def test_a_file_that_grows_is_refused_or_read_as_it_was(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    done = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not done.is_set():
                file.write(b"The dam is old. ")
                time.sleep(0.001)

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        with pytest.raises(UnreadableFile, match=r"a\.txt: changes while it is read; index again"):
            for _ in range(20):  # a writer that pauses, on a busy machine, has not changed it
                content = read_bytes(path)
                assert content == b"The dam is old. " * (len(content) // 16)
    finally:
        done.set()
        thread.join()
    assert read_bytes(path) == path.read_bytes()
