"""Files, folders and web pages added on the Sources page, and what is refused."""

import http.server
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import index.fetch
import ui.adding
from index.config import IndexConfig
from index.errors import SourceError
from index.fetch import fetch, is_public
from index.library import Library
from index.lock import writer_lock
from tests.hashed import HashedWords
from tests.test_sync import write
from ui.guard import OwnNames
from ui.server import SyncStatus, build_app

STORY = (
    "<html><head><title>A bridge for Münster</title></head><body><article><h1>A bridge for Münster</h1>"
    "<p>The council of Münster has approved a bridge over the river, the mayor said on Monday. It will cost "
    "€ 5 million – or six – and replace the ferry, which has run since the year 1900.</p></article></body></html>"
)


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        place = {"/inside": "http://127.0.0.2:{}/story", "/loop": "/loop", "/moved": "/story",
                 "/astray": "http://[bad"}.get(self.path)  # fmt: skip
        self.send_response(302 if place else 200)
        if place:
            self.send_header("Location", place.format(self.server.server_port))
        kind = "image/png" if self.path == "/picture" else "text/html; charset=iso-8859-1"
        self.send_header("Content-Type", kind)
        self.end_headers()
        if self.path == "/huge":
            for _ in range(30):
                self.wfile.write(b"x" * 1_000_000)
        elif not place:
            self.wfile.write(STORY.encode("cp1252"))

    def log_message(self, *_) -> None:
        pass


@pytest.fixture
def asked() -> list[str]:
    """The paths that the server was asked for."""
    return []


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> Iterator[str]:
    """A real server; its address alone counts as a public one."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.asked = asked
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(index.fetch, "is_public", lambda address: address == "127.0.0.1")
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_addresses_that_are_not_public() -> None:
    refused = ("127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
               "100.64.0.1", "224.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1",
               "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1")  # fmt: skip
    assert [address for address in refused if is_public(address)] == []
    assert all(is_public(address) for address in ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/a", "http://", "nonsense", "http://user@127.0.0.1/", "http://[::1]/",
     "http://127.0.0.1:1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:7f00:1]/"],
)  # fmt: skip
def test_refused_addresses(url: str) -> None:
    with pytest.raises(SourceError, match=r"not the address of a web page|not a public address"):
        fetch(url)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/inside", "127.0.0.2, which is not a public"), ("/loop", "redirects more than"), ("/picture", "image/png"),
     ("/huge", "larger than"), ("/astray", r"http://\[bad is not the address of a web page")],
)  # fmt: skip
def test_pages_that_cannot_be_fetched(web: str, path: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        fetch(web + path)


@pytest.fixture
def library(tmp_path: Path, sandbox) -> Library:
    return Library(IndexConfig(home=tmp_path / "library"), HashedWords(), sandbox)


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    status = SyncStatus()
    app = build_app(library, status, ask=lambda *_: None, suggest=lambda _: [], manage=True)
    with TestClient(app) as client:
        client.status = status
        yield client


def done(client: TestClient, call: str, **form) -> str:
    """What the page says when the call's work is over."""
    begin(client, call, **form)
    return finished(client)


def begin(client: TestClient, call: str, **form) -> None:
    response = client.post(f"/sources/{call}", follow_redirects=False, **form)
    assert (response.status_code, response.headers["location"]) == (303, "../sources")


def finished(client: TestClient) -> str:
    ends = time.monotonic() + 60
    while client.status.message.endswith("…") and time.monotonic() < ends:
        time.sleep(0.05)
    assert client.status.message in client.get("/sources").text.replace("&#x27;", "'")
    return client.status.message


def test_each_form(client: TestClient, library: Library, tmp_path: Path, web: str) -> None:
    folder = tmp_path / "articles"
    write(folder, "a.txt", "Anna Meyer", 3, 2024)
    assert "(1 added" in done(client, "folder", data={"path": str(folder)})
    (folder / "a.txt").unlink()
    write(folder, "b.txt", "Bo Larsen", 3, 2024)
    assert "1 removed" in done(client, "sync")
    uploads = [
        ("files", ("../../c.txt", (folder / "b.txt").read_bytes().replace(b"Bo", b"Chi"))),
        ("files", ("d.txt", b"Dora opens a school\n\nDora Lang has opened a school in the old town hall.")),
    ]
    assert "(2 added" in done(client, "upload", files=uploads)  # fmt: skip
    assert "(1 added" in done(client, "page", data={"url": f"{web}/moved"})
    added = library.home / "added"
    assert {Path(a.path).name: a.url for a in library.articles()} == {
        "b.txt": None, "c.txt": None, "d.txt": None, "127.0.0.1-story.html": f"{web}/story"}  # fmt: skip
    text = next(a.text for a in library.catalog.full_articles() if a.url)
    assert "Münster" in text and "€ 5 million – or six – and" in text
    assert all((added / name).is_file() for name in ("c.txt", "d.txt", "127.0.0.1-story.html"))
    assert "1 articles dropped" in done(client, "forget", data={"path": str(folder)})
    assert (folder / "b.txt").is_file()
    assert "There is no file or folder nowhere" in done(client, "folder", data={"path": "nowhere"})
    assert "0 failed" in done(client, "retry")


def test_a_folder_is_forgotten_by_its_real_path(client: TestClient, tmp_path: Path, monkeypatch) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, "a.txt", "Anna Meyer", 3, 2024)
        monkeypatch.chdir(tmp_path / name)
        done(client, "folder", data={"path": "."})
    paths = re.findall('sources/forget".*?name="path" value="(.*?)"', client.get("/sources").text)
    assert sorted(paths) == [str(tmp_path / "one"), str(tmp_path / "two")]


def test_a_page_is_fetched_once_while_others_write(client, library, web, asked, monkeypatch) -> None:
    monkeypatch.setattr(ui.adding, "BUSY_SECONDS", 0)  # only for another process
    with writer_lock(library):
        begin(client, "page", data={"url": f"{web}/story"})
        time.sleep(4)  # longer than a writer waits for another
    assert ("(1 added" in finished(client), asked) == (True, ["/story"])
    with writer_lock(library):
        (library.home / "writer.pid").write_text("4711")
        assert "Another Footnote (process 4711)" in done(client, "upload", files=[("files", ("a.txt", b"A\n\nB."))])


def test_what_nobody_foresaw_is_told(client: TestClient, web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.adding, "fetch", lambda url: 1 / 0)
    assert done(client, "page", data={"url": web}) == ui.adding.BROKEN


def test_served_to_a_network_it_answers_for_its_own_names_alone(library: Library) -> None:
    app = build_app(library, ask=lambda *_: None, suggest=lambda _: [], hosts=OwnNames(("desk.example.org",)))
    own = ("192.168.1.7:7860", "[fd00::7]:7860", "localhost:7860", "Desk.example.org", socket.gethostname())
    with TestClient(app) as client:
        assert [client.get("/healthz", headers={"Host": host}).status_code for host in own] == [200] * len(own)
        for host in ("evil.example", "192.168.1.7.evil.example", "desk.example.org.evil.example:7860", ""):
            refused = client.get("/opening", headers={"Host": host})
            assert (refused.status_code, "FOOTNOTE_HOSTS" in refused.text) == (403, True), host


def test_other_sites_and_other_machines_change_nothing(client: TestClient, library: Library) -> None:
    assert client.post("/sources/sync", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    with TestClient(build_app(library, ask=lambda *_: None, suggest=lambda _: [])) as other:
        assert other.post("/sources/sync").status_code in (404, 405)
        assert "Sync now" not in other.get("/sources").text
