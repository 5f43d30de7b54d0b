"""What staff read: plain text, in the studio's language. Of a client her first name, treatment and time, no more."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from bookings import staff_daily
from bookings.models import Booking, Message
from bookings.outbox.kinds import name_of
from bookings.staff_notices import CANCELLED, DIGEST, MORNING, OF_A_SESSION, address
from locations.models import Location, Studio

MOST_FAILURES = 30


def write(message: Message) -> tuple[str, str, str]:
    """Recipient, subject and text of a message whose kind is one of staff_notices.KINDS."""
    with translation.override(settings.LANGUAGE_CODE):
        if message.kind == DIGEST:
            recipient, words = Studio.objects.get().email, _digest(message)
        else:
            recipient = address(message.therapist)
            words = _morning(message) if message.kind == MORNING else _session(message, message.booking)
        subject, text = (render_to_string(f"emails/{message.kind}.{part}", words) for part in ("subject.txt", "txt"))
    return recipient or message.recipient, subject, text


def _session(message: Message, booking: Booking) -> dict[str, Any]:
    before = _known_start(message, booking)
    moved = before is not None and before != booking.starts_at
    gone = before if moved and message.kind == CANCELLED else None
    return {
        "therapist": message.therapist,
        "session": _line(booking),
        "at": gone or booking.starts_at,
        "before": before if moved else None,
        "is_off": not booking.is_ahead,
    }


def _known_start(message: Message, booking: Booking) -> datetime | None:
    """The start that this therapist knows, on the wall clock of the place; None when it is the present one."""
    told = booking.messages.filter(
        therapist=message.therapist_id, kind__in=OF_A_SESSION, state=Message.State.SENT, pk__lt=message.pk or 0
    )
    since = told.order_by("-sent_at").values_list("sent_at", flat=True).first() or booking.created_at
    moves = booking.events.filter(before__isnull=False, at__gte=since).order_by("at", "pk")
    first = moves.first()
    return first.before.lower.astimezone(booking.location.zone) if first else None


def _morning(message: Message) -> dict[str, Any]:
    day = staff_daily.day_of(message)
    sessions = [_line(booking) for booking in staff_daily.sessions_on(day, message.therapist)]
    return {"therapist": message.therapist, "day": day, "sessions": sessions}


def _line(booking: Booking) -> dict[str, Any]:
    """One session as its therapist reads it."""
    return {
        "start": booking.starts_at,
        "end": booking.ends_at,
        "name": booking.first_name,
        "treatment": str(booking.length.treatment.name),
        "place": booking.location.name,
        "room": booking.room.name if booking.room else "",
    }


def _digest(message: Message) -> dict[str, Any]:
    place = Location.objects.filter(is_open=True).first()
    day = staff_daily.day_of(message)
    failed = staff_daily.failures_until(staff_daily.leaves_at(day, place)) if place else []
    return {
        "day": day,
        "count": len(failed),
        "failures": [_failure(row) for row in failed[:MOST_FAILURES]],
        "more": max(0, len(failed) - MOST_FAILURES),
        "link": f"{settings.SITE_URL}{reverse('desk_messages')}?state=failed",
    }


def _failure(message: Message) -> dict[str, Any]:
    booking = message.booking
    return {
        "kind": name_of(message.kind),
        "reference": booking.reference if booking else "",
        "start": booking.starts_at if booking else None,
        "reason": message.why,
    }
