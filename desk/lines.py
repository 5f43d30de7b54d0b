"""Messages as the desk reads them: a state in a word and a shape, times on the wall, names of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bookings.models import Message
from bookings.outbox.kinds import name_of
from bookings.reminder_rules import wall_instant
from locations.house import phone_link
from spa import texts

SHAPES = {"queued": "○", "sending": "▶", "sent": "✓", "failed": "✕", "skipped": "–", "withdrawn": "■"}
REFERENCE_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One message in words. `when` says what happened at which moment, or will."""

    message: Message
    kind: str
    state: str
    shape: str
    name: str
    recipient: str
    reference: str
    when: str
    session: datetime | None


def line(message: Message, zone: tzinfo) -> Line:
    """A message with its booking, location and therapist loaded; `zone` is for one without a booking."""
    booking = message.booking
    wall = booking.location.zone if booking else zone
    return Line(
        message=message,
        kind=name_of(message.kind),
        state=message.get_state_display(),
        shape=SHAPES[message.state],
        name=_name(message),
        recipient=message.recipient,
        reference=booking.reference or "" if booking else "",
        when=_when(message, wall),
        session=booking.starts_at if booking else None,
    )


def _name(message: Message) -> str:
    """Whom it is for, by name: a therapist, a client with a session, or somebody on the waiting list."""
    if message.therapist:
        return message.therapist.name
    about = message.booking or message.waiting
    return about.name if about else ""


def _when(message: Message, wall: tzinfo) -> str:
    if message.state == Message.State.SENT:
        return _("Sent %(moment)s") % {"moment": texts.moment(message.sent_at.astimezone(wall))}
    if message.state == Message.State.FAILED and message.failed_at:
        return _("Failed %(moment)s") % {"moment": texts.moment(message.failed_at.astimezone(wall))}
    words = {"moment": texts.moment(message.due_at.astimezone(wall))}
    is_waiting = message.state in (Message.State.QUEUED, Message.State.SENDING)
    return (_("Due %(moment)s") if is_waiting else _("Was due %(moment)s")) % words


def loaded() -> QuerySet[Message]:
    """All messages with what a line shows, the newest first, without their long texts."""
    related = Message.objects.select_related("booking__location", "therapist", "waiting")
    return related.defer("text", "html").order_by("-due_at", "-id")


def whole() -> QuerySet[Message]:
    """All messages with what is needed to write their words."""
    return Message.objects.select_related(
        "booking__client",
        "booking__therapist",
        "booking__room",
        "booking__location__studio",
        "booking__length__treatment__style",
        "therapist__user",
    )


def phone(message: Message) -> dict[str, str] | None:
    """Which client to ring in place of a message, and how; none for what a therapist reads."""
    booking = message.booking
    if booking is None or message.therapist_id or not booking.phone:
        return None
    return {"name": booking.name, "number": booking.phone, "link": phone_link(booking.phone, booking.location.country)}


def can_correct(message: Message) -> bool:
    """Whether the address that it went to may be corrected: a client's, whose session is still ahead."""
    return message.booking is not None and not message.therapist_id and message.booking.is_ahead


def wished(wishes: Mapping[str, Any], zone: tzinfo) -> QuerySet[Message]:
    """The messages that fit the filters; `wishes` as FilterForm gives them."""
    found = loaded().filter(**{name: wishes[name] for name in ("state", "kind", "channel") if name in wishes})
    if "since" in wishes:
        found = found.filter(due_at__gte=wall_instant(wishes["since"], time(), zone))
    return found.filter(_about(wishes["q"])) if "q" in wishes else found


def _about(words: str) -> Q:
    """Messages of a booking with this reference, its space or not, or of a person with this name or address."""
    about = Q(recipient__icontains=words) | Q(booking__name__icontains=words) | Q(booking__email__icontains=words)
    about |= Q(booking__reference__iexact=words) | Q(therapist__name__icontains=words)
    letters = "".join(words.split())
    if len(letters) >= REFERENCE_LETTERS:
        about |= Q(booking__reference__iendswith=letters[-REFERENCE_LETTERS:])
    return about


def of_booking(message: Message, house_zone: tzinfo) -> list[Line]:
    """All messages of the same booking, the newest first; none for a message without one."""
    if message.booking_id is None:
        return []
    return [line(row, house_zone) for row in loaded().filter(booking=message.booking_id)]
