"""Web and worker whose own clocks are an hour off: the database's clock rules, nothing leaves early or late."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bookings.models import Booking, Heartbeat, Message
from spa import clock
from tests import factories as make
from tests.bookings.procfile import running, wait_for
from tests.browser.days import unhurried
from tests.races.databases import fresh_database
from tests.races.fixtures import own_name
from tests.races.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
OFF_CLOCK = Path(__file__).parent / "off_clock"
WITHIN_SECONDS = 30
HOUR = 3600


def sent(kind: str) -> bool:
    return Message.objects.filter(kind=kind, state="sent").exists()


def book(port: int) -> None:
    visitor = Visitor(7, port)
    visitor.hold(visitor.choose().slots[0])
    visitor.get(visitor.details)
    assert visitor.follow(visitor.book()).reference


@pytest.mark.parametrize(
    ("worker", "web"), [(HOUR, -HOUR), pytest.param(-HOUR, HOUR, marks=pytest.mark.faults)], ids=["fast", "slow"]
)
def test_a_client_books_and_her_mails_leave_by_the_clock_of_the_database(worker, web, tmp_path):
    path = os.pathsep.join(filter(None, [str(OFF_CLOCK), os.environ.get("PYTHONPATH")]))
    off = {"PYTHONPATH": path, "CLOCK_OFF": f"worker={worker} gunicorn={web}"}
    with fresh_database(own_name("clocks")):
        unhurried(make.small_studio(zone_name="UTC", lead_minutes=60, horizon_days=60).place)
        make.message(kind="account", text="Later\n", due_at=clock.now() + timedelta(minutes=50))
        make.message(kind="note", text="Now\n", due_at=clock.now())
        with running(tmp_path, **off) as house:
            book(house.port)
            assert wait_for(lambda: sent("confirmation") and sent("note"), WITHIN_SECONDS), house.log()
        assert not sent("account")
        assert abs(Heartbeat.objects.get(name="sender").beat_at - clock.now()) < timedelta(minutes=2)
        assert abs(Booking.objects.get(status="booked").created_at - clock.now()) < timedelta(minutes=2)
