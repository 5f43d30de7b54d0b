"""Texts leave once, or the desk reads why not: the tests talk to a real gateway on loopback."""

import json
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.db.models import Q

from bookings import reach, reminder_rows
from bookings.models import Booking, Message
from bookings.outbox import claims, delivery
from clients.consent import agree_to_texts, stop_texts
from spa import clock
from tests import factories as make
from tests.bookings.gateway import Gateway
from tests.bookings.mail_server import MailServer
from tests.bookings.senders import finish, kill_senders, texts

pytestmark = pytest.mark.django_db
NUMBER = "+447700900123"
SILENT = "The SMS gateway fell silent: the text may have left."


@pytest.fixture
def gateway(settings):
    with Gateway() as stub:
        settings.SMS_BACKEND, settings.SMS_URL, settings.SMS_TIMEOUT = "http", stub.url, 1
        settings.SMS_HEADER, settings.SMS_IS_JSON = "Authorization: Bearer word", True
        settings.SMS_BODY = '{"to": "{to}", "text": "{text}"}'
        yield stub


@pytest.fixture
def mails(settings):
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 1
        settings.MAIL_TO_FILES = False
        yield server


def note(**fields) -> Message:
    """A queued text that brings its own words, to a number that has agreed."""
    now = clock.now()
    agree_to_texts(fields.setdefault("recipient", NUMBER), now)
    return make.message(**{"channel": "sms", "text": "Words", "due_at": now, "created_at": now} | fields)


def reminder(**fields) -> Message:
    """The text about eating of a session in three to four hours, of a client who chose texts; she may still eat."""
    now = clock.now()
    agree_to_texts(NUMBER, now)
    start = (now + timedelta(hours=4)).replace(minute=0, second=0, microsecond=0)
    place = make.location(quiet_from="00:00", quiet_until="00:00")
    client = make.client(email="robin@mail.example", phone=NUMBER)
    words = {"client": client, "start": start, "reach": "sms", "room": make.room(location=place)}
    booking = make.booking(**words | fields)
    key = reminder_rows.key(booking, "before_meal", "sms")
    return note(booking=booking, kind="before_meal", key=key, useful_until=start)


def run() -> dict[str, int]:
    return delivery.deliver_due(clock.now())


def state(message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.reason


def test_a_text_leaves_once_as_one_post(gateway):
    message = note(text='Friday "14:20" \\ é')
    assert [run(), run()] == [{"sent": 1}, {}]
    ((path, headers, body),) = gateway.taken
    assert (path, headers["Authorization"], headers["Content-Type"]) == (
        "/send?account=7",
        "Bearer word",
        "application/json",
    )
    assert json.loads(body) == {"to": NUMBER, "text": 'Friday "14:20" \\ é'}
    assert state(message) == ("sent", "")


def test_a_gateway_that_takes_forms_gets_a_form(gateway, settings):
    settings.SMS_BODY, settings.SMS_IS_JSON = "To={to}&Body={text}&From=Studio", False
    note(text="a&To=+1 {to}")
    run()
    assert parse_qs(gateway.bodies[0]) == {"To": [NUMBER], "Body": ["a&To=+1 {to}"], "From": ["Studio"]}


def test_the_row_keeps_the_words_and_the_number(gateway):
    message = reminder()
    assert run() == {"sent": 1}
    message.refresh_from_db()
    assert (message.recipient, message.text) == (NUMBER, json.loads(gateway.bodies[0])["text"])


@pytest.mark.parametrize("status", [400, 401, 404, 422, 301, 302])
def test_a_refusal_is_final_and_a_redirect_is_one(gateway, status):
    gateway.does = status
    message = note()
    assert (run(), state(message)) == ({"failed": 1}, ("failed", f"The SMS gateway answered {status}."))
    assert len(gateway.taken) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_trouble_that_may_pass_is_tried_again(gateway, status):
    gateway.does = status
    message = note()
    assert (run(), state(message)) == ({"queued": 1}, ("queued", f"The SMS gateway answered {status}."))
    Message.objects.update(due_at=clock.now())
    gateway.does = 200
    assert (run(), state(message), message.attempts) == ({"sent": 1}, ("sent", ""), 2)


def test_a_gateway_that_cannot_be_reached_is_tried_again(gateway, settings):
    settings.SMS_URL = "http://127.0.0.1:1/"
    message = note()
    assert (run(), state(message)) == ({"queued": 1}, ("queued", "The SMS gateway cannot be reached."))


def test_an_answer_about_one_text_stops_no_other(gateway):
    gateway.does = 500
    note(), note()
    assert (run(), len(gateway.taken)) == ({"queued": 2}, 2)


@pytest.mark.parametrize("does", ["hang", "drop", "dribble"])
def test_a_text_that_may_have_left_is_not_repeated(gateway, does):
    gateway.does, begun = does, time.monotonic()
    message = note()
    assert [run(), run()] == [{"failed": 1}, {}]
    assert (state(message), len(gateway.taken), time.monotonic() - begun < 3) == (("failed", SILENT), 1, True)


def test_a_silent_gateway_costs_one_wait_and_keeps_no_mail(gateway, mails):
    gateway.does = "hang"
    first, second, mail = note(), note(), make.message(text="Words\n", due_at=clock.now())
    assert run() == {"failed": 1, "sent": 1}
    assert [state(message)[0] for message in (first, second, mail)] == ["failed", "queued", "sent"]


def test_a_dead_mail_server_keeps_no_text(gateway, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    text, mail = note(), make.message(text="Words\n", due_at=clock.now())
    assert (run(), state(text)[0], state(mail)[0]) == ({"sent": 1}, "sent", "queued")


def begin() -> None:
    """A worker takes the one text, and begins to hand it over."""
    (text,) = claims.claim(reach.SMS, clock.now())
    claims.begin(text)


def test_a_text_whose_worker_died_before_it_began_is_sent(gateway):
    message = note()
    claims.claim(reach.SMS, clock.now())
    Message.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert (run(), state(message), message.attempts) == ({"sent": 1}, ("sent", ""), 1)


def test_what_a_dead_worker_left_is_flagged_and_never_repeated(gateway):
    message = note()
    begin()
    assert run() == {}
    Message.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert (run(), gateway.taken) == ({}, [])
    assert state(message) == ("failed", "The sender stopped in the middle: the text may have left.")


def test_without_that_rule_it_would_be_sent_again(gateway, monkeypatch):
    monkeypatch.setattr(claims, "LOST_TEXT", Q(pk=None))
    note()
    begin()
    Message.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert run() == {"sent": 1}


def test_a_number_that_has_not_agreed_or_said_stop_gets_nothing(gateway):
    agreed, stopped = note(), note(recipient="+447700900999")
    stop_texts("+447700900999", clock.now())
    assert run() == {"skipped": 1, "sent": 1}
    assert state(stopped) == ("skipped", "This number has not agreed to text messages, or has stopped them.")
    assert state(agreed) == ("sent", "")


def test_a_changed_number_that_has_not_agreed_gets_nothing(gateway):
    message = reminder()
    Booking.objects.update(phone="+447700900555")
    assert (run(), state(message)[0], gateway.taken) == ({"skipped": 1}, "skipped", [])


@pytest.mark.django_db(transaction=True)
def test_senders_that_are_killed_double_no_text_and_leave_none_without_a_word(gateway):
    gateway.pause = 0.02
    texts(40)
    kill_senders(gateway, workers=2, kills=8, batch=3)
    finish()
    states = Counter(Message.objects.values_list("state", flat=True))
    assert len(set(gateway.bodies)) == len(gateway.bodies)
    assert (states["sent"] + states["failed"], states["failed"] <= 8) == (40, True)
    assert states["sent"] <= len(gateway.bodies)


@pytest.mark.parametrize("does", [400, "drop"])
def test_a_text_that_failed_is_followed_by_one_mail(gateway, mails, does):
    gateway.does = does
    message = reminder()
    assert run() == {"failed": 1, "sent": 1}
    other = message.booking.messages.get(channel="mail")
    assert (other.key, other.kind) == (reminder_rows.key(message.booking, "before_meal", "mail"), "before_meal")
    assert [mail["To"] for mail in mails.taken] == ["robin@mail.example"]
    message.refresh_from_db()
    assert ("Finish eating by" in message.text) == (does == "drop")  # it may have left: the desk reads what


def test_when_both_ways_fail_there_is_no_third(gateway, mails):
    gateway.does, mails.does["robin@mail.example"] = 400, "550"
    message = reminder()
    assert [run(), run()] == [{"failed": 2}, {}]
    assert message.booking.messages.count() == 2


def test_a_mail_that_failed_is_followed_by_a_text_to_who_agreed(gateway, mails):
    mails.does["robin@mail.example"] = "550"
    booking = reminder().booking
    booking.messages.update(channel="mail", key=reminder_rows.key(booking, "before_meal", "mail"))
    assert [run(), run()] == [{"failed": 1}, {"sent": 1}]
    assert len(gateway.taken) == 1


def test_what_is_no_longer_of_use_has_no_second_way(gateway, mails):
    gateway.does = 400
    message = reminder()
    message.booking.messages.update(key=reminder_rows.key(message.booking, "before_meal", "sms")[:-1] + "0")
    assert run() == {"skipped": 1}
    assert message.booking.messages.count() == 1


def test_a_text_is_a_file_on_a_computer_without_a_gateway(settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_DIR = "file", tmp_path / "sms"
    message = note()
    assert run() == {"sent": 1}
    (file,) = settings.SMS_DIR.iterdir()
    assert (file.name, file.read_text()) == (f"{message.pk:08}.txt", f"To: {NUMBER}\n\nWords\n")


def test_a_text_is_a_line_on_the_console(settings, capsys):
    settings.SMS_BACKEND = "console"
    note()
    assert (run(), capsys.readouterr().out) == ({"sent": 1}, f"SMS to {NUMBER}: Words\n")


def test_texts_that_were_switched_off_since_fail_with_a_reason(settings):
    settings.SMS_BACKEND = "off"
    message = note()
    assert (run(), state(message)) == ({"failed": 1}, ("failed", "Text messages are switched off."))
