"""A desk that decides in the very second in which news of a move is due, while real senders are at work."""

import random
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from bookings import actions, reminder_rows
from bookings.actions import Change, Tell
from bookings.models import Booking, Message
from bookings.models.event import Actor
from spa import clock
from tests import factories as make
from tests.bookings.cancelling import APART_SECONDS, ENDED, PATIENCE_SECONDS
from tests.bookings.mail_server import MailServer
from tests.bookings.procfile import wait_for
from tests.bookings.senders import senders

CHOICES = (Tell.NOT, Tell.NOT, Tell.NOW)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of so many races: how many clients heard although the desk was told that nobody does, how many heard it twice,
    how many never heard although nobody kept it from them, and how many were kept from it."""

    heard_all_the_same: int
    twice: int
    never: int
    kept_quiet: int


def race(server: MailServer, count: int, *words: str, apart: float = APART_SECONDS, early: float = 0.06) -> Outcome:
    """For each of so many moved sessions the desk chooses "not at all" or "now", around the instant of the news.

    `apart`: seconds from one to the next; `early`: so many before it at most. `words`: see sender.py.
    """
    moved = [_moved(number) for number in range(count)]
    with senders(server, 2, *words) as next_process:
        next_process(), next_process()
        begin = clock.now() + timedelta(seconds=1)
        for number, booking in enumerate(moved):
            due_at = begin + number * timedelta(seconds=apart)
            booking.messages.filter(kind=reminder_rows.MOVED).update(due_at=due_at)
        quiet = _choose_all(moved, begin, apart, early)
        news = Message.objects.filter(kind=reminder_rows.MOVED)
        assert wait_for(lambda: not news.exclude(state__in=ENDED).exists(), PATIENCE_SECONDS)
    arrived = Counter(mail["To"] for mail in server.taken)
    return Outcome(
        heard_all_the_same=sum(arrived[email] for email in quiet),
        twice=sum(number > 1 for number in arrived.values()),
        never=sum(not arrived[one.email] for one in moved if one.email not in quiet),
        kept_quiet=len(quiet),
    )


def _moved(number: int) -> Booking:
    """A session in three days that was moved: its client has her confirmation, and the news waits."""
    now = clock.now()
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    client = make.client(email=f"robin{number}@mail.example")
    booking = make.booking(start=start, edition=2, client=client, room=make.room(location=make.location()))
    make.message(booking=booking, key=f"booking/{booking.pk}/confirmation/mail/1", state="sent", sent_at=now)
    key = reminder_rows.key(booking, reminder_rows.MOVED, "mail")
    make.message(booking=booking, kind=reminder_rows.MOVED, key=key, due_at=start)
    return booking


def _choose_all(moved: list[Booking], begin: datetime, apart: float, early: float) -> set[str]:
    """Choose for each around its instant; the addresses of those of whom the desk was told that they hear nothing."""
    draw, quiet = random.Random(7), set()
    for number, booking in enumerate(moved):
        at = begin + timedelta(seconds=number * apart + draw.uniform(-early, early / 3))
        time.sleep(max(0, (at - clock.now()).total_seconds()))
        tell = CHOICES[number % len(CHOICES)]
        change = Change(by=Actor("staff"), now=clock.now(), tell=tell)
        if actions.tell_instead(booking=booking, change=change) and tell == Tell.NOT:
            quiet.add(booking.email)
    return quiet
