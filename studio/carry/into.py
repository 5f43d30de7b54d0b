"""A file brought into an installation in which nothing stands yet: all of it, or nothing."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from i18nfield.strings import LazyI18nString

from accounts import second_factor
from accounts.sheets import Content, Page
from locations.closures import CLOSURES
from locations.models import Location, Room, Studio
from locations.pages import OPENING, PLACE, STUDIO
from locations.room_page import ROOM
from studio.carry.cross import look_across
from studio.carry.document import WHOLE
from studio.carry.nodes import BadFile, Problem, read
from studio.carry.shapes import Told
from studio.carry.week import WEEKDAYS
from therapists.limits import LIMITS
from therapists.models import ExtraHours, OwnParts, Style, Therapist, TimeOff
from therapists.own_parts import OWN_PARTS
from therapists.papers import PAPERS
from therapists.profile import PROFILE
from therapists.style_page import STYLE
from therapists.week import HOURS
from treatments.menu_page import TREATMENT
from treatments.models import Guidance, ReminderStep, Treatment
from treatments.own_menu import OWN_MENU

SET_UP = (Studio, Location, Style, Treatment, Therapist, Guidance, ReminderStep)


class NotEmpty(Exception):
    """Something of a studio stands here already."""


def understand(data: bytes) -> Told:
    """The content of a file. Raises BadFile with everything that is wrong in it."""
    problems: list[Problem] = []
    told = WHOLE.read(read(data), "the file", problems)
    problems = problems or list(look_across(told))
    if problems:
        raise BadFile(*problems)
    return told


def bring_in(data: bytes, now: dt.datetime) -> Studio:
    """The studio of a file, written in one transaction.

    Raises BadFile when the file or a rule of the tables says no, NotEmpty when something stands here already.
    """
    told = understand(data)
    try:
        with transaction.atomic():
            if any(model.objects.exists() for model in SET_UP):
                raise NotEmpty
            return _Builder(now).build(told)
    except IntegrityError:  # two imports at once: there is one studio
        raise NotEmpty from None


class _Builder:
    """Writes the rows and remembers what they are called in the file."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.styles: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.treatments: dict[str, int] = {}

    def build(self, told: Told) -> Studio:
        studio = Studio(failure_digest=told["studio"]["failure_digest"])
        _write(STUDIO, studio, told["studio"])
        _write(OWN_PARTS, OwnParts(), {"parts": told["studio"]["therapists_edit"]}, told["studio"], "therapists_edit")
        second_factor.set_up(is_asked=told["studio"]["second_factor"])
        for style in told["styles"]:
            self.styles[style["slug"]] = _write(STYLE, Style(), style).pk
        for place in told["places"]:
            self._place(place)
        for given in told["treatments"]:
            content = given | {"style_id": self.styles[given["style"]]}
            self.treatments[given["slug"]] = _write(TREATMENT, Treatment(), content, given).pk
        for advice in told["guidance"]:
            _save(Guidance(**self._scope(advice), **_said(advice, "title", "text")), advice)
        for message in told["messages"]:
            step = ReminderStep(**self._scope(message), **_said(message, "subject", "text"))
            step.is_on, step.channels, step._history_date = message["is_on"], message["channels"], self.now
            _save(step, message)
        for person in told["therapists"]:
            self._therapist(person)
        return studio

    def _place(self, told: Told) -> None:
        place = _write(PLACE, Location(), told)
        self.places[told["slug"]] = place.pk
        _write(OPENING, place, {"days": told["opening_hours"]}, told, "opening_hours")
        rooms = {}
        for room in told["rooms"]:
            props = [prop | {end: _iso(prop[end]) for end in ("out_from", "out_until")} for prop in room["props"]]
            content = room | {"location_id": place.pk, "props": props}
            rooms[room["name"]] = _write(ROOM, Room(), content, room).pk
        shut = [
            row | {"room": row["room"] and rooms[row["room"]], "start": _iso(row["start"]), "end": _iso(row["end"])}
            for row in told["closures"]
        ]
        _write(CLOSURES, place, {"closures": shut}, told, "closures")

    def _therapist(self, told: Told) -> None:
        person = Therapist(staff_note=told["staff_note"])
        _write(PROFILE, person, told | {"styles": [self.styles[slug] for slug in told["styles"]]}, told)
        papers = [paper | {"styles": [self.styles[slug] for slug in paper["styles"]]} for paper in told["certificates"]]
        rows = [row | {"treatment": self.treatments[row["treatment"]]} for row in told["treatments"]]
        plans = [plan | {"place": self.places[plan["place"]], "every": plan["every_weeks"]} for plan in told["hours"]]
        limits = [
            row | {"weekday": None if row["weekday"] is None else WEEKDAYS.index(row["weekday"])}
            for row in told["limits"]
        ]
        for page, key, content in (
            (PAPERS, "certificates", {"papers": papers}),
            (OWN_MENU, "treatments", {"rows": rows}),
            (LIMITS, "limits", {"limits": limits}),
            (HOURS, "hours", {"plans": plans}),
        ):
            _write(page, person, content, told, key)
        for row in told["extra_hours"]:
            place = self.places[row["place"]]
            _save(ExtraHours(therapist=person, location_id=place, during=_during(row)), row)
        for row in told["time_off"]:
            _save(TimeOff(therapist=person, during=_during(row), kind=TimeOff.Kind.OTHER), row)

    def _scope(self, told: Told) -> Content:
        plain = {name: told[name] for name in ("kind", "anchor", "offset_minutes")}
        treatment, style = told["treatment"], told["style"]
        plain["treatment_id"] = treatment and self.treatments[treatment]
        return plain | {"style_id": style and self.styles[style]}


def _write(page: Page, row: Any, content: Content, told: Told | None = None, key: str = "") -> Any:
    """Make a row say a content; what its rules refuse is told at the line of `told`, of `key` where that is given."""
    with _at_its_line(content if told is None else told, key):
        page.write(row, content)
    return row


def _save(row: Any, told: Told) -> None:
    with _at_its_line(told):
        row.full_clean()
        row.save()


@contextlib.contextmanager
def _at_its_line(told: Told, key: str = "") -> Iterator[None]:
    try:
        yield
    except ValidationError as problem:
        by_field = problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}
        found = [(key or name, words) for name, said in by_field.items() for words in said]
        raise BadFile(*(_at(told, name, words) for name, words in found)) from None


def _at(told: Told, name: str, words: str) -> Problem:
    return Problem(told.line_of(name), f"{name}: {words}" if name in told.lines else words)


def _said(told: Told, *names: str) -> dict[str, LazyI18nString]:
    return {name: LazyI18nString(told[name]) for name in names}


def _iso(moment: dt.datetime | None) -> str | None:
    return moment and moment.isoformat()


def _during(told: Told) -> DateTimeTZRange:
    return DateTimeTZRange(told["start"], told["end"])
