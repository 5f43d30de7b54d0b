"""The four statements behind every search of times. Tuples, not model rows: they are read by the thousand."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import BigIntegerField, CharField, DateField, OuterRef, Q, QuerySet, SmallIntegerField, Value
from django.db.models.functions import Cast, JSONObject

from bookings.models import Booking
from bookings.models.status import OCCUPYING, Status
from bookings.scheduling.timeline import instant_of
from locations.models import Closure, Location, OpeningHours, Prop, Room
from therapists.models import ExtraHours, TimeOff, WorkingHours

_NOBODY = Cast(None, BigIntegerField())
_NO_DATE = Cast(None, DateField())
_NEVER_HELD = tuple(status for status in OCCUPYING if status != Status.HELD)


def weekly_rows(location: Location, people: Iterable[int]):
    opening = OpeningHours.objects.filter(location=location).values_list(
        _NOBODY,
        "weekday",
        "opens",
        "closes",
        _NO_DATE,
        _NO_DATE,
        Value(1, SmallIntegerField()),
    )
    working = WorkingHours.objects.filter(location=location, therapist__in=list(people)).values_list(
        "therapist_id", "weekday", "opens", "closes", "valid_from", "valid_until", "every_weeks"
    )
    return opening.order_by().union(working.order_by(), all=True)


def dated_rows(location: Location, people: Iterable[int], origin: int, ticks: int):
    """Extra hours, accepted time off and closures that touch the window: kind, therapist, room, range."""
    touching = {"during__overlap": DateTimeTZRange(instant_of(origin), instant_of(origin + ticks))}
    people = list(people)
    extra = ExtraHours.objects.filter(location=location, therapist__in=people, **touching).values_list(
        Value("extra", CharField()), "therapist_id", _NOBODY, "during"
    )
    off = TimeOff.objects.filter(therapist__in=people, state=TimeOff.State.ACCEPTED, **touching).values_list(
        Value("off", CharField()), "therapist_id", _NOBODY, "during"
    )
    closed = Closure.objects.filter(location=location, **touching).values_list(
        Value("closure", CharField()), _NOBODY, "room_id", "during"
    )
    return extra.union(off, closed, all=True)


def booking_rows(origin: int, ticks: int, now: datetime, but: int | None):
    """What takes time now: everything occupying, and holds that have not run out. Read from the covering index."""
    taken = Q(status__in=_NEVER_HELD) | Q(status=Status.HELD, hold_expires_at__gt=now)
    rows = Booking.objects.occupying().filter(
        taken, therapist_from_tick__gte=origin, therapist_from_tick__lt=origin + ticks
    )
    if but is not None:
        rows = rows.exclude(pk=but)
    return rows.values_list(
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


def room_rows(location: Location) -> QuerySet:
    """The rooms in use, each with its props as JSON objects: id, props."""
    props = Prop.objects.filter(room=OuterRef("pk")).values(
        row=JSONObject(kind="kind", inspected="inspected_until", out="out_from", back="out_until")
    )
    rooms = Room.objects.filter(location=location, in_use=True).annotate(prop_rows=ArraySubquery(props))
    return rooms.values_list("pk", "prop_rows")
