"""What only shows when the whole file is read: names that nothing has, ends before beginnings, hours that overlap."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from studio.carry.nodes import Problem
from studio.carry.shapes import Told
from therapists.week import first_overlap, overlap_words


class Known(NamedTuple):
    styles: set[str]
    places: set[str]
    treatments: set[str]


def look_across(told: Told) -> Iterator[Problem]:
    """Of a file whose every value is right by itself."""
    known = Known(*({row["slug"] for row in told[key]} for key in ("styles", "places", "treatments")))
    for place in told["places"]:
        yield from _place(place)
    for treatment in told["treatments"]:
        yield from _unknown(treatment, "style", [treatment["style"]], known.styles)
    for row in (*told["guidance"], *told["messages"]):
        yield from _unknown(row, "style", [row["style"]], known.styles)
        yield from _unknown(row, "treatment", [row["treatment"]], known.treatments)
    for person in told["therapists"]:
        yield from _therapist(person, known)


def _place(place: Told) -> Iterator[Problem]:
    rooms = {room["name"] for room in place["rooms"]}
    for row in place["closures"]:
        yield from _unknown(row, "room", [row["room"]], rooms)
    yield from _backwards(place["closures"])


def _therapist(person: Told, known: Known) -> Iterator[Problem]:
    yield from _unknown(person, "styles", person["styles"], known.styles)
    for paper in person["certificates"]:
        yield from _unknown(paper, "styles", paper["styles"], known.styles)
    for row in person["treatments"]:
        yield from _unknown(row, "treatment", [row["treatment"]], known.treatments)
    for row in (*person["hours"], *person["extra_hours"]):
        yield from _unknown(row, "place", [row["place"]], known.places)
    yield from _backwards((*person["extra_hours"], *person["time_off"]))
    plans = [plan | {"every": plan["every_weeks"]} for plan in person["hours"]]
    if clash := first_overlap(plans):
        line = max(person["hours"][block.plan]["days"].lines[block.weekday] for block in clash)
        yield Problem(line, f"hours: {overlap_words(plans, clash)}")


def _unknown(told: Told, key: str, names: Iterable[str | None], known: set[str]) -> Iterator[Problem]:
    for name in names:
        if name is not None and name not in known:
            ways = f"known are {', '.join(sorted(known))}" if known else "the file has none"
            yield Problem(told.line_of(key), f"{key}: nothing here is called {name}, {ways}.")


def _backwards(rows: Iterable[Told]) -> Iterator[Problem]:
    for row in rows:
        if row["end"] <= row["start"]:
            yield Problem(row.line_of("end"), "end: this is not after the start: turn the two round.")
