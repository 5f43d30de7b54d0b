"""What a client is asked to do around a session, and when: drink, eat, come, dress. Advice of the studio, not medical.

Offsets are real minutes from the start or the end, so a change of the clock between advice and session moves nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

Say = Callable[[datetime], str]


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


PLACES = ("time", "day", "start_time", "end_time", "start_day", "meal_time")
"""What may stand in braces in title and text."""


def _(words: str) -> str:
    """Marks words for the translators. No Django here: whoever shows them translates."""
    return words


DEFAULT_ADVICE = (
    Advice(
        Kind.WATER_BEFORE,
        Anchor.START,
        -240,
        _("Drink water through the day"),
        _("Drink water through the day until {start_time}, as much as feels good."),
    ),
    Advice(
        Kind.HEAVY_MEAL,
        Anchor.START,
        -120,
        _("Nothing heavy from {time} on"),
        _("Finish any big meal by {time}. A light one is fine until {meal_time}."),
    ),
    Advice(
        Kind.MEAL,
        Anchor.START,
        -90,
        _("Finish eating by {time}"),
        _("Please do not eat after {time}: you lie on your stomach during the session."),
    ),
    Advice(
        Kind.CLOTHES,
        Anchor.START,
        -30,
        _("Wear comfortable clothes"),
        _("Come in loose, comfortable clothes that you can move in."),
    ),
    Advice(
        Kind.ARRIVAL,
        Anchor.START,
        -10,
        _("Arrive at {time}"),
        _("Come at {time}, so that there is time to talk about your aches and wishes before {start_time}."),
    ),
    Advice(
        Kind.WATER_AFTER, Anchor.END, 10, _("Drink water again"), _("Drink a glass of water, and more over the day.")
    ),
    Advice(
        Kind.AFTERCARE,
        Anchor.END,
        30,
        _("Take it easy"),
        _("Rest a little, eat something light when you like, and leave heavy lifting for another day."),
    ),
)


def clock_of(local: datetime) -> str:
    return f"{local:%H:%M}"


def day_of(local: datetime) -> str:
    return f"{local:%A} {local.day} {local:%B}"


def timeline(
    *,
    start: datetime,
    end: datetime,
    zone: ZoneInfo,
    advice: Iterable[Advice] = DEFAULT_ADVICE,
    say_time: Say = clock_of,
    say_day: Say = day_of,
) -> list[Moment]:
    """The moments of a session in the order of time, words filled with local times.

    `start` and `end` are aware instants, else ValueError. `say_time` and `say_day` write a local time in the
    reader's language. An unknown placeholder stays as it was typed.
    """
    if start.utcoffset() is None or end.utcoffset() is None:
        raise ValueError("A session's start and end need a time zone.")
    pieces = list(advice)
    meals = [instant(piece, start, end) for piece in pieces if piece.kind == Kind.MEAL]
    words = {
        "start_time": say_time(start.astimezone(zone)),
        "start_day": say_day(start.astimezone(zone)),
        "end_time": say_time(end.astimezone(zone)),
        "meal_time": say_time(min(meals, default=start).astimezone(zone)),
    }
    moments = []
    for piece in pieces:
        at = instant(piece, start, end)
        own = words | {"time": say_time(at.astimezone(zone)), "day": say_day(at.astimezone(zone))}
        moments.append(Moment(at, piece.kind, _fill(piece.title, own), _fill(piece.text, own)))
    return sorted(moments, key=lambda moment: moment.at)


def still_useful(moments: Iterable[Moment], now: datetime) -> list[Moment]:
    """The moments that are not over at `now`: what was due an hour ago would only worry somebody."""
    return [moment for moment in moments if moment.at >= now]


def instant(piece: Advice, start: datetime, end: datetime) -> datetime:
    """The UTC instant of a piece of advice."""
    anchor = start if piece.anchor == Anchor.START else end
    return anchor.astimezone(UTC) + timedelta(minutes=piece.offset_minutes)


def _fill(text: str, words: dict[str, str]) -> str:
    """Plain replacement: studio-edited words may hold any other brace."""
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text
