"""What the desk did not take down: asked for by a link, and given by the client on its page."""

from dataclasses import dataclass
from datetime import datetime

from bookings import reach, reminders
from bookings.models import Booking, Message
from bookings.models.event import CLIENT, record
from bookings.models.status import AHEAD
from clients import consent
from clients.models import Client

from .change import Change
from .errors import NoAddress, WrongStep
from .locks import in_transaction, locked
from .reaching import TextsStopped
from .rewriting import as_seen


@dataclass(frozen=True, slots=True)
class Rest:
    """What the client added, already validated; empty is what she was not asked for."""

    screening: str
    name: str = ""
    email: str = ""
    phone: str = ""


def ask_for_details(*, booking: Booking, channel: str, change: Change) -> Message:
    """Send a link by mail or by text (`channel`, of Message.Channel) on which the client gives the rest.

    Whoever asks for it by text agrees to texts. Raises NoAddress, TextsStopped, Stale, and WrongStep when nothing is
    missing or the session is over.
    """

    def act() -> Message:
        current = as_seen(locked(booking), change.version)
        if not can_complete(current):
            raise WrongStep(current)
        by_text = channel == Message.Channel.SMS
        if by_text and current.phone and not consent.agree_to_texts(current.phone, change.now):
            raise TextsStopped
        if not (address := reach.address(current, channel)):
            raise NoAddress
        record(booking=current, verb="details asked for", by=change.by, now=change.now)
        return reminders.ask_for_details(booking=current, channel=channel, address=address, now=change.now)

    return in_transaction(act)


def can_complete(booking: Booking) -> bool:
    return booking.status in AHEAD and booking.lacks_answers


def complete_details(*, booking: Booking, rest: Rest, now: datetime) -> Booking:
    """Note what the client has added, with her booking and in her own record where that has a gap.

    What is known already stays as it is. Raises WrongStep when nothing is missing, or the session is over.
    """

    def act() -> Booking:
        current = locked(booking)
        if not can_complete(current):
            raise WrongStep(current)
        _remember(current, rest)
        current.screening = rest.screening
        current.name = rest.name or current.name
        if rest.email and not current.email:
            current.address_proven_at = None  # typed behind a link that was texted
        current.email, current.phone = current.email or rest.email, current.phone or rest.phone
        current.version += 1
        current.save(update_fields=["screening", "name", "email", "phone", "address_proven_at", "version"])
        record(booking=current, verb="details given", by=CLIENT, now=now)
        reminders.plan(booking=current, now=now)  # whoever had no address until now has had no confirmation
        return current

    return in_transaction(act)


def _remember(booking: Booking, rest: Rest) -> None:
    """Fill the gaps of a record that the desk made with the booking. An address that another record has stays there."""
    client = booking.client
    if rest.name and client.name == booking.name:
        client.name = rest.name
    if rest.email and not client.email and not Client.objects.with_email(rest.email).exists():
        client.email = rest.email
    client.phone = client.phone or rest.phone
    client.save(update_fields=["name", "email", "phone"])
