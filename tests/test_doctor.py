"""`footnote doctor`: what is configured, and whether the language model answers."""

import pytest

from tests.liar import lying
from ui.cli import main


@pytest.fixture
def server():
    with lying() as server:
        yield server


@pytest.fixture
def doctor(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "library"))

    def run(url: str = "", key: str = "", seconds: float = 60) -> tuple[int, str]:
        if url:
            monkeypatch.setenv("FOOTNOTE_LLM_URL", url)
            monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "small")
            monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", key)
            monkeypatch.setenv("FOOTNOTE_LLM_TIMEOUT", str(seconds))
        status = main(["doctor"])
        out, messages = capsys.readouterr()
        assert out.startswith("library    ") and "library  " not in messages
        return status, out + messages

    return run


def url(server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/v1"


def test_nothing_is_configured(doctor) -> None:
    status, told = doctor()
    assert status == 0 and "answers are quotes" in told and "FOOTNOTE_LLM_URL" in told


def test_a_server_that_answers_is_timed(doctor, server) -> None:
    server.reply, server.key = ("well", "1999"), "secret"
    status, told = doctor(url(server), "secret")
    assert status == 0 and "answers “1999”: first word" in told
    assert "with a key" in told and "secret" not in told


def test_a_server_that_is_down(doctor) -> None:
    status, told = doctor("http://127.0.0.1:9/v1")
    assert status == 1 and "Nothing answers at http://127.0.0.1:9/v1" in told and "Traceback" not in told


def test_a_wrong_key(doctor, server) -> None:
    server.key = "secret"
    status, told = doctor(url(server), "guessed")
    assert status == 1 and "HTTP 401" in told and "FOOTNOTE_LLM_API_KEY" in told and "guessed" not in told


def test_a_server_that_says_nothing_and_one_that_stalls(doctor, server) -> None:
    server.reply = ("well", "")
    status, told = doctor(url(server))
    assert status == 1 and "says nothing" in told
    server.reply = ("stall", "")
    status, told = doctor(url(server), seconds=1)
    assert status == 1 and "did not answer in time" in told
