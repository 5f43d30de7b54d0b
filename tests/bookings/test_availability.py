"""Which times a client sees, and why not the others. Monday 23 November 2026, 12:00, is now."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bookings.availability import Wish, explain, load_setup, search
from bookings.scheduling.offers import Reason
from tests import factories as make
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def cast():
    return make.small_studio()


def wish(cast, therapist=None, length=None, **fields) -> Wish:
    return Wish(cast.place, length or cast.back30, therapist, **{"first_day": TUESDAY, "days": 1} | fields)


def times(cast, therapist=None, **fields) -> list[str]:
    """Every offered start of Tuesday, as the clock on the wall shows it."""
    asked = replace(wish(cast, therapist, **fields), open_day=fields.get("first_day", TUESDAY))
    (day,) = search(load_setup(), asked, NOW).days
    return [f"{offer.start:%H:%M}" for offer in day.offers]


def why(cast, start, therapist=None, length=None) -> str | None:
    """The reason for one start, after the offers of that day were seen to agree with it."""
    asked = replace(wish(cast, therapist, length), first_day=start.date(), open_day=start.date())
    (day,) = search(load_setup(), asked, NOW).days or [None]
    found = explain(load_setup(), asked, start, NOW)
    assert (start in [offer.start for offer in day.offers]) == (found is None)
    return found and found.reason


def test_a_free_day_starts_when_the_studio_opens_and_ends_with_the_turnover(cast):
    offered = times(cast, cast.ana)
    assert (offered[0], offered[-1]) == ("09:00", "17:20")


def test_anyone_is_the_union_with_who_is_free_at_each_time(cast):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(9, days=1))
    (day,) = search(load_setup(), wish(cast), NOW).days
    assert (day.offers[0].start, day.offers[0].therapists) == (at(9, days=1), (cast.mei,))


def test_the_short_list_shows_twelve_times_and_says_how_many_there_are(cast):
    (day,) = search(load_setup(), wish(cast, cast.ana), NOW).days
    assert (len(day.offers), day.total) == (12, len(times(cast, cast.ana)))


def test_a_part_of_the_day_shows_only_its_times():
    cast = make.small_studio(gap_rule=False)
    (day,) = search(load_setup(), wish(cast, cast.ana, part="evening"), NOW).days
    assert [f"{offer.start:%H:%M}" for offer in day.offers] == ["17:00", "17:10", "17:20"]


def test_today_begins_after_the_notice(cast):
    assert why(cast, at(12, 50)) == Reason.NOTICE
    assert why(cast, at(13)) is None
    assert why(cast, at(11)) == Reason.PAST


def test_the_soonest_times_are_from_today_whatever_page_is_shown(cast):
    answer = search(load_setup(), wish(cast, first_day=TUESDAY + timedelta(days=9)), NOW)
    assert answer.soonest[0].start == at(13)


def test_the_last_bookable_day(cast):
    assert why(cast, at(9, days=60)) is None
    assert why(cast, at(9, days=61)) == Reason.HORIZON


@pytest.mark.parametrize(("day", "reason"), [(6, "closed"), (61, "horizon")])
def test_an_empty_day_says_why(cast, day, reason):
    (shown,) = search(load_setup(), wish(cast, first_day=MONDAY + timedelta(days=day)), NOW).days
    assert (shown.total, shown.reason) == (0, reason)


def test_a_day_without_the_therapist_is_off_and_a_taken_one_is_full(cast):
    make.time_off(therapist=cast.ana, during=span(at(0, days=1), 24 * 60))
    for hour in range(9, 18):
        make.booking(therapist=cast.mei, length=cast.back30, room=cast.bar_room, start=at(hour, days=1))
    assert search(load_setup(), wish(cast, cast.ana), NOW).days[0].reason == "full"
    assert why(cast, at(9, days=1), cast.ana) == Reason.AWAY


def test_proposed_time_off_does_not_block_and_accepted_does(cast):
    off = make.time_off(therapist=cast.ana, during=span(at(9, days=1), 60), state="proposed")
    assert why(cast, at(9, days=1), cast.ana) is None
    off.state = "accepted"
    off.save()
    assert why(cast, at(9, days=1), cast.ana) == Reason.AWAY


def test_extra_hours_add_time_inside_the_opening_hours(cast):
    jo = make.therapist(slug="jo", name="Jo", styles=(cast.mat,))
    assert why(cast, at(9, days=1), jo) == Reason.OFF
    make.extra_hours(therapist=jo, location=cast.place, during=span(at(9, days=1), 40))
    assert why(cast, at(9, days=1), jo) is None


def test_a_closure_shuts_the_location_and_one_of_a_room_only_that_room(cast):
    make.closure(location=cast.place, room=cast.bar_room, during=span(at(9, days=1), 60))
    assert why(cast, at(9, days=1), length=cast.oil30) == Reason.ROOM
    assert why(cast, at(9, days=1)) is None
    make.closure(location=cast.place, during=span(at(9, days=1), 60))
    assert why(cast, at(9, days=1)) == Reason.CLOSED


def test_a_prop_serves_until_its_inspection_lapses(cast):
    table = cast.bar_room.props.get(kind="table")
    table.inspected_until = TUESDAY
    table.save()
    assert why(cast, at(9, days=1), length=cast.oil30) is None
    assert why(cast, at(9, days=2), length=cast.oil30) == Reason.ROOM


def test_a_prop_out_of_service_stops_what_needs_it(cast):
    cast.bar_room.props.filter(kind="bars").update(out_from=at(0, days=1), out_until=at(10, days=1))
    assert why(cast, at(9, days=1), length=cast.oil30) == Reason.ROOM
    assert why(cast, at(10, days=1), length=cast.oil30) is None


def test_without_the_props_no_room_is_suitable(cast):
    cast.bar_room.props.filter(kind="bars").delete()
    assert why(cast, at(9, days=1), length=cast.oil30) == Reason.PROP


def test_a_certificate_must_be_valid_on_the_day_of_the_session(cast):
    cast.ana.certificates.update(expires_on=TUESDAY)
    assert why(cast, at(9, days=1), cast.ana, cast.oil30) is None
    assert why(cast, at(9, days=2), cast.ana, cast.oil30) == Reason.CERTIFICATE


def test_styles_decide_who_gives_a_treatment_unless_a_row_says_otherwise(cast):
    assert why(cast, at(9, days=1), cast.mei, cast.oil30) == Reason.STYLE
    make.therapist_treatment(therapist=cast.mei, treatment=cast.back, gives=False)
    assert why(cast, at(9, days=1), cast.mei) == Reason.STYLE


def test_her_own_minutes_after_a_session_count(cast):
    make.therapist_treatment(therapist=cast.ana, treatment=cast.back, after_minutes=20)
    assert times(cast, cast.ana)[-1] == "17:10"


def test_a_held_time_is_named_as_held_and_free_again_when_it_runs_out(cast):
    held = make.held(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(9, days=1))
    assert why(cast, at(9, days=1), cast.ana) == Reason.HELD
    held.hold_expires_at = NOW
    held.save()
    assert why(cast, at(9, days=1), cast.ana) is None


def test_one_free_room_is_enough_and_none_is_not(cast):
    make.booking(therapist=make.therapist(), length=cast.back30, room=cast.mat_room, start=at(9, days=1))
    assert why(cast, at(9, days=1)) is None
    make.booking(therapist=make.therapist(), length=cast.back30, room=cast.bar_room, start=at(9, days=1))
    assert why(cast, at(9, days=1)) == Reason.ROOM


def test_a_therapist_at_two_locations_never_clashes_with_herself(cast):
    other = make.location(slug="mill", name="Mill")
    make.booking(therapist=cast.ana, length=cast.back30, room=make.room(location=other), start=at(9, days=1))
    assert why(cast, at(9, days=1), cast.ana) == Reason.BUSY


def test_sessions_a_day_are_limited(cast):
    make.limit(therapist=cast.ana, sessions=1)
    assert why(cast, at(11, days=1), cast.ana) is None
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(9, days=1))
    assert why(cast, at(11, days=1), cast.ana) == Reason.LIMIT


def test_after_a_long_run_she_rests(cast):
    make.limit(therapist=cast.ana, run_minutes=70, rest_minutes=30)
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(9, days=1))
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(9, 40, days=1))
    assert why(cast, at(10, 20, days=1), cast.ana) == Reason.REST
    assert why(cast, at(10, 40, days=1), cast.ana) is None


def test_a_start_that_leaves_an_unsellable_gap_is_hidden_while_a_clean_one_is_there(cast):
    assert why(cast, at(9, 10, days=1), cast.ana) == Reason.GAP
    assert why(cast, at(9, days=1), cast.ana) is None
    cast.place.gap_rule = False
    cast.place.save()
    assert why(cast, at(9, 10, days=1), cast.ana) is None


def test_summer_time_starts_and_the_page_shows_the_wall_clock():
    cast = make.small_studio()
    now = datetime(2027, 3, 27, 12, tzinfo=UTC)
    asked = replace(wish(cast, cast.ana), first_day=date(2027, 3, 29))
    (day,) = search(load_setup(), asked, now).days
    assert (f"{day.offers[0].start:%H:%M}", day.offers[0].start) == ("09:00", datetime(2027, 3, 29, 8, tzinfo=UTC))
