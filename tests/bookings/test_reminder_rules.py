"""When messages leave: the hour on the wall, quiet hours, late bookings. No database."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.reminder_rules import USUAL_STEPS, Due, Quiet, Session, Step, instant, quiet_around, timetable

LONDON = ZoneInfo("Europe/London")
NIGHT = Quiet(time(21), time(8))
NEVER = Quiet(time(0), time(0))
DAY_BEFORE, BEFORE_MEAL, AFTERCARE, NEXT_DAY = USUAL_STEPS
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def session(day: str, clock: str = "14:20", zone: ZoneInfo = LONDON, eats: bool = True) -> Session:
    """Half an hour at a reading of the wall clock; the last meal is over 90 minutes before."""
    start = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone).astimezone(UTC)
    return Session(start, start + timedelta(minutes=30), zone, start - timedelta(minutes=90) if eats else None)


def local(at: datetime, zone: ZoneInfo = LONDON) -> str:
    return f"{at.astimezone(zone):%a %d %b %H:%M}"


def leaves(given: Session, now: datetime = LONG_AGO, quiet: Quiet = NIGHT, steps=USUAL_STEPS) -> dict[str, str]:
    """Kind to the day and time on the wall at which it leaves."""
    return {due.kind: local(due.at, given.zone) for due in timetable(steps, given, quiet, now)}


def test_the_four_messages_around_a_session():
    assert leaves(session("2026-11-27")) == {
        "day_before": "Thu 26 Nov 14:20",
        "before_meal": "Fri 27 Nov 11:20",
        "aftercare": "Fri 27 Nov 15:50",
        "next_day": "Sat 28 Nov 14:50",
    }


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/London", "2026-03-29", 23),
        ("Europe/London", "2026-10-25", 25),
        ("America/New_York", "2026-03-08", 23),
        ("America/New_York", "2026-11-01", 25),
        ("Australia/Sydney", "2026-10-04", 23),
        ("Australia/Sydney", "2026-04-05", 25),
        ("America/Santiago", "2026-09-06", 23),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Europe/London", "2026-11-27", 24),
    ],
)
def test_the_day_before_is_the_same_hour_on_the_wall_on_days_of_any_length(zone, day, hours):
    seen = session(day, zone=ZoneInfo(zone))
    before = instant(DAY_BEFORE, seen)
    assert (f"{before.astimezone(seen.zone):%H:%M}", seen.start - before) == ("14:20", timedelta(hours=hours))


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 23), ("2026-10-24", 25), ("2026-11-27", 24)])
def test_the_next_day_keeps_the_hour_as_well(day, hours):
    seen = session(day)
    assert instant(NEXT_DAY, seen) - seen.end == timedelta(hours=hours)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-11-27"])
def test_three_hours_are_three_hours_on_every_day(day):
    seen = session(day, "03:30")
    assert seen.start - instant(BEFORE_MEAL, seen) == timedelta(hours=3)


def test_a_day_and_a_bit_is_counted_in_real_hours():
    seen = session("2026-03-29")
    assert seen.start - instant(Step("day_before", "start", -1500), seen) == timedelta(hours=25)


@pytest.mark.parametrize(
    ("day", "clock", "before"),
    [("2026-03-30", "01:30", "Sun 29 Mar 02:00"), ("2026-10-26", "01:30", "Sun 25 Oct 01:30")],
)
def test_an_hour_that_is_missing_the_day_before_means_the_end_of_the_gap(day, clock, before):
    at = instant(DAY_BEFORE, session(day, clock))
    assert (local(at), at.astimezone(LONDON).fold) == (before, 0)


@pytest.mark.parametrize(
    ("clock", "quiet", "expected"),
    [
        # The meal message of an early session comes the evening before: in the morning it would be too late.
        ("09:00", NIGHT, {"day_before": "Thu 26 Nov 09:00", "before_meal": "Thu 26 Nov 20:45"}),
        ("11:00", NIGHT, {"day_before": "Thu 26 Nov 11:00", "before_meal": "Fri 27 Nov 08:00"}),
        ("10:00", NIGHT, {"day_before": "Thu 26 Nov 10:00", "before_meal": "Fri 27 Nov 08:00"}),
        ("09:55", NIGHT, {"day_before": "Thu 26 Nov 09:55", "before_meal": "Thu 26 Nov 20:45"}),
        # The day before of a late session waits for the morning: there is time enough.
        ("22:00", NIGHT, {"day_before": "Fri 27 Nov 08:00", "before_meal": "Fri 27 Nov 19:00"}),
        ("21:00", NIGHT, {"day_before": "Fri 27 Nov 08:00", "before_meal": "Fri 27 Nov 18:00"}),
        ("20:55", NIGHT, {"day_before": "Thu 26 Nov 20:55", "before_meal": "Fri 27 Nov 17:55"}),
        # Quiet hours within one day, and none.
        ("14:20", Quiet(time(11), time(15)), {"day_before": "Thu 26 Nov 15:00", "before_meal": "Fri 27 Nov 10:45"}),
        ("09:00", NEVER, {"day_before": "Thu 26 Nov 09:00", "before_meal": "Fri 27 Nov 06:00"}),
    ],
)
def test_quiet_hours_before_a_session(clock, quiet, expected):
    assert leaves(session("2026-11-27", clock), quiet=quiet, steps=(DAY_BEFORE, BEFORE_MEAL)) == expected


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("19:00", {"aftercare": "Fri 27 Nov 20:30", "next_day": "Sat 28 Nov 19:30"}),
        # Aftercare at 21:30 would wait until it is of no use, so it leaves before the quiet hours.
        ("20:00", {"aftercare": "Fri 27 Nov 20:45", "next_day": "Sat 28 Nov 20:30"}),
        # Never before the session is over: it leaves at its end, or not at all.
        ("20:20", {"aftercare": "Fri 27 Nov 20:50", "next_day": "Sat 28 Nov 20:50"}),
        ("20:30", {"next_day": "Sun 29 Nov 08:00"}),
    ],
)
def test_quiet_hours_after_a_session(clock, expected):
    assert leaves(session("2026-11-27", clock), steps=(AFTERCARE, NEXT_DAY)) == expected


@pytest.mark.parametrize(
    ("clock", "is_quiet"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_quiet_hours_run_over_midnight_from_their_first_to_before_their_last_minute(clock, is_quiet):
    at = datetime.fromisoformat(f"2026-11-27 {clock}").replace(tzinfo=LONDON)
    assert (quiet_around(at, NIGHT, LONDON) is not None) == is_quiet


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 10), ("2026-10-25", 12), ("2026-11-27", 11)])
def test_a_quiet_night_has_the_hours_that_the_clock_gives_it(day, hours):
    begins, ends = quiet_around(datetime.fromisoformat(f"{day} 00:30").replace(tzinfo=LONDON), NIGHT, LONDON)
    assert ends - begins == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("booked", "expected"),
    [
        ("2026-11-26 13:19", ["day_before", "before_meal", "aftercare", "next_day"]),
        ("2026-11-26 13:21", ["before_meal", "aftercare", "next_day"]),
        ("2026-11-27 10:20", ["before_meal", "aftercare", "next_day"]),
        ("2026-11-27 10:25", ["aftercare", "next_day"]),
        ("2026-11-27 14:00", ["aftercare", "next_day"]),
        ("2026-11-27 15:55", ["aftercare", "next_day"]),
        ("2026-11-27 21:55", ["next_day"]),
        ("2026-11-29 15:00", []),
    ],
)
def test_a_late_booking_gets_only_what_its_confirmation_has_not_just_said(booked, expected):
    now = datetime.fromisoformat(booked).replace(tzinfo=UTC)
    assert list(leaves(session("2026-11-27"), now)) == expected


def test_without_advice_on_meals_nobody_is_reminded_of_one():
    assert list(leaves(session("2026-11-27", eats=False))) == ["day_before", "aftercare", "next_day"]


def test_each_message_is_of_use_until_the_next_one_the_meal_or_some_hours_after():
    dues = timetable(USUAL_STEPS, session("2026-11-27"), NIGHT, LONG_AGO)
    assert [local(due.useful_until) for due in dues] == [
        "Fri 27 Nov 11:20",
        "Fri 27 Nov 12:50",
        "Fri 27 Nov 21:50",
        "Sun 29 Nov 14:50",
    ]


def test_without_a_meal_message_the_day_before_is_of_use_until_the_start():
    seen = session("2026-11-27")
    (due,) = timetable((DAY_BEFORE,), seen, NIGHT, LONG_AGO)
    assert due == Due("day_before", instant(DAY_BEFORE, seen), seen.start)


readings = st.times().map(lambda reading: reading.replace(second=0, microsecond=0, fold=0))
zones = st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu"]).map(ZoneInfo)
starts = st.integers(0, 2 * 366 * 288).map(lambda tick: LONG_AGO + timedelta(minutes=5 * tick))


@given(start=starts, zone=zones, quiet=st.builds(Quiet, readings, readings), hours=st.integers(-30, 24 * 9))
def test_whatever_the_hours_nothing_leaves_late_early_or_in_the_quiet(start, zone, quiet, hours):
    seen = Session(start, start + timedelta(minutes=30), zone, start - timedelta(minutes=90))
    now = start - timedelta(hours=hours)
    dues = timetable(USUAL_STEPS, seen, quiet, now)
    assert [due for due in dues if not now <= due.at < due.useful_until] == []
    assert [due for due in dues if quiet_around(due.at, quiet, zone)] == []
    assert [due.kind for due in dues if due.at < seen.end and due.kind in ("aftercare", "next_day")] == []
