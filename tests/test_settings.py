"""Settings: where they come from, and what is refused."""

from pathlib import Path

import pytest

from index.config import EmbeddingConfig
from index.errors import UsageError
from ui.settings import load


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FOOTNOTE_HOME", raising=False)
    return tmp_path


def test_defaults() -> None:
    found = load()
    assert (found.home, found.embedding, found.answer.threshold) == (Path(".footnote"), EmbeddingConfig(), 0.5)


def test_option_over_environment_over_files_over_default(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "library").mkdir()
    (here / "footnote.toml").write_text('home = "library"\n[embedding]\nthreads = 1\n')
    (here / "library" / "footnote.toml").write_text("[embedding]\nthreads = 2\n[answer]\nthreshold = 0.7\n")
    found = load()
    assert (found.home, found.embedding.threads, found.answer.threshold) == (Path("library"), 1, 0.7)
    monkeypatch.setenv("FOOTNOTE_EMBEDDING_THREADS", "3")
    monkeypatch.setenv("FOOTNOTE_EMBEDDING_API_KEY", "secret")
    assert load().embedding == EmbeddingConfig(threads=3, api_key="secret")
    monkeypatch.setenv("FOOTNOTE_HOME", "elsewhere")
    assert load().home == Path("elsewhere")
    assert load(Path("given")).home == Path("given")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[embeding]\nthreads = 1\n", "There is no setting embeding. Did you mean embedding"),
        ("[embedding]\nthread = 1\n", "There is no setting embedding.thread. Did you mean embedding.threads?"),
        ('[embedding]\nprovider = "magic"\n', "embedding.provider cannot be 'magic'"),
        ("hosts = 1\n", "hosts cannot be 1"),
        ("passage_tokens = 1\n", "passage_tokens cannot be 1"),
        ("home = \n", "footnote.toml cannot be read"),
        ("[answer]\nthreshold = nan\n", "footnote.toml: The setting answer.threshold cannot be nan"),
        ("[answer]\nthreshold = 1.5\n", "answer.threshold cannot be 1.5: it must be from 0 to 1."),
        ("[embedding]\nthreads = 0\n", "embedding.threads cannot be 0: it must be from 1 to 1,024."),
        ("[llm]\ntimeout = -1\n", "llm.timeout cannot be -1.0"),
        ("[llm]\nreply_price = inf\n", "llm.reply_price cannot be inf"),
        ("[xyz]\n", "hosts, embedding.provider, embedding.model,"),
    ],
)
def test_what_is_refused(here: Path, text: str, message: str) -> None:
    (here / "footnote.toml").write_text(text)
    with pytest.raises(UsageError) as caught:
        load()
    assert message in str(caught.value)


def test_an_error_names_the_file_or_the_variable(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "library").mkdir()
    (here / "library" / "footnote.toml").write_text("[embedding]\nthread = 1\n")
    with pytest.raises(UsageError, match=r"^library/footnote\.toml: There is no setting embedding\.thread"):
        load(Path("library"))
    monkeypatch.setenv("FOOTNOTE_ANSWER_THRESHOLD", "nan")
    with pytest.raises(UsageError, match=r"^FOOTNOTE_ANSWER_THRESHOLD: The setting"):
        load()
    monkeypatch.setenv("FOOTNOTE_ANSWER_THRESHOLD", "half")
    with pytest.raises(UsageError, match=r"^FOOTNOTE_ANSWER_THRESHOLD: The setting"):
        load()


def test_an_empty_variable_is_none(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "footnote.toml").write_text('home = "library"\n')
    for name in ("FOOTNOTE_HOME", "FOOTNOTE_EMBEDDING_THREADS", "FOOTNOTE_ANSWER_THRESHOLD"):
        monkeypatch.setenv(name, "")
    found = load()
    assert (found.home, found.embedding.threads, found.answer.threshold) == (Path("library"), None, 0.5)


def test_an_unknown_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOEM", "x")
    with pytest.raises(UsageError, match=r"no setting FOOTNOTE_HOEM\. Did you mean FOOTNOTE_HOME\?"):
        load()


def test_hosts_are_a_list_or_words(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "footnote.toml").write_text('hosts = ["a.example", "b.example"]\n')
    assert load().hosts == ("a.example", "b.example")
    monkeypatch.setenv("FOOTNOTE_HOSTS", "c.example d.example")
    assert load().hosts == ("c.example", "d.example")


def test_a_model_that_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (load().llm.url, load().llm.timeout) == ("", 20.0)
    monkeypatch.setenv("FOOTNOTE_LLM_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", "secret")
    monkeypatch.setenv("FOOTNOTE_LLM_TIMEOUT", "5")
    found = load().llm
    assert (found.url, found.api_key, found.timeout) == ("http://127.0.0.1:1/v1", "secret", 5.0)
    assert "secret" not in repr(found)
