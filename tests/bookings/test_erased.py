"""Somebody goes through every page with words that are only hers; after she was erased nothing knows them any more."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client as Browser

from bookings import links, privacy, reminders
from bookings.models import Booking, Message
from bookings.outbox import delivery
from clients.models import Client
from spa import clock
from spa.logs import NoTokens
from tests import factories as make
from tests.races.databases import dump, fresh_database, own_name

MARKERS = ("Quillfeather", "Ottoline", "ottoline@quill.example", "447700900321")
TYPED = {"name": "Ottoline Quillfeather", "email": "Ottoline@quill.example", "phone": "07700 900321", "safe": "none"}


@pytest.fixture
def studio(django_db_blocker, settings) -> Iterator[make.SmallStudio]:
    settings.EMAIL_BACKEND, settings.MAIL_TO_FILES = "django.core.mail.backends.locmem.EmailBackend", False
    with django_db_blocker.unblock(), fresh_database(own_name("erased")):
        cast = make.small_studio()
        cast.ana.user = make.user(email="ana@mail.example", role="therapist")
        cast.ana.save()
        yield cast


def book(browser: Browser) -> Booking:
    """The last time with Ana that is shown, days ahead whatever the hour, through the pages that everybody uses."""
    choice = {"where": "weir-lane", "treatment": "back-30", "with": "ana"}
    start = re.findall(r'name="start" value="([^"]+)"', browser.get("/book/", choice).text)[-1]
    details = browser.post("/book/hold/", choice | {"start": start})["Location"]
    browser.post(details, {**TYPED, "name": "<Ottoline Quillfeather", "do": "book"})
    assert browser.post(details, TYPED | {"do": "book"}).status_code == 303
    return Booking.objects.latest("pk")


def behind(booking: Booking, scope: str) -> str:
    return f"/b/{links.make(booking, scope)}/{scope}/"


def live_through(browser: Browser) -> Client:
    """She books, says what suits her, asks for links and a code, waits for a time, and cancels; all is sent."""
    booking = book(browser)
    browser.post(behind(booking, "wishes"), {"pressure": "4", "focus": ["hips"], "language": "en"})
    browser.post(behind(booking, "reach"), {"way": "both", "phone": TYPED["phone"]})
    browser.post(behind(booking, "confirm"), {"edition": 1})
    browser.post("/b/", {"email": TYPED["email"]})
    Browser().post("/my/sign-in/", {"email": TYPED["email"]})
    day = clock.now().date().isoformat()
    choice = {"where": "weir-lane", "treatment": "back-30", "with": "", "first_on": day, "last_on": day, "part": "any"}
    browser.post("/book/waiting/", choice | TYPED)
    delivery.deliver_due(clock.now())
    browser.post(behind(booking, "cancel"), {"edition": 1})
    for path in ("/b/nothing/", f"/b/{links.make(booking)}x/"):
        browser.get(path)
    delivery.deliver_due(clock.now())
    return Client.objects.get(email__iexact=TYPED["email"])


def everything() -> str:
    """A real backup as text, and the browser sessions, which are packed in it."""
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    return dump("--data-only").decode() + "\n".join(sessions)


def test_no_table_message_session_or_backup_knows_her_afterwards(studio):
    her = live_through(Browser())
    assert Message.objects.filter(state="sent").count() >= 4
    before = everything().lower()
    assert [marker for marker in MARKERS if marker.lower() not in before] == []
    sessions = Booking.objects.filter(reference__isnull=False).count()
    privacy.erase(client=her, now=clock.now())
    after = everything().lower()
    assert [marker for marker in MARKERS if marker.lower() in after] == []
    assert Booking.objects.filter(reference__isnull=False).count() == sessions


def test_no_log_knows_her_at_any_time(studio, caplog):
    caplog.set_level(logging.INFO)
    with caplog.filtering(NoTokens()):
        her = live_through(Browser())
        privacy.erase(client=her, now=clock.now())
    assert "Not Found: /b/" in caplog.text
    tokens = [links.make(one, scope) for one in Booking.objects.all() for scope in ("view", "wishes", "cancel")]
    known = [*MARKERS, *tokens, *(message.body for message in mail.outbox)]
    assert [words for words in known if words.lower() in caplog.text.lower()] == []


def test_what_waits_to_leave_when_she_is_erased_does_not_leave(studio):
    booking = book(Browser())
    reminders.withdraw(booking=booking)
    Booking.objects.filter(pk=booking.pk).update(status="done")
    make.message(booking=booking, kind="next_day", recipient=booking.email, due_at=clock.now() - timedelta(minutes=1))
    privacy.erase(client=booking.client, now=clock.now())
    delivery.deliver_due(clock.now())
    assert [message.to for message in mail.outbox if "quill.example" in str(message.to)] == []
