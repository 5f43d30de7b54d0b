"""The steps of a session's day and back, cancelled and restored. Monday 23 November 2026, 12:00, is now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bookings import actions
from bookings.actions import Change, Tell
from bookings.models import Message
from bookings.models.event import CLIENT, Actor
from bookings.outbox.compose import compose
from tests import factories as make
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db
DESK = Actor("staff")
STAFF = Change(by=DESK, now=NOW)
EVERY_STEP = [actions.check_in, actions.start, actions.finish, actions.no_show, actions.cancel, actions.back]


@pytest.fixture
def cast():
    return make.small_studio()


def session(cast, **fields):
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "start": at(12)}
    return make.booking(**words | fields)


def told(booking, kind="confirmation", edition=1) -> Message:
    key = f"booking/{booking.pk}/{kind}/mail/{edition}"
    return make.message(booking=booking, kind=kind, key=key, state="sent", sent_at=NOW)


@pytest.mark.parametrize("step", EVERY_STEP)
def test_a_step_from_a_stale_card_shows_how_the_booking_is_now(cast, step):
    seen = session(cast)
    actions.check_in(booking=seen, by=DESK, now=NOW, version=1)
    with pytest.raises(actions.Stale) as stale:
        step(booking=seen, by=DESK, now=NOW, version=1)
    assert (stale.value.booking.status, stale.value.booking.version) == ("arrived", 2)


@pytest.mark.parametrize(
    ("status", "former"),
    [("arrived", "booked"), ("in_session", "arrived"), ("done", "in_session"), ("no_show", "booked")],
)
def test_one_step_back(cast, status, former):
    back = actions.back(booking=session(cast, status=status), by=DESK, now=NOW)
    assert (back.status, back.version, back.edition) == (former, 2, 1)


def test_a_no_show_who_was_here_goes_back_to_here(cast):
    here = actions.check_in(booking=session(cast), by=DESK, now=NOW)
    left = actions.no_show(booking=here, by=DESK, now=NOW + timedelta(minutes=1))
    assert actions.back(booking=left, by=DESK, now=NOW + timedelta(minutes=2)).status == "arrived"


@pytest.mark.parametrize("status", ["booked", "cancelled"])
def test_there_is_no_step_back_from_the_first_state_and_from_a_cancellation(cast, status):
    with pytest.raises(actions.WrongStep):
        actions.back(booking=session(cast, status=status), by=DESK, now=NOW)


def test_a_step_back_takes_the_whole_time_again_while_it_is_free(cast):
    done = actions.finish(booking=session(cast, status="in_session"), by=DESK, now=at(12, 10))
    back = actions.back(booking=done, by=DESK, now=at(12, 11))
    assert back.therapist_block == span(at(12), 40)
    done = actions.finish(booking=back, by=DESK, now=at(12, 15))
    session(cast, start=at(12, 20))
    with pytest.raises(actions.SlotTaken):
        actions.back(booking=done, by=DESK, now=at(12, 21))


@pytest.mark.parametrize(("cause", "sorry"), [("client", False), ("studio", True), ("illness", True)])
def test_a_cancellation_says_where_it_came_from(cast, cause, sorry):
    off = actions.cancel(booking=session(cast, start=at(9, days=1)), by=DESK, now=NOW, cause=cause, reason="rang")
    event = off.events.get()
    assert (event.verb, event.cause, event.reason) == ("cancelled", cause, "rang")
    letter = compose(Message.objects.get(kind="cancelled"))
    for words in (letter.text, letter.html):
        assert ("We are sorry: we cannot give this session." in words) is sorry
        assert "illness" not in words


def test_a_client_who_cancels_is_the_cause(cast):
    off = actions.cancel(booking=session(cast, start=at(9, days=1)), by=CLIENT, now=NOW)
    assert off.events.get().cause == "client"


def test_a_cancelled_session_is_taken_back_with_its_therapist_and_room(cast):
    off = actions.cancel(booking=session(cast, start=at(9, days=1)), by=DESK, now=NOW)
    again = actions.restore(booking=off, change=replace(STAFF, version=2))
    assert (again.status, again.therapist, again.room) == ("booked", cast.ana, cast.mat_room)
    assert (again.version, again.edition, again.events.last().verb) == (3, 2, "restored")


def test_restored_it_takes_another_room_and_never_another_therapist(cast):
    off = actions.cancel(booking=session(cast, start=at(9, days=1)), by=DESK, now=NOW)
    theirs = session(cast, therapist=cast.mei, start=at(9, days=1))
    assert actions.restore(booking=off, change=STAFF).room == cast.bar_room
    actions.cancel(booking=theirs, by=DESK, now=NOW)
    session(cast, therapist=cast.mei, room=cast.mat_room, start=at(9, days=1))
    off = actions.cancel(booking=off, by=DESK, now=NOW)
    session(cast, room=cast.bar_room, start=at(9, 20, days=1))
    with pytest.raises(actions.SlotTaken):
        actions.restore(booking=off, change=replace(STAFF, reason="please"))


def test_it_is_restored_until_its_end(cast):
    off = actions.cancel(booking=session(cast), by=DESK, now=NOW)
    with pytest.raises(actions.WrongStep):
        actions.restore(booking=off, change=replace(STAFF, now=at(12, 30)))
    assert actions.restore(booking=off, change=replace(STAFF, now=at(12, 25))).status == "booked"


def test_only_what_is_cancelled_is_restored_and_only_as_it_was_seen(cast):
    booked = session(cast, start=at(9, days=1))
    with pytest.raises(actions.WrongStep):
        actions.restore(booking=booked, change=STAFF)
    off = actions.cancel(booking=booked, by=DESK, now=NOW)
    with pytest.raises(actions.Stale):
        actions.restore(booking=off, change=replace(STAFF, version=1))


@pytest.mark.parametrize(
    ("read", "tell", "dues"),
    [
        ("cancelled", Tell.NOW, [NOW]),
        ("cancelled", Tell.SOON, [NOW + timedelta(minutes=3)]),
        ("cancelled", Tell.NOT, []),
        ("confirmation", Tell.NOW, []),
    ],
)
def test_whoever_has_read_that_it_is_off_reads_that_it_is_booked(cast, read, tell, dues):
    booked = session(cast, start=at(9, days=1))
    told(booked)
    off = actions.cancel(booking=booked, by=DESK, now=NOW)
    Message.objects.filter(kind=read).update(state="sent", sent_at=NOW)
    actions.restore(booking=off, change=replace(STAFF, tell=tell))
    waiting = Message.objects.filter(state="queued", kind__in=["confirmation", "cancelled"])
    assert list(waiting.values_list("due_at", flat=True)) == dues
