"""Real sender processes, and somebody who kills them in the middle of their work."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from bookings import reminders
from bookings.models import Message
from bookings.outbox import delivery
from spa import clock
from tests import factories as make
from tests.bookings.mail_server import MailServer


def confirmations(count: int) -> None:
    """That many bookings in a day's time, each with its confirmation due."""
    now, length, place = clock.now(), make.length(), make.location()
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    for _ in range(count):
        room = make.room(location=place)
        reminders.plan(booking=make.booking(start=start, length=length, room=room), now=now)


def start(server: MailServer) -> subprocess.Popen[str]:
    """Begin a sender on this test's database that talks to this mail server, and return it at once."""
    mine = {"DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "spa.settings"}
    mine["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
    command = [sys.executable, "-m", "tests.bookings.sender"]
    return subprocess.Popen(command, env=os.environ | mine, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)


def database_url() -> str:
    """The database of this test as a URL."""
    known = connection.settings_dict
    word = {name: quote(str(known[name]), safe="") for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    login = f"{word['USER']}:{word['PASSWORD']}" if word["PASSWORD"] else word["USER"]
    place = f"{word['HOST']}:{word['PORT']}" if word["PORT"] else word["HOST"]
    return f"postgresql://{login}@{place}/{word['NAME']}"


def kill_senders(server: MailServer, *, workers: int, kills: int) -> None:
    """Keep that many senders at work and kill -9 the oldest, a moment after it began to send, until all are dead."""
    draw = random.Random(7)
    senders = [start(server) for _ in range(workers)]
    try:
        for number in range(kills):
            wait_until_ready(senders[0])
            time.sleep(draw.uniform(0.05, 0.6))
            end(senders.pop(0))
            if number + workers < kills:
                senders.append(start(server))
    finally:
        for sender in senders:
            end(sender)


def wait_until_ready(sender: subprocess.Popen[str]) -> None:
    assert sender.stdout
    assert sender.stdout.readline() == "ready\n"


def end(sender: subprocess.Popen[str]) -> None:
    """kill -9, as the machine does when memory runs out."""
    sender.kill()
    sender.communicate()


def doubled(server: MailServer) -> int:
    """How many mails arrived that had arrived before."""
    return sum(count - 1 for count in Counter(server.ids).values())


def finish() -> None:
    """Let the leases of the dead end, and send what they left."""
    Message.objects.filter(state=Message.State.SENDING).update(lease_until=clock.now())
    while delivery.deliver_due(clock.now()):
        pass
