"""A server of the pages on this machine."""

import socket
import threading
import time


class Site:
    """A server in a thread; it can be stopped and started again on the same port and folder."""

    def __init__(self, library, ask=None, suggest=None, manage=False):
        self.library, self.ask, self.suggest, self.manage = library, ask, suggest, manage
        self.port = 0
        self.start()

    def start(self):
        import uvicorn

        from ui.server import LOOPBACK, build_app

        app = build_app(self.library, ask=self.ask, suggest=self.suggest, hosts=LOOPBACK, manage=self.manage)
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        for _ in range(200):
            if self.server.started:
                return
            time.sleep(0.05)
        raise TimeoutError("The server did not start.")

    def stop(self):
        self.server.should_exit = True
        self.thread.join(20)
