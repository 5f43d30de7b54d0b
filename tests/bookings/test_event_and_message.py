import pytest
from django.db import IntegrityError, connection, transaction

from bookings.models import BookingEvent, Message
from bookings.models.event import CLIENT, record
from tests.factories import NOW, at, booking, message
from tests.refused import refused

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_when():
    made = booking()
    record(booking=made, verb="booked", by=CLIENT, now=NOW)
    event = BookingEvent.objects.get()
    assert (event.verb, event.by, event.actor, event.at, event.after) == ("booked", "client", None, NOW, made.during)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE bookings_bookingevent SET verb = 'moved'",
        "UPDATE bookings_bookingevent SET at = at + interval '1 hour'",
        "UPDATE bookings_bookingevent SET reason = 'other words'",
        "DELETE FROM bookings_bookingevent",
    ],
)
def test_an_event_stays_as_it_was_written(change):
    record(booking=booking(), verb="booked", by=CLIENT, now=NOW, reason="rang")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert BookingEvent.objects.get().reason == "rang"


def test_a_persons_words_may_be_taken_out_of_an_event():
    record(booking=booking(), verb="booked", by=CLIENT, now=NOW, reason="rang")
    BookingEvent.objects.update(reason="")
    assert BookingEvent.objects.get().reason == ""


def test_an_event_is_by_client_staff_or_system():
    with refused("event_by_somebody"):
        BookingEvent.objects.create(booking=booking(), at=NOW, verb="booked", by="nobody")


def test_a_cancellation_comes_from_the_client_the_studio_or_an_illness():
    record(booking=booking(), verb="cancelled", by=CLIENT, now=NOW, cause="illness")
    with refused("event_cause_known"):
        record(booking=booking(), verb="cancelled", by=CLIENT, now=NOW, cause="rain")


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"channel": "dove"}])
def test_a_message_has_one_of_six_states(wrong):
    message(state="skipped", channel="sms")
    with refused("message_state_known"):
        message(**wrong)


def test_a_message_being_sent_is_leased():
    message(state="sending", lease_until=NOW)
    with refused("message_sending_has_lease"):
        message(state="sending")


def test_a_sent_message_knows_when_it_left():
    message(state="sent", sent_at=NOW)
    with refused("message_sent_has_instant"):
        message(state="sent")


def test_a_message_key_is_written_once():
    message(key="booking/1/confirmation/mail/1")
    with refused("bookings_message_key_key"):
        message(key="booking/1/confirmation/mail/1")


def test_due_is_what_waits_and_what_a_dead_worker_left():
    waiting = message(due_at=NOW)
    message(due_at=at(12, 1))
    abandoned = message(state="sending", lease_until=NOW)
    message(state="sending", lease_until=at(12, 1))
    assert set(Message.objects.due(NOW)) == {waiting, abandoned}
