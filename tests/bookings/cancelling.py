"""Clients who cancel in the very second in which their reminder is due, while real senders are at work."""

import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bookings import actions, reminders
from bookings.models import Booking, Message
from bookings.models.event import CLIENT
from spa import clock
from tests import factories as make
from tests.bookings.mail_server import MailServer
from tests.bookings.procfile import wait_for
from tests.bookings.senders import senders

APART_SECONDS = 0.05
PATIENCE_SECONDS = 120
ENDED = ("sent", "skipped", "withdrawn", "failed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of so many races: how many reminders left, how many were begun after the cancellation had returned, how many
    arrived after its mail, and how many cancellations arrived."""

    left: int
    begun_late: int
    arrived_late: int
    cancellations: int


def race(server: MailServer, count: int, *words: str, within: float = 0.15) -> Outcome:
    """Let that many clients cancel, each in the second in which her reminder is due; two senders send.

    `within`: so many seconds after it is due, or a fifth of that before. `words`: see sender.py.
    """
    reminded = [_reminded(number) for number in range(count)]
    with senders(server, 2, *words) as next_process:
        next_process(), next_process()
        begin = clock.now() + timedelta(seconds=1)
        for number, booking in enumerate(reminded):
            due_at = begin + number * timedelta(seconds=APART_SECONDS)
            booking.messages.filter(kind="day_before").update(due_at=due_at)
        returned = _cancel_all(reminded, begin, within)
        assert wait_for(lambda: not Message.objects.exclude(state__in=ENDED).exists(), PATIENCE_SECONDS)
    return _outcome(server, reminded, returned)


def _reminded(number: int) -> Booking:
    """A session tomorrow whose confirmation is through and whose reminder waits."""
    now = clock.now()
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    place = make.location(zone_name="UTC", quiet_from="00:00", quiet_until="00:00")
    client = make.client(email=f"robin{number}@mail.example")
    booking = make.booking(start=start, client=client, room=make.room(location=place))
    reminders.plan(booking=booking, now=now - timedelta(days=7))
    booking.messages.filter(kind="confirmation").update(state="sent", sent_at=now)
    booking.messages.filter(kind="day_before").update(due_at=start)
    return booking


def _cancel_all(reminded: list[Booking], begin: datetime, within: float) -> list[datetime]:
    """Cancel each around its instant; the database's clock after each had returned."""
    draw, returned = random.Random(7), []
    for number, booking in enumerate(reminded):
        due_at = begin + timedelta(seconds=number * APART_SECONDS + draw.uniform(-0.2, 1) * within)
        time.sleep(max(0, (due_at - clock.now()).total_seconds()))
        actions.cancel(booking=booking, by=CLIENT, now=clock.now())
        returned.append(clock.now())
    return returned


def _outcome(server: MailServer, reminded: list[Booking], returned: list[datetime]) -> Outcome:
    arrived = {booking.email: [] for booking in reminded}
    for mail in server.taken:
        arrived[mail["To"]].append(mail["Subject"].startswith("Cancelled: "))
    begun = [
        (row.begun_at, after)
        for booking, after in zip(reminded, returned, strict=True)
        for row in booking.messages.filter(kind="day_before", state="sent")
    ]
    return Outcome(
        left=len(begun),
        begun_late=sum(begun_at > after for begun_at, after in begun),
        arrived_late=sum(not kinds[-1] for kinds in arrived.values()),
        cancellations=sum(sum(kinds) for kinds in arrived.values()),
    )
