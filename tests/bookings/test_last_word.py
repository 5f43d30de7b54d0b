"""Once a client has cancelled or moved, nothing written before begins to leave, and the news of it comes last."""

from datetime import timedelta

import pytest

from bookings import actions, reminders
from bookings.models import Booking
from bookings.models.event import CLIENT
from bookings.outbox import claims, delivery
from spa import clock
from tests import factories as make
from tests.bookings.cancelling import race
from tests.bookings.mail_server import MailServer

RACES = 40


def booked() -> Booking:
    """A session tomorrow whose confirmation waits."""
    now = clock.now()
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    booking = make.booking(start=start)
    reminders.plan(booking=booking, now=now)
    booking.messages.exclude(kind="confirmation").delete()
    return booking


def claimed() -> claims.Message:
    (message,) = claims.claim("mail", clock.now())
    return message


def deliver(message) -> str:
    with delivery.Mail() as mail:
        return delivery.deliver(message, mail, clock.now())


def cancel(booking) -> None:
    actions.cancel(booking=booking, by=CLIENT, now=clock.now())


def move(booking) -> None:
    during = type(booking.during)(*(edge + timedelta(hours=1) for edge in (booking.during.lower, booking.during.upper)))
    words = {"during": during, "therapist_block": during, "room_block": during, "edition": 2, "version": 2}
    Booking.objects.filter(pk=booking.pk).update(**words)
    reminders.replan(booking=Booking.objects.get(pk=booking.pk), before_edition=1, now=clock.now())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "reason"), [(cancel, "The booking is cancelled."), (move, "The booking was moved since.")]
)
def test_what_was_claimed_before_the_change_is_not_sent_after_it(server, change, reason):
    booking = booked()
    message = claimed()
    change(booking)
    assert deliver(message) == "skipped"
    message.refresh_from_db()
    assert (message.reason, message.attempts, server.taken) == (reason, 0, [])


@pytest.mark.django_db
def test_without_the_second_look_it_would_be(server, monkeypatch):
    booking = booked()
    message = claimed()
    cancel(booking)
    monkeypatch.setattr(claims, "_version", lambda booking_id: message.booking.version)
    assert (deliver(message), len(server.taken)) == ("sent", 1)


@pytest.mark.django_db
def test_who_was_told_nothing_hears_of_a_move_as_a_confirmation(server):
    booking = booked()
    message = claimed()
    move(booking)
    deliver(message)
    waiting = booking.messages.filter(state="queued", kind__in=["confirmation", "moved"])
    assert [row.key for row in waiting] == [f"booking/{booking.pk}/confirmation/mail/2"]


@pytest.mark.django_db
def test_the_cancellation_waits_for_what_is_being_handed_over(server):
    booking = booked()
    first = claimed()
    claims.begin(first)
    cancel(booking)
    cancellation = claimed()
    assert (deliver(cancellation), server.taken) == ("queued", [])
    claims.Message.objects.filter(pk=first.pk).update(state="sent", sent_at=clock.now(), lease_until=None)
    assert delivery.deliver_due(clock.now() + delivery.BUSY) == {"sent": 1}


@pytest.mark.django_db
def test_it_does_not_wait_for_one_whose_sender_died(server):
    booking = booked()
    claims.begin(claimed())
    cancel(booking)
    claims.Message.objects.filter(state="sending").update(lease_until=clock.now() - timedelta(seconds=1))
    assert delivery.deliver_due(clock.now()) == {"skipped": 1, "sent": 1}
    assert [mail["Subject"][:10] for mail in server.taken] == ["Cancelled:"]


@pytest.mark.django_db(transaction=True)
def test_cancelled_in_the_second_in_which_the_reminder_is_due():
    with MailServer(pause=0.005) as server:
        seen = race(server, RACES)
    assert (seen.begun_late, seen.arrived_late, seen.cancellations) == (0, 0, RACES)


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_reminders_leave_after_their_cancellation():
    with MailServer(pause=0.03) as server:
        seen = race(server, RACES, "unguarded", within=1)
    assert seen.begun_late > 0
