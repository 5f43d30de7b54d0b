"""The guidance around a session: the right advice at the right minute, on the studio's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.guidance import Advice, Kind, Moment, still_useful, timeline

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 11, 20, 14, 20, tzinfo=UTC)
END = START + timedelta(minutes=30)


def moments(*advice: Advice, start: datetime = START, zone: ZoneInfo = LONDON, **more) -> list[Moment]:
    return timeline(start=start, end=start + timedelta(minutes=30), zone=zone, advice=advice, **more)


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=UTC)


def test_the_studios_default_day_around_a_session_at_twenty_past_two():
    day = [(moment.at, moment.kind) for moment in timeline(start=START, end=END, zone=LONDON)]
    assert day == [
        (at(10, 20), "water_before"),
        (at(12, 20), "heavy_meal"),
        (at(12, 50), "meal"),
        (at(13, 50), "clothes"),
        (at(14, 10), "arrival"),
        (at(15, 0), "water_after"),
        (at(15, 20), "aftercare"),
    ]


def test_the_default_words_name_the_times():
    titles = {moment.kind: moment.title for moment in timeline(start=START, end=END, zone=LONDON)}
    assert titles[Kind.MEAL] == "Finish eating by 12:50"
    assert titles[Kind.ARRIVAL] == "Arrive at 14:10"
    assert titles[Kind.HEAVY_MEAL] == "Nothing heavy from 12:20 on"


def test_no_default_text_keeps_an_open_placeholder():
    for moment in timeline(start=START, end=END, zone=LONDON):
        assert "{" not in moment.title + moment.text


def test_words_hold_the_time_and_day_of_the_moment_in_the_studios_zone():
    advice = Advice("meal", "start", -90, "{day}, {time}", "before {start_time} to {end_time} on {start_day}")
    [moment] = moments(advice, zone=ZoneInfo("Asia/Kathmandu"))
    assert moment.title == "Friday 20 November, 18:35"
    assert moment.text == "before 20:05 to 20:35 on Friday 20 November"


def test_advice_the_evening_before_names_that_evening():
    [moment] = moments(Advice("water_before", "start", -24 * 60, "From {day} on"))
    assert moment.title == "From Thursday 19 November on"


def test_the_meal_time_can_stand_in_other_advice_and_is_the_start_where_no_meal_is_named():
    heavy, meal = Advice("heavy_meal", "start", -120, "{meal_time}"), Advice("meal", "start", -60, "")
    assert [moment.title for moment in moments(heavy, meal)] == ["13:20", ""]
    assert [moment.title for moment in moments(heavy)] == ["14:20"]


def test_braces_that_are_no_placeholder_stay_as_the_studio_typed_them():
    [moment] = moments(Advice("clothes", "start", 0, "{socks} {} {time", "{time}{0}"))
    assert (moment.title, moment.text) == ("{socks} {} {time", "14:20{0}")


def test_a_reader_in_another_language_gets_that_languages_words():
    [moment] = moments(
        Advice("meal", "start", -90, "{time} {day}"),
        say_time=lambda local: f"{local.hour}h{local.minute}",
        say_day=lambda local: f"el {local.day}",
    )
    assert moment.title == "12h50 el 20"


def test_ninety_minutes_are_ninety_real_minutes_when_the_clock_goes_forward():
    start = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    [moment] = moments(Advice("meal", "start", -90, "{time}"), start=start)
    assert (moment.at, moment.title) == (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), "00:00")


def test_ninety_minutes_are_ninety_real_minutes_when_the_clock_goes_back():
    start = datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    [moment] = moments(Advice("meal", "start", -90, "{time}"), start=start)
    assert (moment.at, moment.title) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "01:30")


def test_a_start_given_in_another_zone_is_the_same_instant():
    advice = Advice("arrival", "start", -10, "{time}")
    assert moments(advice, start=START.astimezone(ZoneInfo("Australia/Lord_Howe"))) == moments(advice)


def test_a_start_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moments(start=START.replace(tzinfo=None))


def test_what_is_over_is_no_longer_useful_what_is_due_now_still_is():
    day = timeline(start=START, end=END, zone=LONDON)
    assert [moment.kind for moment in still_useful(day, at(14, 10))] == ["arrival", "water_after", "aftercare"]
    assert [moment.kind for moment in still_useful(day, at(14, 11))] == ["water_after", "aftercare"]
