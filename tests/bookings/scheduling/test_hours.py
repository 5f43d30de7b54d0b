"""Wall-clock hours become instants: both days of a clock change in both hemispheres, half hours, midnight, weeks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bookings.scheduling import hours
from bookings.scheduling.hours import WeeklyHours
from bookings.scheduling.timeline import bits, instant_of, mask_of, tick_of
from tests.bookings.scheduling import oracle, worlds

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
LORD_HOWE, ADELAIDE = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Australia/Adelaide")
KOLKATA, KATHMANDU = ZoneInfo("Asia/Kolkata"), ZoneInfo("Asia/Kathmandu")
AUCKLAND, CAIRO, APIA = ZoneInfo("Pacific/Auckland"), ZoneInfo("Africa/Cairo"), ZoneInfo("Pacific/Apia")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
FRIDAY = date(2026, 11, 20)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def read(day: str, at: str, zone: ZoneInfo) -> datetime:
    """The instant of a reading of the wall clock."""
    return instant_of(hours.wall_to_tick(date.fromisoformat(day), time.fromisoformat(at), zone))


def block(day: str, opens: str, closes: str, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """The instants of one block of hours that begins on this day."""
    begins = date.fromisoformat(day)
    rule = WeeklyHours(begins.weekday(), time.fromisoformat(opens), time.fromisoformat(closes))
    return [(instant_of(start), instant_of(end)) for start, end in hours.day_spans([rule], begins, zone)]


def grid(day: str, zone: ZoneInfo, step: int) -> list[datetime]:
    origin = tick_of(utc(day)) - 288
    mask = hours.grid_mask(date.fromisoformat(day), 1, zone, step, origin, 4 * 288)
    return [instant_of(origin + bit) for bit in bits(mask)]


READINGS = [
    ("2026-01-05", "09:00", LONDON, "2026-01-05 09:00"),
    ("2026-07-06", "09:00", LONDON, "2026-07-06 08:00"),
    ("2026-07-06", "09:00", NEW_YORK, "2026-07-06 13:00"),
    ("2026-07-06", "09:00", KOLKATA, "2026-07-06 03:30"),
    ("2026-07-06", "09:00", KATHMANDU, "2026-07-06 03:15"),
    ("2026-07-06", "09:00", ADELAIDE, "2026-07-05 23:30"),
    ("2026-01-05", "09:00", LORD_HOWE, "2026-01-04 22:00"),
]


@pytest.mark.parametrize(("day", "at", "zone", "instant"), READINGS)
def test_nine_in_the_morning_is_nine_on_the_studios_own_clock(day, at, zone, instant):
    assert read(day, at, zone) == utc(instant)


MISSING = [
    ("2026-03-29", "01:30", LONDON, "2026-03-29 01:00"),
    ("2026-03-08", "02:15", NEW_YORK, "2026-03-08 07:00"),
    ("2026-10-04", "02:15", LORD_HOWE, "2026-10-03 15:30"),
    ("2026-10-04", "02:30", ADELAIDE, "2026-10-03 16:30"),
    ("2026-09-27", "02:05", AUCKLAND, "2026-09-26 14:00"),
    ("2018-11-04", "00:30", SAO_PAULO, "2018-11-04 03:00"),
    ("2026-04-24", "00:00", CAIRO, "2026-04-23 22:00"),
]


@pytest.mark.parametrize(("day", "at", "zone", "instant"), MISSING)
def test_a_reading_in_a_missing_hour_means_the_end_of_the_gap(day, at, zone, instant):
    assert read(day, at, zone) == utc(instant)


REPEATED = [
    ("2026-10-25", "01:30", LONDON, "2026-10-25 00:30"),
    ("2026-11-01", "01:30", NEW_YORK, "2026-11-01 05:30"),
    ("2026-04-05", "01:45", LORD_HOWE, "2026-04-04 14:45"),
    ("2026-04-05", "02:30", ADELAIDE, "2026-04-04 16:00"),
    ("2026-04-05", "02:30", AUCKLAND, "2026-04-04 13:30"),
    ("2019-02-16", "23:30", SAO_PAULO, "2019-02-17 01:30"),
    ("2026-10-29", "23:30", CAIRO, "2026-10-29 20:30"),
]


@pytest.mark.parametrize(("day", "at", "zone", "instant"), REPEATED)
def test_a_reading_in_a_repeated_hour_means_its_first_occurrence(day, at, zone, instant):
    assert read(day, at, zone) == utc(instant)


NIGHTS = [
    ("2026-03-28", LONDON, 11),
    ("2026-03-27", LONDON, 12),
    ("2026-10-24", LONDON, 13),
    ("2026-10-03", LORD_HOWE, 11.5),
    ("2026-04-04", LORD_HOWE, 12.5),
    ("2026-09-26", AUCKLAND, 11),
    ("2026-04-04", AUCKLAND, 13),
]


@pytest.mark.parametrize(("day", "zone", "real_hours"), NIGHTS)
def test_a_night_from_eight_to_eight_is_as_long_as_it_really_is(day, zone, real_hours):
    [(start, end)] = block(day, "20:00", "08:00", zone)
    assert end - start == timedelta(hours=real_hours)


def test_hours_that_lie_wholly_in_a_missing_hour_do_not_exist_and_after_it_they_do():
    assert block("2026-03-29", "01:00", "02:00", LONDON) == []
    assert block("2026-03-29", "01:00", "02:30", LONDON) == [(utc("2026-03-29 01:00"), utc("2026-03-29 01:30"))]


def test_closing_at_or_before_opening_means_the_next_day():
    assert block("2026-11-20", "22:00", "02:00", LONDON) == [(utc("2026-11-20 22:00"), utc("2026-11-21 02:00"))]
    assert block("2026-11-20", "09:00", "09:00", LONDON) == [(utc("2026-11-20 09:00"), utc("2026-11-21 09:00"))]


def test_a_day_that_the_zone_skipped_has_no_hours_the_next_one_has():
    assert block("2011-12-30", "22:00", "02:00", APIA) == []
    assert block("2011-12-31", "09:00", "10:00", APIA) == [(utc("2011-12-30 19:00"), utc("2011-12-30 20:00"))]


def test_two_blocks_that_touch_are_one_and_a_lunch_break_parts_them():
    morning, afternoon = WeeklyHours(4, time(9), time(13)), WeeklyHours(4, time(13), time(18))
    late = WeeklyHours(4, time(14), time(18))
    assert len(hours.day_spans([afternoon, morning], FRIDAY, LONDON)) == 1
    assert len(hours.day_spans([late, morning], FRIDAY, LONDON)) == 2


def test_the_evening_before_reaches_into_the_first_day():
    rule = WeeklyHours(3, time(22), time(2))
    spans = hours.horizon_spans([rule], FRIDAY, 1, LONDON)
    assert spans == [(tick_of(utc("2026-11-19 22:00")), tick_of(utc("2026-11-20 02:00")))]
    assert hours.horizon_spans([rule], FRIDAY + timedelta(days=1), 1, LONDON) == []


def test_hours_end_with_their_last_day_included():
    rule = WeeklyHours(4, time(9), time(17), valid_from=FRIDAY, valid_until=FRIDAY + timedelta(days=7))
    applies = [rule.applies(FRIDAY + timedelta(days=7 * week)) for week in (-1, 0, 1, 2)]
    assert applies == [False, True, True, False]


def test_every_second_week_counts_from_the_week_of_the_first_day():
    monday_before = WeeklyHours(4, time(9), time(17), valid_from=date(2026, 11, 16), every_weeks=2)
    sunday_before = WeeklyHours(4, time(9), time(17), valid_from=date(2026, 11, 15), every_weeks=2)
    fridays = [FRIDAY + timedelta(days=7 * week) for week in range(4)]
    assert [monday_before.applies(day) for day in fridays] == [True, False, True, False]
    assert [sunday_before.applies(day) for day in fridays] == [False, True, False, True]


def test_every_second_week_without_a_first_day_is_refused_every_week_is_not():
    with pytest.raises(ValueError, match="first day"):
        WeeklyHours(4, time(9), time(17), every_weeks=2)
    assert WeeklyHours(4, time(9), time(17), every_weeks=1).applies(FRIDAY)


def test_hours_between_two_ticks_are_refused():
    with pytest.raises(ValueError, match="five minutes"):
        WeeklyHours(4, time(9, 2), time(17))


def test_local_days_are_as_long_as_they_are_and_a_skipped_one_is_empty():
    lengths = [day.end - day.start for day in hours.local_days(date(2026, 3, 28), 3, LONDON)]
    assert lengths == [288, 276, 288]
    assert [day.end - day.start for day in hours.local_days(date(2011, 12, 29), 3, APIA)] == [288, 0, 288]
    assert hours.local_days(FRIDAY, 1, LONDON, tick_of(utc("2026-11-20")))[0].start == 0


def test_the_hourly_grid_of_a_long_day_has_each_instant_of_the_repeated_hour_once():
    starts = grid("2026-10-25", LONDON, 60)
    assert len(starts) == len(set(starts)) == 25
    assert [start.astimezone(LONDON).hour for start in starts[:4]] == [0, 1, 1, 2]


def test_the_hourly_grid_of_a_short_day_leaves_the_missing_hour_out():
    assert [start.astimezone(LONDON).hour for start in grid("2026-03-29", LONDON, 60)] == [0, *range(2, 24)]


def test_the_grid_follows_the_wall_clock_across_a_half_hour_shift():
    shown = [f"{start.astimezone(LORD_HOWE):%H:%M}" for start in grid("2026-10-04", LORD_HOWE, 40)]
    assert shown[:5] == ["00:00", "00:40", "01:20", "02:40", "03:20"]


def test_the_grid_of_an_odd_offset_is_on_the_local_full_hour():
    assert grid("2026-11-20", KATHMANDU, 60)[0] == utc("2026-11-19 18:15")


def test_a_step_between_two_ticks_is_refused_ten_minutes_are_not():
    with pytest.raises(ValueError, match="five minutes"):
        grid("2026-11-20", LONDON, 12)
    assert len(grid("2026-11-20", LONDON, 10)) == 144


@worlds.cases(worlds.CASES["wall_to_tick"])
@given(worlds.dice)
def test_every_reading_is_the_first_minute_at_which_the_clock_shows_it(dice):
    zone, day = worlds.zone_day(dice)
    at = worlds.reading(dice)
    assert hours.wall_to_tick(day, at, ZoneInfo(zone)) * 5 == oracle.first_minute(zone, day, at)


@worlds.cases(worlds.CASES["horizon_spans"])
@given(worlds.dice)
def test_hours_are_open_at_the_minutes_the_oracle_finds(dice):
    zone, day = worlds.zone_day(dice)
    days = dice.number(1, 2)
    rules = [worlds.weekly_hours(dice, day) for _ in range(dice.number(1, 3))]
    spans = hours.horizon_spans(rules, day, days, ZoneInfo(zone))
    begin = oracle.midnight_minute(zone, day)
    minutes = {minute for start, end in spans for minute in range(max(start * 5, begin), end * 5)}
    expected = oracle.open_minutes(rules, zone, day, days)
    assert minutes == {minute for minute in expected if minute >= begin}


@worlds.cases(worlds.CASES["grid_mask"])
@given(worlds.dice)
def test_the_grid_is_where_the_oracle_sees_a_multiple_of_the_step(dice):
    zone, day = worlds.zone_day(dice)
    step, days = dice.one_of(5, 10, 15, 20, 25, 30, 35, 40, 60, 90), dice.number(1, 2)
    expected = oracle.grid_minutes(zone, day, days, step)
    origin = min(expected, default=0) // 5 - 100
    mask = hours.grid_mask(day, days, ZoneInfo(zone), step, origin, 1200)
    assert [(origin + bit) * 5 for bit in bits(mask)] == sorted(expected)


def test_a_horizon_cuts_the_grid_at_both_ends():
    origin = tick_of(utc("2026-11-20 12:00"))
    mask = hours.grid_mask(FRIDAY, 1, LONDON, 60, origin, 24)
    assert mask == mask_of([(origin, origin + 1), (origin + 12, origin + 13)], origin, 24)
