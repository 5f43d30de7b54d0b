"""Which starts are offered, in the studio's words, and against an oracle that tries every tick.

The examples play on one day that begins at tick 0: tick 108 is 9:00, tick 216 is 18:00.
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.scheduling.hours import LocalDay
from bookings.scheduling.limits import Limit, limit_for, runs_of
from bookings.scheduling.offers import (
    Reason,
    RoomState,
    Rules,
    Terms,
    TherapistState,
    free_rooms,
    offers,
    therapist_starts,
    why_not,
)
from bookings.scheduling.spread import spread
from bookings.scheduling.timeline import bits, span_mask
from tests.bookings.scheduling import oracle, worlds

FRIDAY = LocalDay(date(2026, 11, 20), 0, 288)
HALF_HOUR = Terms(hands_on=6)


def tick(at: str) -> int:
    return int(at[:-3]) * 12 + int(at[-2:]) // 5


def clock(mask: int) -> list[str]:
    return [f"{start // 12}:{start % 12 * 5:02}" for start in bits(mask)]


def mask(*spans: tuple[str, str]) -> int:
    return sum(span_mask(tick(start), tick(end)) for start, end in spans)


def grid(minutes: int) -> int:
    return sum(1 << start for start in range(0, 288, minutes // 5))


def ana(*busy: tuple[str, str], works: tuple[str, str] = ("9:00", "12:00"), terms: Terms = HALF_HOUR, **more):
    sessions = tuple((tick(start), tick(end)) for start, end in busy)
    more.setdefault("shortest_block", terms.before + terms.hands_on + terms.after)
    return TherapistState(1, mask(works), mask(*busy), terms, sessions, **more)


ROOM = RoomState(1, mask(("0:00", "24:00")))
ALL_DAY = Rules(mask(("0:00", "24:00")), grid(30), 0, 0, 288, (FRIDAY,), gap_rule=False)


def test_a_free_morning_is_offered_every_half_hour_until_the_last_one_that_fits():
    assert clock(therapist_starts(ana(), [ROOM], ALL_DAY)) == ["9:00", "9:30", "10:00", "10:30", "11:00", "11:30"]


def test_turnover_needs_its_time_inside_the_working_hours():
    with_turnover = ana(works=("9:00", "11:00"), terms=Terms(6, before=1, after=2))
    assert clock(therapist_starts(with_turnover, [ROOM], ALL_DAY)) == ["9:05", "9:30", "10:00", "10:20"]


def test_a_session_takes_its_own_time_and_what_touches_it_stays_offered():
    starts = clock(therapist_starts(ana(("10:00", "10:30")), [ROOM], ALL_DAY))
    assert starts == ["9:00", "9:30", "10:30", "11:00", "11:30"]


def test_both_edges_of_a_free_interval_are_offered_beside_the_grid():
    starts = clock(therapist_starts(ana(("9:45", "10:20")), [ROOM], ALL_DAY))
    assert starts == ["9:00", "9:15", "10:20", "10:30", "11:00", "11:30"]


def test_the_session_lies_in_the_opening_hours_the_turnover_need_not():
    terms = Terms(6, before=1, after=1)
    rules = replace(ALL_DAY, opening=mask(("9:30", "10:30")))
    assert clock(therapist_starts(ana(terms=terms), [ROOM], rules)) == ["9:30", "10:00"]


def test_notice_counts_to_the_minute_and_the_horizon_ends_before_its_tick():
    rules = replace(ALL_DAY, now=tick("9:00"), earliest=tick("9:30"), latest=tick("11:00"))
    assert clock(therapist_starts(ana(), [ROOM], rules)) == ["9:30", "10:00", "10:30"]


def test_without_a_free_room_for_its_whole_block_nothing_is_offered():
    room = RoomState(1, mask(("9:00", "9:30"), ("10:00", "10:40")))
    terms = Terms(6, room_after=2)
    assert clock(therapist_starts(ana(terms=terms), [room], ALL_DAY)) == ["10:00"]
    assert therapist_starts(ana(), [], ALL_DAY) == 0


def test_one_room_must_be_free_throughout_two_halves_do_not_make_one():
    first, second = RoomState(1, mask(("9:00", "9:15"))), RoomState(2, mask(("9:15", "9:30")))
    assert therapist_starts(ana(), [first, second], ALL_DAY) == 0
    assert clock(therapist_starts(ana(), [first, RoomState(2, mask(("9:00", "9:30")))], ALL_DAY)) == ["9:00"]


def test_the_least_equipped_free_room_comes_first():
    bars, mat, taken = RoomState(1, ROOM.free, 3), RoomState(2, ROOM.free, 1), RoomState(3, 0, 0)
    assert free_rooms(tick("9:00"), HALF_HOUR, [bars, mat, taken]) == [2, 1]


def test_anyone_says_who_is_free_at_each_time():
    late = replace(ana(works=("11:00", "12:00")), id=2)
    early = ana(works=("10:30", "11:30"))
    expected = [(tick("10:30"), (1,)), (tick("11:00"), (2, 1)), (tick("11:30"), (2,))]
    assert offers([late, early], [ROOM], ALL_DAY) == expected


# Limits


def test_the_last_session_of_the_day_that_the_limit_allows_is_offered_one_more_is_not():
    two = ana(("9:00", "9:30"), ("9:30", "10:00"))
    assert therapist_starts(replace(two, limits=(Limit(sessions=2),)), [ROOM], ALL_DAY) == 0
    assert therapist_starts(replace(two, limits=(Limit(sessions=3),)), [ROOM], ALL_DAY) != 0


def test_hands_on_minutes_may_be_used_up_exactly():
    hour = ana(("9:00", "10:00"))
    assert clock(therapist_starts(replace(hour, limits=(Limit(hands_on=18),)), [ROOM], ALL_DAY))[0] == "10:00"
    assert therapist_starts(replace(hour, limits=(Limit(hands_on=17),)), [ROOM], ALL_DAY) == 0


def test_a_weekdays_own_limit_replaces_the_every_day_one():
    every_day, friday, monday = Limit(sessions=1), Limit(weekday=4, hands_on=60), Limit(weekday=0, sessions=0)
    assert limit_for(4, [every_day, friday, monday]) == friday
    assert limit_for(5, [every_day, friday, monday]) == every_day
    assert limit_for(5, [friday, monday]) is None


def test_yesterdays_sessions_do_not_count_today():
    yesterday, today = LocalDay(date(2026, 11, 19), 0, 108), LocalDay(FRIDAY.date, 108, 288)
    worked = replace(ana(limits=(Limit(sessions=1),)), sessions=((100, 106),))
    assert therapist_starts(worked, [ROOM], replace(ALL_DAY, days=(yesterday, today))) != 0
    assert therapist_starts(worked, [ROOM], ALL_DAY) == 0


# Rest: an hour and a half at a stretch, then fifteen minutes

RESTED = Limit(run=18, rest=3)


def test_a_start_that_makes_the_run_too_long_is_out_after_the_rest_it_is_offered():
    run = ana(("9:00", "10:30"), limits=(RESTED,))
    rules = replace(ALL_DAY, grid=grid(5))
    assert clock(therapist_starts(run, [ROOM], rules))[0] == "10:45"


def test_a_run_that_just_reaches_its_length_is_offered():
    hour = ana(("9:00", "10:00"), limits=(RESTED,))
    assert clock(therapist_starts(hour, [ROOM], replace(ALL_DAY, grid=grid(5))))[:2] == ["10:00", "10:15"]


def test_a_session_that_joins_the_runs_on_both_sides_is_out_although_each_side_alone_would_do():
    both = ana(("9:00", "9:30"), ("10:10", "11:00"), limits=(RESTED,))
    alone = ana(("10:10", "11:00"), limits=(RESTED,))
    start = tick("9:40")
    fine = replace(ALL_DAY, grid=grid(5))
    assert why_not(start, both, [ROOM], fine) == Reason.REST
    assert why_not(start, alone, [ROOM], fine) is None


def test_sessions_with_enough_rest_between_them_are_two_runs():
    assert runs_of([(20, 26), (0, 6), (9, 12), (12, 17)], 3) == [(0, 6), (9, 17), (20, 26)]
    assert runs_of([(20, 26), (0, 6), (9, 12), (12, 17)], 4) == [(0, 26)]


# The soft gap rule

SOFT = replace(ALL_DAY, grid=grid(10), gap_rule=True)


def test_a_start_that_leaves_an_unsellable_gap_is_hidden_while_a_clean_one_exists():
    starts = clock(therapist_starts(ana(works=("9:00", "10:40")), [ROOM], SOFT))
    assert starts == ["9:00", "9:30", "9:40", "10:10"]
    assert why_not(tick("9:10"), ana(works=("9:00", "10:40")), [ROOM], SOFT) == Reason.GAP


def test_where_no_start_is_clean_all_are_offered():
    no_room_at_the_edges = RoomState(1, mask(("9:10", "9:50")))
    starts = therapist_starts(ana(works=("9:00", "10:00")), [no_room_at_the_edges], SOFT)
    assert clock(starts) == ["9:10", "9:20"]


def test_each_free_interval_is_judged_by_itself():
    room = RoomState(1, mask(("9:10", "9:40"), ("10:00", "12:00")))
    starts = therapist_starts(ana(("10:00", "10:30"), works=("9:00", "11:00")), [room], SOFT)
    assert clock(starts) == ["9:10", "10:30"]


def test_with_the_gap_rule_off_every_start_is_offered():
    starts = clock(therapist_starts(ana(works=("9:00", "10:00")), [ROOM], replace(SOFT, gap_rule=False)))
    assert starts == ["9:00", "9:10", "9:20", "9:30"]


def test_time_that_is_already_gone_does_not_make_the_soonest_start_a_gap():
    rules = replace(SOFT, now=tick("9:10"), earliest=tick("9:25"))
    starts = clock(therapist_starts(ana(works=("9:00", "11:00")), [ROOM], rules))
    assert starts == ["9:30", "10:00", "10:30"]


def test_a_rest_before_a_start_is_no_gap():
    given = ((tick("9:00"), tick("9:30")),)
    tired = replace(ana(("9:00", "9:40"), works=("9:00", "11:00")), sessions=given, limits=(Limit(run=6, rest=4),))
    assert clock(therapist_starts(tired, [ROOM], SOFT)) == ["9:50", "10:30"]


# Why not?

QUESTIONS = [
    ("8:00", Reason.PAST),
    ("8:35", Reason.NOTICE),
    ("9:00", Reason.OFF),
    ("10:00", Reason.BUSY),
    ("11:00", None),
    ("11:10", Reason.GRID),
    ("12:00", Reason.ROOM),
    ("12:30", Reason.CLOSED),
    ("15:00", Reason.HORIZON),
]


@pytest.mark.parametrize(("at", "reason"), QUESTIONS)
def test_every_time_that_is_not_offered_has_its_reason(at, reason):
    opening = mask(("8:00", "12:30"), ("14:00", "18:00"))
    rules = Rules(opening, grid(30), tick("8:30"), tick("8:40"), tick("15:00"), (FRIDAY,), gap_rule=False)
    room = RoomState(1, mask(("8:00", "12:10")))
    assert why_not(tick(at), ana(("9:50", "10:30"), works=("9:30", "18:00")), [room], rules) == reason


def test_a_start_before_the_masks_begin_is_past_or_beyond_the_horizon():
    assert why_not(-1, ana(), [ROOM], ALL_DAY) == Reason.PAST
    assert why_not(-1, ana(), [ROOM], replace(ALL_DAY, now=-5)) == Reason.HORIZON


def test_a_session_of_no_length_is_refused():
    with pytest.raises(ValueError, match="at least one tick"):
        Terms(hands_on=0)


# Twelve of a day


def test_up_to_twelve_starts_are_all_shown():
    assert spread([540 + 10 * n for n in range(12)]) == list(range(12))


def test_a_long_day_shows_twelve_full_hours_and_half_hours_from_all_its_parts():
    minutes = list(range(9 * 60, 20 * 60, 10))
    shown = [f"{minutes[place] // 60}:{minutes[place] % 60:02}" for place in spread(minutes)]
    assert shown == [
        "9:00", "9:30", "10:00", "11:00", "12:00", "13:00", "14:00", "16:00", "17:00", "17:30", "18:00", "19:00",
    ]  # fmt: skip


def test_the_first_start_of_a_day_is_always_shown():
    minutes = [545, *range(550, 1000, 5)]
    assert spread(minutes)[0] == 0
    assert spread(minutes, limit=1) == [0]


@worlds.cases(1_000)
@given(st.lists(st.integers(0, 287), min_size=1).map(sorted), st.integers(1, 14))
def test_the_short_list_is_in_order_without_doubles_and_leaves_no_part_of_the_day_out(ticks, limit):
    minutes = [at * 5 for at in ticks]
    shown = spread(minutes, limit)
    parts = {sum(at >= edge for edge in (720, 1020)) for at in minutes}
    assert shown[0] == 0
    assert shown == sorted(set(shown))
    assert len(shown) == min(limit, len(minutes))
    assert limit < 3 or {sum(minutes[place] >= edge for edge in (720, 1020)) for place in shown} == parts


# Against the oracle


@worlds.cases(worlds.CASES["therapist_starts"])
@given(worlds.dice)
def test_exactly_the_starts_of_the_oracle_are_offered(dice):
    therapist, rooms, rules = worlds.therapist(dice), worlds.rooms(dice), worlds.rules(dice)
    offered = bits(therapist_starts(therapist, rooms, rules))
    assert offered == sorted(oracle.offered(therapist, rooms, rules, worlds.TICKS))


@worlds.cases(worlds.CASES["why_not"])
@given(worlds.dice)
def test_a_start_has_a_reason_exactly_when_it_is_not_offered_and_the_reason_is_true(dice):
    therapist, rooms, rules = worlds.therapist(dice), worlds.rooms(dice), worlds.rules(dice)
    starts = oracle.offered(therapist, rooms, rules, worlds.TICKS)
    for start in range(dice.number(0, 4), worlds.TICKS + 5, 5):
        reason = why_not(start, therapist, rooms, rules)
        broken = set(oracle.broken_rules(start, therapist, rooms, rules))
        assert (reason is None) == (start in starts)
        assert reason is None or reason in (broken or {"gap"})


@worlds.cases(300)
@given(worlds.dice, worlds.dice)
def test_anyone_is_the_union_of_the_therapists(dice, more_dice):
    everybody = [worlds.therapist(dice, 3), worlds.therapist(more_dice, 1)]
    rooms, rules = worlds.rooms(dice), worlds.rules(dice)
    starts = {one.id: bits(therapist_starts(one, rooms, rules)) for one in everybody}
    free_at = {start: tuple(one for one in starts if start in starts[one]) for start in range(worlds.TICKS)}
    assert offers(everybody, rooms, rules) == [(start, ids) for start, ids in free_at.items() if ids]
