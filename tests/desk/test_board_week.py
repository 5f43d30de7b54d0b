"""One therapist's week, to look at. Monday 23 November 2026, 12:00 at Weir Lane, is now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import roles
from bookings.availability import load_setup
from desk.board.look import look_at
from desk.board.week import Week, read_week
from tests import factories as make
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make.small_studio()


def week(name: str = "ana") -> Week:
    setup = load_setup()
    return read_week(setup, setup.therapist(name), look_at({"day": "2026-11-25"}, {}, setup, NOW), NOW)


def heads(day) -> list[tuple[str, str]]:
    return [(item.kind, item.head) for item in day.items]


def test_a_week_runs_from_monday_to_sunday_with_each_days_load(cast):
    make.booking(therapist=cast.ana, room=cast.mat_room, length=cast.back30, start=at(14, days=1))
    days = week().days
    assert [day.name for day in days][::6] == ["Monday 23 November", "Sunday 29 November"]
    assert [day.under for day in days][:2] == [("0 sessions",), ("1 session",)]
    assert heads(days[1]) == [
        ("gap", "9:00 to 14:00"),
        ("card", "14:00"),
        ("turn", "turnover 10"),
        ("gap", "14:40 to 18:00"),
    ]


def test_a_week_shows_time_off_and_nobody_elses_sessions(cast):
    make.time_off(therapist=cast.ana, during=span(at(0, days=3), 24 * 60), reason="Course")
    make.booking(therapist=cast.mei, room=cast.mat_room, length=cast.back30, start=at(14, days=1))
    days = week().days
    assert heads(days[3]) == [("blocked", "9:00")]
    assert [len(day.items) for day in days] == [1, 1, 1, 1, 1, 1, 1]


def test_a_week_is_only_looked_at(cast):
    assert [item.link for day in week().days for item in day.items if item.kind == "gap"] == [""] * 6


@pytest.mark.parametrize("sessions", [0, 8])
def test_a_week_takes_the_same_few_statements_at_any_size(client, cast, sessions):
    client.force_login(make.user(role=roles.FRONT_DESK))
    for number in range(sessions):
        start = at(9 + number, days=number % 5)
        make.booking(therapist=cast.ana, room=cast.mat_room, length=cast.back20, start=start)
    client.get("/desk/week/ana/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/desk/week/ana/?day=2026-11-25").status_code == 200
    assert len(queries) == 3 + 7  # session, user and roles apart


def test_a_week_of_nobody_is_not_there(client, cast):
    client.force_login(make.user(role=roles.FRONT_DESK))
    assert client.get("/desk/week/nobody/").status_code == 404
