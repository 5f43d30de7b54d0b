from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from locations.models import OpeningHours, Studio
from tests.factories import NOW, at, closure, location, opening, prop, room, span, studio
from tests.refused import refused

pytestmark = pytest.mark.django_db


def test_there_is_one_studio():
    studio()
    with refused("studio_is_one_row"):
        Studio.objects.create(pk=2, name="Second", reference_prefix="S", email="a@mail.example")


@pytest.mark.parametrize(
    "prefix, right", [("SS", True), ("ABCD", False), ("ss", False), ("S1", False), ("SS\n", False)]
)
def test_a_reference_prefix_is_one_to_three_capitals(prefix, right):
    words = Studio(name="S", reference_prefix=prefix, email="a@mail.example", languages=["en"])
    try:
        words.full_clean(validate_constraints=False, exclude=["id"])
    except ValidationError as problem:
        assert (right, list(problem.error_dict)) == (False, ["reference_prefix"])
    else:
        assert right


def test_sessions_start_on_a_step_that_divides_the_hour():
    assert location(start_step_minutes=10).start_step_minutes == 10
    with refused("location_step_in_fives"):
        location(start_step_minutes=11)


@pytest.mark.parametrize("minutes, wrong", [(5, 4), (30, 31)])
def test_a_time_is_held_for_5_to_30_minutes(minutes, wrong):
    assert location(hold_minutes=minutes).hold_minutes == minutes
    with refused("location_hold_5_to_30"):
        location(hold_minutes=wrong)


@pytest.mark.parametrize("days, wrong", [(1, 0), (366, 367)])
def test_clients_book_1_to_366_days_ahead(days, wrong):
    assert location(horizon_days=days).horizon_days == days
    with refused("location_horizon_1_to_366"):
        location(horizon_days=wrong)


def test_a_zone_is_known_by_its_name():
    place = location()
    place.full_clean()
    place.zone_name = "Europe/Millford"
    with pytest.raises(ValidationError, match="Choose a time zone by its name"):
        place.full_clean()


def test_a_week_has_seven_days():
    place = location()
    opening(location=place, weekday=6)
    with refused("opening_weekday"):
        opening(location=place, weekday=7)


@pytest.mark.parametrize("opens, closes", [("09:03", "18:00"), ("09:00", "18:01"), ("09:00:30", "18:00")])
def test_hours_begin_and_end_on_full_five_minutes(opens, closes):
    place = location()
    opening(location=place, opens="09:05", closes="17:55")
    with refused("opening_in_fives"):
        opening(location=place, weekday=1, opens=opens, closes=closes)


def test_two_blocks_of_a_day_open_at_different_times():
    place = location()
    opening(location=place, opens="09:00", closes="13:00")
    opening(location=place, opens="14:00")
    with refused("opening_block_once"):
        opening(location=place, opens="14:00", closes="15:00")


def test_hours_may_cross_midnight():
    late = opening(location=location(), opens="20:00", closes="02:00")
    assert OpeningHours.objects.get(pk=late.pk).closes == time(2)


def test_a_room_name_stands_once_in_a_location():
    place = location()
    room(location=place, name="Mat room")
    room(location=location(), name="Mat room")
    with refused("room_name_once"):
        room(location=place, name="Mat room")


def test_a_prop_is_of_a_known_kind():
    assert prop(room=room(), kind="rope").kind == "rope"
    with refused("prop_kind_known"):
        prop(room=room(), kind="trapeze")


def test_out_of_service_ends_after_it_begins():
    assert prop(room=room(), out_from=NOW, out_until=at(13)).out_until == at(13)
    assert prop(room=room(), out_from=NOW).out_until is None
    with refused("prop_out_in_order"):
        prop(room=room(), out_from=NOW, out_until=NOW)
    with refused("prop_out_in_order"):
        prop(room=room(), out_until=NOW)


@pytest.mark.parametrize("during", [DateTimeTZRange(NOW, None), DateTimeTZRange(None, NOW), DateTimeTZRange(NOW, NOW)])
def test_a_closure_has_a_beginning_and_a_later_end(during):
    closure(location=location(), during=span(NOW, 5))
    with refused("closure_has_both_ends"):
        closure(location=location(), during=during)
