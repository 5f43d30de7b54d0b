"""A worker that was down for an hour, and three beats at once: each message leaves once, and only what is of use."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from bookings import actions, reminders
from bookings.availability import Wish
from bookings.models import Booking, Message
from bookings.models.event import Actor
from bookings.outbox import delivery
from tests import factories as make
from tests.bookings.mail_server import MailServer
from tests.bookings.procfile import wait_for
from tests.bookings.senders import confirmations, doubled, senders
from tests.factories import NOW, at

EARLY = NOW - timedelta(days=7)
PATIENCE_SECONDS = 60
STAFF = Actor("staff")


@pytest.fixture
def server(settings):
    with MailServer() as mail_server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", mail_server.port, 5
        settings.MAIL_TO_FILES = False
        yield mail_server


def booked(**fields) -> Booking:
    """A session on Friday 27 November 2026, booked a week before its Monday; its confirmation is through."""
    booking = make.booking(**{"start": at(14, 20, days=4), "created_at": EARLY} | fields)
    reminders.plan(booking=booking, now=EARLY)
    booking.messages.filter(kind="confirmation").update(state="sent", sent_at=EARLY)
    return booking


def states(booking) -> dict[str, str]:
    return dict(booking.messages.exclude(kind="confirmation").values_list("kind", "state"))


@pytest.mark.django_db
def test_after_an_hour_it_catches_up_once_and_only_with_what_is_still_of_use(server):
    """Down from 11:10 to 12:10 on the Friday: two meals came near, and for one of them it is too late by now."""
    soon, later = booked(start=at(13, 30, days=4)), booked()
    cancelled, tomorrow = booked(start=at(14, 25, days=4)), booked(start=at(11, 30, days=5))
    delivery.tick(at(10, days=4))  # what left before
    Message.objects.filter(kind="before_meal", booking=soon).update(state="queued", due_at=at(11, 15, days=4))
    actions.cancel(booking=cancelled, by=STAFF, now=at(11, 30, days=4))
    assert [delivery.tick(at(12, 10, days=4)) for _ in range(2)] == [{"sent": 3, "skipped": 1}, {}]
    assert states(soon)["before_meal"] == "skipped"
    assert (states(later)["before_meal"], states(tomorrow)["day_before"]) == ("sent", "sent")
    assert (states(cancelled)["before_meal"], states(cancelled)["cancelled"]) == ("withdrawn", "sent")
    assert doubled(server) == 0


@pytest.mark.django_db(transaction=True)
def test_three_senders_at_once_are_three_processes_and_double_nothing():
    with MailServer() as server:
        confirmations(60)
        with senders(server, 3) as next_process:
            assert len({next_process() for _ in range(3)}) == 3
            wait_for(lambda: len(server.taken) >= 60, PATIENCE_SECONDS)
        assert (len(server.taken), doubled(server)) == (60, 0)


def moved(booking: Booking, start) -> None:
    """The desk moves it, as it does with its own card."""
    length, therapist = booking.length, booking.therapist
    wish = Wish(booking.location, length, therapist, start.date(), days=1)
    change = actions.Change(by=STAFF, now=NOW, reason="asked for")
    actions.move(booking=booking, wish=wish, start=start, change=change)


def said(mail: EmailMessage) -> str:
    """Subject, text, HTML without its tags, and calendar file of a mail that was sent, on one line."""
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    html = re.sub(r"(?s)<(style|head).*?</\1>|<[^>]*>", " ", html)
    files = [part.get_content() for part in mail.iter_attachments()]
    return " ".join(" ".join([mail["Subject"], text, html, *files]).split())


CLOCKS = ("14:20", "14:50", "12:50", "14:10", "14:05", "132000Z", "142000Z")
DAYS = ("27 November", "26 November", "Friday", "Thursday 26", "20261127")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by", "gone"),
    [
        (timedelta(days=37), DAYS),
        (timedelta(hours=1), CLOCKS),
        (timedelta(days=37, hours=1), DAYS + CLOCKS),
    ],
)
def test_every_time_in_the_mails_that_are_sent_after_a_move_is_the_new_one(server, by, gone):
    cast = make.small_studio(horizon_days=90, lead_minutes=0)
    booking = booked(therapist=cast.ana, room=cast.mat_room, length=cast.back30)
    moved(booking, booking.during.lower + by)
    booking.refresh_from_db()
    for message in booking.messages.filter(state="queued").order_by("due_at"):
        delivery.deliver_due(message.due_at)
    assert [mail["Subject"].split(":")[0] for mail in server.taken][0] == "Changed"
    assert len(server.taken) == 5
    assert [old for mail in server.taken for old in gone if old in said(mail)] == []


@pytest.mark.django_db
def test_the_calendar_file_of_the_sent_mail_names_the_new_time(server):
    cast = make.small_studio(horizon_days=90, lead_minutes=0)
    booking = booked(therapist=cast.ana, room=cast.mat_room, length=cast.back30)
    moved(booking, booking.during.lower + timedelta(days=37, hours=1))
    delivery.deliver_due(NOW)
    (file,) = server.taken[0].iter_attachments()
    (event,) = Calendar.from_ical(file.get_content()).walk("VEVENT")
    assert (event["DTSTART"].dt, event["SEQUENCE"]) == (at(15, 20, days=41), 2)
