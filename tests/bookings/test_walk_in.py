"""Who can take a walk-in, and who could stand in. Monday 23 November 2026, 12:00, is now."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import actions
from bookings.actions import Change
from bookings.availability import Wish, load_setup, stand_ins, walk_in
from bookings.models.event import Actor
from tests import factories as make
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db
STAFF = Change(by=Actor("staff"), now=NOW)


@pytest.fixture
def cast():
    return make.small_studio(lead_minutes=120)


def session(cast, **fields):
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room}
    return make.booking(**words | fields)


def starts(cast, now=NOW) -> list:
    return [(one.therapist, one.start) for one in walk_in(load_setup(), cast.place, now)]


def test_the_earliest_start_needs_no_notice_and_no_round_minute(cast):
    session(cast, start=at(11, 55))
    assert starts(cast) == [(cast.mei, at(12)), (cast.ana, at(12, 35))]
    assert starts(cast, at(12, 2))[0] == (cast.mei, at(12, 5))


def test_it_says_what_she_can_give_until_when_and_how_much_she_has_today(cast):
    make.limit(therapist=cast.ana, sessions=8)
    session(cast, start=at(9))
    session(cast, start=at(12, 40))
    session(cast, therapist=cast.mei, room=cast.bar_room, start=at(12))
    first = walk_in(load_setup(), cast.place, NOW)[0]
    assert (first.therapist, first.start, first.minutes_free) == (cast.ana, at(12), 40)
    assert (first.sessions, first.limit, first.lengths) == (2, 8, (cast.back30, cast.back20))


def test_among_equals_the_least_booked_comes_first(cast):
    session(cast, start=at(9))
    assert starts(cast) == [(cast.mei, at(12)), (cast.ana, at(12))]


def test_rest_and_limits_hold_for_a_walk_in(cast):
    make.limit(therapist=cast.ana, run_minutes=50, rest_minutes=30)
    session(cast, start=at(11, 20))
    make.limit(therapist=cast.mei, sessions=0)
    assert starts(cast) == [(cast.ana, at(12, 20))]


def test_a_walk_in_waits_for_a_room_and_is_not_sent_to_a_closed_house(cast):
    for room in (cast.mat_room, cast.bar_room):
        make.closure(location=cast.place, room=room, during=span(at(12), 60))
    assert starts(cast) == [(cast.ana, at(13)), (cast.mei, at(13))]
    assert starts(cast, at(17, 45)) == []


def test_the_start_that_is_shown_can_be_booked(cast):
    session(cast, start=at(11, 55))
    for one in walk_in(load_setup(), cast.place, NOW):
        wish = Wish(cast.place, one.lengths[-1], one.therapist, NOW.date(), days=1)
        words = {"wish": wish, "start": one.start, "client": actions.NewClient("Kim"), "source": "walk_in"}
        booked = actions.book_at_desk(change=STAFF, key=uuid4(), **words)
        assert (booked.therapist, booked.during.lower) == (one.therapist, one.start)


def test_walk_ins_take_two_statements_at_any_size(cast):
    for number in range(8):
        make.working_hours(therapist=make.therapist(styles=(cast.mat,)), location=cast.place)
        session(cast, therapist=cast.mei, start=at(9) + timedelta(minutes=40 * number))
    setup = load_setup()
    with CaptureQueriesContext(connection) as queries:
        walk_in(setup, cast.place, NOW)
    assert len(queries) == 2


def test_who_could_take_the_sessions_of_a_therapist_who_is_ill(cast):
    oil = session(cast, length=cast.oil30, room=cast.bar_room, start=at(9, days=1))
    early = session(cast, start=at(10, days=1))
    asked = session(cast, start=at(14, days=1), asked_for_therapist=True)
    session(cast, therapist=cast.mei, room=cast.bar_room, start=at(10, 20, days=1))
    found = stand_ins(load_setup(), [oil, early, asked], NOW)
    told = [(one.booking, one.asked_for, one.therapists) for one in found]
    assert told == [(asked, True, (cast.mei,)), (oil, False, ()), (early, False, ())]


def test_the_least_booked_stand_in_comes_first_and_its_own_room_counts_as_free(cast):
    jo = make.therapist(name="Jo", styles=(cast.mat,), order=3)
    make.working_hours(therapist=jo, location=cast.place, weekday=1)
    session(cast, therapist=cast.mei, start=at(16, days=1))
    make.closure(location=cast.place, room=cast.bar_room, during=span(at(9, days=1), 540))
    found = stand_ins(load_setup(), [session(cast, start=at(10, days=1))], NOW)
    assert found[0].therapists == (jo, cast.mei)


def test_stand_ins_take_two_statements_for_a_day(cast):
    sessions = [session(cast, start=at(9, days=1) + timedelta(minutes=40 * number)) for number in range(8)]
    setup = load_setup()
    with CaptureQueriesContext(connection) as queries:
        stand_ins(setup, sessions, NOW)
    assert len(queries) == 2


def test_a_session_goes_to_another_therapist_at_its_own_time(cast):
    own = session(cast, start=at(12, 5))
    taken = actions.reassign(booking=own, therapist=cast.mei, change=STAFF)
    assert (taken.therapist, taken.room, taken.during.lower) == (cast.mei, cast.mat_room, at(12, 5))
    assert (taken.events.get().verb, taken.events.get().before_therapist) == ("moved", cast.ana)


def test_nobody_takes_what_she_does_not_give_or_has_no_time_for(cast):
    oil = session(cast, length=cast.oil30, room=cast.bar_room, start=at(9, days=1))
    with pytest.raises(actions.NotOffered):
        actions.reassign(booking=oil, therapist=cast.mei, change=STAFF)
    back = session(cast, start=at(10, days=1))
    session(cast, therapist=cast.mei, room=cast.bar_room, start=at(10, 20, days=1))
    with pytest.raises(actions.SlotTaken):
        actions.reassign(booking=back, therapist=cast.mei, change=STAFF)
