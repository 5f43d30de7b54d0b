"""The sessions that are booked with somebody or somewhere, as the office lists them: when, whose, what."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from bookings.models import Booking
from spa import texts

MOST = 20


class Line(NamedTuple):
    """A session in words. `pk` leads to its card at the desk."""

    pk: int
    when: str
    who: str
    what: str


class Listed(NamedTuple):
    """How many there are, and the first of them in words."""

    total: int
    lines: list[Line]


def ahead(now: dt.datetime, **whose: object) -> list[Booking]:
    """The agreed sessions that have not ended, the earliest first, with client, place and treatment. One query."""
    rows = Booking.objects.ahead().filter(during__endswith__gt=now, **whose)
    return list(rows.select_related("client", "location", "length__treatment").order_by("start_tick", "pk"))


def lines(bookings: Iterable[Booking]) -> list[Line]:
    found = []
    for row in bookings:
        zone = row.location.zone
        when = texts.whole(row.starts_at.astimezone(zone), row.ends_at.astimezone(zone))
        found.append(Line(row.pk, when, row.name or row.client.name, row.treatment_name))
    return found


def listed(bookings: list[Booking]) -> Listed:
    return Listed(len(bookings), lines(bookings[:MOST]))
