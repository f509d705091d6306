"""Whatever is killed when: after the next sync the index equals the folder, and nothing stale is cited."""

import multiprocessing
import os
import random
import signal
import sys
import threading
from pathlib import Path

import pytest

import index.extract
import index.rebuild
import index.sync as sync_module
from index.check import check
from index.config import IndexConfig
from index.library import Library
from index.sync import sync
from qa.ask import ask
from qa.types import Question
from tests.hashed import HashedWords

NAMES = [f"{folder}{name}.txt" for folder in ("", "deep/", "deep/er/") for name in "abcd"]
INDEX = os.path.dirname(sync_module.__file__)
BATCH = 3  # passages; small, so that a sync has many steps to be killed at


class ReadHere:
    """Reads in the process that asks: what is killed is that one."""

    extract = staticmethod(index.extract.extract)


def opened(home: Path) -> Library:
    return Library(IndexConfig(home=home), HashedWords(), ReadHere())


def sync_and_die(home: Path, call: int, rebuild: bool = False) -> None:
    """Syncs in this process, which kills itself at its `call`-th Python call within index/ (0: never)."""
    left = [call]

    def count(frame, event, argument) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(INDEX):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sync_module.BATCH_PASSAGES = index.rebuild.BATCH_PASSAGES = BATCH
    library = opened(home)
    if call:
        threading.setprofile(count)
        sys.setprofile(count)
    sync(library, rebuild=rebuild)
    os._exit(0)


def article(number: int) -> str:
    """With a name and a number that no other article has, in one to three passages."""
    lines = [f"Bridges for Person{number}"]
    for part in range(1 + number % 3):
        lines.append(
            f"Person{number} met the council in {1900 + part}. The council agreed to build {number}{part} bridges "
            f"over the river Tamar, which has flooded the town every spring since {1700 + part}. " * 6
        )
    return "\n\n".join(lines)


class World:
    """A folder that is edited at random, and its library; a seed makes the same edits again."""

    def __init__(self, base: Path, seed: int):
        self.random = random.Random(seed)
        self.folder, self.home = base / "articles", base / "library"
        self.kills = 0
        self.numbers: list[int] = []
        self._processes = multiprocessing.get_context("forkserver")  # children that need not import again
        self._processes.set_forkserver_preload(["tests.test_kills", "chromadb"])
        self.library = opened(self.home)
        self.put("keep.txt")
        with self.library.catalog.writing() as writer:
            writer.put_root(str(self.folder), str(self.folder))

    def put(self, name: str | None = None) -> None:
        self.numbers.append(self.random.randrange(10_000))
        path = self.folder / (name or self.random.choice(NAMES))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(self.numbers[-1]), encoding="utf-8")

    def edit(self) -> None:
        """The end of an article, or a digit in its middle with the size and the time as they were."""
        path = self.random.choice(self.files())
        text = path.read_text("utf-8")
        status = path.stat()
        if self.random.random() < 0.5:
            sum_paid = self.random.randrange(10**6)
            path.write_text(f"{text}\n\nIt was the mayor who paid {sum_paid} for it in the end.", "utf-8")
        else:
            path.write_text(text.replace(" since 17", f" since 1{self.random.randrange(2, 9)}"), "utf-8")
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def delete(self) -> None:
        path = self.random.choice(self.files())
        if path.name != "keep.txt":
            path.unlink()

    def move(self) -> None:
        """A file, perhaps in the place of another, or a whole folder."""
        old, new = self.random.choice(self.files()), self.folder / self.random.choice(NAMES)
        if self.random.random() < 0.2 and (self.folder / "deep").exists():
            (self.folder / "deep").rename(self.folder / f"deep{len(self.numbers)}{self.kills}")
        elif old.name != "keep.txt":
            new.parent.mkdir(parents=True, exist_ok=True)
            old.replace(new)

    def swap(self) -> None:
        one, other = self.random.choice(self.files()), self.random.choice(self.files())
        if one != other:
            one.rename(self.folder / "between")
            other.rename(one)
            (self.folder / "between").rename(other)

    def reopen(self) -> None:
        self.library = opened(self.home)

    def ask(self) -> None:
        """What is cited stands in the index as it is now, and its file is there."""
        number = self.random.choice(self.numbers)
        answer = ask(self.library, Question(f"How many bridges did Person{number} agree to build?"), threshold=0.0)
        for citation in (*answer.citations, *answer.near_misses):
            article = self.library.article(citation.article.id)
            assert article.text[citation.start : citation.end] == citation.quote
            assert Path(article.path).is_file()

    def kill(self) -> None:
        """A sync, or a rebuild, in a child that dies at one of its calls, or at a moment (within Chroma or SQLite)."""
        for _ in range(self.random.randrange(1, 4)):
            self.put()
        by_call = self.random.random() < 0.5
        call = self.random.randrange(1, 2_500) if by_call else 0
        rebuild = self.random.random() < 0.25
        child = self._processes.Process(target=sync_and_die, args=(self.home, call, rebuild))
        child.start()
        child.join(None if by_call else self.random.uniform(0.05, 0.8))
        if child.exitcode is None:
            os.kill(child.pid, signal.SIGKILL)
            child.join()
        assert child.exitcode in (0, -signal.SIGKILL)
        self.kills += child.exitcode != 0
        self.is_whole()

    def is_whole(self) -> None:
        """A reader sees no torn article: its passages reach to the end of its text, and have their vectors."""
        library = opened(self.home)
        assert library.catalog.integrity() == []
        for article in library.catalog.full_articles():
            rows = library.catalog.passages_of(article.id)
            assert rows[-1].passage.span.end == len(article.text)
            assert library.vectors.exact(rows[0].vector[None], 1)[0][0][1] > 0.99

    def sync(self) -> None:
        """The index equals the folder, and all agrees."""
        sync(self.library)
        wanted = {str(p): [line.strip() for line in p.read_text("utf-8").split("\n\n")] for p in self.files()}
        assert {a.path: a.text.split("\n\n") for a in self.library.catalog.full_articles()} == wanted
        assert check(self.library) == []
        self.answers_from_the_folder()

    def answers_from_the_folder(self) -> None:
        """In step, an answer quotes what stands in the file."""
        number = self.random.choice(self.numbers)
        answer = ask(self.library, Question(f"How many bridges did Person{number} agree to build?"), threshold=0.0)
        for citation in answer.citations:
            assert citation.quote in Path(citation.article.path).read_text("utf-8")

    def files(self) -> list[Path]:
        return sorted(self.folder.rglob("*.txt"))


def live(world: World, kills: int) -> None:
    actions = [world.put, world.edit, world.edit, world.delete, world.move, world.swap, world.reopen, world.ask]
    while world.kills < kills:
        for _ in range(world.random.randrange(1, 5)):
            world.random.choice(actions)()
        world.random.choice([world.kill, world.kill, world.sync])()
    world.sync()


def test_kills(tmp_path: Path) -> None:
    live(World(tmp_path, seed=1), kills=20)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 10))
def test_many_kills(tmp_path: Path, seed: int) -> None:
    live(World(tmp_path, seed), kills=25)
