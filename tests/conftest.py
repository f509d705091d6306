"""What the tests share: one built model, and small libraries of real files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from index.config import IndexConfig
from index.embed import Embedder, open_embedder
from index.library import Library
from index.sandbox import Sandbox
from index.sync import sync

hypothesis.settings.register_profile("shared", deadline=None)  # the machine is shared and noisy
hypothesis.settings.load_profile("shared")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def models(request: pytest.FixtureRequest) -> Path:
    """The folder of the built model; building it takes seconds, so it is kept between runs."""
    return Path(request.config.cache.mkdir("footnote-models"))


@pytest.fixture(scope="session")
def embedder(models: Path) -> Embedder:
    return open_embedder(IndexConfig().embedding, models)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """The child that reads files, started once."""
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


@pytest.fixture
def make_library(tmp_path: Path, embedder: Embedder, sandbox: Sandbox) -> Callable[[str], Library]:
    """Opens a library in a folder of its own; the same name opens the same one again."""
    return lambda name="library": Library(IndexConfig(home=tmp_path / name), embedder, sandbox)


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, sandbox: Sandbox) -> Library:
    """The starter corpus, indexed; not to be written to."""
    library = Library(IndexConfig(home=tmp_path_factory.mktemp("seeds")), embedder, sandbox)
    sync(library, [str(SEEDS)])
    return library
