"""Extracts articles in a child process that a hostile file may exhaust or crash without harm.

python -m index.sandbox    is that child: a path a line on standard input, a reply a line on standard output
"""

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import FootnoteError, NoArticle, SourceError, UnknownFormat, UnreadableFile
from index.types import Draft

START_SECONDS = 60  # until a child must be ready, on a busy machine
IDLE_SECONDS = 60  # after which a child without work ends itself
WATCH_SECONDS = 0.1
TOO_MUCH_MEMORY = 3  # exit status
MAX_REPLY = 100_000_000  # bytes
ERRORS = {kind.__name__: kind for kind in (SourceError, UnreadableFile, UnknownFormat, NoArticle)}


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds of time and of processor, bytes of memory.

    All of 38 hostile PDF files were contained by these (notes/storage.md of the design); the slowest
    page of real ones takes half a second.
    """

    seconds: float = 30
    processor_seconds: int = 20
    memory: int = 1_000_000_000


class Sandbox:
    """`extract` in a child: started at the first file, kept for the next ones, killed when a file misbehaves.

    Safe to use from several threads; one file is read at a time.
    """

    def __init__(self, limits: Limits = Limits()):
        self._limits = limits
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._stop = lambda: None
        self._received = bytearray()

    def extract(self, path: Path) -> tuple[Draft, ...]:
        """As index.extract.extract; UnreadableFile too where the child takes too long or dies of the file."""
        with self._lock:
            try:
                if not self._hand_over(path) and not self._hand_over(path):  # it had just ended, for want of work
                    raise UnreadableFile(f"{path}: the process that reads files ends at once; try again.")
                reply = self._receive(self._limits.seconds)
            except BaseException:  # interrupted: a reply that comes later would pass for the next file's
                self._stop()
                raise
            if reply is None:
                raise UnreadableFile(f"{path}: {self._reason()}; save the article as text.")
        if "error" in reply:
            raise ERRORS.get(reply["error"], UnreadableFile)(reply["message"])
        return tuple(Draft(**{**draft, "leaves": tuple(draft["leaves"])}) for draft in reply["drafts"])

    def close(self) -> None:
        """Ends the child; another call starts a new one."""
        with self._lock:
            self._stop()

    def _hand_over(self, path: Path) -> bool:
        """Whether a child has begun to read the file."""
        if self._child is None or self._child.poll() is not None:
            self._start()
        try:
            self._child.stdin.write(json.dumps(os.path.abspath(path)).encode() + b"\n")
            self._child.stdin.flush()
        except BrokenPipeError:
            return False
        return self._receive(START_SECONDS) is not None

    def _start(self) -> None:
        self._stop()
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                filter(None, (str(Path(__file__).resolve().parent.parent), os.environ.get("PYTHONPATH")))
            ),
            **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"),  # each would reserve memory
        }
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "index.sandbox", json.dumps(asdict(self._limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the parent to handle
        )
        self._stop = weakref.finalize(self, _end, self._child)
        self._received = bytearray()
        if self._receive(START_SECONDS) is None:
            raise FootnoteError(
                f"The process that reads files does not start (exit status {self._child.wait()}). "
                "Try again; if it stays so, install Footnote anew."
            )

    def _receive(self, seconds: float) -> dict | None:
        """One line of the child's, as JSON; None at its end. Kills it when the time is over or the line too long."""
        stream = self._child.stdout.fileno()
        deadline = time.monotonic() + seconds
        while b"\n" not in self._received:
            ready, _, _ = select.select([stream], [], [], max(0, deadline - time.monotonic()))
            block = os.read(stream, 1 << 20) if ready else b""
            if not ready or len(self._received) > MAX_REPLY:
                self._child.kill()
            if not block:
                self._child.wait()
                return None
            self._received += block
        line, _, self._received = self._received.partition(b"\n")
        return json.loads(line)

    def _reason(self) -> str:
        status = self._child.returncode
        if status in (-signal.SIGKILL, -signal.SIGXCPU):
            return f"reading it takes more than {self._limits.processor_seconds} seconds"
        if status == TOO_MUCH_MEMORY:
            return f"reading it takes more than {self._limits.memory // 1_000_000:,} MB of memory"
        return f"reading it crashed (exit status {status})"


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    with contextlib.suppress(BrokenPipeError):
        child.stdin.close()
    child.stdout.close()


def work(limits: Limits) -> None:
    """Reads the files named on standard input until there are no more."""
    from index.extract import extract  # only the child pays for the parsers

    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no reply
    logging.disable()
    _limit_memory(limits.memory)
    threading.Thread(target=_watch, args=(os.getppid(), limits.memory), daemon=True).start()
    _send(replies, {})
    while select.select([0], [], [], IDLE_SECONDS)[0] and (line := sys.stdin.buffer.readline()):
        _limit_processor(limits.processor_seconds)
        path = Path(json.loads(line))
        _send(replies, {})  # begun: what now ends the process is this file
        try:
            reply = {"drafts": [asdict(draft) for draft in extract(path)]}
        except SourceError as error:
            reply = {"error": type(error).__name__, "message": str(error)}
        except MemoryError:
            os._exit(TOO_MUCH_MEMORY)
        except Exception as error:  # such a file is an error of its own, whatever it sets off
            reply = {"error": "UnreadableFile", "message": f"{path}: cannot be read ({type(error).__name__}: {error})."}
        _send(replies, reply)


def _send(replies, reply: dict) -> None:
    replies.write(json.dumps(reply).encode() + b"\n")
    replies.flush()


def _limit_memory(size: int) -> None:
    """By the system, where it can (not on macOS, where `_watch` does)."""
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _limit_processor(seconds: int) -> None:
    """So many seconds of processor time from now."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _watch(parent: int, memory: int) -> None:
    """Ends the process when its parent is gone or, on macOS, its memory has passed the limit.

    Linux counts the parent's own peak into ru_maxrss, and limits memory itself.
    """
    import resource

    while os.getppid() == parent:
        if sys.platform == "darwin" and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > memory:
            os._exit(TOO_MUCH_MEMORY)
        time.sleep(WATCH_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    work(Limits(**json.loads(sys.argv[1])))
