"""A cancellation that is taken back: all is planned anew, and who has read of it hears that the session is on."""

from datetime import timedelta

import pytest

from bookings import actions, reminders, wanted
from bookings.models import Booking
from bookings.models.event import CLIENT
from bookings.outbox.compose import compose
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
EARLY = NOW - timedelta(days=7)
LATER = NOW + timedelta(minutes=2)
STEPS = {"day_before": "Thu 14:20", "before_meal": "Fri 11:20", "aftercare": "Fri 15:50", "next_day": "Sat 14:50"}


def session(**fields) -> Booking:
    """Friday 27 November 2026, 14:20 in London, booked a week before."""
    booking = make.booking(**{"start": at(14, 20, days=4)} | fields)
    reminders.plan(booking=booking, now=EARLY)
    return booking


def send(booking, *kinds) -> None:
    booking.messages.filter(kind__in=kinds, state="queued").update(state="sent", sent_at=NOW)


def cancel(booking, now=NOW) -> Booking:
    return actions.cancel(booking=booking, by=CLIENT, now=now)


def restore(booking, now=LATER) -> Booking:
    """What taking a cancellation back does to the row and its messages."""
    Booking.objects.filter(pk=booking.pk).update(status="booked", edition=booking.edition + 1)
    on_again = Booking.objects.get(pk=booking.pk)
    reminders.restored(booking=on_again, now=now)
    return on_again


def planned(booking) -> dict[str, str]:
    rows = booking.messages.filter(state="queued").order_by("due_at", "pk")
    return {row.kind: f"{row.due_at:%a %H:%M}" for row in rows}


def test_who_has_read_the_cancellation_gets_a_confirmation_and_all_that_follows():
    booking = session()
    send(booking, "confirmation")
    off = cancel(booking)
    send(off, "cancelled")
    on_again = restore(off)
    assert planned(on_again) == {"confirmation": "Mon 12:02"} | STEPS
    assert compose(on_again.messages.get(kind="confirmation", state="queued")).subject.startswith("Booked: ")


def test_who_knows_nothing_of_it_hears_nothing_of_it():
    booking = session()
    send(booking, "confirmation")
    on_again = restore(cancel(booking))
    assert planned(on_again) == STEPS
    assert on_again.messages.get(kind="cancelled").state == "withdrawn"


def test_who_had_no_confirmation_yet_gets_it():
    assert planned(restore(cancel(session()))) == {"confirmation": "Mon 12:02"} | STEPS


def test_what_has_left_before_does_not_leave_again():
    booking = session()
    send(booking, "confirmation", "day_before")
    on_again = restore(cancel(booking, now=at(15, days=3)), now=at(15, 1, days=3))
    assert planned(on_again) == {kind: at for kind, at in STEPS.items() if kind != "day_before"}


def test_what_came_due_between_cancelling_and_taking_back_is_not_lost():
    booking = session()
    send(booking, "confirmation")
    on_again = restore(cancel(booking, now=at(14, 19, days=3)), now=at(14, 21, days=3))
    assert planned(on_again) == STEPS


def test_every_message_of_the_new_edition_is_wanted():
    booking = session()
    send(booking, "confirmation")
    on_again = restore(cancel(booking))
    waiting = on_again.messages.filter(state="queued").select_related("booking__location", "booking__length")
    assert [wanted.why_not(message) for message in waiting] == [""] * 4


def test_cancelled_and_taken_back_again_and_again_there_is_one_set():
    booking = session()
    send(booking, "confirmation")
    for _ in range(3):
        booking = restore(cancel(booking))
    assert planned(booking) == STEPS
    assert booking.messages.filter(state="queued").count() == 4


def ana() -> Booking:
    return session(therapist=make.therapist(name="Ana", user=make.user(email="ana@mail.example")))


def hers(booking) -> list[str]:
    return list(booking.messages.filter(therapist__isnull=False, state="queued").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("read", "hears"),
    [
        ((), ["therapist_new"]),
        (("therapist_new",), []),
        (("therapist_new", "therapist_cancelled"), ["therapist_new"]),
    ],
)
def test_the_therapist_hears_of_it_unless_she_still_believes_that_it_is_hers(read, hears):
    booking = ana()
    send(booking, "confirmation", *read)
    off = cancel(booking)
    send(off, *read)
    assert hers(restore(off)) == hears
