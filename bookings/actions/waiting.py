"""The waiting list: joining, leaving, and one offer at a time that really holds therapist and room.

Every act locks in the same order: advisory locks, the held time, the entry, its offers.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from bookings import waiting_notices
from bookings.availability import Setup, Wish, load_setup
from bookings.models import Booking, WaitingEntry, WaitingOffer
from bookings.models.event import CLIENT, SYSTEM, Actor, record
from bookings.models.status import AGREED, Status
from bookings.models.waitlist import MINUTES_A_DAY
from bookings.waiting_times import held_until, length_of
from clients.models import Client
from locations.models import Location, Room
from therapists.models import Therapist
from treatments.models import Length

from .errors import SlotTaken
from .holding import Holder, _new_hold
from .locks import in_transaction, lock
from .placing import expire_in_the_way, find_place, gone

MOST_OPEN = 3
"""Places on the list for one address at a time."""
MOST_UNANSWERED = 3
"""Offers that nobody answers; then the place on the list is given up."""
SAME = ("location", "length", "therapist", "first_on", "last_on", "from_minute", "until_minute", "instead_of")
NOBODY = "waiting list"
"""What stands for the network address where no browser holds a time."""


class TooManyWaiting(Exception):
    """This address stands on the list often enough already."""


class NotWaiting(Exception):
    """She is not on the list any more, or not in the way that this needs. `entry` is how it is now."""

    def __init__(self, entry: WaitingEntry) -> None:
        super().__init__(entry.state)
        self.entry = entry


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for what, already validated. Days are on the wall of the place, minutes since its midnight.

    `instead_of`: the session that moves to the time she takes. `is_proven`: the address has shown to be hers, see
    `actions.proving`; staff who write her down need not say so.
    """

    name: str
    email: str
    phone: str
    location: Location
    length: Length
    therapist: Therapist | None
    first_on: date
    last_on: date
    from_minute: int = 0
    until_minute: int = MINUTES_A_DAY
    language: str = "en"
    screening: str = Booking.Screening.CLEAR
    client: Client | None = None
    instead_of: Booking | None = None
    is_proven: bool = False


def join(*, waiting: Waiting, by: Actor, now: datetime) -> WaitingEntry:
    """Add somebody at the end of the list, and tell her by mail. The same wish of the same address is kept once.

    Raises TooManyWaiting.
    """
    fields = {name: getattr(waiting, name) for name in Waiting.__slots__ if name != "is_proven"}
    fields["address_proven_at"] = now if waiting.is_proven or by.user_id else None

    def act() -> WaitingEntry:
        lock(words=[f"waits {(waiting.email or waiting.phone).lower()}"])
        mine = {"email__iexact": waiting.email} if waiting.email else {"email": "", "phone": waiting.phone}
        hers = WaitingEntry.objects.open().filter(**mine)
        if same := hers.filter(**{name: fields[name] for name in SAME}).first():
            return same
        if hers.count() >= MOST_OPEN:
            raise TooManyWaiting
        entry = WaitingEntry.objects.create(**fields, added_by_id=by.user_id, created_at=now)
        waiting_notices.joined(entry=entry, now=now)
        return entry

    return in_transaction(act)


def offer(*, entry: WaitingEntry, start: datetime, by: Actor, now: datetime) -> WaitingOffer:
    """Hold a time for somebody who waits, and tell her. Raises NotWaiting, SlotTaken or NotOffered (nearest times)."""
    setup = load_setup()
    length = length_of(setup, entry)
    if length is None:
        raise NotWaiting(entry)
    day = start.astimezone(entry.location.zone).date()
    wish = Wish(entry.location, length, entry.therapist, day, days=1)
    try:
        return in_transaction(lambda: _offer(setup, entry, wish, start, by, now))
    except SlotTaken as taken:
        raise gone(setup, wish, start, now) from taken


def _offer(setup: Setup, entry: WaitingEntry, wish: Wish, start: datetime, by: Actor, now: datetime) -> WaitingOffer:
    people = setup.givers(wish.length.treatment, wish.therapist)
    rooms = Room.objects.filter(location=wish.location, in_use=True).values_list("pk", flat=True)
    lock(therapists=[person.pk for person in people], rooms=rooms)
    current = _locked(entry)
    if current.state != WaitingEntry.State.WAITING:
        raise NotWaiting(current)
    place = find_place(setup, wish, start, now)
    held = _new_hold(setup, wish, place, Holder(uuid4(), NOBODY), now)
    held.language, held.held_from = current.language, ""
    held.hold_expires_at = held_until(wish.location, now, start)
    expire_in_the_way(held, now)
    held.save(force_insert=True)
    made = WaitingOffer.objects.create(entry=current, booking=held, made_at=now, made_by_id=by.user_id)
    _set(current, WaitingEntry.State.OFFERED)
    record(booking=held, verb="offered", by=by, now=now)
    waiting_notices.offered(entry=current, offer=made, now=now)
    return made


def decline(*, offer: WaitingOffer, by: Actor = CLIENT, now: datetime) -> None:
    """Let an offered time go; she keeps her place on the list, and is not offered this time again."""
    _give_back(offer, WaitingOffer.Outcome.DECLINED, by, now)


def lapse(*, offer: WaitingOffer, now: datetime) -> None:
    """The offer ran out without an answer: the next one can be asked. Does nothing while it still runs."""
    _give_back(offer, WaitingOffer.Outcome.LAPSED, SYSTEM, now)


def leave(*, entry: WaitingEntry, by: Actor = CLIENT, now: datetime) -> WaitingEntry:
    """Take somebody off the list, and give back what is held for her. Leaving twice changes nothing."""

    def act() -> WaitingEntry:
        _lock_offers(entry)
        current = _locked(entry)
        if current.is_open:
            _end_offers(current, WaitingOffer.Outcome.DECLINED, by, now)
            _set(current, WaitingEntry.State.LEFT)
            waiting_notices.withdraw(entry=current)
        return current

    return in_transaction(act)


def _give_back(made: WaitingOffer, outcome: str, by: Actor, now: datetime) -> None:
    """End an open offer without a booking: the time is free again, and she waits on."""

    def act() -> None:
        _lock_offers(made.entry)
        entry = _locked(made.entry)
        if not _is(made, WaitingOffer.Outcome.OPEN):
            return
        if outcome == WaitingOffer.Outcome.LAPSED and _is_live(made.booking, now):
            return
        _release(made, outcome, by, now)
        waiting_notices.withdraw(entry=entry)
        if entry.state == WaitingEntry.State.OFFERED:
            unanswered = entry.offers.filter(outcome=WaitingOffer.Outcome.LAPSED).count()
            is_given_up = unanswered >= MOST_UNANSWERED
            _set(entry, WaitingEntry.State.LAPSED if is_given_up else WaitingEntry.State.WAITING)

    in_transaction(act)


def _is_live(booking: Booking, now: datetime) -> bool:
    held = Booking.objects.live_holds(now).filter(pk=booking.pk)
    return held.exists() or Booking.objects.filter(pk=booking.pk, status__in=AGREED).exists()


def _release(made: WaitingOffer, outcome: str, by: Actor, now: datetime) -> None:
    Booking.objects.filter(pk=made.booking_id, status=Status.HELD).update(status=Status.EXPIRED)
    _end(made, outcome, now)
    record(booking=made.booking, verb=VERBS[outcome], by=by, now=now)


VERBS = {WaitingOffer.Outcome.DECLINED: "offer let go", WaitingOffer.Outcome.LAPSED: "offer lapsed"}


def _end_offers(entry: WaitingEntry, outcome: str, by: Actor, now: datetime, but: WaitingOffer | None = None) -> None:
    for other in entry.offers.filter(outcome=WaitingOffer.Outcome.OPEN).exclude(pk=but and but.pk):
        _release(other, outcome, by, now)


def _end(made: WaitingOffer, outcome: str, now: datetime) -> None:
    WaitingOffer.objects.filter(pk=made.pk).update(outcome=outcome, ended_at=now)


def _is(made: WaitingOffer, outcome: str) -> bool:
    return WaitingOffer.objects.filter(pk=made.pk, outcome=outcome).exists()


def _lock_offers(entry: WaitingEntry) -> None:
    """The locks and rows that booking one of her offers takes first, so that nobody books what is given back."""
    keys = list(entry.offers.filter(outcome=WaitingOffer.Outcome.OPEN).values_list("booking__held_by", "booking"))
    lock(words=[f"session {key}" for key, _pk in keys])
    list(Booking.objects.filter(pk__in=[pk for _key, pk in keys]).select_for_update().order_by("pk"))


def _locked(entry: WaitingEntry) -> WaitingEntry:
    related = WaitingEntry.objects.select_related("location", "therapist", "length", "client", "instead_of")
    return related.select_for_update(of=("self",)).get(pk=entry.pk)


def _set(entry: WaitingEntry, state: str) -> None:
    entry.state = state
    entry.save(update_fields=["state", "client"])
