"""What answered a question for another time is undone: it stands again. Monday 23 November 2026, noon, is now."""

import pytest

from bookings import actions
from bookings.actions import Change, Tell
from bookings.asking import is_asked
from bookings.models import Booking, Message
from bookings.models.event import Actor
from tests.bookings.test_asking import ask, booking, cast, rows  # noqa: F401 - two are fixtures
from tests.bookings.test_unasking import read, unask
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
STAFF = Actor("staff")


def give_away(row, person, version=2) -> Booking:
    return actions.reassign(booking=row, therapist=person, change=Change(STAFF, NOW, version, tell=Tell.SOON))


def undo(row, version=3) -> Booking:
    return actions.undo(booking=row, change=Change(STAFF, NOW, version))


def test_whoever_has_read_the_question_and_nothing_since_is_still_asked_and_reads_nothing_more(cast, booking):  # noqa: F811
    done = undo(give_away(read(ask(booking)), cast.mei))
    assert (done.therapist, is_asked(done), done.free_cancel_until) == (cast.ana, True, at(16))
    row = done.messages.get(kind="other_time", key__endswith="/3")
    assert (row.state, row.reason) == ("skipped", "The client was asked before, and has not answered.")
    assert done.messages.filter(state="queued").count() == 0


def test_whoever_had_not_read_it_is_asked_now(cast, booking):  # noqa: F811
    done = undo(give_away(ask(booking), cast.mei))
    assert is_asked(done)
    assert [row for row in rows(done) if row[2] == "queued"] == [("other_time", "mail", "queued")]


def test_whoever_has_read_of_the_change_is_asked_anew_instead_of_being_told(cast, booking):  # noqa: F811
    moved = give_away(read(ask(booking)), cast.mei)
    Message.objects.filter(kind="moved").update(state="sent", sent_at=NOW)
    done = undo(moved)
    assert is_asked(done)
    assert [row for row in rows(done) if row[2] == "queued"] == [("other_time", "mail", "queued")]


def test_undone_twice_it_still_stands(cast, booking):  # noqa: F811
    once = undo(give_away(read(ask(booking)), cast.mei))
    twice = undo(give_away(once, cast.mei, version=4), version=5)
    assert is_asked(twice)
    assert twice.messages.get(key__endswith="other_time/mail/5").state == "skipped"


def test_taken_back_after_that_her_reminders_leave_again(cast, booking):  # noqa: F811
    done = unask(undo(give_away(read(ask(booking)), cast.mei)), version=4)
    assert not is_asked(done)
    waiting = sorted(done.messages.filter(state="queued").values_list("kind", flat=True))
    assert (waiting[0], "stands" in waiting, "other_time" in waiting) == ("aftercare", True, False)


def test_whoever_restores_a_session_that_was_cancelled_over_it_says_that_it_takes_place(booking):  # noqa: F811
    before = booking.free_cancel_until
    off = actions.cancel(booking=read(ask(booking)), by=STAFF, now=NOW, cause="illness")
    done = actions.restore(booking=off, change=Change(STAFF, NOW, off.version))
    assert (is_asked(done), done.free_cancel_until) == (False, before)


def test_where_nobody_was_asked_nobody_is_asked_by_an_undo(cast, booking):  # noqa: F811
    done = undo(give_away(booking, cast.mei, version=1), version=2)
    assert (is_asked(done), done.messages.filter(kind="other_time").count()) == (False, 0)


def test_who_is_here_by_then_is_asked_nothing(cast, booking):  # noqa: F811
    moved = give_away(read(ask(booking)), cast.mei)
    Booking.objects.update(status="arrived")
    assert not is_asked(undo(moved))
