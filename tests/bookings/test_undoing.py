"""Taking a change back, and who hears of it. Monday 23 November 2026, 12:00, is now; the session is on Tuesday."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bookings import actions
from bookings.actions import Change, Tell
from bookings.availability import Wish
from bookings.models import BookingEvent, Message
from bookings.models.event import CLIENT, Actor
from tests import factories as make
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db
STAFF = Change(by=Actor("staff"), now=NOW)
IN_A_MINUTE = replace(STAFF, now=NOW + timedelta(minutes=1))


@pytest.fixture
def cast():
    return make.small_studio()


@pytest.fixture
def session(cast):
    """Ana's of 9:00, of which the client has had her confirmation."""
    made = make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(9, days=1))
    make.message(booking=made, key=f"booking/{made.pk}/confirmation/mail/1", state="sent", sent_at=NOW)
    return made


def move(cast, session, start, change=STAFF, therapist=None):
    wish = Wish(cast.place, session.length, therapist or cast.ana, date(2026, 11, 24), days=1)
    return actions.move(booking=session, wish=wish, start=start, change=change)


def waiting(kind="moved") -> list:
    return list(Message.objects.filter(kind=kind, state="queued").values_list("due_at", flat=True))


@pytest.mark.parametrize(("tell", "dues"), [("now", [NOW]), ("soon", [NOW + timedelta(minutes=3)]), ("not", [])])
def test_the_client_is_told_now_in_three_minutes_or_not(cast, session, tell, dues):
    moved = move(cast, session, at(11, days=1), replace(STAFF, tell=Tell(tell)))
    assert (waiting(), moved.edition) == (dues, 2)


def test_a_client_who_was_not_told_has_the_right_calendar_entry_after_the_next_change(cast, session):
    quiet = move(cast, session, at(11, days=1), replace(STAFF, tell=Tell.NOT))
    told = move(cast, quiet, at(14, days=1))
    assert (told.edition, waiting()) == (3, [NOW])
    assert Message.objects.filter(booking=session, kind="day_before").latest("pk").key.endswith("/3")


def test_whoever_has_no_confirmation_yet_gets_it_though_she_is_not_told_of_the_change(cast, session):
    session.messages.all().delete()
    move(cast, session, at(11, days=1), replace(STAFF, tell=Tell.NOT))
    assert (waiting(), waiting("confirmation")) == ([], [NOW])


def test_a_message_never_waits_until_the_session_begins(cast, session):
    late = at(10, 58, days=1)
    move(cast, session, at(11, days=1), replace(STAFF, now=late, tell=Tell.SOON, reason="she is early"))
    assert waiting() == [late]


def test_undo_inside_the_delay_sends_nothing_at_all(cast, session):
    moved = move(cast, session, at(11, days=1), replace(STAFF, tell=Tell.SOON), therapist=cast.mei)
    back = actions.undo(booking=moved, change=IN_A_MINUTE)
    assert (back.during.lower, back.therapist, back.room) == (at(9, days=1), cast.ana, cast.mat_room)
    assert (back.version, back.edition, waiting()) == (3, 3, [])
    assert not Message.objects.filter(state="queued", therapist__isnull=False).exists()


def test_news_of_an_earlier_change_is_not_lost_when_a_later_one_is_kept_quiet(cast, session):
    moved = move(cast, session, at(11, days=1), replace(STAFF, tell=Tell.SOON))
    quiet = replace(IN_A_MINUTE, tell=Tell.NOT)
    shorter = actions.change_length(booking=moved, length=cast.back20, change=quiet)
    assert waiting() == [NOW + timedelta(minutes=3)]
    back = actions.undo(booking=shorter, change=replace(quiet, now=NOW + timedelta(minutes=2)))
    assert (back.during.lower, waiting()) == (at(11, days=1), [NOW + timedelta(minutes=2)])


def test_undo_of_what_the_client_has_read_is_told_to_her(cast, session):
    moved = move(cast, session, at(11, days=1))
    Message.objects.filter(kind="moved").update(state="sent", sent_at=NOW)
    actions.undo(booking=moved, change=IN_A_MINUTE)
    assert waiting() == [IN_A_MINUTE.now]


def test_therapists_hear_of_what_they_have_read_only(cast, session):
    for person in (cast.ana, cast.mei):
        person.user = make.user()
        person.save()
    moved = move(cast, session, at(9, days=1), replace(STAFF, tell=Tell.SOON), therapist=cast.mei)
    assert set(waiting("therapist_new") + waiting("therapist_cancelled")) == {NOW + timedelta(minutes=3)}
    Message.objects.filter(kind="therapist_new").update(state="sent", sent_at=NOW)
    actions.undo(booking=moved, change=IN_A_MINUTE)
    hers = Message.objects.filter(state="queued", therapist=cast.mei).values_list("kind", flat=True)
    assert list(hers) == ["therapist_cancelled"]


def test_undo_gives_back_length_and_price(cast, session):
    shorter = actions.change_length(booking=session, length=cast.back20, change=STAFF)
    back = actions.undo(booking=shorter, change=IN_A_MINUTE)
    assert (back.minutes, back.price, back.length) == (30, Decimal("45.00"), cast.back30)
    assert [event.verb for event in back.events.all()] == ["length changed", "undone"]


def test_undo_while_the_former_time_is_free(cast, session):
    moved = move(cast, session, at(11, days=1))
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.bar_room, start=at(9, 10, days=1))
    with pytest.raises(actions.SlotTaken):
        actions.undo(booking=moved, change=IN_A_MINUTE)
    moved.refresh_from_db()
    assert (moved.during.lower, moved.version) == (at(11, days=1), 2)


def test_undo_takes_another_room_when_its_own_is_taken(cast, session):
    moved = move(cast, session, at(11, days=1))
    make.booking(therapist=cast.mei, length=cast.back30, room=cast.mat_room, start=at(9, days=1))
    assert actions.undo(booking=moved, change=IN_A_MINUTE).room == cast.bar_room


def test_what_has_begun_may_be_undone_until_it_is_over(cast, session):
    moved = move(cast, session, at(11, days=1))
    with pytest.raises(actions.NotOffered):
        actions.undo(booking=moved, change=replace(STAFF, now=at(9, 30, days=1)))
    back = actions.undo(booking=moved, change=replace(STAFF, now=at(9, 25, days=1)))
    assert back.during.lower == at(9, days=1)


def test_there_is_nothing_to_undo_twice_or_of_what_a_client_did(cast, session):
    back = actions.undo(booking=move(cast, session, at(11, days=1)), change=IN_A_MINUTE)
    with pytest.raises(actions.NothingToUndo):
        actions.undo(booking=back, change=IN_A_MINUTE)
    hers = move(cast, session, at(14, days=1), Change(by=CLIENT, now=NOW))
    with pytest.raises(actions.NothingToUndo):
        actions.undo(booking=hers, change=IN_A_MINUTE)


def test_undo_of_a_stale_card_or_a_cancelled_session_is_refused(cast, session):
    moved = move(cast, session, at(11, days=1))
    with pytest.raises(actions.Stale):
        actions.undo(booking=moved, change=replace(IN_A_MINUTE, version=1))
    actions.cancel(booking=moved, by=Actor("staff"), now=NOW)
    with pytest.raises(actions.WrongStep):
        actions.undo(booking=moved, change=IN_A_MINUTE)


def test_the_desk_starts_at_any_five_minutes_and_a_client_does_not(cast, session):
    with pytest.raises(actions.SlotTaken):
        move(cast, session, at(14, 25, days=1), Change(by=CLIENT, now=NOW))
    assert move(cast, session, at(14, 25, days=1)).during.lower == at(14, 25, days=1)


def test_a_session_is_made_longer_while_it_is_given_and_moves_no_more(cast, session):
    session.status = "in_session"
    session.save()
    now = replace(STAFF, now=at(9, 10, days=1))
    assert actions.change_length(booking=session, length=cast.back20, change=now).minutes == 20
    with pytest.raises(actions.WrongStep):
        move(cast, session, at(11, days=1), now)


def test_a_move_to_where_it_is_changes_nothing(cast, session):
    same = move(cast, session, at(9, days=1))
    assert (same.version, same.events.count(), waiting()) == (1, 0, [])


def test_how_it_was_before_stays_as_it_was_written(cast, session):
    event = move(cast, session, at(11, days=1), replace(STAFF, reason="Robin rang")).events.get()
    assert (event.before, event.before_therapist, event.before_room) == (
        span(at(9, days=1), 30),
        cast.ana,
        cast.mat_room,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingEvent.objects.filter(pk=event.pk).update(reason="", before_price=1)
    assert BookingEvent.objects.filter(pk=event.pk).update(reason="") == 1
