"""What therapists hear of their sessions: what is new, moved or off, once, and only who wants to hear it."""

from datetime import timedelta

import pytest

from bookings import reminders, staff_notices
from bookings.models import Booking, Message
from bookings.models.event import CLIENT, Was, record
from bookings.outbox import delivery
from bookings.outbox.compose import compose
from tests import factories as make
from tests.factories import NOW, at
from therapists.models import Therapist

pytestmark = pytest.mark.django_db


def person(name: str, **fields) -> Therapist:
    return make.therapist(name=name, user=make.user(email=f"{name.lower()}@mail.example"), **fields)


@pytest.fixture
def ana() -> Therapist:
    return person("Ana")


@pytest.fixture
def mei() -> Therapist:
    return person("Mei")


def booked(therapist, **fields) -> Booking:
    """Robin on Friday 27 November 2026 at 14:20."""
    style = make.treatment(name="Back on the mat")
    length = make.length(treatment=style)
    booking = make.booking(therapist=therapist, start=at(14, 20, days=4), length=length, **fields)
    reminders.plan(booking=booking, now=NOW)
    return booking


def change(booking, by=timedelta(), therapist=None) -> Booking:
    """What a move does to the row, its events and its messages."""
    was, before = Was.of(booking), booking.during
    during = type(before)(before.lower + by, before.upper + by)
    fields = {"during": during, "therapist_block": during, "room_block": during, "edition": booking.edition + 1}
    Booking.objects.filter(pk=booking.pk).update(therapist=therapist or booking.therapist, **fields)
    now = Booking.objects.get(pk=booking.pk)
    record(booking=now, verb="moved", by=CLIENT, now=NOW, was=was)
    words = {"before_edition": booking.edition, "former_therapist": booking.therapist_id}
    reminders.replan(booking=now, now=NOW, **words)
    return now


def cancel(booking) -> Booking:
    Booking.objects.filter(pk=booking.pk).update(status="cancelled")
    off = Booking.objects.get(pk=booking.pk)
    reminders.cancelled(booking=off, now=NOW)
    return off


def waiting() -> list[tuple[str, str]]:
    rows = Message.objects.filter(therapist__isnull=False, state="queued").order_by("therapist__name", "pk")
    return [(row.therapist.name, row.kind) for row in rows]


def send() -> None:
    Message.objects.filter(state="queued").update(state="sent", sent_at=NOW)


def words(kind: str) -> tuple[str, str]:
    composed = compose(Message.objects.get(kind=kind, state="queued"))
    return composed.subject, composed.text


def test_she_hears_of_a_new_session_at_once_at_the_address_she_signs_in_with(ana):
    booking = booked(ana)
    message = Message.objects.get(therapist=ana)
    expected = (f"booking/{booking.pk}/therapist_new/{ana.pk}/1", "ana@mail.example", NOW, booking.during.upper)
    assert (message.key, message.recipient, message.due_at, message.useful_until) == expected


def test_planning_twice_tells_once(ana):
    reminders.plan(booking=booked(ana), now=NOW)
    assert waiting() == [("Ana", "therapist_new")]


@pytest.mark.parametrize("fields", [{"user": None}, {"hears_new": False}])
def test_who_does_not_sign_in_or_does_not_want_to_hears_nothing(fields):
    booked(make.therapist(**{"name": "Jo", "user": make.user()} | fields))
    assert waiting() == []


def test_who_was_switched_off_hears_nothing(ana):
    ana.user.is_active = False
    booked(ana)
    assert waiting() == []


def test_a_moved_session_is_told_as_moved(ana):
    booking = booked(ana)
    send()
    change(booking, by=timedelta(days=1))
    assert waiting() == [("Ana", "therapist_moved")]


def test_who_has_not_heard_yet_hears_of_it_once_as_it_is_now(ana):
    change(booked(ana), by=timedelta(days=1))
    assert waiting() == [("Ana", "therapist_new")]
    assert words("therapist_new")[0] == "New session: Saturday 28 November 2026, 14:20"


def test_another_therapist_takes_it_over_and_both_hear(ana, mei):
    booking = booked(ana)
    send()
    change(booking, therapist=mei)
    assert waiting() == [("Ana", "therapist_cancelled"), ("Mei", "therapist_new")]


def test_there_and_back_before_anything_left_is_a_change_for_one(ana, mei):
    booking = booked(ana)
    send()
    change(change(booking, therapist=mei), by=timedelta(hours=1), therapist=ana)
    assert waiting() == [("Ana", "therapist_moved")]


def test_a_session_that_is_off_before_she_heard_of_it_is_no_news(ana):
    cancel(booked(ana))
    assert waiting() == []


def test_a_session_that_is_off_is_told_to_who_knew(ana):
    booking = booked(ana)
    send()
    cancel(booking)
    assert waiting() == [("Ana", "therapist_cancelled")]


def test_new_ones_off_and_cancelled_ones_on_still_tells_the_cancellation():
    cancel(booked(person("Jo", hears_new=False)))
    assert waiting() == [("Jo", "therapist_cancelled")]


def test_the_clients_own_messages_are_not_taken_for_hers(ana):
    booking = booked(ana)
    Message.objects.filter(therapist=ana).update(state="sent", sent_at=NOW)
    change(booking, by=timedelta(days=1))
    assert booking.messages.filter(state="queued", kind="confirmation").count() == 1


def test_a_new_session_in_words(ana):
    booked(ana)
    subject, text = words("therapist_new")
    assert subject == "New session: Friday 27 November 2026, 14:20"
    assert text.splitlines()[:5] == [
        "Hello Ana,",
        "",
        "you have a new session on Friday 27 November 2026:",
        "",
        "Robin, Back on the mat, 14:20 to 14:50",
    ]


def test_a_moved_session_says_when_it_was(ana):
    booking = booked(ana)
    send()
    change(booking, by=timedelta(days=1))
    subject, text = words("therapist_moved")
    assert subject == "Changed session: now Saturday 28 November 2026, 14:20"
    assert "your session of Friday 27 November 2026, 14:20 was moved. It is now on Saturday 28 November 2026:" in text


def test_moved_twice_before_she_reads_it_says_what_she_knew(ana):
    booking = booked(ana)
    send()
    change(change(booking, by=timedelta(days=1)), by=timedelta(days=2))
    assert "your session of Friday 27 November 2026, 14:20 was moved." in words("therapist_moved")[1]


def test_a_session_given_away_names_the_time_she_knew(ana, mei):
    booking = booked(ana)
    send()
    change(booking, by=timedelta(days=1), therapist=mei)
    assert words("therapist_cancelled")[0] == "No longer yours: Friday 27 November 2026, 14:20"
    assert words("therapist_new")[0] == "New session: Saturday 28 November 2026, 14:20"


def test_a_cancelled_session_in_words(ana):
    booking = booked(ana)
    send()
    cancel(booking)
    assert words("therapist_cancelled")[0] == "Cancelled: Friday 27 November 2026, 14:20"


def test_nothing_but_first_name_treatment_and_time_of_the_client(ana):
    booking = booked(ana, client=make.client(phone="+447700900123"), screening="call_first", note="A sore knee")
    told = "".join(words("therapist_new"))
    secrets = ("Hale", booking.email, "900123", "call", "knee", booking.reference)
    assert [secret for secret in secrets if secret in told] == []


@pytest.mark.parametrize(
    ("booking", "therapist", "reason"),
    [
        ({}, {}, ""),
        ({"status": "cancelled"}, {}, "The booking is cancelled."),
        ({"edition": 2}, {}, "The booking was moved since."),
        ({}, {"hears_new": False}, "This message is switched off."),
        ({}, {"user": None}, "The therapist has no address to sign in with."),
    ],
)
def test_it_is_looked_at_again_before_it_leaves(ana, booking, therapist, reason):
    made = booked(ana)
    Booking.objects.filter(pk=made.pk).update(**booking)
    Therapist.objects.filter(pk=ana.pk).update(**therapist)
    assert staff_notices.why_not(Message.objects.get(therapist=ana)) == reason


def test_it_leaves_to_her_and_not_to_the_client(ana, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    booked(ana, screening="clear")
    Message.objects.exclude(therapist=ana).delete()
    assert delivery.deliver_due(NOW) == {"sent": 1}
    (mail,) = tmp_path.iterdir()
    assert "To: ana@mail.example" in mail.read_text()
