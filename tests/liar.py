"""A server that speaks OpenAI's protocol over HTTP and says what a test tells it to, or breaks."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Liar(BaseHTTPRequestHandler):
    """Says the server's `reply`, a pair of how and what or a function of the request; asks for its `key` if any."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = asked["messages"][-1]["content"]
        self.server.asked.append(asked)
        if self.server.key and self.headers["Authorization"] != f"Bearer {self.server.key}":
            return self.say_status("401", "")
        keys = [line[1:].split("]")[0] for line in text.splitlines() if line.startswith("[q")]
        key = keys[0] if keys else "none"
        told = self.server.reply
        how, reply = told(asked) if callable(told) else told
        with suppress(OSError):  # the client has gone, as it should
            getattr(self, f"say_{how}", self.say_status)(how, reply.replace("KEY", key))

    def say_status(self, how: str, reply: str) -> None:
        self._head(int(how), "application/json", length=len(b"{}"))
        self.wfile.write(b"{}")

    def say_well(self, how: str, reply: str) -> None:
        self._head(200)
        for i in range(0, len(reply), 7):
            self._say(reply[i : i + 7])
        self.wfile.write(b"data: [DONE]\n\n")

    def say_stall(self, how: str, reply: str) -> None:
        self.server.stopped.wait(30)

    def say_slow(self, how: str, reply: str) -> None:
        self._head(200)
        for letter in "The repairs of the harbour bridge in Boston cost":
            self._say(letter)
            if self.server.stopped.wait(0.2):
                return

    def say_endless(self, how: str, reply: str) -> None:
        self._head(200)
        while not self.server.stopped.is_set():
            self._say("Boston ")

    def say_cut(self, how: str, reply: str) -> None:
        self._head(200)
        self._say("Tom Barker paid 43")

    def say_half(self, how: str, reply: str) -> None:
        self._head(200)
        self.wfile.write(b'data: {"id": "x", "choices": [{"delta": {"content": "Tom Bar\n\n')

    def say_nonsense(self, how: str, reply: str) -> None:
        self._head(200, "text/html")
        self.wfile.write(b"<html>Boston 43</html>")

    def _head(self, status: int, kind: str = "text/event-stream", length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def _say(self, text: str) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
        piece = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "liar", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *arguments) -> None:
        pass


@contextmanager
def lying() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Liar)
    server.daemon_threads = True
    server.reply, server.key, server.asked, server.stopped = ("well", ""), "", [], threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.stopped.set()
    server.shutdown()
    server.server_close()
