"""Whatever is done to a file, it is brought in or refused in a sentence with its line: nothing else is raised."""

import pytest
from django.db import transaction

from studio.carry.into import SET_UP, bring_in, understand
from studio.carry.nodes import BadFile
from tests.factories import NOW
from tests.studio.carried import SMALL

pytestmark = pytest.mark.django_db
LINES = SMALL.splitlines()
VALUES = (
    "",
    "~",
    "no",
    "[]",
    "{}",
    "[[]]",
    "{a: b}",
    "-1",
    "99999999999999999999",
    "1e9",
    '"\\0"',
    "'",
    "|",
    "? x",
    "%",
    "@",
)


def answer(lines):
    """The lines that a file is refused with; none when it was brought in, which is taken back."""
    try:
        with transaction.atomic():
            bring_in("\n".join(lines).encode(), NOW)
            transaction.set_rollback(True)
    except BadFile as problem:
        return [line for line, _told in problem.problems]
    return []


def told(lines):
    """The lines that a file is refused with before anything is written."""
    try:
        understand("\n".join(lines).encode())
    except BadFile as problem:
        return [line for line, _told in problem.problems]
    return []


@pytest.mark.parametrize("number", range(len(LINES)))
def test_any_line_left_out_twice_or_odd_is_answered(number):
    before, line, after = LINES[:number], LINES[number], LINES[number + 1 :]
    files = [before + after, [*before, line, line, *after], [*before, line + " x", *after], before]
    files += [[*before, f"{line.partition(':')[0]}: {value}", *after] for value in VALUES[number % 4 :: 4]]
    found = [at for lines in files for at in (answer(lines) if number % 4 == 0 else told(lines))]
    assert set(found) <= set(range(1, len(LINES) + 3))
    assert [model.objects.count() for model in SET_UP] == [0] * len(SET_UP)
