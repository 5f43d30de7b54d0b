"""Moving a booked session, in the studio's words. Monday 23 November 2026, 12:00, is now."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bookings import actions
from bookings.actions import Change
from bookings.availability import Wish
from bookings.models import Message
from bookings.models.event import CLIENT, Actor
from bookings.scheduling.offers import Reason
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
ASKED = Change(by=CLIENT, now=NOW)
STAFF = Change(by=Actor("staff"), now=NOW)


@pytest.fixture
def cast():
    return make.small_studio()


@pytest.fixture
def session(cast):
    return make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(9, days=1))


def wish(cast, therapist=None, length=None) -> Wish:
    return Wish(cast.place, length or cast.back30, therapist, date(2026, 11, 24), days=1)


def test_a_session_moves_on_the_same_row_and_counts_it(cast, session):
    moved = actions.move(booking=session, wish=wish(cast, cast.ana), start=at(11, days=1), change=ASKED)
    assert (moved.pk, moved.during.lower, moved.version, moved.edition) == (session.pk, at(11, days=1), 2, 2)
    assert (moved.therapist, moved.room, moved.free_cancel_until) == (cast.ana, cast.mat_room, at(11))
    event = moved.events.get()
    assert (event.verb, event.before.lower, event.after.lower) == ("moved", at(9, days=1), at(11, days=1))


def test_its_own_time_counts_as_free(cast, session):
    moved = actions.move(booking=session, wish=wish(cast, cast.ana), start=at(9, 10, days=1), change=ASKED)
    assert moved.during.lower == at(9, 10, days=1)


def test_with_anyone_it_keeps_its_therapist_and_room_while_they_are_free(cast, session):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.bar_room, start=at(16, days=1))
    moved = actions.move(booking=session, wish=wish(cast), start=at(11, days=1), change=ASKED)
    assert (moved.therapist, moved.room) == (cast.ana, cast.mat_room)


def test_a_taken_time_is_refused_with_times_near_it_and_nothing_changes(cast, session):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.bar_room, start=at(11, days=1))
    with pytest.raises(actions.SlotTaken) as taken:
        actions.move(booking=session, wish=wish(cast, cast.ana), start=at(11, days=1), change=ASKED)
    session.refresh_from_db()
    assert (len(taken.value.nearest), session.during.lower, session.version) == (3, at(9, days=1), 1)


def test_a_client_never_moves_to_a_time_that_is_not_offered(cast, session):
    with pytest.raises(actions.NotOffered):
        actions.move(booking=session, wish=wish(cast, cast.ana), start=at(19, days=1), change=ASKED)


def test_staff_may_overrule_a_soft_rule_with_a_reason_that_is_kept(cast, session):
    with pytest.raises(actions.NeedsReason) as asked:
        actions.move(booking=session, wish=wish(cast, cast.ana), start=at(19, days=1), change=STAFF)
    assert asked.value.explanation.reason == Reason.CLOSED
    told = replace(STAFF, reason="Ana stays longer")
    moved = actions.move(booking=session, wish=wish(cast, cast.ana), start=at(19, days=1), change=told)
    assert (moved.during.lower, moved.events.get().reason) == (at(19, days=1), "Ana stays longer")


def test_no_reason_overrules_what_is_taken_or_a_missing_style(cast, session):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.bar_room, start=at(11, days=1))
    told = replace(STAFF, reason="please")
    with pytest.raises(actions.SlotTaken):
        actions.move(booking=session, wish=wish(cast, cast.ana), start=at(11, days=1), change=told)
    with pytest.raises(actions.NotOffered):
        actions.move(booking=session, wish=wish(cast, cast.mei, cast.oil30), start=at(14, days=1), change=told)


def test_no_reason_overrules_a_lapsed_certificate_or_the_past(cast, session):
    cast.ana.certificates.update(expires_on=date(2026, 11, 24))
    told = replace(STAFF, reason="please")
    for start in (at(9, days=2), at(11)):
        with pytest.raises((actions.NotOffered, actions.SlotTaken)):
            actions.move(booking=session, wish=wish(cast, cast.ana, cast.oil30), start=start, change=told)


def test_a_stale_card_shows_how_the_booking_is_now(cast, session):
    actions.move(booking=session, wish=wish(cast, cast.ana), start=at(11, days=1), change=ASKED)
    with pytest.raises(actions.Stale) as stale:
        seen = replace(ASKED, version=1)
        actions.move(booking=session, wish=wish(cast, cast.ana), start=at(14, days=1), change=seen)
    assert stale.value.booking.during.lower == at(11, days=1)


def test_a_cancelled_session_does_not_move(cast):
    gone = make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, status="cancelled")
    with pytest.raises(actions.WrongStep):
        actions.move(booking=gone, wish=wish(cast, cast.ana), start=at(11, days=1), change=ASKED)


def test_another_length_has_its_own_price_and_must_fit(cast, session):
    shorter = actions.change_length(booking=session, length=cast.back20, change=ASKED)
    assert (shorter.minutes, shorter.price, shorter.during.upper) == (20, Decimal("32.00"), at(9, 20, days=1))
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(9, 30, days=1))
    with pytest.raises(actions.SlotTaken):
        actions.change_length(booking=shorter, length=cast.back30, change=ASKED)


def test_the_agreed_price_stays_when_another_therapist_takes_it(cast, session):
    make.therapist_treatment(therapist=cast.mei, treatment=cast.back, price=Decimal("60.00"))
    moved = actions.move(booking=session, wish=wish(cast, cast.mei), start=at(9, days=1), change=ASKED)
    assert (moved.therapist, moved.price) == (cast.mei, Decimal("45.00"))


def test_her_own_price_is_for_the_longest_length_and_the_others_differ_as_on_the_menu(cast):
    make.therapist_treatment(therapist=cast.mei, treatment=cast.back, price=Decimal("50.00"))
    setup = actions.moving.load_setup()
    mei = setup.therapist("mei")
    assert [setup.price(mei, length) for length in (cast.back30, cast.back20)] == [Decimal("50.00"), Decimal("37.00")]


def test_messages_follow_a_move(cast, session):
    make.message(booking=session, key=f"booking/{session.pk}/confirmation/mail/1", state="sent", sent_at=NOW)
    actions.move(booking=session, wish=wish(cast, cast.ana), start=at(11, days=8), change=ASKED)
    kinds = Message.objects.filter(state="queued").values_list("kind", flat=True)
    assert "moved" in kinds
    assert Message.objects.get(kind="moved").due_at == NOW
