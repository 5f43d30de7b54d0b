"""Which messages a booking needs."""

import pytest

from bookings import reminders
from bookings.models import Booking, Message
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_booking_is_confirmed_by_mail_at_once_and_usefully_until_it_starts():
    booking = make.booking()
    reminders.plan(booking=booking, now=NOW)
    fields = ("key", "kind", "channel", "recipient", "client_id", "state", "due_at", "useful_until")
    key = f"booking/{booking.pk}/confirmation/mail/1"
    expected = (key, "confirmation", "mail", booking.email, booking.client_id, "queued", NOW, booking.during.lower)
    assert list(Message.objects.values_list(*fields)) == [expected]


def test_without_an_address_there_is_no_mail():
    reminders.plan(booking=make.booking(client=make.client(email="")), now=NOW)
    assert not Message.objects.exists()


def test_planning_twice_makes_one_message():
    booking = make.booking()
    reminders.plan(booking=booking, now=NOW)
    reminders.plan(booking=booking, now=NOW)
    assert Message.objects.count() == 1


def test_a_moved_booking_gets_a_message_of_its_own():
    booking = make.booking()
    reminders.plan(booking=booking, now=NOW)
    Booking.objects.filter(pk=booking.pk).update(edition=2)
    booking.refresh_from_db()
    reminders.plan(booking=booking, now=NOW)
    ends = [key.rpartition("/")[2] for key in Message.objects.order_by("pk").values_list("key", flat=True)]
    assert ends == ["1", "2"]
