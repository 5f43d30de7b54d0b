"""A booking that somebody at the desk makes: on the phone, or for whoever walks in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from bookings import reminders
from bookings.availability import Setup, Wish, load_setup
from bookings.models import Booking
from bookings.models.event import record
from bookings.models.status import Status
from bookings.scheduling.offers import Reason
from bookings.scheduling.timeline import floor_tick, instant_of
from clients.models import Client
from locations.models import Room

from .booking import new_reference
from .change import Change
from .errors import NeedsReason, NoSuchClient, SlotTaken
from .locks import in_transaction, lock
from .moving import excused, soft_rule
from .placing import Place, expire_in_the_way, find_place, gone

STANDS_HERE = frozenset({Reason.NOTICE, Reason.GRID})
"""What does not count for somebody who stands at the desk."""


@dataclass(frozen=True, slots=True)
class NewClient:
    """Somebody the desk has not met: a first name is enough. `phone` in E.164, already validated, or empty."""

    name: str
    phone: str = ""
    email: str = ""
    language: str = settings.LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Call:
    """One booking at the desk. `key` makes it once; `asked_for`: she wants this therapist and nobody else."""

    wish: Wish
    start: datetime
    client: Client | NewClient
    key: UUID
    source: str = Booking.Source.DESK
    note: str = ""
    screening: str = Booking.Screening.MISSING
    asked_for: bool = False
    rooms: Sequence[int] = ()

    def waived(self, now: datetime) -> Collection[Reason]:
        """What does not count this time. Her name is typed while the minutes pass: what has just begun is not over."""
        if self.source != Booking.Source.WALK_IN:
            return frozenset()
        return STANDS_HERE | {Reason.PAST} if self.start >= instant_of(floor_tick(now)) else STANDS_HERE


def book_at_desk(
    *,
    wish: Wish,
    start: datetime,
    client: Client | NewClient,
    change: Change,
    key: UUID,
    source: str = Booking.Source.DESK,
    note: str = "",
    screening: str = Booking.Screening.MISSING,
    asked_for: bool = False,
    rooms: Sequence[int] = (),
) -> Booking:
    """Book a time for a client whom the desk knows, or for a new one. Asked again with its key, it is the same booking.

    `screening`: MISSING while nobody has asked the safety question. `asked_for`: she wants this therapist, not just
    this time. `rooms`: those to take before any other. Raises SlotTaken or NotOffered (with nearest times),
    NeedsReason, NoSuchClient.
    """
    call = Call(wish, start, client, key, source, note, screening, asked_for, rooms)
    setup = load_setup()
    try:
        return in_transaction(lambda: _book(setup, call, change))
    except SlotTaken as taken:
        why = soft_rule(setup, wish, start, change, _excused(call, change))
        raise NeedsReason(why) if why else gone(setup, wish, start, change.now) from taken


def _excused(call: Call, change: Change) -> Collection[Reason]:
    return {*excused(change), *call.waived(change.now)}


def _book(setup: Setup, call: Call, change: Change) -> Booking:
    people = setup.givers(call.wish.length.treatment, call.wish.therapist)
    rooms = Room.objects.filter(location=call.wish.location, in_use=True).values_list("pk", flat=True)
    lock(therapists=[person.pk for person in people], rooms=rooms, words=[f"key {call.key}"])
    if there := Booking.objects.select_related("client", "location", "therapist").filter(key=call.key).first():
        return there
    free = _excused(call, change)
    place = find_place(setup, call.wish, call.start, change.now, excused=free, rooms=call.rooms)
    booking = _new_booking(setup, call, place, _client(call.client, change), change)
    expire_in_the_way(booking, change.now)
    booking.save(force_insert=True)
    record(booking=booking, verb="booked", by=change.by, now=change.now, reason=change.reason)
    reminders.plan(booking=booking, now=change.now, wait=change.wait)
    return booking


def _client(client: Client | NewClient, change: Change) -> Client:
    """The record as it is now, or a new one. A typed address that a record has already stays with that record."""
    if isinstance(client, Client):
        found = Client.objects.select_for_update(no_key=True).filter(pk=client.pk).first()
        if found is None:
            raise NoSuchClient
        return found.kept
    is_known = Client.objects.with_email(client.email).exists()
    return Client.objects.create(
        name=client.name,
        email="" if is_known else client.email,
        phone=client.phone,
        language=client.language,
        created_at=change.now,
    )


def _new_booking(setup: Setup, call: Call, place: Place, client: Client, change: Change) -> Booking:
    wish, typed = call.wish, call.client
    with override(client.language):
        treatment_name = str(wish.length.treatment.name)
    return Booking(
        key=call.key,
        client=client,
        name=client.name,
        email=typed.email,
        address_proven_at=change.now,  # no stranger typed it
        phone=typed.phone,
        language=client.language,
        note=call.note,
        screening=call.screening,
        source=call.source,
        asked_for_therapist=call.asked_for,
        length=wish.length,
        minutes=wish.length.minutes,
        treatment_name=treatment_name,
        location=wish.location,
        therapist=place.therapist,
        room_id=place.room,
        during=place.during,
        therapist_block=place.therapist_block,
        room_block=place.room_block,
        price=setup.price(place.therapist, wish.length),
        currency=wish.location.currency,
        free_cancel_until=wish.location.free_until(place.during.lower),
        status=Status.BOOKED,
        reference=new_reference(wish.location.studio.reference_prefix),
        created_at=change.now,
    )
