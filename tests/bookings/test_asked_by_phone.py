"""A question for another time failed, and the desk rang: its client knows. Monday 23 November 2026, noon, is now."""

import pytest
from django.utils import translation

from bookings import actions
from bookings.asking import has_reached, is_asked, is_read, open_questions, waits
from bookings.models import Booking, Message
from bookings.models.event import Actor
from tests import factories as make
from tests.bookings.test_asked_again import give_away, undo
from tests.bookings.test_asking import ask, booking, cast, rows  # noqa: F401 - two are fixtures
from tests.bookings.test_unasking import unask
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def failed(row) -> Message:
    row.messages.filter(kind="other_time").update(state="failed", failed_at=NOW, reason="The mail server answered 550.")
    return row.messages.get(kind="other_time")


def ring(row) -> Booking:
    """The question did not leave; somebody at the desk, who reads Spanish, has rung."""
    with translation.override("es"):
        actions.called_instead(message=failed(row), note="Robin, at noon", by=Actor("staff"), now=NOW)
    return row


def knows(row) -> tuple[bool, bool, bool]:
    question = open_questions([row])[row.pk]
    return has_reached(question), is_read(row), Booking.objects.annotate(waits=waits()).get(pk=row.pk).waits


def test_a_question_has_reached_its_client_once_somebody_rang_in_whatever_language(booking):  # noqa: F811
    asked = ask(booking)
    failed(asked)
    assert knows(asked) == (False, False, False)
    assert knows(ring(asked)) == (True, True, True)


def test_also_when_it_had_failed_another_way_as_well(booking):  # noqa: F811
    asked = ring(ask(booking))
    text = {"kind": "other_time", "channel": "sms", "state": "failed", "failed_at": NOW}
    make.message(booking=asked, key=f"booking/{asked.pk}/other_time/sms/1", **text)
    assert knows(asked) == (True, True, True)


def test_taken_back_she_hears_that_her_session_stands(booking):  # noqa: F811
    done = unask(ring(ask(booking)))
    assert ("stands", "mail", "queued") in rows(done)
    assert not is_asked(done)


def test_whoever_nobody_rang_hears_nothing(booking):  # noqa: F811
    asked = ask(booking)
    failed(asked)
    assert "stands" not in [kind for kind, _channel, _state in rows(unask(asked))]


def test_what_answered_it_is_undone_and_she_is_not_asked_twice(cast, booking):  # noqa: F811
    done = undo(give_away(ring(ask(booking)), cast.mei))
    assert is_asked(done)
    assert ("other_time", "mail", "queued") not in rows(done)
    assert done.messages.get(key__endswith="other_time/mail/3").state == "skipped"
