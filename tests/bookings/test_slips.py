"""What was done by mistake, or too late, and can be put right: a hold that ran out, a session ended too early."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from bookings import actions
from bookings.availability import Wish
from bookings.models.event import Actor
from tests import factories as make
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db
STAFF = Actor("staff")


@pytest.fixture
def cast():
    return make.small_studio(lead_minutes=60)


def session(cast, **fields):
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "start": at(12)}
    return make.booking(**words | fields)


def test_a_hold_that_ran_out_is_kept_again_while_the_time_is_free(cast):
    me = actions.Holder(uuid4(), "192.0.2.1")
    wish = Wish(cast.place, cast.back30, cast.ana, date(2026, 11, 24), days=1)
    held = actions.hold(wish=wish, start=at(9, days=1), holder=me, now=NOW)
    later = NOW + timedelta(minutes=11)
    kept = actions.keep_longer(key=held.key, holder=me, now=later)
    assert (kept.status, kept.held_since, kept.hold_expires_at) == ("held", later, later + timedelta(minutes=10))


def test_a_hold_that_ran_out_takes_another_room_where_another_hold_ran_out(cast):
    me, nine = actions.Holder(uuid4(), "192.0.2.1"), {"length": cast.back30, "start": at(9, days=1)}
    mine = make.booking(
        status="expired", therapist=cast.ana, room=cast.mat_room, held_by=me.session, hold_expires_at=NOW, **nine
    )
    make.booking(therapist=cast.mei, room=cast.mat_room, **nine)
    stale = make.held(therapist=make.therapist(), room=cast.bar_room, until=NOW, **nine)
    kept = actions.keep_longer(key=mine.key, holder=me, now=NOW)
    stale.refresh_from_db()
    assert (kept.status, kept.room, stale.status) == ("held", cast.bar_room, "expired")


@pytest.mark.parametrize(
    ("status", "end", "back"),
    [("in_session", actions.finish, actions.start), ("booked", actions.no_show, actions.check_in)],
)
def test_an_end_that_was_a_slip_takes_the_whole_time_again(cast, status, end, back):
    ended = end(booking=session(cast, status=status), by=STAFF, now=at(12, 5))
    again = back(booking=ended, by=STAFF, now=at(12, 6))
    assert (ended.therapist_block, ended.room_block) == (span(at(12), 5), span(at(12), 5))
    assert (again.therapist_block, again.room_block) == (span(at(12), 40), span(at(12), 40))


def test_a_slip_stays_when_somebody_has_the_rest_of_the_time(cast):
    ended = actions.finish(booking=session(cast, status="in_session"), by=STAFF, now=at(12, 10))
    session(cast, start=at(12, 20), room=cast.bar_room)
    with pytest.raises(actions.SlotTaken):
        actions.start(booking=ended, by=STAFF, now=at(12, 11))
    ended.refresh_from_db()
    assert (ended.status, ended.therapist_block) == ("done", span(at(12), 10))


def test_a_hold_that_ran_out_does_not_stand_in_the_way_of_a_slip(cast):
    ended = actions.finish(booking=session(cast, status="in_session"), by=STAFF, now=at(12, 10))
    stale = make.held(therapist=cast.ana, length=cast.back30, room=cast.bar_room, start=at(12, 20), until=at(12, 5))
    assert actions.start(booking=ended, by=STAFF, now=at(12, 11)).status == "in_session"
    stale.refresh_from_db()
    assert stale.status == "expired"


def test_a_session_at_home_has_no_room_to_take_again(cast):
    made = make.booking(therapist=cast.ana, length=cast.back30, at_home=True, location=cast.place, status="in_session")
    ended = actions.finish(booking=made, by=STAFF, now=at(9, 5, days=1))
    again = actions.start(booking=ended, by=STAFF, now=at(9, 6, days=1))
    assert (again.room_block, again.therapist_block) == (None, span(at(9, days=1), 40))
