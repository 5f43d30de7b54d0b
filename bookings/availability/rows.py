"""What is true at this moment: two statements behind every search of times. Tuples, not model rows."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    Expression,
    Field,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, NullIf

from bookings.models import Booking
from bookings.models.status import OCCUPYING, Status
from bookings.scheduling.hours import wall_to_tick
from bookings.scheduling.timeline import Span, instant_of
from locations.models import Closure, Location
from therapists.models import ExtraHours, TimeOff

But = int | tuple[int, ...] | None
"""Bookings whose own time counts as free, by id: the one to be moved, or those that change places."""
_NEVER_HELD = tuple(status for status in OCCUPYING if status != Status.HELD)


class Given(Expression):
    """A value that a statement is given each time it runs, by its name."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class NotOneOf(Func):
    """Whether a number is none of an array's. Of `NOT IN` every count of numbers would be a statement of its own."""

    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        number, numbers = map(compiler.compile, self.source_expressions)
        return f"({number[0]} <> ALL({numbers[0]}::bigint[]))", [*number[1], *numbers[1]]


class Statement:
    """The SQL of a query, written once per process: Django takes longer to write it than PostgreSQL to answer it."""

    def __init__(self, rows: QuerySet) -> None:
        self.sql, self.parameters = rows.query.sql_with_params()

    def rows(self, **given: Any) -> list[tuple]:
        values = [given[value.name] if isinstance(value, Given) else value for value in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Rows:
    """What is true of `days` local days at one moment. `origin` is the local midnight a day before the first of them.

    `dated` reach over the whole time that can be booked: they are few, and `further` days need only the bookings.
    """

    first_day: date
    days: int
    origin: int
    ticks: int
    dated: list[tuple]
    bookings: list[tuple]


def read_rows(location: Location, first_day: date, days: int, now: datetime, but: But = None) -> Rows:
    """Two statements. `but`: bookings whose own time counts as free."""
    origin, ticks = _reach(location, first_day, days)
    horizon = now.astimezone(location.zone).date() + timedelta(days=location.horizon_days)
    _origin, all_ticks = _reach(location, first_day, max(days, (horizon - first_day).days + 1))
    dated = dated_rows(location, origin, all_ticks)
    return Rows(first_day, days, origin, ticks, dated, booking_rows(origin, ticks, now, but))


def further(rows: Rows, location: Location, days: int, now: datetime, but: But = None) -> Rows:
    """The rows of more days from the same first one. One statement."""
    origin, ticks = _reach(location, rows.first_day, days)
    return Rows(rows.first_day, days, origin, ticks, rows.dated, booking_rows(origin, ticks, now, but))


def _reach(location: Location, first_day: date, days: int) -> Span:
    """The first tick and the number of ticks of local days, with a day before and a day after them."""
    origin = wall_to_tick(first_day - timedelta(days=1), time(), location.zone)
    return origin, wall_to_tick(first_day + timedelta(days=days + 1), time(), location.zone) - origin


def dated_rows(location: Location, origin: int, ticks: int) -> list[tuple]:
    """Extra hours, accepted time off and closures that touch the window: kind, therapist, room, range."""
    window = DateTimeTZRange(instant_of(origin), instant_of(origin + ticks))
    return _dated().rows(location=location.pk, window=window)


def booking_rows(origin: int, ticks: int, now: datetime, but: But) -> list[tuple]:
    """What takes time now: everything occupying, and holds that have not run out. Read from the covering index.

    Therapist, room, then ticks: start and end, the therapist's from and until, the room's from and until; status.
    The start, and the room's ticks, are None where they are the therapist's: a NULL costs nothing to send and to read.
    """
    gone = [but] if isinstance(but, int) else list(but or ())
    return _bookings(bool(gone)).rows(first=origin, last=origin + ticks, now=now, but=gone)


@cache
def _dated() -> Statement:
    here = {"location": Given("location", BigIntegerField())}
    touching = {"during__overlap": Given("window", DateTimeRangeField())}
    nobody = Cast(None, BigIntegerField())
    extra = ExtraHours.objects.filter(**here, **touching).values_list(
        Value("extra", CharField()), "therapist_id", nobody, "during"
    )
    off = TimeOff.objects.filter(state=TimeOff.State.ACCEPTED, **touching).values_list(
        Value("off", CharField()), "therapist_id", nobody, "during"
    )
    closed = Closure.objects.filter(**here, **touching).values_list(
        Value("closure", CharField()), nobody, "room_id", "during"
    )
    return Statement(extra.union(off, closed, all=True))


@cache
def _bookings(without_one: bool) -> Statement:
    live = Q(status=Status.HELD, hold_expires_at__gt=Given("now", DateTimeField()))
    rows = Booking.objects.occupying().filter(
        Q(status__in=_NEVER_HELD) | live,
        therapist_from_tick__gte=Given("first", IntegerField()),
        therapist_from_tick__lt=Given("last", IntegerField()),
    )
    if without_one:
        rows = rows.filter(NotOneOf("pk", Given("but", ArrayField(BigIntegerField()))))
    return Statement(
        rows.values_list(
            "therapist_id",
            "room_id",
            NullIf("start_tick", "therapist_from_tick"),
            "end_tick",
            "therapist_from_tick",
            "therapist_until_tick",
            NullIf("room_from_tick", "therapist_from_tick"),
            NullIf("room_until_tick", "therapist_until_tick"),
            "status",
        )
    )
