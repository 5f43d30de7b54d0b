"""A question for another time is taken back: the session stands. Monday 23 November 2026, 12:00, is now."""

from datetime import timedelta

import pytest

from bookings import actions
from bookings.actions import Change, Tell
from bookings.asking import is_asked
from bookings.models import Booking, Message
from bookings.models.event import Actor
from bookings.outbox.compose import compose
from bookings.outbox.delivery import out_of_date
from tests import factories as make
from tests.bookings.test_asking import ask, booking, cast, move, rows  # noqa: F401 - two are fixtures
from tests.factories import NOW, at
from therapists.models import Therapist

pytestmark = pytest.mark.django_db
STAFF = Actor("staff")


def unask(row, version=2, **words) -> Booking:
    return actions.take_question_back(booking=row, change=Change(STAFF, NOW, version, **words))


def read(row) -> Booking:
    """The question has left."""
    row.messages.filter(kind="other_time").update(state="sent", sent_at=NOW)
    return row


def test_a_question_that_did_not_leave_yet_is_withdrawn_and_nobody_hears_of_it(booking):  # noqa: F811
    unask(ask(booking))
    assert rows(booking)[2:] == [("other_time", "mail", "withdrawn"), ("before_meal", "mail", "queued")]
    again = Message.objects.get(kind="before_meal", state="queued")
    assert (again.key, again.due_at) == (f"booking/{booking.pk}/before_meal/mail/2", at(13))
    assert [one.verb for one in booking.events.all()] == ["asked for a time", "question taken back"]


def test_whoever_has_read_it_hears_once_that_her_session_stands(booking):  # noqa: F811
    unask(read(ask(booking)), tell=Tell.SOON)
    assert sorted(rows(booking)[2:]) == [
        ("before_meal", "mail", "queued"),
        ("other_time", "mail", "sent"),
        ("stands", "mail", "queued"),
    ]
    assert Message.objects.get(kind="stands").due_at == at(12, 3)


def test_a_reminder_that_is_late_by_then_does_not_leave_before_the_explanation(booking):  # noqa: F811
    asked = read(ask(booking))
    booking.messages.filter(kind="before_meal").update(due_at=NOW - timedelta(hours=1), useful_until=at(14))
    done = unask(asked, tell=Tell.SOON)
    dues = {row.kind: row.due_at for row in done.messages.filter(state="queued")}
    assert dues == {"stands": at(12, 3), "before_meal": at(12, 4)}


def test_neither_the_question_nor_that_it_was_taken_back_is_sent_again_once_it_no_longer_holds(booking):  # noqa: F811
    done = unask(read(ask(booking)))
    question, stands = done.messages.get(kind="other_time"), done.messages.get(kind="stands")
    Message.objects.filter(pk=stands.pk).update(state="sent", sent_at=NOW)
    ask(done, version=3)
    for row, why in (
        (question, "The booking was moved since"),
        (stands, "asked for another time, and has not answered"),
    ):
        with pytest.raises(actions.WrongMessage, match=why):
            actions.send_again(message=row, by=STAFF, now=NOW)


def test_the_mail_says_that_nothing_has_changed(booking):  # noqa: F811
    letter = compose(unask(read(ask(booking))).messages.get(kind="stands"))
    assert letter.subject == "Your session takes place: Monday 23 November 2026, 16:00"
    said = " ".join(letter.text.split())
    assert "We had asked you to choose another time. You need not: all is as it was agreed." in said
    assert ("with Ana" in said, letter.attachments) == (True, ())


def test_the_desk_may_choose_to_tell_nobody(booking):  # noqa: F811
    done = unask(read(ask(booking)), tell=Tell.SOON)
    assert actions.tell_instead(booking=done, change=Change(STAFF, NOW, tell=Tell.NOT))
    assert ("stands", "mail", "withdrawn") in rows(booking)
    assert ("before_meal", "mail", "queued") in rows(booking)
    other = unask(read(ask(done, version=3)), version=4, tell=Tell.NOT)
    assert other.messages.filter(kind="stands").count() == 1


def test_the_right_to_a_free_change_ends_with_the_question(client, booking):  # noqa: F811
    before = booking.free_cancel_until
    done = unask(ask(booking))
    assert (done.free_cancel_until, is_asked(done)) == (before, False)
    assert move(client, done).status_code == 409


def test_who_was_asked_once_can_be_asked_again(booking):  # noqa: F811
    again = ask(unask(read(ask(booking))), version=3)
    assert is_asked(again)
    assert again.messages.filter(kind="other_time", state="queued").get().key.endswith("/2")
    assert ("stands", "mail", "withdrawn") in rows(booking)


def test_whoever_never_heard_of_the_session_gets_its_confirmation(booking):  # noqa: F811
    Message.objects.filter(kind="confirmation").update(state="queued", sent_at=None)
    unask(ask(booking))
    assert [row for row in rows(booking) if row[0] == "confirmation"] == [
        ("confirmation", "mail", "withdrawn"),
        ("confirmation", "mail", "queued"),
    ]


def test_what_waits_for_the_therapist_still_leaves(cast, booking):  # noqa: F811
    Therapist.objects.filter(pk=cast.ana.pk).update(user=make.user(email="ana@stone.example"))
    words = {"key": f"booking/{booking.pk}/therapist_new/{cast.ana.pk}/1", "kind": "therapist_new"}
    row = make.message(booking=booking, therapist=cast.ana, **words)
    unask(ask(booking))
    row = Message.objects.get(pk=row.pk)
    assert (row.state, out_of_date(row, NOW)) == ("queued", "")


def test_nothing_is_taken_back_that_nobody_asked_or_that_somebody_changed(booking):  # noqa: F811
    with pytest.raises(actions.WrongStep):
        unask(booking, version=1)
    asked = ask(booking)
    with pytest.raises(actions.Stale):
        unask(asked, version=1)
    late = Change(STAFF, at(16) + timedelta(minutes=1), 2)
    with pytest.raises(actions.WrongStep):
        actions.take_question_back(booking=asked, change=late)


def test_a_move_before_the_question_is_not_undone_after_it(cast, booking):  # noqa: F811
    moved = actions.reassign(booking=booking, therapist=cast.mei, change=Change(STAFF, NOW, 1))
    unask(ask(moved, version=2), version=3)
    with pytest.raises(actions.NothingToUndo):
        actions.undo(booking=booking, change=Change(STAFF, NOW, 4))
