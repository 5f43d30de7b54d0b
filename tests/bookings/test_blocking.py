"""Taking a therapist or a room out of the day. Monday 23 November 2026, 12:00, is now."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from bookings import actions
from bookings.actions import Change
from bookings.availability import Wish, load_setup, search
from bookings.models import BlockEvent
from bookings.models.event import Actor
from locations.models import Closure
from tests import factories as make
from tests.factories import NOW, at, span
from tests.refused import refused
from therapists.models import TimeOff

pytestmark = pytest.mark.django_db
TUESDAY = {"start": at(9, days=1), "end": at(12, days=1), "reason": "Training"}


@pytest.fixture
def cast():
    return make.small_studio(lead_minutes=0)


@pytest.fixture
def desk() -> Change:
    return Change(by=Actor("staff", make.user(role="front_desk").pk), now=NOW)


def first(cast, therapist=None, length=None) -> object:
    """The first start of Tuesday."""
    wish = Wish(cast.place, length or cast.back30, therapist, at(9, days=1).date(), days=1)
    return search(load_setup(), wish, NOW).days[0].offers[0].start


def test_a_blocked_therapist_is_not_offered_until_the_block_ends(cast, desk):
    made = actions.block(therapist=cast.ana, change=desk, kind="training", **TUESDAY)
    assert (made.block.kind, made.block.during, made.attention) == ("training", span(at(9, days=1), 180), ())
    assert (first(cast, cast.ana), first(cast, cast.mei)) == (at(12, days=1), at(9, days=1))


def test_a_blocked_room_is_not_used_until_the_block_ends(cast, desk):
    made = actions.block(room=cast.bar_room, change=desk, **TUESDAY)
    assert (made.block.location, made.block.room) == (cast.place, cast.bar_room)
    assert (first(cast, length=cast.oil30), first(cast)) == (at(12, days=1), at(9, days=1))


def test_booked_sessions_stay_and_come_back_to_be_looked_after(cast, desk):
    words = {"length": cast.back30, "room": cast.mat_room}
    late = make.booking(therapist=cast.ana, start=at(11, 50, days=1), **words)
    early = make.booking(therapist=cast.ana, start=at(9, days=1), **words)
    make.booking(therapist=cast.ana, start=at(12, days=1, minute=30), **words)
    make.booking(therapist=cast.ana, start=at(10, days=1), status="cancelled", **words)
    other = make.booking(therapist=cast.mei, start=at(10, days=1), **words)
    assert actions.block(therapist=cast.ana, change=desk, **TUESDAY).attention == (early, late)
    assert actions.block(room=cast.mat_room, change=desk, **TUESDAY).attention == (early, other, late)


@pytest.mark.parametrize(("start", "end"), [(at(9, 2), at(10)), (at(9), at(9, 58)), (at(10), at(10)), (at(10), at(9))])
def test_a_block_begins_and_ends_on_full_five_minutes_and_lasts(cast, desk, start, end):
    with pytest.raises(actions.WrongTimes):
        actions.block(therapist=cast.ana, start=start, end=end, reason="", change=desk)
    assert actions.block(therapist=cast.ana, start=at(9), end=at(9, 5), reason="", change=desk).block.pk


def test_who_blocked_and_lifted_stays_when_the_block_is_gone(cast, desk):
    made = actions.block(therapist=cast.ana, change=desk, **TUESDAY)
    actions.lift(block=made.block, change=replace(desk, reason="The training is off"))
    actions.lift(block=made.block, change=desk)
    assert (TimeOff.objects.count(), first(cast, cast.ana)) == (0, at(9, days=1))
    rows = BlockEvent.objects.values_list("verb", "actor", "therapist", "during", "reason")
    whose = (desk.by.user_id, cast.ana.pk, span(at(9, days=1), 180))
    assert list(rows) == [("blocked", *whose, "Training"), ("lifted", *whose, "The training is off")]


def test_a_block_that_has_begun_ends_now(cast, desk):
    made = actions.block(room=cast.mat_room, change=desk, **TUESDAY)
    actions.lift(block=made.block, change=replace(desk, now=at(10, 2, days=1)))
    assert Closure.objects.get().during == span(at(9, days=1), 65)
    assert BlockEvent.objects.last().during == span(at(10, 5, days=1), 115)


def test_a_block_that_is_over_is_lifted_no_more(cast, desk):
    made = actions.block(therapist=cast.ana, change=desk, **TUESDAY)
    actions.lift(block=made.block, change=replace(desk, now=at(12, days=1)))
    assert (TimeOff.objects.get().during, BlockEvent.objects.count()) == (span(at(9, days=1), 180), 1)


def test_what_stands_in_the_history_of_blocks_stays(cast, desk):
    actions.block(therapist=cast.ana, change=desk, **TUESDAY)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        BlockEvent.objects.update(reason="")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        BlockEvent.objects.all().delete()


def test_a_block_is_of_a_therapist_or_of_a_room(cast):
    with refused("block_of_one_thing"):
        BlockEvent.objects.create(
            verb="blocked", at=NOW, during=span(NOW, 5), therapist=cast.ana, room=cast.mat_room, location=cast.place
        )
    with refused("block_verb_known"):
        BlockEvent.objects.create(verb="moved", at=NOW, during=span(NOW, 5), therapist=cast.ana)
