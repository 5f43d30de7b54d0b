"""The set-up of this installation as one file. What is over, and photos and other files, stay behind."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import yaml
from django.conf import settings
from django.db.models import QuerySet

from accounts import second_factor
from locations import closures as closing
from locations import pages, room_page
from locations.languages import each
from locations.models import Location, Room, Studio
from studio.carry.document import FORMAT, WHOLE
from studio.carry.week import WEEKDAYS
from therapists import limits, own_parts, papers, profile, style_page, week
from therapists.models import Style, Therapist, TimeOff
from treatments import menu_page, own_menu
from treatments.models import Guidance, ReminderStep, Treatment

Content = dict[str, Any]
WIDTH = 120
FIRST = [settings.LANGUAGE_CODE]


def export(now: dt.datetime) -> str:
    """The file as text, the same for the same set-up. Raises LookupError when there is no studio yet."""
    studio = Studio.objects.first()
    if studio is None:
        raise LookupError
    return yaml.dump(WHOLE.tell(whole(studio, now)), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


def whole(studio: Studio, now: dt.datetime) -> Content:
    """Everything by its name: ids stay here."""
    places, styles = Location.objects.prefetch_related("rooms"), Style.objects.all()
    treatments = Treatment.objects.select_related("style")
    names = _Names(places, styles, treatments)
    return {
        "format": FORMAT,
        "studio": _studio(studio),
        "styles": [style_page.read(style) for style in styles],
        "places": [_place(place, now) for place in places],
        "treatments": [menu_page.read(one) | {"style": one.style.slug} for one in treatments],
        "guidance": _sorted(_advice(row) for row in _with_scope(Guidance.objects.all())),
        "messages": _sorted(_message(row) for row in _with_scope(ReminderStep.objects.all())),
        "therapists": [_therapist(person, names, now) for person in Therapist.objects.all()],
    }


def _studio(studio: Studio) -> Content:
    return pages.read_studio(studio) | {
        "failure_digest": studio.failure_digest,
        "second_factor": second_factor.studio_asks(),
        "therapists_edit": own_parts.read(own_parts.standing())["parts"],
    }


class _Names:
    """What ids are called in the file."""

    def __init__(self, places: Iterable[Location], styles: Iterable[Style], treatments: Iterable[Treatment]) -> None:
        self.places = {row.pk: row.slug for row in places}
        self.styles = {row.pk: row.slug for row in styles}
        self.treatments = {row.pk: row.slug for row in treatments}
        self.zone = next((row.zone for row in places), dt.UTC)


def _place(place: Location, now: dt.datetime) -> Content:
    names = {room.pk: room.name for room in place.rooms.all()}
    shut = [
        row | {"room": names.get(row["room"]), **_period(*map(_moment, (row["start"], row["end"])), place.zone)}
        for row in closing.read(place)["closures"]
        if _moment(row["end"]) > now
    ]
    rooms = [_room(room, place.zone) for room in place.rooms.all()]
    hours = pages.read_hours(place)["days"]
    return pages.read_place(place) | {"opening_hours": hours, "closures": shut, "rooms": rooms}


def _room(room: Room, zone: dt.tzinfo) -> Content:
    content = room_page.read(room)
    for prop in content["props"]:
        for end in ("out_from", "out_until"):
            prop[end] = prop[end] and _moment(prop[end]).astimezone(zone)
    return content


def _therapist(person: Therapist, names: _Names, now: dt.datetime) -> Content:
    content = profile.read(person) | {"staff_note": person.staff_note}
    return content | {
        "styles": sorted(names.styles[pk] for pk in content["styles"]),
        "certificates": [
            paper | {"styles": sorted(names.styles[pk] for pk in paper["styles"])}
            for paper in papers.read(person)["papers"]
        ],
        "treatments": sorted(
            (row | {"treatment": names.treatments[row["treatment"]]} for row in own_menu.read(person)["rows"]),
            key=lambda row: row["treatment"],
        ),
        "limits": [row | {"weekday": _weekday(row["weekday"])} for row in limits.read(person)["limits"]],
        "hours": sorted((_plan(plan, names) for plan in week.read(person)["plans"]), key=_plan_order),
        "extra_hours": [
            {"place": names.places[row.location_id], **_period(row.during.lower, row.during.upper, names.zone)}
            for row in person.extrahours_set.filter(during__endswith__gt=now).order_by("during", "pk")
        ],
        "time_off": [
            _period(row.during.lower, row.during.upper, names.zone)
            for row in person.timeoff_set.filter(state=TimeOff.State.ACCEPTED, during__endswith__gt=now).order_by(
                "during", "pk"
            )
        ],
    }


def _plan(plan: Content, names: _Names) -> Content:
    return plan | {"place": names.places[plan["place"]], "every_weeks": plan["every"]}


def _plan_order(plan: Content) -> tuple:
    return plan["place"], plan["since"], plan["until"] or "", plan["every"]


def _advice(row: Guidance) -> Content:
    return _scope(row) | {"title": each(row.title, FIRST), "text": each(row.text, FIRST)}


def _message(row: ReminderStep) -> Content:
    said = {"subject": each(row.subject, FIRST), "text": each(row.text, FIRST)}
    return _scope(row) | said | {"is_on": row.is_on, "channels": list(row.channels)}


def _scope(row: Guidance | ReminderStep) -> Content:
    return {
        "kind": row.kind,
        "treatment": row.treatment and row.treatment.slug,
        "style": row.style and row.style.slug,
        "anchor": row.anchor,
        "offset_minutes": row.offset_minutes,
    }


def _with_scope(rows: QuerySet) -> QuerySet:
    return rows.select_related("treatment", "style")


def _sorted(rows: Iterable[Content]) -> list[Content]:
    """What is for everything first."""
    return sorted(rows, key=lambda row: (row["treatment"] or "", row["style"] or "", row["kind"]))


def _weekday(number: int | None) -> str | None:
    return None if number is None else WEEKDAYS[number]


def _moment(iso: str) -> dt.datetime:
    return dt.datetime.fromisoformat(iso)


def _period(start: dt.datetime, end: dt.datetime, zone: dt.tzinfo) -> Content:
    return {"start": start.astimezone(zone), "end": end.astimezone(zone)}


class _Dumper(yaml.SafeDumper):
    """Several lines stand as lines, and nothing is written as a reference to something above."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _words(dumper: _Dumper, words: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style="|" if "\n" in words else None)


_Dumper.add_representer(str, _words)
