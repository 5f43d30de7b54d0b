"""Databases of the benchmarks' own, beside the studio's: made from one migrated template, dropped at the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from spa import embedded

TEMPLATE = "bench_empty"


def url(name: str) -> str:
    """The URL of a database on the server under measurement: DATABASE_URL's, else the embedded one."""
    given = os.environ.get("BENCH_SERVER") or embedded.database_url()
    return urlsplit(given)._replace(path=f"/{name}").geturl()


def point_at(name: str) -> None:
    """Let this process's Django, set up or not, read and write that database from now on."""
    os.environ["DATABASE_URL"] = url(name)
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def server_sql(*statements: SQL | str) -> list[tuple]:
    """Run statements on the server's maintenance database and give the rows of the last one."""
    rows: list[tuple] = []
    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
    return rows


def create(name: str, template: str = "template0") -> None:
    """Make a database anew, as a copy of a template."""
    drop(name)
    server_sql(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))


def drop(name: str) -> None:
    server_sql(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def databases(*names: str) -> Iterator[None]:
    """Empty migrated databases for the length of the block."""
    from django.core.management import call_command
    from django.db import connection

    create(TEMPLATE)
    point_at(TEMPLATE)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    connection.close()
    try:
        for name in names:
            create(name, TEMPLATE)
        yield
    finally:
        connection.close()
        for name in (TEMPLATE, *names):
            drop(name)


def backends(name: str) -> set[int]:
    """The process ids of the server's processes that work for somebody in this database."""
    rows = server_sql(SQL("SELECT datname, pid FROM pg_stat_activity WHERE backend_type = 'client backend'"))
    return {pid for database, pid in rows if database == name}
