"""The hours of a week as the file says them: `monday: 09:00-13:00, 14:00-18:00`. A day without a line is closed."""

import re

import yaml

from studio.carry.nodes import Problem, line_of
from studio.carry.plain import Plain, Problems
from studio.carry.shapes import Map
from therapists.week import Plan, first_overlap, overlap_words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEXT_DAY, MIDNIGHT = " next day", ("00:00", "24:00")
MOST_BLOCKS = 6
_BLOCK = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][05])-((?:[01][0-9]|2[0-3]):[0-5][05]|24:00)( next day)?")

Blocks = list[list[str]]


class Days(list):
    """Seven days from Monday, each with its blocks; `lines`: where the day stands."""

    def __init__(self, line: int) -> None:
        super().__init__([] for _day in WEEKDAYS)
        self.lines = [line] * len(WEEKDAYS)

    @property
    def plan(self) -> Plan:
        """As a plan of a week that holds always."""
        return {"place": 0, "since": "2000-01-03", "until": None, "every": 1, "days": self}


class Hours(Plain):
    """The blocks of one day, the earliest first."""

    hint = "write hours like 09:00-13:00, 14:00-18:00, on full five minutes"

    def taken(self, said: str) -> Blocks:
        parts = [part.strip() for part in said.split(",")]
        if len(parts) > MOST_BLOCKS:
            raise ValueError(f"keep a day to {MOST_BLOCKS} blocks or fewer")
        return sorted(_block(part) for part in parts)


class Week:
    def read(self, node: yaml.Node, key: str, problems: Problems) -> Days:
        days = Days(line_of(node))
        told = Map(dict.fromkeys(WEEKDAYS, (Hours(), None))).read(node, key, problems)
        for number, name in enumerate(WEEKDAYS):
            days[number] = told[name] or []
            days.lines[number] = told.line_of(name)
        if clash := first_overlap([days.plan]):
            words = f"{key}: {overlap_words([days.plan], clash)}"
            problems.append(Problem(max(days.lines[block.weekday] for block in clash), words))
        return days

    def tell(self, value: list[Blocks]) -> dict[str, str]:
        said = {name: ", ".join(map(_said, blocks)) for name, blocks in zip(WEEKDAYS, value, strict=True)}
        return {name: words for name, words in said.items() if words}


def _block(said: str) -> list[str]:
    found = _BLOCK.fullmatch(said)
    if not found:
        raise ValueError
    opens, closes, next_day = found.groups()
    is_over_night = closes <= opens and closes not in MIDNIGHT
    if is_over_night and not next_day:
        told = f"{said} ends before it begins: turn the times round, or write {said}{NEXT_DAY} for the morning after"
        raise ValueError(told)
    if next_day and not is_over_night:
        raise ValueError(f"{opens}-{closes} ends on the same day: leave out{NEXT_DAY}")
    return [opens, "00:00" if closes in MIDNIGHT else closes]


def _said(block: list[str]) -> str:
    opens, closes = block
    if closes == "00:00":
        return f"{opens}-24:00"
    return f"{opens}-{closes}{NEXT_DAY if closes <= opens else ''}"
