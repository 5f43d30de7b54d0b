"""What the desk writes down: notes on a session or a client, and that a call was made."""

from bookings.models import Booking, Note
from bookings.models.event import record
from bookings.models.status import AHEAD
from clients.models import Client

from .change import Change
from .errors import NoSuchClient, WrongStep
from .locks import in_transaction, locked
from .rewriting import as_seen

CALL = (Booking.Screening.CALL_FIRST, Booking.Screening.NOTE_NEEDED, Booking.Screening.MISSING)
"""What a call with the client settles."""


def add_note(*, text: str, change: Change, booking: Booking | None = None, client: Client | None = None) -> Note:
    """Add a note to a session or to a client, never to both. Notes are only added to. Raises NoSuchClient."""

    def act() -> Note:
        if client is not None and not Client.objects.filter(pk=client.pk).exists():
            raise NoSuchClient
        return Note.objects.create(
            booking=booking, client=client, author_id=change.by.user_id, at=change.now, text=text
        )

    return in_transaction(act)


def contacted(*, booking: Booking, change: Change) -> Booking:
    """Somebody told the client herself what a change is about. Raises Stale, and WrongStep when the session is over."""

    def act() -> Booking:
        current = as_seen(locked(booking), change.version)
        if current.status not in AHEAD:
            raise WrongStep(current)
        current.version += 1
        current.save(update_fields=["version"])
        record(booking=current, verb="contacted", by=change.by, now=change.now, reason=change.reason)
        return current

    return in_transaction(act)


def settle_call_first(
    *, booking: Booking, note: str, change: Change, outcome: str = Booking.Screening.CLEAR
) -> Booking:
    """Somebody rang, and the session can be given: the card asks for no call any more. `note` says what was agreed.

    `outcome`: CLEAR, or ADAPT when the therapist takes care of something. Raises Stale, WrongStep.
    """

    def act() -> Booking:
        current = as_seen(locked(booking), change.version)
        if current.status not in AHEAD or current.screening not in CALL:
            raise WrongStep(current)
        current.screening = outcome
        current.version += 1
        current.save(update_fields=["screening", "version"])
        # The words stand in the note alone: what was said on the phone may be about somebody's health.
        record(booking=current, verb="call settled", by=change.by, now=change.now)
        add_note(text=note, change=change, booking=current)
        return current

    return in_transaction(act)
