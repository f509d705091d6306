"""Steps of a long work, which run some items ahead of one another and end early when they are to stop."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

AHEAD = 2  # items that a step is ahead of the next one
LOOKS_UP = 0.2  # seconds after which who waits for an item sees that it is to stop

T = TypeVar("T")
Progress = Callable[[int, int, str], None]  # files (or articles) done, in all, what is at hand ("" after a write)


class Stopped(Exception):
    """Raised in the steps of a work that is to end."""


@contextmanager
def ahead(items: Iterable[T], stop: threading.Event) -> Iterator[Iterator[T]]:
    """The same items, made in a thread that is at most AHEAD of them ahead; its errors are raised here.

    Once `stop` is set there are no more of them. When the block ends, the thread has ended too.
    """
    made: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()
    free = threading.Semaphore(AHEAD)
    left = threading.Event()

    def make() -> None:
        try:
            for item in items:
                made.put((item, None))
                free.acquire()
                if left.is_set():
                    return
            made.put((None, None))
        except BaseException as error:  # whatever it is, it is raised where the items are wanted
            made.put((None, error))

    def take() -> Iterator[T]:
        while True:
            try:
                item, error = made.get(timeout=LOOKS_UP)
            except queue.Empty:
                item = error = None
                if not stop.is_set():
                    continue
            if stop.is_set():
                raise Stopped
            if error is not None:
                raise error
            if item is None:
                return
            yield item
            free.release()

    thread = threading.Thread(target=make, name="ahead", daemon=True)
    thread.start()
    try:
        yield take()
    finally:
        left.set()
        free.release()
        thread.join()
