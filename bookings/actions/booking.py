"""From a held time to a booking, with its first message, in one transaction."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F
from django.utils.translation import override

from bookings import reminders
from bookings.models import Booking
from bookings.models.event import CLIENT, Actor, record
from bookings.models.status import AGREED, Status
from clients.models import Client

from .holding import Holder, _with_nearest, take_up

REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which the phone confuses."""
REFERENCE_LENGTH = 5


class AlreadyThere(Exception):
    """The same browser session has a session booked at that time. `booking` is that one."""

    def __init__(self, booking: Booking) -> None:
        super().__init__("already there")
        self.booking = booking


@dataclass(frozen=True, slots=True)
class Details:
    """What the client typed, already validated. `second_guest`: she knows that she has a session at that time.

    `client`: her own record, where staff or a former booking say so; what is typed never finds it. `is_proven`: the
    address has shown to be hers, see `actions.proving`.
    """

    name: str
    email: str
    phone: str = ""
    note: str = ""
    language: str = "en"
    screening: str = Booking.Screening.CLEAR
    second_guest: bool = False
    client: Client | None = None
    is_proven: bool = False


def book(*, key: UUID, holder: Holder, details: Details, now: datetime) -> Booking:
    """Turn a held time into a booking. The hold's key makes it once: asked again, the same booking comes back.

    Raises NoSuchHold, SlotTaken (with nearest times), AlreadyThere.
    """
    return _with_nearest(lambda: _book(key, holder, details, now), key, holder, now)


def _book(key: UUID, holder: Holder, details: Details, now: datetime, by: Actor = CLIENT) -> Booking:
    booking = take_up(key=key, holder=holder, now=now)
    if booking.status in AGREED:
        return booking
    companion = _session_at_that_time(booking)
    if companion and not details.second_guest:
        raise AlreadyThere(companion)
    booking.client = details.client or _client(details, companion, now)
    if companion:
        booking.party = companion.party or uuid4()
        Booking.objects.filter(pk=companion.pk).update(party=booking.party, version=F("version") + 1)
    _agree(booking, details, now)
    record(booking=booking, verb="booked", by=by, now=now)
    reminders.plan(booking=booking, now=now)
    return booking


def _session_at_that_time(booking: Booking) -> Booking | None:
    """Another session of the same browser session at that time. A typed address is nobody's proof."""
    others = Booking.objects.ahead().filter(held_by=booking.held_by).overlapping(booking.during)
    return others.select_related("client", "location", "therapist").exclude(pk=booking.pk).first()


def _client(details: Details, companion: Booking | None, now: datetime) -> Client:
    """A new client. Typing an address that exists never changes the record that has it, and never joins it."""
    is_known = Client.objects.with_email(details.email).exists()
    return Client.objects.create(
        name=details.name,
        email="" if is_known else details.email,
        phone=details.phone,
        language=details.language,
        contact=companion.client if companion else None,
        created_at=now,
    )


def _agree(booking: Booking, details: Details, now: datetime) -> None:
    booking.name, booking.email, booking.phone = details.name, details.email, details.phone
    booking.note, booking.language, booking.screening = details.note, details.language, details.screening
    booking.address_proven_at = now if details.is_proven else None
    with override(details.language):
        booking.treatment_name = str(booking.length.treatment.name)
    booking.reference = new_reference(booking.location.studio.reference_prefix)
    booking.status, booking.hold_expires_at = Status.BOOKED, None
    booking.version += 1
    booking.save()


def new_reference(prefix: str) -> str:
    """A short reference to read out on the phone, like "SS 4K7QX". It opens nothing."""
    return f"{prefix} {''.join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))}"
