"""What a value of the file looks like. Each shape reads a node and tells a value: one declaration for both ways.

`read(node, key, problems)` gives the value and notes what is wrong; `tell(value)` is what is written for it.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol

import yaml

from studio.carry.nodes import Problem, is_nothing, line_of
from studio.carry.plain import Problems, Text

NEEDED = object()


class Shape(Protocol):
    def read(self, node: yaml.Node, key: str, problems: Problems) -> Any: ...

    def tell(self, value: Any) -> Any: ...


class Told(dict):
    """A mapping of the file. `line`: where it begins; `lines`: where each key stands."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line, self.lines = line, {}

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)


@dataclass(frozen=True)
class Many:
    """A list; `unique`: the keys that no two of its mappings share."""

    shape: Shape
    unique: tuple[str, ...] = ()
    most: int = 500

    def read(self, node: yaml.Node, key: str, problems: Problems) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode):
            problems.append(
                Problem(line_of(node), f"{key}: a list belongs here, each line of it begins with a hyphen.")
            )
            return []
        if len(node.value) > self.most:
            problems.append(Problem(line_of(node), f"{key}: keep it to {self.most} or fewer."))
            return []
        found = [self.shape.read(one, key, problems) for one in node.value]
        if self.unique:
            problems += _twice(found, key, self.unique)
        return found

    def tell(self, value: Iterable[Any]) -> list[Any]:
        return [self.shape.tell(one) for one in value]


def _twice(found: list[Told], key: str, unique: tuple[str, ...]) -> Problems:
    lines: dict[tuple, int] = {}
    problems = []
    for told in found:
        name = tuple(told.get(part) for part in unique)
        if name in lines:
            said = ", ".join(f"{part} {value}" for part, value in zip(unique, name, strict=True) if value is not None)
            words = f"{key}: {said or 'this'} stands in line {lines[name]} already: change one of them."
            problems.append(Problem(told.line_of(unique[0]), words))
        else:
            lines[name] = told.line_of(unique[0])
    return problems


@dataclass(frozen=True)
class Words:
    """What is written once per language: {"en": "Back"}."""

    longest: int
    languages: Container[str]
    lines: bool = False

    def read(self, node: yaml.Node, key: str, problems: Problems) -> dict[str, str]:
        if not isinstance(node, yaml.MappingNode):
            told = f"{key}: write it once per language, each on a line of its own like en: Back."
            problems.append(Problem(line_of(node), told))
            return {}
        found = Map({code: (Text(self.longest, self.lines), None) for code in self.languages}).read(node, key, problems)
        return {code: found[code] for code in found.lines if found.get(code)}

    def tell(self, value: dict[str, str]) -> dict[str, str]:
        return dict(value)


@dataclass(frozen=True)
class Map:
    """A mapping. `keys`: name to (shape, value when it is left out); NEEDED may not be left out."""

    keys: dict[str, tuple[Shape, Any]]

    def read(self, node: yaml.Node, key: str, problems: Problems) -> Told:
        told, is_map = Told(line_of(node)), isinstance(node, yaml.MappingNode)
        if not is_map:
            problems.append(Problem(told.line, f"{key}: keys belong here, like {next(iter(self.keys))}: …"))
        for name_node, value in node.value if is_map else ():
            self._take(told, name_node, value, key, problems)
        for name, (_shape, usual) in self.keys.items():
            if is_map and usual is NEEDED and name not in told.lines:
                problems.append(Problem(told.line, f"{key}: {name} is missing here: add it."))
            told.setdefault(name, None if usual is NEEDED else usual)
        return told

    def tell(self, value: dict[str, Any]) -> dict[str, Any]:
        """Without what is as usual."""
        return {
            name: shape.tell(value[name])
            for name, (shape, usual) in self.keys.items()
            if usual is NEEDED or value[name] != usual
        }

    def _take(self, told: Told, node: yaml.Node, value: yaml.Node, key: str, problems: Problems) -> None:
        name, line = node.value if isinstance(node, yaml.ScalarNode) else None, line_of(node)
        if name not in self.keys:
            near = get_close_matches(str(name), self.keys, 1)
            ways = f"did you mean {near[0]}?" if near else f"known are {', '.join(self.keys)}."
            said = name if name is not None else "a list or keys as a name"
            problems.append(Problem(line, f"{key}: {said} is not known here, {ways}"))
        elif name in told.lines:
            problems.append(Problem(line, f"{key}: {name} stands in line {told.lines[name]} already: leave one."))
        else:
            told.lines[name] = line
            if not is_nothing(value) or self.keys[name][1] is NEEDED:
                told[name] = self.keys[name][0].read(value, name, problems)
