"""A mail server on loopback that takes everything and keeps nothing: `python -m benchmarks.sink` prints its port.

It counts what it has taken, and says so when a line comes in.
"""

import asyncio
import sys

taken = 0


class Conversation(asyncio.Protocol):
    """One client; words of a mail are skipped up to the lone full stop."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport, self.rest, self.in_words = transport, b"", False
        transport.write(b"220 ready\r\n")

    def data_received(self, data: bytes) -> None:
        self.rest += data
        while True:
            end = b"\r\n.\r\n" if self.in_words else b"\r\n"
            line, found, rest = self.rest.partition(end)
            if not found:
                return
            self.rest = rest
            self.answer(line[:4].upper())

    def answer(self, word: bytes) -> None:
        global taken
        if self.in_words:
            self.in_words, taken = False, taken + 1
            self.transport.write(b"250 taken\r\n")
        elif word == b"DATA":
            self.in_words = True
            self.transport.write(b"354 go on\r\n")
        elif word == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        else:
            self.transport.write(b"250 ok\r\n")


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Conversation, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(taken, flush=True)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
