"""A real mail server on loopback that does to each address what a test asks of it."""

import socketserver
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self


class MailServer:
    """Listens while inside `with`.

    `does` maps a recipient to an answer at RCPT ("451", "550"), to an answer after the words ("554 words"), or to
    "hang", "dribble" (answers that never end), "drop" (takes the mail, then hangs up without a word) or "first waits"
    (the first mail sets `arrived` and is taken once `go_on` is set).
    """

    def __init__(self, *, greeting: str = "220 ready", pause: float = 0) -> None:
        self.greeting, self.pause = greeting, pause
        self.does: dict[str, str] = {}
        self.taken: list[EmailMessage] = []
        self.conversations = 0
        self.closing, self.arrived, self.go_on = threading.Event(), threading.Event(), threading.Event()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.taken]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(server: MailServer) -> type[socketserver.StreamRequestHandler]:
    class Conversation(socketserver.StreamRequestHandler):
        does = ""

        def handle(self) -> None:
            server.conversations += 1
            try:
                self.say(server.greeting)
                while (line := self.rfile.readline()) and self.answer(line.strip().decode()):
                    pass
            except ConnectionError:
                pass  # the other side was killed, or lost its patience

        def say(self, line: str) -> bool:
            time.sleep(server.pause)
            self.wfile.write(f"{line}\r\n".encode())
            return True

        def answer(self, line: str) -> bool:
            word = line[:4].upper()
            if word == "RCPT":
                self.does = server.does.get(line.partition("<")[2].partition(">")[0], "")
                return self.say(f"{self.does} no" if self.does.isdigit() else "250 ok")
            if word == "DATA":
                self.say("354 go on")
                return self.take(b"".join(self.lines()))
            return self.say("221 bye" if word == "QUIT" else "250 ok") and word != "QUIT"

        def lines(self) -> Iterator[bytes]:
            """Read a mail's words up to the lone full stop; a sender that dies before it ends the conversation."""
            while (line := self.rfile.readline()) != b".\r\n":
                if not line:
                    raise ConnectionAbortedError
                yield line

        def take(self, words: bytes) -> bool:
            if self.does == "hang":
                return bool(server.closing.wait(30)) and False
            if self.does == "first waits" and not server.arrived.is_set():
                server.arrived.set()
                server.go_on.wait(30)
            while self.does == "dribble" and not server.closing.wait(0.2):
                self.say("250-wait")
            if self.does.endswith(" words"):
                return self.say(f"{self.does[:3]} no")
            server.taken.append(message_from_bytes(words, policy=policy.default))
            return self.does != "drop" and self.say("250 taken")

    return Conversation
