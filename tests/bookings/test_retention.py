"""What is over its time goes by itself, and what is not stays."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bookings import retention
from bookings.models import Booking, Message
from bookings.staff_notices import DIGEST
from bookings.tasks import forget_old
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
NOTHING = {"networks": 0, "browsers": 0, "words": 0, "addresses": 0, "waiting": 0, "clients": 0}
DAY = timedelta(days=1)


def test_a_studio_without_old_things_keeps_all():
    make.message(booking=make.booking())
    assert retention.forget_old(NOW) == NOTHING


@pytest.mark.parametrize(("days", "forgotten"), [(3 * 365 - 1, 0), (3 * 365 + 1, 1)])
def test_a_person_is_forgotten_three_years_after_her_last_session(days, forgotten):
    start = at(9) - timedelta(days=days)
    her = make.client(name="Robin Hale", created_at=start - timedelta(days=900))
    make.booking(client=her, start=start, status="done")
    assert retention.forget_old(NOW)["clients"] == forgotten
    assert Client.objects.filter(name="Robin Hale").exists() == (not forgotten)
    assert retention.forget_old(NOW)["clients"] == 0


@pytest.mark.parametrize(("days", "text"), [(89, "Hello"), (91, "")])
def test_the_words_of_a_message_go_after_ninety_days_and_that_it_was_sent_stays(days, text):
    message = make.message(text="Hello", state="sent", sent_at=NOW, created_at=NOW - days * DAY)
    retention.forget_old(NOW)
    assert Message.objects.values_list("pk", "state", "text").get() == (message.pk, "sent", text)


@pytest.mark.parametrize(
    ("days", "kind", "is_left"), [(89, "account", True), (91, "account", False), (91, DIGEST, True)]
)
def test_the_address_of_a_message_that_is_nobodys_goes_with_its_words(days, kind, is_left):
    words = {"kind": kind, "recipient": "robin@mail.example", "state": "sent", "sent_at": NOW}
    make.message(**words, created_at=NOW - days * DAY)
    retention.forget_old(NOW)
    assert bool(Message.objects.get().recipient) == is_left


def test_what_still_waits_keeps_its_words():
    make.message(text="Hello", created_at=NOW - 100 * DAY)
    assert retention.forget_old(NOW) == NOTHING


@pytest.mark.parametrize(("hours", "left"), [(23, "a" * 64), (25, "")])
def test_where_a_time_was_held_from_goes_after_a_day(hours, left):
    held_since, who = NOW - timedelta(hours=hours), uuid4()
    booking = make.held(held_from="a" * 64, held_by=who)
    Booking.objects.filter(pk=booking.pk).update(held_since=held_since, status="expired")
    retention.forget_old(NOW)
    assert Booking.objects.values_list("held_from", "held_by").get() == (left, who if left else None)


def test_the_task_runs_it():
    assert forget_old() == NOTHING
