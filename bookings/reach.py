"""By which ways a booking's messages go: what the client chose, as far as it is possible and she has agreed to it."""

from collections.abc import Container

from django.conf import settings

from bookings.models import Booking, Message
from clients.consent import may_text
from clients.models import Reach

MAIL, SMS = Message.Channel.MAIL, Message.Channel.SMS
CHOSEN = {Reach.MAIL: (MAIL,), Reach.SMS: (SMS,), Reach.BOTH: (MAIL, SMS)}


def addresses(booking: Booking) -> dict[str, str]:
    """Where this booking's messages can go, by channel. One query, only where texts come into question."""
    found = {MAIL: booking.email} if booking.email else {}
    if (SMS in chosen(booking) or not found) and (number := address(booking, SMS)):
        found[SMS] = number
    return found


def address(booking: Booking, channel: str) -> str:
    """Where a channel leads, whatever was chosen; empty when it leads nowhere. Texts need consent."""
    if channel == MAIL:
        return booking.email
    return booking.phone if settings.SMS_BACKEND != "off" and may_text(booking.phone) else ""


def for_answers(possible: dict[str, str]) -> tuple[str, ...]:
    """How answers to what somebody just did leave: by mail, which carries the calendar file; by text without one."""
    return tuple(channel for channel in (MAIL, SMS) if channel in possible)[:1]


def for_steps(booking: Booking, possible: dict[str, str], allowed: Container[str]) -> tuple[str, ...]:
    """How a step of the timeline leaves: as the client chose, else by the first way that is left."""
    left = tuple(channel for channel in (MAIL, SMS) if channel in possible and channel in allowed)
    return tuple(channel for channel in left if channel in chosen(booking)) or left[:1]


def chosen(booking: Booking) -> tuple[str, ...]:
    """What was said for this booking, else by this client, else e-mail."""
    said = booking.reach or (booking.client.reach if is_own_record(booking) else "")
    return CHOSEN[Reach(said or Reach.MAIL)]


def is_own_record(booking: Booking) -> bool:
    """Whether the booking's client is whoever gets its messages, and not somebody who was only typed in."""
    client = booking.client
    if client is None:
        return False
    if booking.email:
        return client.email.lower() == booking.email.lower()
    return bool(booking.phone) and client.phone == booking.phone
