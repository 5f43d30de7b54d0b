"""A real gateway for text messages on loopback that does to each number what a test asks of it."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class Gateway:
    """Listens while inside `with`. `does` is the answer of all: a status, or "hang", "drop" or "dribble".

    Each answer takes `pause` seconds.
    """

    def __init__(self, *, pause: float = 0) -> None:
        self.pause = pause
        self.does: int | str = 200
        self.taken: list[tuple[str, dict[str, str], str]] = []
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/send?account=7"

    @property
    def bodies(self) -> list[str]:
        return [body for _path, _headers, body in self.taken]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Conversation(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802 - the server's own name for it
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            gateway.taken.append((self.path, dict(self.headers), body))
            time.sleep(gateway.pause)
            if isinstance(gateway.does, int):
                self.send_response(gateway.does)
                self.send_header("Location", "/elsewhere")
                self.end_headers()
            elif gateway.does == "hang":
                gateway.closing.wait(30)
            elif gateway.does == "dribble":
                self.dribble()
            self.close_connection = True

        def do_GET(self) -> None:  # noqa: N802 - a redirect that is followed would come here
            gateway.taken.append((self.path, {}, ""))

        def dribble(self) -> None:
            """A head of an answer that never ends."""
            try:
                while not gateway.closing.wait(0.2):
                    self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            except ConnectionError:
                pass  # the other side lost its patience

        def log_message(self, *words: object) -> None:
            pass

    return Conversation
