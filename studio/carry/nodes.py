"""YAML as text, turned into nodes that know their line. Mappings, lists and words only: no tags, no references."""

from typing import NamedTuple

import yaml

LARGEST = 1_000_000
DEEPEST = 12


class Problem(NamedTuple):
    """What is wrong, why, and what to do about it; `line` counts from 1."""

    line: int
    told: str


class BadFile(Exception):
    """A file that is not brought in; `problems` in the order of its lines."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(f"line {line}: {told}" for line, told in self.problems))


def read(data: bytes) -> yaml.Node:
    """The one document of a file in UTF-8. Raises BadFile when it is not one, or uses more of YAML than is needed."""
    if len(data) > LARGEST:
        raise BadFile(Problem(1, "the file is larger than 1 MB: a whole studio needs a tenth of that. Is it the one?"))
    try:
        text = data.decode("utf-8-sig")
        _look_through(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise BadFile(Problem(line, "this is not UTF-8: save the file in that encoding.")) from None
    except yaml.reader.ReaderError as problem:
        line = text.count("\n", 0, problem.position) + 1
        raise BadFile(Problem(line, "a sign that cannot be seen stands here: type the line again.")) from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        told = f"this cannot be read as YAML ({problem.problem}): look at the quotes, colons and spaces at its start."
        raise BadFile(Problem(mark.line + 1 if mark else 1, told)) from None
    if node is None:
        raise BadFile(Problem(1, "the file is empty: choose one that export_studio has written."))
    return node


def line_of(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def is_nothing(node: yaml.Node) -> bool:
    """Whether a value is left open: `key:` with nothing, ~ or null behind it."""
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value.lower() in ("", "~", "null")


def _look_through(text: str) -> None:
    """Refuse what plain data does not need, before anything is built of it. Reads on without calling itself."""
    deep = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadFile(Problem(line, "& and * (the same thing twice) are not read: write it out where it belongs."))
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
            raise BadFile(Problem(line, f"the tag {event.tag} is not read: write the value without it."))
        deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if deep > DEEPEST:
            raise BadFile(Problem(line, "this is nested too deeply: nothing of a studio is. Take brackets away."))
