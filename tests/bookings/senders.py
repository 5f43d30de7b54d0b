"""Real sender processes, and somebody who kills them in the middle of their work."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings

from bookings import reminders
from bookings.models import Message
from bookings.outbox import claims, delivery
from clients.consent import agree_to_texts
from spa import clock
from tests import factories as make
from tests.bookings.gateway import Gateway
from tests.bookings.mail_server import MailServer
from tests.bookings.procfile import wait_for
from tests.races.databases import database_url

PATIENCE_SECONDS = 60


def texts(count: int) -> None:
    """That many texts, due now, each to a number of its own that has agreed."""
    now = clock.now()
    for number in range(count):
        to = f"+4477009{number:05}"
        agree_to_texts(to, now)
        make.message(channel="sms", recipient=to, text=f"Text {number}", due_at=now, created_at=now)


def confirmations(count: int) -> None:
    """That many bookings in a day's time, each with its confirmation due."""
    now, length, place = clock.now(), make.length(), make.location()
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    for _ in range(count):
        room = make.room(location=place)
        reminders.plan(booking=make.booking(start=start, length=length, room=room), now=now)
    Message.objects.exclude(kind="confirmation").delete()


@contextmanager
def senders(
    server: MailServer | Gateway, count: int, *words: str, batch: int = claims.A_BATCH
) -> Iterator[Callable[[], int]]:
    """Keep that many senders at work on this test's database; gives a function that names the next one's process.

    At the end those still at work are killed as well. `words`, and `batch` for messages: see sender.py.
    """
    mine = {"DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "spa.settings"}
    if isinstance(server, Gateway):
        mine |= {"SMS_BACKEND": "http", "SMS_URL": server.url}
    else:
        mine["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
    command = [sys.executable, "-m", "tests.bookings.sender", str(count), str(batch), *words]
    pool = subprocess.Popen(
        command, env=os.environ | mine, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield lambda: int(pool.stdout.readline())
    finally:
        pool.communicate()


def kill_senders(server: MailServer | Gateway, *, workers: int, kills: int, batch: int = claims.A_BATCH) -> None:
    """Let senders work and kill -9 so many of them, one after the other in the middle of their work.

    What a dead one had claimed waits for a minute: with more kills than messages / `batch` the last find no work.
    """
    draw = random.Random(7)
    with senders(server, workers, batch=batch) as next_process:
        for _ in range(kills - workers):
            victim = next_process()
            wait_for_mails(server, draw.randint(1, 6))
            time.sleep(draw.uniform(0, 0.1))
            os.kill(victim, signal.SIGKILL)


def wait_for_mails(server: MailServer | Gateway, more: int) -> None:
    """Wait until so many more messages have arrived, or twenty seconds."""
    enough, until = len(server.taken) + more, time.monotonic() + 20
    while len(server.taken) < enough and time.monotonic() < until:
        time.sleep(0.005)


def doubled(server: MailServer) -> int:
    """How many mails arrived that had arrived before."""
    return sum(count - 1 for count in Counter(server.ids).values())


def finish() -> None:
    """Let the leases of the dead end, and send what they left, until nothing is due.

    What a sender held in its last moment is free only once the database has noticed its end.
    """
    open_states = (Message.State.QUEUED, Message.State.SENDING)

    def is_done() -> bool:
        Message.objects.filter(state=Message.State.SENDING).update(lease_until=clock.now())
        delivery.deliver_due(clock.now())
        return not Message.objects.filter(state__in=open_states, due_at__lte=clock.now()).exists()

    assert wait_for(is_done, PATIENCE_SECONDS)
