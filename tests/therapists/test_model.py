from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from tests.factories import NOW, certificate, extra_hours, limit, location, span, therapist, time_off, working_hours
from tests.refused import refused

pytestmark = pytest.mark.django_db

UNREAL = [DateTimeTZRange(NOW, None), DateTimeTZRange(None, NOW), DateTimeTZRange(NOW, NOW)]


@pytest.mark.parametrize("lightest, deepest", [(0, 5), (1, 6), (4, 3)])
def test_pressure_runs_from_1_to_5_the_lighter_end_first(lightest, deepest):
    assert therapist(pressure_from=3, pressure_to=3).pressure_to == 3
    with refused("therapist_pressure_1_to_5"):
        therapist(pressure_from=lightest, pressure_to=deepest)


def test_a_photo_is_described():
    assert therapist(photo="ana.jpg", photo_text="Ana, smiling").photo_text == "Ana, smiling"
    with refused("therapist_photo_described"):
        therapist(photo="ana.jpg")


def test_a_certificate_expires_on_its_first_day_at_the_earliest():
    ana = therapist()
    assert certificate(therapist=ana, expires_on=date(2024, 3, 1)).expires_on == date(2024, 3, 1)
    assert certificate(therapist=ana).expires_on is None
    with refused("certificate_dates_in_order"):
        certificate(therapist=ana, expires_on=date(2024, 2, 29))


def test_working_hours_have_a_weekday():
    ana, place = therapist(), location()
    working_hours(therapist=ana, location=place, weekday=6)
    with refused("working_weekday"):
        working_hours(therapist=ana, location=place, weekday=7)


def test_working_hours_begin_and_end_on_full_five_minutes():
    ana, place = therapist(), location()
    working_hours(therapist=ana, location=place, opens="09:05")
    with refused("working_in_fives"):
        working_hours(therapist=ana, location=place, opens="09:04")


def test_working_hours_repeat_every_week_or_every_second():
    ana, place = therapist(), location()
    assert working_hours(therapist=ana, location=place, every_weeks=2).every_weeks == 2
    for weeks in (0, 3):
        with refused("working_every_1_or_2_weeks"):
            working_hours(therapist=ana, location=place, every_weeks=weeks)


def test_working_hours_end_on_their_first_day_at_the_earliest():
    ana, place = therapist(), location()
    working_hours(therapist=ana, location=place, valid_from=date(2026, 1, 5), valid_until=date(2026, 1, 5))
    with refused("working_dates_in_order"):
        working_hours(therapist=ana, location=place, valid_from=date(2026, 1, 5), valid_until=date(2026, 1, 4))


@pytest.mark.parametrize("during", UNREAL)
def test_extra_hours_have_a_beginning_and_a_later_end(during):
    ana, place = therapist(), location()
    extra_hours(therapist=ana, location=place, during=span(NOW, 5))
    with refused("extra_has_both_ends"):
        extra_hours(therapist=ana, location=place, during=during)


@pytest.mark.parametrize("during", UNREAL)
def test_time_off_has_a_beginning_and_a_later_end(during):
    time_off(therapist=therapist(), during=span(NOW, 5))
    with refused("time_off_has_both_ends"):
        time_off(therapist=therapist(), during=during)


@pytest.mark.parametrize("wrong", [{"kind": "strike"}, {"state": "dreamt"}])
def test_time_off_is_of_a_known_kind_and_state(wrong):
    assert time_off(therapist=therapist(), during=span(NOW, 5), kind="illness", state="proposed").kind == "illness"
    with refused("time_off_kind_and_state_known"):
        time_off(therapist=therapist(), during=span(NOW, 5), **wrong)


def test_a_therapist_has_one_limit_a_weekday_and_one_for_every_day():
    ana = therapist()
    limit(therapist=ana, weekday=0, sessions=8)
    limit(therapist=ana, sessions=10)
    limit(therapist=therapist(), sessions=10)
    for weekday in (0, None):
        with refused("limit_once_a_weekday"):
            limit(therapist=ana, weekday=weekday, sessions=9)


def test_a_limit_is_for_a_day_of_the_week():
    ana = therapist()
    limit(therapist=ana, weekday=6)
    with refused("limit_weekday"):
        limit(therapist=ana, weekday=7)


def test_a_longest_run_needs_a_rest_after_it():
    assert limit(therapist=therapist(), run_minutes=120, rest_minutes=5).rest_minutes == 5
    with refused("limit_run_needs_rest"):
        limit(therapist=therapist(), run_minutes=120)


def test_a_gender_is_one_of_two_or_not_told():
    therapist(gender="woman")
    with refused("therapist_gender_known"):
        therapist(gender="x")
