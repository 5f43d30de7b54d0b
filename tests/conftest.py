"""The basics of every test: the database server, plain static files, quick passwords."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from spa import embedded
from tests.emptying import empty_quickly
from tests.lanes import TwoEnds

_servers = pytest.StashKey[object]()


def pytest_configure(config: pytest.Config) -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FASTEST_FORM_SECONDS = 0  # tests type faster than people
    # Each test's client would read the collected files' sizes and dates anew: 0.08 seconds, thousands of times.
    settings.WHITENOISE_AUTOREFRESH = True
    empty_quickly()
    if not os.environ.get("DATABASE_URL"):
        config.stash[_servers] = embedded.postgres()
        config.stash[_servers].__enter__()


def pytest_unconfigure(config: pytest.Config) -> None:
    if server := config.stash.get(_servers, None):
        server.__exit__(None, None, None)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TwoEnds:
    return TwoEnds(config, log)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests have left with `figures`, whichever process ran them."""
    ended = [report for kind in terminalreporter.stats.values() for report in kind]
    calls = [report for report in ended if isinstance(report, pytest.TestReport) and report.when == "call"]
    left = [(call.location[2], words) for call in calls for name, words in call.user_properties if name == "figures"]
    if left:
        terminalreporter.section("figures of races and faults")
    for name, words in left:
        terminalreporter.line(f"{name}: {words}")


@pytest.fixture(autouse=True)
def words_of_the_site() -> None:
    """A test begins in the language of the site, whichever the last request of the test before was answered in."""
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let no commit wait for the disk, and end what is still connected before the test database is dropped.

    That commits survive a crash of the server is tested with servers of their own. A thread of the live server keeps
    its connection until the browser lets go of its own, and a program that a test has just killed until the database
    notices; dropping would fail on either.
    """
    database = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(database)} SET synchronous_commit = off")
        connection.close()  # the next one begins with it
    yield
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(others, [database])
