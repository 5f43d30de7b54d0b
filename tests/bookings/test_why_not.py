"""Why not at 14:20: all that the desk is told, in words. Monday 23 November 2026, 12:00, is now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.availability import Wish, every_reason, explain, load_setup
from tests import factories as make
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make.small_studio(lead_minutes=60)


def why(cast, start, therapist="ana", length=None) -> list[str]:
    """Every sentence; the first one is what a client reads."""
    who = therapist and getattr(cast, therapist)
    wish = Wish(cast.place, length or cast.back30, who, start.date(), days=1)
    found, first = every_reason(load_setup(), wish, start, NOW), explain(load_setup(), wish, start, NOW)
    assert (found[:1] == (first,)) is (first is not None)
    return [one.sentence for one in found]


def test_a_time_that_is_offered_has_nothing_against_it(cast):
    assert why(cast, at(14, 20, days=1)) == []


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (at(11), ["This time is over."]),
        (at(12, 30), ["We need a little more notice for this time."]),
        (at(20, days=1), ["We are closed at that time.", "Ana does not work at that time."]),
        (at(14, 25, days=1), ["Sessions do not start at this minute."]),
        (at(9, days=61), ["This day cannot be booked yet."]),
        (at(9, days=-400), ["This time is over."]),
    ],
)
def test_each_rule_is_said_by_itself(cast, start, said):
    assert why(cast, start) == said


def test_time_off_a_closed_house_and_a_session_are_told_apart(cast):
    make.time_off(therapist=cast.ana, during=span(at(9, days=1), 60))
    make.closure(location=cast.place, during=span(at(11, days=1), 60))
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(14, days=1))
    assert why(cast, at(9, days=1)) == ["Ana is away at that time."]
    assert why(cast, at(11, days=1)) == ["We are closed at that time."]
    assert why(cast, at(14, days=1)) == ["This time is taken."]
    assert why(cast, at(9, days=1), therapist="mei") == []


def test_what_is_soft_is_said_beside_what_is_hard(cast):
    make.limit(therapist=cast.ana, sessions=1)
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(14, days=1))
    assert why(cast, at(14, 15, days=1)) == [
        "This time is taken.",
        "Sessions do not start at this minute.",
        "That would be more sessions than one day allows.",
    ]


def test_style_certificate_and_room_are_said_of_the_one_who_was_chosen(cast):
    cast.ana.certificates.update(expires_on=at(0, days=1).date())
    make.closure(location=cast.place, room=cast.bar_room, during=span(at(9, days=2), 60))
    words = ["Mei does not give this treatment.", "Mei does not work at that time."]
    assert why(cast, at(9, days=2), "mei", cast.oil30)[:1] == words[:1]
    assert why(cast, at(9, days=2), "ana", cast.oil30) == [
        "The certificate of Ana for this style is not valid on that day.",
        "No suitable room is free at that time.",
    ]


def test_whoever_takes_no_bookings_is_away(cast):
    cast.ana.bookable = False
    cast.ana.save()
    assert why(cast, at(9, days=1)) == ["Ana is away at that time."]


def test_with_anyone_the_one_who_comes_nearest_speaks(cast):
    make.time_off(therapist=cast.ana, during=span(at(9, days=1), 60))
    make.limit(therapist=cast.mei, sessions=0)
    assert why(cast, at(9, days=1), therapist=None) == ["That would be more sessions than one day allows."]


def test_all_reasons_take_two_statements(cast):
    setup = load_setup()
    wish = Wish(cast.place, cast.back30, cast.ana, at(9).date(), days=1)
    with CaptureQueriesContext(connection) as queries:
        every_reason(setup, wish, at(20, days=1), NOW)
    assert len(queries) == 2
