"""The set-up is kept by each process for as long as nobody changes it. Monday 23 November 2026, 12:00, is now."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bookings.availability import load_setup
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make.small_studio()


def test_a_set_up_that_nobody_changed_is_read_with_one_statement(cast):
    before = load_setup()
    with CaptureQueriesContext(connection) as queries:
        assert load_setup() is before
    assert len(queries) == 1


def test_a_changed_set_up_is_read_anew_with_four_statements(cast):
    load_setup()
    make.length(treatment=cast.oil, minutes=20)
    with CaptureQueriesContext(connection) as queries:
        setup = load_setup()
    assert (len(queries), len(setup.lengths)) == (4, 4)


def test_a_change_that_is_taken_back_is_forgotten(cast):
    with transaction.atomic():
        make.room(location=cast.place)
        inside = len(load_setup().rooms)
        transaction.set_rollback(True)
    assert (inside, len(load_setup().rooms)) == (3, 2)


def test_another_change_in_one_transaction_is_seen_as_well(cast):
    make.working_hours(therapist=cast.ana, location=make.location(), weekday=6)
    first = load_setup()
    cast.ana.certificates.all().delete()
    assert load_setup().therapist("ana").contract != first.therapist("ana").contract


def test_a_session_or_a_day_off_does_not_change_the_set_up(cast):
    length = cast.back30
    before = load_setup()
    make.booking(therapist=cast.ana, length=length, room=cast.mat_room)
    make.time_off(therapist=cast.ana, during=make.span(make.NOW, 60))
    assert load_setup() is before


def test_every_table_that_the_set_up_is_read_from_is_watched(cast):
    with CaptureQueriesContext(connection) as queries:
        load_setup()
    read = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(query["sql"] for query in queries[1:])))
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'setup_changes'")
        assert read == {table for (table,) in cursor.fetchall()}


def test_a_page_shows_a_changed_set_up_at_once(client, cast):
    assert "01632 960 123" in client.get("/book/").content.decode()
    cast.place.phone, cast.ana.name = "01632 960 999", "Ana Maria"
    cast.place.save()
    cast.ana.save()
    page = client.get("/book/").content.decode()
    assert ("01632 960 123" in page, "01632 960 999" in page, ">Ana Maria<" in page) == (False, True, True)
