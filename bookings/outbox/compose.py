"""From a message row to what the client reads: subject, plain text, HTML and the calendar file.

Words are in the booking's language, times on the wall clock of its location.
"""

import re
import textwrap
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import asking, calendar_file, links, reminder_rows, staff_notices, waiting_notices
from bookings.advice import Step, day_steps
from bookings.guidance import Kind
from bookings.models import Booking, BookingEvent, Message
from bookings.models.status import AHEAD
from bookings.outbox import staff_mail, waiting_mail, wording
from bookings.outbox.short import short_text
from bookings.reminder_rules import AFTER
from bookings.reminder_steps import TimelineStep
from locations.house import phone_link
from spa import texts

TEXT_WIDTH = 66
SUBJECT_LENGTH = 200
LONGEST_TICKS = 6  # a session lasts 30 minutes at most


@dataclass(frozen=True, slots=True)
class Composed:
    """A message ready to leave. Attachments are (file name, content, media type)."""

    recipient: str
    subject: str
    text: str
    html: str = ""
    reply_to: str = ""
    attachments: tuple[tuple[str, bytes, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


def compose(message: Message, step: TimelineStep | None = None) -> Composed:
    """Write the words of a row. A row without a booking carries its words already.

    `step`: words of the timeline to show before they are saved.

    Raises treatments.placeholders.BadWords when the studio's words for it cannot be filled in whole.
    """
    booking = message.booking
    if message.kind in staff_notices.KINDS:
        recipient, subject, text = staff_mail.write(message)
        return Composed(recipient, one_line(subject), _tidy(text))
    if message.kind in waiting_notices.KINDS:
        return _waiting(message)
    if booking is None:
        return Composed(message.recipient, one_line(message.subject), message.text, message.html)
    booking.by_mail = message.channel == Message.Channel.MAIL
    with translation.override(booking.language):
        context = _context(message, booking)
        if message.channel == Message.Channel.SMS:
            return Composed(booking.phone, "", short_text(message.kind, context | wording.others(message, booking)))
        context |= wording.step_words(message, booking, step) if message.kind in reminder_rows.TIMELINE else {}
        subject, text, html = (
            render_to_string(f"emails/{message.kind}.{part}", context) for part in ("subject.txt", "txt", "html")
        )
        attachments = _calendar(message, booking)
    return Composed(
        recipient=booking.email or message.recipient,
        subject=one_line(subject),
        text=_tidy(text),
        html=html,
        reply_to=booking.location.studio.email,
        attachments=attachments,
        headers=_ways_out(message, context),
    )


def _waiting(message: Message) -> Composed:
    recipient, subject, text, html, reply_to = waiting_mail.write(message)
    return Composed(recipient, one_line(subject), _tidy(text) if html else text, html, reply_to)


def one_line(words: str) -> str:
    """A subject that cannot carry a second header."""
    return " ".join(words.split())[:SUBJECT_LENGTH]


def _tidy(text: str) -> str:
    """Plain text with single empty lines: a part that says nothing leaves no hole."""
    return re.sub(r"\n\s*\n+", "\n\n", text).strip() + "\n"


def _ways_out(message: Message, context: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What lets a mail program show "Unsubscribe" (RFC 2369) and do it with one click (RFC 8058)."""
    if not context["fewer_link"]:
        return ()
    by_mail = f"mailto:{context['studio'].email}?subject=unsubscribe"
    return (
        ("List-Unsubscribe", f"<{context['fewer_link']}>, <{by_mail}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


def _calendar(message: Message, booking: Booking) -> tuple[tuple[str, bytes, str], ...]:
    """The calendar file of a message that changes what stands in a calendar."""
    if message.kind in (*reminder_rows.TIMELINE, reminder_rows.DETAILS, asking.OTHER_TIME, reminder_rows.STANDS):
        return ()
    method = "CANCEL" if message.kind == reminder_rows.CANCELLED else "PUBLISH"
    file = calendar_file.ics(booking, method)
    return ((_("session.ics"), file, f"{calendar_file.MEDIA_TYPE}; charset=utf-8; method={method}"),)


def _context(message: Message, booking: Booking) -> dict[str, Any]:
    place, as_of = booking.location, message.due_at
    steps = day_steps(booking)
    ahead = [step for step in steps if step.here or step.at.timestamp() >= as_of.timestamp()]
    over = {step.kind for step in steps if step not in ahead and step.at < booking.starts_at}
    return {
        "booking": booking,
        "hello": wording.hello(booking),
        "place": place,
        "studio": place.studio,
        "language": booking.language,
        "phone_link": phone_link(place.phone, place.country),
        "link": links.details_url(booking) if message.kind == reminder_rows.DETAILS else links.url(booking),
        "book_link": wording.book_link(),
        "fewer_link": links.fewer_url(booking) if message.kind in AFTER else "",
        "can_stop_texts": bool(settings.SMS_INBOUND_SECRET),
        "site": settings.SITE_URL,
        "steps": ahead,
        "steps_as_text": _as_text(ahead),
        "eat_by": _eat_by(ahead),
        # Booked late: what the clock has passed still counts, in other words.
        "drink_now": Kind.WATER_BEFORE in over,
        "eat_no_more": Kind.MEAL in over,
        "is_free_to_cancel": as_of < booking.free_cancel_until,
        "was_free_to_cancel": message.created_at < booking.free_cancel_until,
        "by_studio": message.kind == reminder_rows.CANCELLED and _is_cancelled_by_studio(booking),
        "has_another": message.kind == reminder_rows.CONFIRMATION and _has_another(booking),
    }


def _eat_by(steps: list[Step]) -> str:
    """The time to stop eating before the session; empty when the studio gives no such advice, or when it is over."""
    return next((texts.clock(step.at) for step in steps if step.kind == Kind.MEAL), "")


def _is_cancelled_by_studio(booking: Booking) -> bool:
    """Whether the client could do nothing for it. Whose illness it was is nobody's business."""
    last = booking.events.filter(verb="cancelled").order_by("at", "pk").last()
    return last is not None and last.cause in (BookingEvent.Cause.STUDIO, BookingEvent.Cause.ILLNESS)


def _has_another(booking: Booking) -> bool:
    """Whether the same address has another session during this one: a guest, or a mistake worth a sentence."""
    near = (booking.start_tick - LONGEST_TICKS, booking.end_tick)  # there is an index on the start, none on the e-mail
    others = Booking.objects.exclude(pk=booking.pk).filter(start_tick__range=near, status__in=AHEAD)
    mine = others.filter(email__iexact=booking.email).overlapping(booking.during)
    return bool(booking.email) and mine.exists()


def _as_text(steps: list[Step]) -> str:
    """The steps as lines of text, the words hanging beside their times."""
    column = max(len(texts.clock(step.at)) for step in steps) + 4
    margin, lines = " " * column, []
    for step in steps:
        lines.append(f"  {texts.clock(step.at):<{column - 2}}{step.title}")
        if step.text:
            lines.append(textwrap.fill(step.text, TEXT_WIDTH, initial_indent=margin, subsequent_indent=margin))
    return "\n".join(lines)
