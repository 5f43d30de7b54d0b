"""An export reads many tables and still tells of one moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import InternalError, connection

from studio.carry.into import bring_in
from studio.carry.out import export
from studio.carry.snapshot import snapshot
from tests.factories import NOW
from tests.studio.carried import SMALL
from therapists.models import Therapist

pytestmark = pytest.mark.django_db(transaction=True)


def rename():
    """Somebody else saves."""
    Therapist.objects.update(name="Ada")
    connection.close()


def meddle(execute, sql, *rest):
    """Somebody else saves once the styles are read, which is before the therapists are."""
    found = execute(sql, *rest)
    if 'FROM "therapists_style"' in sql:
        with ThreadPoolExecutor(1) as beside:
            beside.submit(rename).result()
    return found


def test_a_change_during_an_export_does_not_show_in_part(capsys):
    bring_in(SMALL.encode(), NOW)
    with connection.execute_wrapper(meddle):
        call_command("export_studio")
    assert "\n  name: Ana\n" in capsys.readouterr().out
    assert Therapist.objects.get().name == "Ada"


def test_without_the_snapshot_it_would():
    bring_in(SMALL.encode(), NOW)
    with connection.execute_wrapper(meddle):
        assert "\n  name: Ada\n" in export(NOW)


def test_an_export_cannot_write():
    with pytest.raises(InternalError, match="read-only transaction"), snapshot():
        Therapist.objects.update(name="Ada")
