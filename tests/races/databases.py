"""Databases of the race and fault tests: the real schema, real commits, and nobody else's rows."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from spa.backup import program

OVERLAPS = """
SELECT count(*) FROM bookings_booking one JOIN bookings_booking other ON one.id < other.id
WHERE one.status IN ('held', 'booked', 'arrived', 'in_session', 'done', 'no_show')
  AND other.status IN ('held', 'booked', 'arrived', 'in_session', 'done', 'no_show')
  AND (one.therapist_id = other.therapist_id AND one.therapist_block && other.therapist_block
       OR one.room_id = other.room_id AND one.room_block && other.room_block)
"""
WITHOUT_CONSTRAINTS = """
ALTER TABLE bookings_booking DROP CONSTRAINT booking_therapist_is_free, DROP CONSTRAINT booking_room_is_free
"""


@contextmanager
def pointed_at(**where: Any) -> Iterator[None]:
    """Let this process's ORM use another database (NAME, HOST, ...) for the length of the block."""
    former = connection.settings_dict.copy()
    connection.close()
    connection.settings_dict.update(where)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(former)


@contextmanager
def fresh_database(name: str, tablespace: str = "pg_default") -> Iterator[None]:
    """Make a database with the site's tables and no rows, and use it for the length of the block."""
    with empty_database(name, tablespace):
        load(schema_sql())
        yield


@contextmanager
def empty_database(name: str, tablespace: str = "pg_default") -> Iterator[None]:
    """Make an empty database and use it for the length of the block."""
    run_sql("SET statement_timeout = '5min'")  # copying a database is no page that somebody waits for
    run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    run_sql(f'CREATE DATABASE "{name}" TABLESPACE {tablespace}')
    try:
        with pointed_at(NAME=name):
            yield
    finally:
        run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@cache
def schema_sql() -> bytes:
    """The site's tables as SQL: migrated once, then quickly made again for every race."""
    if connection.settings_dict["NAME"] == settings.DATABASES["default"]["TEST"]["NAME"]:
        return dump("--schema-only")  # other tests of this run have migrated a database already
    with empty_database(own_name("schema")):
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        return dump("--schema-only")


def own_name(word: str) -> str:
    """The name of a database beside the tests' own."""
    return f"{settings.DATABASES['default']['TEST']['NAME']}_{word}"


def dump(*words: str) -> bytes:
    """The present database as SQL."""
    command = [program("pg_dump"), "--no-owner", "--no-privileges", *words]
    return subprocess.run(command, check=True, capture_output=True, env=os.environ | pg_environment()).stdout


def load(sql: bytes) -> None:
    """Run a dump in the present database."""
    command = [program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    subprocess.run(command, check=True, input=sql, env=os.environ | pg_environment())


def run_sql(sql: str, *values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def overlaps() -> int:
    """How many pairs of sessions take the same therapist or room at the same time."""
    return run_sql(OVERLAPS)[0][0]


def pg_environment() -> dict[str, str]:
    """The present database in the words of PostgreSQL's own programs."""
    where = connection.settings_dict
    words = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    return {name: str(where[key]) for key, name in words.items() if where[key]}


def database_url() -> str:
    """The present database in the words of DATABASE_URL."""
    where = connection.settings_dict
    who = quote(where["USER"]) + (f":{quote(where['PASSWORD'])}" if where["PASSWORD"] else "")
    port = f":{where['PORT']}" if where["PORT"] else ""
    return f"postgresql://{who}@{quote(where['HOST'], safe='')}{port}/{quote(where['NAME'])}"
