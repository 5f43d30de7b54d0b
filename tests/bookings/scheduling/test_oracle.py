"""The oracle is worth something only while it shares no code with what it judges, and is asked often enough."""

import ast
from pathlib import Path

from tests.bookings.scheduling import oracle
from tests.bookings.scheduling.worlds import CASES


def test_the_oracle_imports_nothing_but_the_standard_library():
    tree = ast.parse(Path(oracle.__file__).read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"datetime", "functools", "itertools", "zoneinfo"}


def test_the_oracle_is_asked_at_least_twenty_thousand_times():
    assert sum(CASES.values()) >= 20_000
