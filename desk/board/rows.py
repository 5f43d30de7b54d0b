"""What the board reads of one day: its sessions, then what is dated. Two statements, at any size."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat
from i18nfield.strings import LazyI18nString

from bookings.asking import waits
from bookings.availability.rows import Given, Statement
from bookings.models import Booking, BookingEvent, Message
from bookings.models.message import AGAIN
from bookings.models.status import OCCUPYING, Status
from bookings.scheduling.timeline import ceil_tick, floor_tick, instant_of
from locations.models import Closure
from therapists.models import ExtraHours, TimeOff, WorkingHours

from .look import Look

REACH = 36
"""Ticks around a day in which a session may begin whose time reaches into it: three hours."""
EXTRA, OFF, CLOSED = "extra", "off", "closed"


class Session(NamedTuple):
    """One booking as the board shows it. Times are absolute ticks; `from_tick` and `until_tick` are the therapist's."""

    pk: int
    version: int
    status: str
    start: int
    end: int
    from_tick: int
    until_tick: int
    room_from: int | None
    room_until: int | None
    therapist: int
    therapist_name: str
    therapist_slug: str
    room: int | None
    place: int
    place_name: str
    name: str
    minutes: int
    length: int
    treatment: str
    screening: str
    source: str
    confirmed_at: datetime | None
    held_until: datetime | None
    pressure: int | None
    oil_free: bool | None
    been_here: bool
    failed: bool
    asked: bool
    arrived_at: datetime | None


class Dated(NamedTuple):
    """Extra hours, time off or a closure. A closure of a whole place has no room; `start` and `end` are ticks."""

    kind: str
    pk: int
    therapist: int | None
    room: int | None
    start: int
    end: int
    reason: str


FIELDS = (
    "pk", "version", "status", "start_tick", "end_tick", "therapist_from_tick", "therapist_until_tick",
    "room_from_tick", "room_until_tick", "therapist_id", "therapist__name", "therapist__slug", "room_id",
    "location_id", "location__name", "name", "minutes", "length_id", "length__treatment__name", "screening", "source",
    "confirmed_at", "hold_expires_at", "suits_pressure", "suits_oil_free", "been_here", "failed", "asked",
    "arrived_at",
)  # fmt: skip
NAMED = FIELDS.index("length__treatment__name")
KINDS = dict(TimeOff.Kind.choices)


def sessions_of(look: Look, now: datetime) -> list[Session]:
    """What takes time at this place on this day, and what those who work here give elsewhere, by start."""
    last = look.first + look.ticks
    rows = _of_place().rows(place=look.place.pk, first=look.first - REACH, last=last + REACH, now=now)
    return touching(look, _read_sessions(rows))


def touching(look: Look, sessions: list[Session]) -> list[Session]:
    """Those whose time, before and after included, reaches into this day."""
    first, last = look.first, look.first + look.ticks
    return [
        one
        for one in sessions
        if min(one.from_tick, one.room_from or one.start) < last and max(one.until_tick, one.room_until or 0) > first
    ]


def sessions_with(therapist: int, first: int, last: int, now: datetime) -> list[Session]:
    """What one therapist gives between two ticks, wherever, by start."""
    rows = _of_therapist().rows(therapist=therapist, first=first - REACH, last=last + REACH, now=now)
    return _read_sessions(rows)


def _read_sessions(rows: list[tuple]) -> list[Session]:
    treatments: dict[str, str] = {}
    for row in rows:
        if row[NAMED] not in treatments:
            treatments[row[NAMED]] = str(LazyI18nString(row[NAMED]))
    return [Session(*row[:NAMED], treatments[row[NAMED]], *row[NAMED + 1 :]) for row in rows]


@cache
def _of_place() -> Statement:
    place = Given("place", BigIntegerField())
    staff = Q(therapist__in=WorkingHours.objects.filter(location=place).order_by().values("therapist"))
    staff |= Q(therapist__in=ExtraHours.objects.filter(location=place).order_by().values("therapist"))
    return Statement(_sessions().filter(Q(location=place) | staff))


@cache
def _of_therapist() -> Statement:
    return Statement(_sessions().filter(therapist=Given("therapist", BigIntegerField())))


def _sessions() -> QuerySet[Booking]:
    """Occupying bookings between two ticks with all that a card says; holds that ran out are gone."""
    live = ~Q(status=Status.HELD) | Q(hold_expires_at__gt=Given("now", DateTimeField()))
    first, last = Given("first", IntegerField()), Given("last", IntegerField())
    rows = Booking.objects.filter(live, status__in=OCCUPYING, start_tick__gte=first, start_tick__lt=last)
    earlier = Booking.objects.filter(start_tick__lt=OuterRef("start_tick"), status=Status.DONE)
    before = earlier.filter(client=OuterRef("client"))
    arrived = BookingEvent.objects.filter(booking=OuterRef("pk"), verb="arrived").order_by("-at").values("at")[:1]
    rows = rows.annotate(suits_pressure=_suits("pressure"), suits_oil_free=_suits("oil_free"))
    rows = rows.annotate(been_here=Exists(before), failed=Exists(_failed()), asked=waits())
    rows = rows.annotate(arrived_at=Subquery(arrived))
    return rows.order_by("start_tick", "pk").values_list(*FIELDS)


def _suits(field: str) -> Case:
    """What suits her: as it was said for this session, or else as her record has it (`Booking.preferences`)."""
    return Case(When(wishes_said_at__isnull=True, then=F(f"client__{field}")), default=F(field))


def _failed() -> QuerySet[Message]:
    """Messages to the client of a booking that failed and were not sent again."""
    number = Concat(Value(AGAIN), Cast(OuterRef("pk"), CharField()))
    repeats = Message.objects.filter(booking=OuterRef("booking"), key__endswith=number)
    to_client = Message.objects.filter(booking=OuterRef("pk"), state=Message.State.FAILED, therapist__isnull=True)
    return to_client.exclude(Exists(repeats))


def dated_of(look: Look, until: int | None = None) -> list[Dated]:
    """Extra hours and closures of the place and accepted time off of everybody, from this day to its end or `until`."""
    window = DateTimeTZRange(instant_of(look.first), instant_of(until or look.first + look.ticks))
    return [_read(*row) for row in _dated().rows(place=look.place.pk, window=window)]


def _read(kind: str, pk: int, therapist: int | None, room: int | None, during: Any, sort: str, reason: str) -> Dated:
    """Extra hours shrink to full ticks, what blocks grows to them."""
    start, end = (ceil_tick, floor_tick) if kind == EXTRA else (floor_tick, ceil_tick)
    words = str(LazyI18nString(reason)) if kind == CLOSED else reason or KINDS.get(sort, "")
    return Dated(kind, pk, therapist, room, start(during.lower), end(during.upper), str(words))


@cache
def _dated() -> Statement:
    here = {"location": Given("place", BigIntegerField())}
    touching = {"during__overlap": Given("window", DateTimeRangeField())}
    nobody, nothing = Cast(None, BigIntegerField()), Value("", TextField())
    extra = ExtraHours.objects.filter(**here, **touching).values_list(
        Value(EXTRA, CharField()), "pk", "therapist_id", nobody, "during", nothing, nothing
    )
    off = TimeOff.objects.filter(state=TimeOff.State.ACCEPTED, **touching).values_list(
        Value(OFF, CharField()), "pk", "therapist_id", nobody, "during", "kind", "reason"
    )
    closed = Closure.objects.filter(**here, **touching).values_list(
        Value(CLOSED, CharField()), "pk", nobody, "room_id", "during", nothing, "reason"
    )
    return Statement(extra.union(off, closed, all=True))
