"""Every step of the tables can be taken back, and taken again: the tables are then the same."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from tests.races.databases import dump, empty_database, own_name, run_sql

pytestmark = pytest.mark.django_db(transaction=True)
OURS = [app.label for app in apps.get_app_configs() if (settings.BASE_DIR / app.label / "migrations").is_dir()]


def tables() -> list[str]:
    return [name for (name,) in run_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def schema() -> list[str]:
    """The tables as SQL, without the session's random word, in an order that does not depend on how they came."""
    return sorted(re.sub(rb"\\(un)?restrict \S+", b"", dump("--schema-only")).decode().split("\n\n"))


def test_all_steps_go_back_and_forth():
    assert "bookings" in OURS and "accounts" in OURS
    with empty_database(own_name("steps")):
        call_command("migrate", verbosity=0)
        before = schema()
        for label in reversed(OURS):
            call_command("migrate", label, "zero", verbosity=0)
        assert [name for name in tables() if name.split("_")[0] in OURS] == []
        call_command("migrate", verbosity=0)
        assert schema() == before
