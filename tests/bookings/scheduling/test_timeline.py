"""Ticks and masks: examples, and properties against plain lists of bits."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.scheduling import timeline
from tests.bookings.scheduling.worlds import cases

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
masks = st.integers(0, 2**90 - 1)


def positions(mask: int) -> list[int]:
    return [bit for bit in range(200) if mask >> bit & 1]


def test_a_tick_is_five_minutes_since_1970_and_comes_back_as_the_same_instant():
    assert timeline.tick_of(datetime(1970, 1, 1, 0, 10, tzinfo=UTC)) == 2
    assert timeline.instant_of(timeline.tick_of(NINE)) == NINE


def test_the_same_instant_in_another_zone_is_the_same_tick():
    in_kathmandu = NINE.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert timeline.tick_of(in_kathmandu) == timeline.tick_of(NINE)


def test_a_time_between_two_ticks_is_refused_the_tick_itself_is_not():
    with pytest.raises(ValueError, match="multiples of five"):
        timeline.tick_of(NINE + timedelta(minutes=1))
    assert timeline.tick_of(NINE + timedelta(minutes=5)) == timeline.tick_of(NINE) + 1


def test_a_time_without_a_zone_is_refused():
    for read in (timeline.tick_of, timeline.floor_tick, timeline.ceil_tick):
        with pytest.raises(ValueError, match="time zone"):
            read(datetime(2026, 11, 20, 9, 0))  # noqa: DTZ001 (that is what is refused)


def test_floor_and_ceil_go_to_the_ticks_around_an_instant():
    tick = timeline.tick_of(NINE)
    second_later, second_before = NINE + timedelta(seconds=1), NINE - timedelta(microseconds=1)
    assert (timeline.floor_tick(NINE), timeline.ceil_tick(NINE)) == (tick, tick)
    assert (timeline.floor_tick(second_later), timeline.ceil_tick(second_later)) == (tick, tick + 1)
    assert (timeline.floor_tick(second_before), timeline.ceil_tick(second_before)) == (tick - 1, tick)


def test_painting_and_clearing_a_span_is_half_open():
    assert positions(timeline.paint(0, 2, 5)) == [2, 3, 4]
    assert positions(timeline.clear(timeline.span_mask(0, 8), 2, 5)) == [0, 1, 5, 6, 7]


def test_spans_are_cut_to_the_horizon_and_empty_ones_paint_nothing():
    assert positions(timeline.mask_of([(95, 102), (105, 105), (108, 120), (200, 210)], 100, 10)) == [0, 1, 8, 9]
    assert timeline.span_mask(-5, 0) == timeline.span_mask(4, 4) == timeline.span_mask(5, 3) == 0
    assert positions(timeline.span_mask(-5, 2)) == [0, 1]


def test_half_an_hour_fits_exactly_into_half_an_hour():
    assert positions(timeline.starts_of(timeline.span_mask(10, 16), 6)) == [10]
    assert timeline.starts_of(timeline.span_mask(10, 15), 6) == 0


@cases(1_500)
@given(masks, st.integers(1, 40))
def test_starts_are_the_bits_with_enough_set_bits_behind_them(mask, length):
    expected = [bit for bit in range(90) if all(mask >> (bit + more) & 1 for more in range(length))]
    assert positions(timeline.starts_of(mask, length)) == expected


@cases(1_500)
@given(masks)
def test_runs_and_bits_say_what_is_set(mask):
    assert timeline.bits(mask) == positions(mask)
    assert [bit for start, end in timeline.runs(mask) for bit in range(start, end)] == positions(mask)
    assert all(end < start for (_, end), (start, _) in zip(timeline.runs(mask), timeline.runs(mask)[1:], strict=False))


@cases(1_500)
@given(masks, masks)
def test_touched_keeps_whole_the_runs_with_a_seed(mask, seeds):
    hit = [run for run in timeline.runs(mask) if any(seeds >> bit & 1 for bit in range(*run))]
    assert timeline.runs(timeline.touched(mask, seeds)) == hit


@cases(500)
@given(st.lists(st.tuples(st.integers(-20, 120), st.integers(-20, 120))), st.integers(-10, 10), st.integers(0, 90))
def test_a_mask_of_spans_holds_each_tick_of_each_span_in_the_horizon(spans, origin, ticks):
    covered = {tick - origin for start, end in spans for tick in range(start, end)}
    assert positions(timeline.mask_of(spans, origin, ticks)) == sorted(covered & set(range(ticks)))
