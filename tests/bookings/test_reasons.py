"""Reasons are kept in the language of the source and said in that of the reader, whoever the worker was."""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from bookings import reminders
from bookings.models import Message
from bookings.outbox import delivery
from bookings.reasons import in_words, of_call
from tests import factories as make
from tests.factories import NOW, at


class Shouting(NullTranslations):
    """A catalogue in which hello is HELLO!, its placeholders as they are."""

    def gettext(self, message: str) -> str:
        return f"{message.upper().replace(')S', ')s').replace('(STATE', '(state').replace('(CODE', '(code')}!"

    def language(self) -> str:
        return "en"

    def to_language(self) -> str:
        return "en"


@contextmanager
def shouting() -> Iterator[None]:
    with translation.override("en"):
        trans_real._active.value = Shouting()
        yield


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("", ""),
        ("The booking was moved since.", "THE BOOKING WAS MOVED SINCE.!"),
        ("The mail server answered 451.", "THE MAIL SERVER ANSWERED 451!.!"),
        ("The booking is cancelled.", "THE BOOKING IS CANCELLED!.!"),
    ],
)
def test_a_reason_is_said_in_the_language_of_the_reader(kept, said):
    with shouting():
        assert in_words(kept) == said


def test_without_a_language_a_reason_is_said_as_it_is_kept():
    assert in_words("Called instead: Robin, comes at 14:20") == "Called instead: Robin, comes at 14:20"


def test_a_call_is_said_in_the_language_of_the_reader_with_the_reason_of_before():
    kept = of_call("Robin, comes at 14:20", "The mail server answered 451.")
    assert kept == "Called instead: Robin, comes at 14:20 Before: The mail server answered 451."
    with translation.override("es"):
        said = in_words(kept)
    assert said == "Por teléfono: Robin, comes at 14:20 Antes: El servidor de correo respondió 451."


@pytest.mark.django_db
def test_a_worker_that_speaks_another_language_keeps_the_source():
    booking = make.booking(start=at(14, 20, days=4))
    reminders.plan(booking=booking, now=NOW)
    type(booking).objects.update(status="cancelled")
    with shouting():
        delivery.deliver_due(NOW)
    assert Message.objects.get(kind="confirmation").reason == "The booking is cancelled."


@pytest.mark.django_db
def test_words_that_cannot_be_filled_are_not_told_in_the_clients_language(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    make.reminder_step(kind="day_before", offset_minutes=-1440, text="{nonsense}")
    booking = make.booking(start=at(14, 20, days=4), language="es")
    reminders.plan(booking=booking, now=NOW)
    delivery.deliver_due(at(14, 20, days=3))
    assert Message.objects.get(kind="day_before").reason.startswith("{nonsense} is not known. Use one of these:")
