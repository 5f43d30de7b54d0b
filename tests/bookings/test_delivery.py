"""Handing over: a message leaves once, and its row keeps the truth. Real mail server, real database."""

import socket
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import reminder_rows, reminders
from bookings.models import Booking, Message
from spa import clock
from tests import factories as make
from tests.bookings.mail_server import MailServer
from tests.bookings.sending import deliver_to, note, run, state

LATER = timedelta(hours=2)


def confirmation(**fields) -> Message:
    """The queued confirmation of a session that starts in two hours."""
    now = clock.now()
    start = (now + LATER).replace(minute=0, second=0, microsecond=0)
    booking = make.booking(**{"start": start} | fields)
    reminders.plan(booking=booking, now=now)
    return booking.messages.get(kind="confirmation")


@pytest.mark.django_db
def test_a_due_confirmation_leaves_once_and_its_row_keeps_the_words(server):
    message = confirmation()
    assert [run(), run()] == [{"sent": 1}, {}]
    assert state(message) == ("sent", "")
    (mail,) = server.taken
    assert (mail["To"], mail["Subject"], message.attempts) == (message.booking.email, message.subject, 1)
    assert mail.get_body(("plain",)).get_content().split() == message.text.split()
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["text/calendar"]


@pytest.mark.django_db
def test_what_is_not_due_waits(server):
    message = note(due_at=clock.now() + timedelta(seconds=30))
    assert (run(), state(message)) == ({}, ("queued", ""))


@pytest.mark.django_db
def test_a_batch_uses_one_conversation(server):
    for _ in range(3):
        note()
    assert (run(), server.conversations) == ({"sent": 3}, 1)


@pytest.mark.django_db
def test_a_run_ends_at_its_limit(server):
    for _ in range(3):
        note()
    assert [run(limit=2), run(limit=2)] == [{"sent": 2}, {"sent": 1}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "cancelled"}, "The booking is cancelled."),
        ({"edition": 2}, "The booking was moved since."),
    ],
)
def test_the_booking_is_read_again_before_sending(server, change, reason):
    message = confirmation()
    Booking.objects.filter(pk=message.booking_id).update(**change)
    assert run() == {"skipped": 1}
    assert (state(message), server.taken) == (("skipped", reason), [])


@pytest.mark.django_db
def test_a_changed_address_gets_the_mail(server):
    message = confirmation()
    Booking.objects.filter(pk=message.booking_id).update(email="new@mail.example")
    run()
    assert [mail["To"] for mail in server.taken] == ["new@mail.example"]


@pytest.mark.django_db
def test_what_is_no_longer_useful_is_not_sent(server):
    message = note(useful_until=clock.now())
    assert (run(), state(message)) == ({"skipped": 1}, ("skipped", "It was too late to be of use."))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("550", "The mail server does not take mail for this address (550)."),
        ("554 words", "The mail server answered 554."),
    ],
)
def test_a_refusal_is_final_and_stops_nobody_else(server, does, reason):
    server.does["gone@mail.example"] = does
    gone, fine = note(recipient="gone@mail.example"), note()
    assert run() == {"failed": 1, "sent": 1}
    assert (state(gone), state(fine)) == (("failed", reason), ("sent", ""))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("450", "The mail server does not take mail for this address (450)."),
        ("421", "The mail server does not take mail for this address (421)."),
        ("451 words", "The mail server answered 451."),
        ("hang", "The mail server did not answer in time."),
        ("dribble", "The mail server did not answer in time."),
        ("drop", "The mail server ended the conversation."),
    ],
)
def test_a_trouble_that_may_pass_is_tried_again_and_stops_nobody_else(server, does, reason):
    server.does["slow@mail.example"] = does
    slow, fine, begun = note(recipient="slow@mail.example"), note(), time.monotonic()
    assert run() == {"queued": 1, "sent": 1}
    assert (state(slow), state(fine)) == (("queued", reason), ("sent", ""))
    assert time.monotonic() - begun < 3


@pytest.mark.django_db
@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 5), (2, 15), (3, 60)])
def test_the_pauses_grow(server, attempts, minutes):
    server.does["slow@mail.example"] = "450"
    message, now = note(recipient="slow@mail.example", attempts=attempts), clock.now()
    assert run() == {"queued": 1}
    message.refresh_from_db()
    assert round((message.due_at - now).total_seconds() / 60) == minutes


@pytest.mark.django_db
def test_the_fifth_attempt_is_the_last(server):
    server.does["slow@mail.example"] = "450"
    message = note(recipient="slow@mail.example", attempts=4)
    assert (run(), state(message)[0]) == ({"failed": 1}, "failed")


@pytest.mark.django_db
def test_a_new_attempt_that_would_come_too_late_is_not_waited_for(server):
    server.does["slow@mail.example"] = "450"
    message = note(recipient="slow@mail.example", useful_until=clock.now() + timedelta(seconds=50))
    assert (run(), state(message)[0]) == ({"failed": 1}, "failed")


@pytest.mark.django_db
def test_a_mail_that_is_sent_again_carries_the_same_id(server):
    server.does["slow@mail.example"] = "drop"
    message = note(recipient="slow@mail.example")
    run()
    Message.objects.update(due_at=clock.now())
    server.does.clear()
    assert (run(), state(message)[0]) == ({"sent": 1}, "sent")
    assert server.ids[0] == server.ids[1]


@pytest.mark.django_db
def test_while_no_mail_server_answers_nothing_is_lost_or_counted(settings, server):
    deliver_to(settings, 1)
    message = note()
    assert (run(), state(message), message.attempts) == ({}, ("queued", "The mail server ended the conversation."), 0)
    deliver_to(settings, server.port)
    assert (run(), state(message)) == ({"sent": 1}, ("sent", ""))


@pytest.mark.django_db
def test_a_server_that_never_says_a_word_is_left_in_time(settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        deliver_to(settings, silent.getsockname()[1])
        message, begun = note(), time.monotonic()
        assert (run(), state(message)) == ({}, ("queued", "The mail server did not answer in time."))
    assert time.monotonic() - begun < 3


@pytest.mark.django_db
def test_a_server_that_turns_everybody_away_at_the_door_is_an_outage(settings):
    with MailServer(greeting="421 not now") as server:
        deliver_to(settings, server.port)
        message = note()
        assert (run(), state(message), message.attempts) == ({}, ("queued", "The mail server answered 421."), 0)


@pytest.mark.django_db
@pytest.mark.parametrize("recipient", ["a@mail.example\nBcc: b@mail.example", "", "@"])
def test_an_address_that_is_none_fails_alone(server, recipient):
    bad, fine = note(recipient=recipient), note()
    run()
    assert (state(bad)[0], state(fine)[0]) == ("failed", "sent")


@pytest.mark.django_db
def test_words_that_cannot_be_written_stop_nobody_else(server):
    bad, fine = note(kind="nonsense", booking=make.booking()), note()
    Message.objects.filter(pk=bad.pk).update(key=reminder_rows.key(bad.booking, "nonsense", "mail"))
    run()
    assert (state(bad), state(fine)[0]) == (("queued", "The message could not be written."), "sent")


@pytest.mark.django_db
@pytest.mark.parametrize(("does", "ends"), [("", "sent"), ("550", "failed")])
def test_secret_words_are_deleted_when_their_mail_is_over(server, does, ends):
    server.does["ana@mail.example"] = does
    message = note(recipient="ana@mail.example", text="123456", html="<b>123456</b>", is_secret=True)
    assert (run(), state(message)[0], message.text, message.html) == ({ends: 1}, ends, "", "")


def statements(count: int) -> int:
    """How many it takes to send that many reminders of one treatment in a run."""
    now, length, place = clock.now(), make.length(), make.location(quiet_from="00:00", quiet_until="00:00")
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    for _ in range(count):
        booking = make.booking(start=start, length=length, room=make.room(location=place))
        due_at = now - timedelta(seconds=1)
        reminders.plan(booking=booking, now=now - timedelta(days=7))
        booking.messages.exclude(kind="day_before").delete()
        booking.messages.update(due_at=due_at)
    with CaptureQueriesContext(connection) as taken:
        assert run() == {"sent": count}
    return len(taken)


@pytest.mark.django_db
def test_a_reminder_more_takes_six_statements_more(server):
    statements(1)
    assert statements(6) - statements(3) == 3 * len(["same day", "begin", "look", "count", "commit", "mark"])
