"""Senders like those of a worker's pool: `python -m tests.bookings.sender 4 20` keeps four at work
until its input ends.

Each claims twenty messages at a time. Their process ids are printed, one to a line; a sender that is killed is
replaced. With the word `unguarded` they are the negative control: what was claimed is handed over without looking at
its booking, or at other senders, again.
"""

import os
import select
import signal
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db.models import F  # noqa: E402 - Django first
from django.template.loader import get_template  # noqa: E402

from bookings.models import Message  # noqa: E402
from bookings.outbox import claims, delivery  # noqa: E402
from spa import clock  # noqa: E402


def begin_unguarded(message: Message) -> claims.Begun:
    """Begin whatever was claimed."""
    Message.objects.filter(pk=message.pk).update(attempts=F("attempts") + 1, begun_at=claims.from_now(timedelta()))
    message.attempts += 1
    return claims.Begun.YES


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
    if "unguarded" in sys.argv:
        claims.begin = begin_unguarded
    claims.A_BATCH = int(sys.argv[2])
    main(int(sys.argv[1]))
