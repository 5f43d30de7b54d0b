"""Captured statements as a pgbench script: what belongs to one booking becomes an expression over its number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import Range

TICK = 300
NEAR = timedelta(days=8)


@dataclass(frozen=True)
class Sample:
    """The values of the captured booking. `own` are its ids, references and addresses as SQL expressions."""

    start: datetime
    therapist: int
    room: int
    own: dict[Any, str]

    @property
    def tick(self) -> int:
        return int(self.start.timestamp()) // TICK


def script(variables: str, transactions: Iterable[list[tuple[str, Any, bool]]], sample: Sample) -> str:
    """The script. A transaction is a list of (SQL, parameters, was it inside the transaction)."""
    lines = [variables]
    for statements in transactions:
        inside = False
        for sql, parameters, atomic in statements:
            if atomic and not inside:
                lines.append("BEGIN;")
                inside = True
            lines.append(statement(sql, parameters, sample))
        lines.append("COMMIT;")
    return "\n".join(lines) + "\n"


def statement(sql: str, parameters: Any, sample: Sample) -> str:
    """One statement with its values; an INSERT's id becomes a pgbench variable named after its table."""
    if "pg_advisory" in sql:
        return sql.replace("%s", f"ARRAY[{', '.join(_lock(key, sample) for key in parameters[0])}]") + ";"
    values = iter([expression(value, sample) for value in parameters or ()])
    text = re.sub(r"%s|%%", lambda found: next(values) if found[0] == "%s" else "%", sql)
    if table := re.match(r'INSERT INTO "(\w+)".* RETURNING ', text, re.DOTALL):
        return rf"{text} \gset {table[1]}_"
    return f"{text};"


def expression(value: Any, sample: Sample) -> str:
    """A value of the captured run as SQL that fits any booking."""
    if isinstance(value, Range):
        return f"tstzrange({expression(value.lower, sample)}, {expression(value.upper, sample)})"
    if isinstance(value, list | tuple):
        items = [expression(item, sample) for item in value]
        return f"ARRAY[{', '.join(items)}]" if items else "'{}'"
    if isinstance(value, datetime):
        return _instant(value, sample)
    if value in sample.own:
        return sample.own[value]
    if isinstance(value, UUID):
        return f"'{value}'::uuid"
    if isinstance(value, str):
        return _text(value, sample)
    if isinstance(value, bool) or value is None:
        return str(value).upper() if value is not None else "NULL"
    if isinstance(value, int | Decimal):
        return _number(value, sample)
    raise TypeError(f"A statement has a value of {type(value)}.")


def _instant(value: datetime, sample: Sample) -> str:
    if abs(value - sample.start) < NEAR:
        return f"to_timestamp(:tick * {TICK} + {int((value - sample.start).total_seconds())})"
    return f"'{value.isoformat()}'::timestamptz"


def _number(value: int | Decimal, sample: Sample) -> str:
    if value == sample.therapist:
        return ":therapist"
    if value == sample.room:
        return ":room"
    if isinstance(value, int) and abs(value - sample.tick) < NEAR / timedelta(minutes=5):
        return f"(:tick + {value - sample.tick})"
    return str(value)


def _text(value: str, sample: Sample) -> str:
    quoted = "'" + value.replace("'", "''") + "'"
    for own, sql in sample.own.items():
        if isinstance(own, int) and str(own) in quoted:
            quoted = quoted.replace(str(own), f"' || {sql} || '")
    return quoted


def _lock(key: int, sample: Sample) -> str:
    """Advisory locks: the therapist's, a room's, or that of a word, which is another one for each booking."""
    if key == sample.therapist << 2:
        return "(:therapist::bigint * 4)"
    if key & 3 == 2:
        return f"({key} + :slot * 4)::bigint"
    return f"{key}::bigint"
