"""Single words and numbers of the file: `taken` makes the value of what is written, or says how it is written."""

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Container, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from bookings.forms import has_hidden
from studio.carry.nodes import Problem, line_of

Problems = list[Problem]


class Plain(ABC):
    """A single word or number; `hint` says how it is written, `taken` makes the value of it or raises ValueError."""

    hint = "write words here"

    def read(self, node: yaml.Node, key: str, problems: Problems) -> Any:
        if isinstance(node, yaml.ScalarNode):
            try:
                return self.taken(node.value)
            except ValueError as problem:
                problems.append(Problem(line_of(node), f"{key}: {str(problem) or self.hint}."))
                return None
        problems.append(Problem(line_of(node), f"{key}: {self.hint}, not a list or keys."))
        return None

    def tell(self, value: Any) -> Any:
        return value

    @abstractmethod
    def taken(self, said: str) -> Any:
        """The value of what is written. Raises ValueError with how it is written, or without words for `hint`."""


@dataclass(frozen=True)
class Text(Plain):
    """Words; `lines`: several lines of them."""

    longest: int
    lines: bool = False

    def taken(self, said: str) -> str:
        if not said.strip():
            raise ValueError("write something here, or leave the key out")
        if len(said) > self.longest:
            raise ValueError(f"shorten this to {self.longest} letters or fewer, it has {len(said)}")
        parts = said.replace("\t", " ").split("\n") if self.lines else [said]
        if any(map(has_hidden, parts)):
            raise ValueError("it holds signs that cannot be seen: type it again by hand")
        return said


@dataclass(frozen=True)
class Pattern(Plain):
    """Words of one form, like an address on the site."""

    form: str
    hint: str

    def taken(self, said: str) -> str:
        if not re.fullmatch(self.form, said):
            raise ValueError
        return said


@dataclass(frozen=True)
class Choice(Plain):
    allowed: Container[str] | Iterable[str]
    hint: str = ""

    def taken(self, said: str) -> str:
        if said not in self.allowed:
            raise ValueError(self.hint or f"choose one of {', '.join(self.allowed)}")
        return said


@dataclass(frozen=True)
class Whole(Plain):
    least: int
    most: int
    step: int = 1

    def taken(self, said: str) -> int:
        fives = f" in steps of {self.step}" if self.step > 1 else ""
        number = int(said) if re.fullmatch(r"-?[0-9]{1,6}", said) else None
        if number is None or not self.least <= number <= self.most or number % self.step:
            raise ValueError(f"write a whole number from {self.least} to {self.most}{fives}")
        return number


@dataclass(frozen=True)
class Among(Plain):
    """One of a few whole numbers."""

    numbers: tuple[int, ...]

    def taken(self, said: str) -> int:
        if said not in map(str, self.numbers):
            raise ValueError(f"write {' or '.join(map(str, self.numbers))}")
        return int(said)


class Flag(Plain):
    def taken(self, said: str) -> bool:
        if said not in ("true", "false"):
            raise ValueError("write true or false")
        return said == "true"


class Price(Plain):
    """ "45.00", as the pages keep it."""

    def taken(self, said: str) -> str:
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", said):
            raise ValueError("write a price like 45 or 45.50")
        return f"{Decimal(said):.2f}"


class Day(Plain):
    """ "2026-12-01"."""

    def taken(self, said: str) -> str:
        try:
            return dt.date.fromisoformat(said).isoformat()
        except ValueError:
            raise ValueError("write a day like 2026-12-01") from None


class Instant(Plain):
    """An aware moment, told in ISO with the distance from UTC."""

    def taken(self, said: str) -> dt.datetime:
        wanted = "write a moment with its distance from UTC, like 2026-12-01T14:20+00:00"
        try:
            moment = dt.datetime.fromisoformat(said)
            is_aware = moment.utcoffset() is not None and moment.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            raise ValueError(wanted) from None
        if not is_aware:
            raise ValueError(wanted)
        return moment

    def tell(self, value: dt.datetime) -> str:
        return value.isoformat()


class Clock(Plain):
    """ "21:00", on full five minutes."""

    def taken(self, said: str) -> str:
        if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][05]", said):
            raise ValueError("write a time on full five minutes, like 09:05")
        return said
