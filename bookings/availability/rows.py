"""What is true at this moment: two statements behind every search of times. Tuples, not model rows."""

from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Expression,
    Field,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from bookings.models import Booking
from bookings.models.status import OCCUPYING, Status
from bookings.scheduling.timeline import instant_of
from locations.models import Closure, Location
from therapists.models import ExtraHours, TimeOff

_NEVER_HELD = tuple(status for status in OCCUPYING if status != Status.HELD)


class Given(Expression):
    """A value that a statement is given each time it runs, by its name."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Statement:
    """The SQL of a query, written once per process: Django takes longer to write it than PostgreSQL to answer it."""

    def __init__(self, rows: QuerySet) -> None:
        self.sql, self.parameters = rows.query.sql_with_params()

    def rows(self, **given: Any) -> list[tuple]:
        values = [given[value.name] if isinstance(value, Given) else value for value in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return cursor.fetchall()


def dated_rows(location: Location, origin: int, ticks: int) -> list[tuple]:
    """Extra hours, accepted time off and closures that touch the window: kind, therapist, room, range."""
    window = DateTimeTZRange(instant_of(origin), instant_of(origin + ticks))
    return _dated().rows(location=location.pk, window=window)


def booking_rows(origin: int, ticks: int, now: datetime, but: int | None) -> list[tuple]:
    """What takes time now: everything occupying, and holds that have not run out. Read from the covering index.

    Therapist, room, then ticks: start and end, the therapist's from and until, the room's from and until; status.
    """
    return _bookings(but is not None).rows(first=origin, last=origin + ticks, now=now, but=but)


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
        rows = rows.exclude(pk=Given("but", BigIntegerField()))
    return Statement(
        rows.values_list(
            "therapist_id",
            "room_id",
            "start_tick",
            "end_tick",
            "therapist_from_tick",
            "therapist_until_tick",
            "room_from_tick",
            "room_until_tick",
            "status",
        )
    )
