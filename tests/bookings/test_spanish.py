"""A client who reads Spanish gets Spanish mails and texts, also from a studio that has written no word of its own."""

import re

import pytest
from django.utils.translation import override

from bookings import actions, guidance, reminders
from bookings.advice import moments_for
from bookings.models import Booking, Message
from bookings.models.event import CLIENT
from bookings.outbox.compose import compose
from bookings.reminder_steps import USUAL_WORDS
from bookings.waiting_notices import JOINED
from tests import factories as make
from tests.factories import NOW, at
from treatments.placeholders import PLACEHOLDERS

pytestmark = pytest.mark.django_db
KINDS = ("confirmation", "moved", "details", "day_before", "before_meal", "aftercare", "next_day")
ENGLISH = {"the", "and", "you", "your", "is", "are", "was", "with", "by", "until", "from"}
ENGLISH |= {"we", "us", "our", "it", "this", "that", "please", "session", "time", "page"}


def session() -> Booking:
    """Robin on Friday 27 November 2026 at 14:20, with Ana. Nothing that the studio has named is English."""
    words = {"therapist": make.therapist(name="Ana"), "treatment_name": "Espalda", "reference": "SS 4K7QX"}
    client = make.client(name="Robin Hale", email="robin@mail.example", phone="+34600000000")
    booking = make.booking(start=at(14, 20, days=4), client=client, language="es", **words)
    type(booking.location).objects.update(address="Calle Mayor 3", name="Centro", access="")
    type(booking.location.studio).objects.update(name="Piedra")
    return Booking.objects.get(pk=booking.pk)


def english_in(words: str) -> set[str]:
    """English words in a text or in the words of a page; style, addresses and tags are none."""
    seen = re.sub(r"(?s)<(style|head).*?</\1>|<[^>]*>|\S+@\S+|https?://\S+", " ", words)
    return ENGLISH & set(re.findall(r"[a-záéíóúñ]+", seen.lower()))


def row(booking: Booking, kind: str, channel: str) -> Message:
    return Message(kind=kind, channel=channel, booking=booking, due_at=NOW, created_at=NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_has_no_english_in_it(kind):
    composed = compose(row(session(), kind, "mail"))
    assert [english_in(part) for part in (composed.subject, composed.text, composed.html)] == [set(), set(), set()]
    assert "Robin" in composed.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_message_has_no_english_in_it(kind, settings):
    settings.SMS_INBOUND_SECRET = "secret"
    assert english_in(compose(row(session(), kind, "sms")).text) == set()


def test_a_text_message_names_the_spanish_stop_word(settings):
    settings.SMS_INBOUND_SECRET, settings.SITE_URL = "secret", "https://s.es"  # a text of 160 letters has room for it
    assert "BAJA" in compose(row(session(), "aftercare", "sms")).text


def test_the_cancellation_too():
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    actions.cancel(booking=booking, by=CLIENT, now=NOW)
    composed = compose(booking.messages.get(kind="cancelled"))
    assert composed.subject == "Cancelada: viernes 27 de noviembre de 2026, 14:20 con Ana"
    assert [english_in(part) for part in (composed.text, composed.html)] == [set(), set()]


def test_the_day_before_in_spanish():
    composed = compose(row(session(), "day_before", "mail"))
    assert composed.subject == "viernes 27 de noviembre de 2026, 14:20: tu sesión con Ana"
    for words in ("Termina de comer antes de las 12:50.", "Llega a las 14:10, por favor.", "¿VIENES?"):
        assert words in composed.text


def test_somebody_who_waits_reads_spanish():
    place = make.location(name="Centro", address="Calle Mayor 3")
    type(place.studio).objects.update(name="Piedra")
    entry = make.waiting(name="Robin", language="es", location=place, length=make.length())
    type(entry.length.treatment).objects.update(name="Espalda")
    entry = type(entry).objects.get(pk=entry.pk)
    composed = compose(make.message(kind=JOINED, waiting=entry))
    assert [english_in(part) for part in (composed.subject, composed.text, composed.html)] == [set(), set(), set()]


def test_the_usual_advice_is_translated_whole():
    spanish = {moment.kind: moment for moment in moments_for(session())}
    assert [english_in(f"{one.title} {one.text}") for one in spanish.values()] == [set()] * len(guidance.Kind)
    assert spanish["meal"].title == "Termina de comer antes de las 12:50"


def test_the_usual_words_keep_their_placeholders():
    for promises in USUAL_WORDS.values():
        for promise in promises:
            used = [name for name in PLACEHOLDERS if f"{{{name}}}" in str(promise)]
            with override("es"):
                assert [name for name in PLACEHOLDERS if f"{{{name}}}" in str(promise)] == used
