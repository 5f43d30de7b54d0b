"""A therapist's extra hours as one value, to be written, kept in versions and restored: see accounts.sheets.

The content is {"extra": [...]}, the earliest first, each {"place": id, "start": instant, "end": instant}, ISO in UTC.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from accounts.sheets import Content, Page
from therapists.models import ExtraHours, Therapist

Extra = dict[str, Any]


def read(person: Therapist) -> Content:
    return {"extra": in_order([told(row.location_id, *ends_of(row.during)) for row in person.extrahours_set.all()])}


def write(person: Therapist, content: Content) -> None:
    if overlapping(content["extra"]):
        raise ValidationError(_("These extra hours overlap others: change one of them."))
    rows = [ExtraHours(therapist=person, location_id=one["place"], during=during(one)) for one in content["extra"]]
    for row in rows:
        row.full_clean(exclude=["therapist"])
    person.extrahours_set.all().delete()
    ExtraHours.objects.bulk_create(rows)


EXTRA = Page(kind="therapist.extra", read=read, write=write)


def told(place: int, start: dt.datetime, end: dt.datetime) -> Extra:
    return {"place": place, "start": start.astimezone(dt.UTC).isoformat(), "end": end.astimezone(dt.UTC).isoformat()}


def in_order(rows: Sequence[Extra]) -> list[Extra]:
    return sorted(rows, key=lambda one: (one["start"], one["end"], one["place"]))


def during(one: Extra) -> DateTimeTZRange:
    return DateTimeTZRange(*(dt.datetime.fromisoformat(one[end]) for end in ("start", "end")))


def ends_of(period: DateTimeTZRange) -> tuple[dt.datetime, dt.datetime]:
    return period.lower, period.upper


def overlapping(rows: Sequence[Extra]) -> tuple[Extra, Extra] | None:
    """Two of them that share a minute, at whichever place; None when there are none. Instants in UTC sort as text."""
    return next(((one, other) for one, other in pairwise(in_order(rows)) if other["start"] < one["end"]), None)
