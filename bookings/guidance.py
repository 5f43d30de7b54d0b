"""What a client is asked to do around a session, and when: drink, eat, come, dress. Advice of the studio, not medical.

Offsets are real minutes from the start or the end, so a change of the clock between advice and session moves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    WATER_BEFORE = "water_before"
    HEAVY_MEAL = "heavy_meal"
    MEAL = "meal"
    CLOTHES = "clothes"
    ARRIVAL = "arrival"
    WATER_AFTER = "water_after"
    AFTERCARE = "aftercare"


class Anchor(StrEnum):
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice, `offset_minutes` from the start or the end of a session; before it is negative.

    Title and text may hold {time} and {day} (of the moment itself), {start_time}, {end_time}, {start_day} and
    {meal_time} (when the last light meal should be over), all in the studio's local time.
    """

    kind: str
    anchor: str
    offset_minutes: int
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """An advice at its instant (UTC), its words filled in."""

    at: datetime
    kind: str
    title: str
    text: str


DEFAULT_ADVICE = (
    Advice(
        Kind.WATER_BEFORE,
        Anchor.START,
        -240,
        "Drink water through the day",
        "Drink water through the day until {start_time}, as much as feels good.",
    ),
    Advice(
        Kind.HEAVY_MEAL,
        Anchor.START,
        -120,
        "Nothing heavy from {time} on",
        "Finish any big meal by {time}. A light one is fine until {meal_time}.",
    ),
    Advice(
        Kind.MEAL,
        Anchor.START,
        -90,
        "Finish eating by {time}",
        "Please do not eat after {time}: you lie on your stomach during the session.",
    ),
    Advice(
        Kind.CLOTHES,
        Anchor.START,
        -30,
        "Wear comfortable clothes",
        "Come in loose, comfortable clothes that you can move in.",
    ),
    Advice(
        Kind.ARRIVAL,
        Anchor.START,
        -10,
        "Arrive at {time}",
        "Come at {time}, so that there is time to talk about your aches and wishes before {start_time}.",
    ),
    Advice(Kind.WATER_AFTER, Anchor.END, 10, "Drink water again", "Drink a glass of water, and more over the day."),
    Advice(
        Kind.AFTERCARE,
        Anchor.END,
        30,
        "Take it easy",
        "Rest a little, eat something light when you like, and leave heavy lifting for another day.",
    ),
)


def timeline(*, start: datetime, end: datetime, zone: ZoneInfo, advice: Iterable[Advice]) -> list[Moment]:
    """The moments of a session in the order of time, words filled with local times.

    `start` and `end` are aware instants, else ValueError. An unknown placeholder stays as it was typed.
    """
    if start.utcoffset() is None or end.utcoffset() is None:
        raise ValueError("A session's start and end need a time zone.")
    pieces = list(advice)
    words = _session_words(start, end, zone, pieces)
    moments = [_moment(piece, start, end, zone, words) for piece in pieces]
    return sorted(moments, key=lambda moment: moment.at)


def still_useful(moments: Iterable[Moment], now: datetime) -> list[Moment]:
    """The moments that are not over at `now`: what was due an hour ago would only worry somebody."""
    return [moment for moment in moments if moment.at >= now]


def instant(piece: Advice, start: datetime, end: datetime) -> datetime:
    """The UTC instant of a piece of advice."""
    anchor = start if piece.anchor == Anchor.START else end
    return anchor.astimezone(UTC) + timedelta(minutes=piece.offset_minutes)


def _moment(piece: Advice, start: datetime, end: datetime, zone: ZoneInfo, words: dict[str, str]) -> Moment:
    at = instant(piece, start, end)
    local = at.astimezone(zone)
    filled = words | {"time": _clock(local), "day": _day(local)}
    return Moment(at, piece.kind, _fill(piece.title, filled), _fill(piece.text, filled))


def _session_words(start: datetime, end: datetime, zone: ZoneInfo, pieces: Iterable[Advice]) -> dict[str, str]:
    local_start = start.astimezone(zone)
    meals = [instant(piece, start, end) for piece in pieces if piece.kind == Kind.MEAL]
    return {
        "start_time": _clock(local_start),
        "start_day": _day(local_start),
        "end_time": _clock(end.astimezone(zone)),
        "meal_time": _clock(min(meals, default=start).astimezone(zone)),
    }


def _fill(text: str, words: dict[str, str]) -> str:
    """Plain replacement: studio-edited words may hold any other brace."""
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text


def _clock(local: datetime) -> str:
    return f"{local:%H:%M}"


def _day(local: datetime) -> str:
    return f"{local:%A} {local.day} {local:%B}"
