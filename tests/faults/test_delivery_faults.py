"""The long forms of what is promised of messages: two thousand confirmations and a hundred kills, a thousand
cancellations in the second in which the reminder is due; and bookings while Redis is in trouble, long and short.
"""

import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import redis

from bookings.models import Booking, Message
from spa import clock
from tests import factories as make
from tests.bookings.cancelling import race
from tests.bookings.gateway import Gateway
from tests.bookings.mail_server import MailServer
from tests.bookings.procfile import House, running, wait_for
from tests.bookings.senders import confirmations, doubled, kill_senders, senders, texts
from tests.races.databases import fresh_database
from tests.races.fixtures import own_name
from tests.races.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, WORKERS, KILLS = 2_000, 4, 100
TEXTS = 1_000
RACES = 1_000
PATIENCE_SECONDS = 300
BOOKINGS = 100  # in each of Redis' three troubles
RECOVERY_SECONDS = 60


@pytest.mark.faults
def test_a_hundred_kills_lose_nothing_and_double_at_most_once_each():
    with MailServer(pause=0.01) as server:
        confirmations(ROWS)
        kill_senders(server, workers=WORKERS, kills=KILLS)
        taken_among_kills = len(server.taken)
        drain(server)
        assert 0 < taken_among_kills < ROWS
        assert Message.objects.filter(state="sent").count() == len(set(server.ids)) == ROWS
        assert doubled(server) <= KILLS


@pytest.mark.faults
def test_a_thousand_cancel_in_the_second_in_which_their_reminder_is_due(figures):
    with MailServer(pause=0.005) as server:
        seen = race(server, RACES)
    assert (seen.begun_late, seen.arrived_late, seen.cancellations) == (0, 0, RACES)
    assert 0 < seen.left < RACES
    figures(f"{RACES} cancelled, {seen.left} reminders begun before, 0 after; the cancellation always came last")


@pytest.mark.faults
def test_fifty_kills_double_no_text_and_leave_each_with_a_word():
    with Gateway(pause=0.02) as gateway:
        texts(TEXTS)
        kill_senders(gateway, workers=WORKERS, kills=KILLS // 2)
        drain(gateway)
        states = Counter(Message.objects.values_list("state", flat=True))
        assert len(set(gateway.bodies)) == len(gateway.bodies)
        assert (states["sent"] + states["failed"], states["failed"] <= KILLS // 2) == (TEXTS, True)


def drain(server: MailServer | Gateway) -> None:
    """Four senders that live finish the work; what the dead left they take when its lease has really ended."""
    with senders(server, WORKERS):
        until = time.monotonic() + PATIENCE_SECONDS
        while Message.objects.filter(state__in=["queued", "sending"]).exists() and time.monotonic() < until:
            time.sleep(0.5)


@pytest.mark.parametrize("bookings", [2, pytest.param(BOOKINGS, marks=pytest.mark.faults)])
def test_while_redis_is_in_trouble_everybody_books_and_every_mail_leaves_soon_after(bookings, tmp_path):
    with fresh_database(own_name("redis")), running_studio(tmp_path) as house:
        for number, (trouble, recovery) in enumerate(TROUBLES):
            trouble(house)
            book(house, range(number * bookings, (number + 1) * bookings), days_ahead=14 * number + 1)
            recovery(house)
            assert wait_for(nothing_waits, RECOVERY_SECONDS), (trouble.__name__, house.log())
        assert Booking.objects.filter(status="booked").count() == 3 * bookings
        assert Message.objects.filter(kind="confirmation", state="sent").count() == 3 * bookings


def running_studio(folder):
    make.small_studio(zone_name="UTC", lead_minutes=60, horizon_days=60)
    return running(folder)


def book(house: House, numbers: range, *, days_ahead: int) -> None:
    """So many clients, one after the other, each taking the first time the page shows."""
    day = (clock.now() + timedelta(days=days_ahead)).date().isoformat()
    for number in numbers:
        visitor = Visitor(number, house.port)
        visitor.hold(visitor.choose(**{"from": day}).slots[0])
        visitor.get(visitor.details)
        assert visitor.follow(visitor.book()).reference, number


def nothing_waits() -> bool:
    return not Message.objects.filter(kind="confirmation").exclude(state="sent").exists()


def freeze(house: House) -> None:
    house.redis.send_signal(signal.SIGSTOP)


def thaw(house: House) -> None:
    house.redis.send_signal(signal.SIGCONT)


def kill(house: House) -> None:
    house.redis.kill()
    house.redis.wait()


def flush(house: House) -> None:
    redis.Redis(port=house.redis_port).flushall()


Deed = Callable[[House], None]
TROUBLES: list[tuple[Deed, Deed]] = [(freeze, thaw), (kill, House.start_redis), (flush, flush)]
