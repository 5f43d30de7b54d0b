"""Senders like those of a worker's pool: `python -m tests.bookings.sender 4` keeps four at work until its input ends.

Their process ids are printed, one to a line; a sender that is killed is replaced.
"""

import os
import select
import signal
import sys
import time

import django

django.setup()

from django.template.loader import get_template  # noqa: E402 - Django first

from bookings.outbox import delivery  # noqa: E402
from spa import clock  # noqa: E402


def main(count: int) -> None:
    for part in ("subject.txt", "txt", "html"):
        get_template(f"emails/confirmation.{part}")  # read once, not by every replacement
    alive: set[int] = set()
    while not select.select([sys.stdin], [], [], 0.01)[0]:
        while len(alive) < count:
            alive.add(begin())
        alive.discard(os.waitpid(-1, os.WNOHANG)[0])
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def begin() -> int:
    """Fork a sender and say its number."""
    parent = os.getpid()
    if pid := os.fork():
        print(pid, flush=True)
        return pid
    while os.getppid() == parent:
        if not delivery.deliver_due(clock.now()):
            time.sleep(0.1)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
