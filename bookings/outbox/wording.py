"""How a mail greets, and the studio's own words for one session: what stands for each placeholder, filled in."""

import re
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from bookings import links, sharing, wanted
from bookings.advice import moments_for
from bookings.guidance import Kind as AdviceKind
from bookings.guidance import Moment
from bookings.models import Booking, Message, WaitingEntry
from bookings.reminder_rules import Kind
from bookings.reminder_steps import TimelineStep, steps_for
from spa import texts
from treatments import placeholders

NAME = re.compile(r"^\{name\}[,:]?[^\S\n]*|,?[^\S\n]*\{name\}", re.MULTILINE)
"""A name with the comma that belongs to it."""


def step_words(message: Message, booking: Booking, step: TimelineStep | None = None) -> dict[str, Any]:
    """Subject and text of a step of the timeline, filled in. Call it in the booking's language.

    `step`: the words to fill in; without it those that the studio has saved.

    Raises treatments.placeholders.BadWords when they cannot be filled whole, also when the step is gone.
    """
    step = step or steps_for(booking.length_id).get(message.kind)
    if step is None:
        raise placeholders.BadWords(lazy(wanted.switched_off, str)())
    values = placeholder_values(message, booking)
    subject, text = (_said_to(booking, str(words)) for words in (step.subject, step.text))
    text = placeholders.fill(text, values)
    return {
        "step_subject": placeholders.fill(subject, values),
        "step_text": text,
        "step_lines": [line for line in text.splitlines() if line.strip()],
        "confirm_link": links.confirm_url(booking),
        "book_link": book_link(),
    } | others(message, booking)


def others(message: Message, booking: Booking) -> dict[str, Any]:
    """The other sessions of the day that this message speaks for, to be named in it."""
    return {"others": sharing.same_day(booking, message.channel) if message.kind == Kind.DAY_BEFORE else []}


def hello(whose: Booking | WaitingEntry) -> str:
    """How a mail begins. By name only where the address has shown to be hers: a stranger may have typed both."""
    return _("Hello %(name)s,") % {"name": whose.first_name} if whose.address_proven_at else _("Hello,")


def _said_to(booking: Booking, words: str) -> str:
    """The studio's words, without the name where `hello` has none: "Until tomorrow, {name}." is "Until tomorrow."."""
    return words if booking.address_proven_at else NAME.sub("", words)


def placeholder_values(message: Message, booking: Booking) -> dict[str, str]:
    """What stands for each of treatments.placeholders.PLACEHOLDERS; empty when the session has no such thing."""
    place, studio = booking.location, booking.location.studio
    advice = {moment.kind: moment for moment in moments_for(booking)}
    return {
        "name": booking.first_name,
        "day": texts.long_day(booking.starts_at),
        "time": texts.clock(booking.starts_at),
        "end_time": texts.clock(booking.ends_at),
        "minutes": str(booking.minutes),
        "treatment": booking.treatment_name,
        "therapist": booking.therapist.name,
        "place": _("your home") if booking.at_home else f"{studio.name}, {place.address}",
        "studio": studio.name,
        "phone": place.phone,
        "reference": booking.reference or "",
        "arrive_at": "" if booking.at_home else _clock(advice.get(AdviceKind.ARRIVAL), booking),
        "eat_by": _clock(advice.get(AdviceKind.MEAL), booking),
        "water": _sentences(advice.get(AdviceKind.WATER_BEFORE)),
        "clothes": _sentences(advice.get(AdviceKind.CLOTHES)),
        "water_after": _sentences(advice.get(AdviceKind.WATER_AFTER)),
        "aftercare": _sentences(advice.get(AdviceKind.AFTERCARE)),
        "free_until": texts.moment(booking.free_until) if message.due_at < booking.free_cancel_until else "",
        "link": links.url(booking),
        "confirm_link": links.confirm_url(booking),
        "book_link": book_link(),
    }


def book_link() -> str:
    """The page to choose a time, in the active language."""
    return f"{settings.SITE_URL}{reverse('choose')}"


def _clock(moment: Moment | None, booking: Booking) -> str:
    return texts.clock(moment.at.astimezone(booking.location.zone)) if moment else ""


def _sentences(moment: Moment | None) -> str:
    """A piece of advice in a row: its heading as a sentence, then its text."""
    return f"{moment.title.rstrip('.')}. {moment.text}".strip() if moment else ""
