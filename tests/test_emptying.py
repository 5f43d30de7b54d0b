"""After a test that committed, its rows are gone, also those that triggers keep."""

import pytest
from django.apps import apps
from django.test import TransactionTestCase

from bookings.models import SetupRevision
from bookings.models.event import CLIENT, record
from tests import factories as make
from tests.emptying import KEPT, empty_tables

pytestmark = pytest.mark.django_db(transaction=True)


def filled() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model.objects.exists()}


def test_django_empties_tables_in_this_way():
    assert TransactionTestCase._fixture_teardown is empty_tables


def test_all_rows_go_but_those_that_come_with_the_tables():
    before = SetupRevision.objects.get().number
    cast = make.small_studio()
    booking = make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=make.at(12, days=1))
    record(booking=booking, verb="booked", by=CLIENT, now=make.NOW)
    assert filled() > {"bookings_bookingevent", "bookings_booking", "locations_studio"}
    empty_tables()
    assert filled() == KEPT
    assert SetupRevision.objects.get().number != before
