"""Reads the set-up. A process keeps what it has read for as long as the set-up's revision stays the same.

Only what changes when somebody in the office saves a form is kept. Bookings, holds, time off, extra hours and
closures are read for every search.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from bookings.models.revision import setup_revision
from bookings.scheduling.hours import WeeklyHours
from bookings.scheduling.limits import Limit
from bookings.scheduling.timeline import TICK_MINUTES
from locations.house import open_locations
from locations.models import Location, Prop, Room
from therapists.models import Certificate, Therapist, WorkingHours
from therapists.models import Limit as LimitOfADay
from treatments.models import Length, TherapistTreatment

from .setup import Contract, PropRow, RoomRow, Setup, Week, terms_with

_kept: tuple[UUID, Setup] | None = None


def load_setup() -> Setup:
    """The set-up as it is now: one statement, and three more when it has changed since this process read it."""
    global _kept
    number = setup_revision()
    if _kept is not None and _kept[0] == number:
        return _kept[1]
    setup = read_setup(number or uuid4())
    if number is not None:
        _kept = number, setup
    return setup


def read_setup(number: UUID) -> Setup:
    """Three statements: locations with their rooms, lengths, therapists. `number` is the revision that is read."""
    locations = tuple(_locations())
    lengths = tuple(
        Length.objects.filter(on_menu=True, treatment__on_menu=True)
        .select_related("treatment__style")
        .order_by("treatment__order", "treatment_id", "-minutes")
    )
    therapists = tuple(_therapists())
    for person in therapists:
        person.contract = _contract(person, lengths)
    weeks = {location.pk: Week(tuple(map(_weekly, location.opening_rows))) for location in locations}
    rooms = tuple(_room(row, location) for location in locations for row in location.room_rows)
    return Setup(number, locations, lengths, therapists, rooms, weeks)


def _locations():
    props = _objects(
        Prop.objects.filter(room=OuterRef("pk")),
        kind="kind",
        inspected="inspected_until",
        out="out_from",
        back="out_until",
    )
    rooms = Room.objects.filter(location=OuterRef("pk"), in_use=True).order_by("order", "pk")
    return open_locations().annotate(
        room_rows=ArraySubquery(rooms.values(row=JSONObject(id="pk", name="name", props=props)))
    )


def _room(row: Mapping[str, Any], location: Location) -> RoomRow:
    return RoomRow(row["id"], location.pk, tuple(map(_prop, row["props"])), row["name"])


def _therapists():
    mine = OuterRef("pk")
    styles = Therapist.styles.through.objects.filter(therapist=mine).values("style_id")
    certified = Certificate.styles.through.objects.filter(certificate__therapist=mine)
    own = TherapistTreatment.objects.filter(therapist=mine)
    limits = LimitOfADay.objects.filter(therapist=mine)
    hours = WorkingHours.objects.filter(therapist=mine).order_by()
    return Therapist.objects.filter(bookable=True).annotate(
        style_rows=ArraySubquery(styles),
        certificate_rows=_objects(
            certified, style="style_id", since="certificate__issued_on", until="certificate__expires_on"
        ),
        own_rows=_objects(
            own, treatment="treatment_id", gives="gives", price="price", before="before_minutes", after="after_minutes"
        ),
        limit_rows=_objects(
            limits,
            weekday="weekday",
            sessions="sessions",
            hands_on="hands_on_minutes",
            run="run_minutes",
            rest="rest_minutes",
        ),
        hours_rows=_objects(
            hours,
            location="location_id",
            weekday="weekday",
            opens="opens",
            closes="closes",
            since="valid_from",
            until="valid_until",
            every="every_weeks",
        ),
    )


def _objects(rows: Any, **columns: str) -> ArraySubquery:
    """Rows of another table as an array of JSON objects."""
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def _contract(person: Therapist, lengths: Iterable[Length]) -> Contract:
    rules: dict[int, list[WeeklyHours]] = defaultdict(list)
    for row in person.hours_rows:
        rules[row["location"]].append(_weekly(row))
    style_ids, own = frozenset(person.style_rows), {row["treatment"]: row for row in person.own_rows}
    return Contract(
        style_ids=style_ids,
        own=own,
        certified=tuple((row["style"], _date(row["since"]), _date(row["until"])) for row in person.certificate_rows),
        limits=tuple(map(_limit, person.limit_rows)),
        weeks={location: Week(tuple(blocks)) for location, blocks in rules.items()},
        shortest_block=_shortest_block(style_ids, own, lengths),
    )


def _shortest_block(style_ids: frozenset[int], own: dict[int, dict], lengths: Iterable[Length]) -> int:
    blocks = []
    for length in lengths:
        row = own.get(length.treatment_id)
        if row["gives"] if row else length.treatment.style_id in style_ids:
            terms = terms_with(row, length)
            blocks.append(terms.before + terms.hands_on + terms.after)
    return min(blocks, default=1)


def _weekly(row: Mapping[str, Any]) -> WeeklyHours:
    """A row of opening hours has no first day, no last day and no rhythm."""
    return WeeklyHours(
        weekday=row["weekday"],
        opens=time.fromisoformat(row["opens"]),
        closes=time.fromisoformat(row["closes"]),
        valid_from=_date(row.get("since")),
        valid_until=_date(row.get("until")),
        every_weeks=row.get("every", 1),
    )


def _limit(row: Mapping[str, Any]) -> Limit:
    return Limit(
        weekday=row["weekday"],
        sessions=row["sessions"],
        hands_on=row["hands_on"] and row["hands_on"] // TICK_MINUTES,
        run=row["run"] and row["run"] // TICK_MINUTES,
        rest=-(-row["rest"] // TICK_MINUTES),
    )


def _prop(row: Mapping[str, Any]) -> PropRow:
    return PropRow(row["kind"], _date(row["inspected"]), _instant(row["out"]), _instant(row["back"]))


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _instant(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None
