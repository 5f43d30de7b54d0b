"""The front desk's board of a full day through a real web process, against an empty page of the same frame."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import roles
from benchmarks import studio
from benchmarks.databases import point_at
from benchmarks.measure import alternate, ratio
from benchmarks.results import Result
from benchmarks.web import web
from bookings.models import Booking
from clients.models import Client as Guest
from spa import clock
from tests import factories as make

DAY = "bench_board"
FRAME, BOARD, PULSE = "/frame/", "/desk/", "/desk/pulse/"
THERAPISTS, SESSIONS = 12, 16
SESSION_AND_USER = 3


def build(now: datetime) -> None:
    """Twelve therapists with sixteen sessions of twenty minutes tomorrow, in a database of their own."""
    made = studio.set_up(therapists=THERAPISTS, rooms=THERAPISTS, zone_name="UTC")
    nine = now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
    guests = Guest.objects.bulk_create(Guest(name=f"Robin Hale {n}", pressure=3, created_at=now) for n in range(200))
    Booking.objects.bulk_create(
        studio.session(made.lengths[2], person, room, nine + timedelta(minutes=30 * turn), guests[turn], now)
        for person, room in zip(made.therapists, made.rooms, strict=True)
        for turn in range(SESSIONS)
    )
    studio.settle()


def measure() -> Iterator[Result]:
    """Processor time of the board, of an empty frame and of a look at the digest; then weight and statements."""
    point_at(DAY)
    visitor, tomorrow = signed_in(), f"?day={clock.now().date() + timedelta(days=1)}"
    assert visitor.get(BOARD + tomorrow).text.count("data-v=") == THERAPISTS * SESSIONS
    with web(DAY) as process:
        desk = replace(process, cookie=f"session={visitor.cookies['session'].value}")
        rounds = alternate(
            {
                "empty page of the desk": lambda: desk.cost(FRAME, 40),
                "board of 12 therapists with 16 sessions": lambda: desk.cost(BOARD + tomorrow, 15),
                "a look at the digest": lambda: desk.cost(PULSE + tomorrow, 40),
            }
        )
    empty, board, pulse = rounds
    name = "board of a full day against an empty page of the desk"
    yield Result(name, ratio(rounds, board, empty), 10, note="12 therapists, 192 sessions", rounds=rounds)
    yield Result("the digest that is asked for every 15 seconds against the same page", ratio(rounds, pulse, empty), 1)
    yield Result("weight of that board", len(visitor.get(BOARD + tomorrow).content) / 1000, 60, unit="kB")
    yield Result(
        "statements of that board, session and user apart", statements(visitor, tomorrow), 12, unit="statements"
    )


def signed_in() -> Client:
    """Somebody at the desk whose session remembers what she looks at."""
    visitor = Client(headers={"host": "localhost"})
    visitor.force_login(make.user(role=roles.FRONT_DESK))
    assert visitor.get(BOARD).status_code == 200
    return visitor


def statements(visitor: Client, tomorrow: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(BOARD + tomorrow).status_code == 200
    return len(queries) - SESSION_AND_USER
