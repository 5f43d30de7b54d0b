"""The tabs of limits and of time off: what is offered follows at once, what is booked stays."""

import datetime as dt
import re

import pytest

from accounts.models import Sheet
from bookings.models import BlockEvent
from spa import clock
from tests import factories as make
from tests.studio.test_hours import next_tuesday, why_not
from therapists.limits import read
from therapists.models import TimeOff

pytestmark = pytest.mark.django_db


def address(person, tail):
    return f"/studio/therapists/{person.pk}/{tail}/"


def send_limits(client, cast, status, **typed):
    path = address(cast.ana, "limits")
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    answer = client.post(path, {"seen": seen} | typed)
    assert answer.status_code == status
    return answer.text


def send_off(client, cast, status, **changes):
    day = next_tuesday(12).date().isoformat()
    typed = {"first_on": day, "last_on": "", "begin": "", "finish": "", "kind": "holiday", "do": "save"}
    answer = client.post(address(cast.ana, "time-off"), typed | changes)
    assert answer.status_code == status
    return answer.text


def book(cast, start):
    return make.booking(start=start, length=cast.back30, therapist=cast.ana, room=cast.mat_room)


def test_a_limit_counts_at_once(client, ada, cast):
    start = next_tuesday(12)
    book(cast, next_tuesday(9))
    assert why_not(cast, start) is None
    send_limits(client, cast, 303, d1_sessions="1")
    assert why_not(cast, start) == "limit"
    assert Sheet.history.filter(kind="therapist.limits").count() == 2


def test_limits_of_all_days_and_of_one(client, ada, cast):
    send_limits(
        client, cast, 303, all_sessions="8", all_run_minutes="90", all_rest_minutes="15", d5_hands_on_minutes="60"
    )
    every, saturday = read(cast.ana)["limits"]
    assert (every["weekday"], every["sessions"], every["run_minutes"], every["rest_minutes"]) == (None, 8, 90, 15)
    assert (saturday["weekday"], saturday["hands_on_minutes"], saturday["rest_minutes"]) == (5, 60, 0)
    html = client.get(address(cast.ana, "limits")).text
    assert "8 sessions, 15 minutes of rest after 90 minutes" in html


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"all_sessions": "0"}, "Type a whole number from 1 to 50, or nothing."),
        ({"all_sessions": "x"}, "Type a whole number from 1 to 50, or nothing."),
        ({"d0_hands_on_minutes": "61"}, "Type minutes in fives, up to 720, or nothing."),
        ({"d0_run_minutes": "60"}, "A longest run needs a rest after it: type how long."),
        ({"d0_rest_minutes": "15"}, "A rest comes after a longest run: type how long that is."),
    ],
)
def test_a_limit_that_cannot_be_is_told_at_the_field(client, ada, cast, typed, words):
    html = send_limits(client, cast, 422, **typed)
    assert html.count(words) == 2  # in the summary and at the field
    assert read(cast.ana) == {"limits": []}


def test_time_off_is_offered_no_more_and_given_back(client, ada, cast):
    start = next_tuesday(12)
    send_off(client, cast, 303, reason="Wedding")
    assert why_not(cast, start) == "away"
    row = TimeOff.objects.get()
    assert "Wedding" in client.get(address(cast.ana, "time-off")).text
    assert client.post(f"/studio/therapists/{cast.ana.pk}/time-off/{row.pk}/lift/").status_code == 303
    assert why_not(cast, start) is None
    assert [event.verb for event in BlockEvent.objects.order_by("pk")] == ["blocked", "lifted"]


def test_half_a_day_off(client, ada, cast):
    send_off(client, cast, 303, begin="13:00", finish="18:00")
    assert (why_not(cast, next_tuesday(11)), why_not(cast, next_tuesday(14))) == (None, "away")


def test_whole_days_include_the_last_one(client, ada, cast):
    last = next_tuesday(12).date() + dt.timedelta(days=2)
    send_off(client, cast, 303, last_on=last.isoformat())
    ends = TimeOff.objects.get().during.upper.astimezone(cast.place.zone)
    assert (ends.date(), ends.time()) == (last + dt.timedelta(days=1), dt.time())


def test_what_is_booked_then_is_listed_first_and_kept(client, ada, cast):
    booking = book(cast, next_tuesday(12))
    html = send_off(client, cast, 200)
    assert "1 session is booked then" in html and "Save time off, keep the session" in html
    assert TimeOff.objects.count() == 0
    send_off(client, cast, 303, do="keep")
    booking.refresh_from_db()
    assert (booking.status, TimeOff.objects.count()) == ("booked", 1)


def test_trying_time_off_shows_what_a_client_would_see(client, ada, cast):
    html = send_off(client, cast, 200, do="check")
    assert TimeOff.objects.count() == 0
    assert "Nothing is booked then." in html
    times = re.findall(r"<li>(\w+)day \d+ \w+ \d{4}, \d+:\d\d</li>", html)
    assert times == ["Wednes"] * 5


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_on": ""}, "Enter a date, like 2026-12-01."),
        ({"first_on": "2020-01-01"}, "This is over already: choose a day that is still to come."),
        ({"begin": "14:00", "finish": "13:00"}, "Choose an end that is later than the beginning."),
        ({"last_on": "2020-01-01"}, "Choose an end that is later than the beginning."),
        ({"begin": "13:02"}, "Enter a time on full five minutes, like 14:20."),
        ({"kind": "x"}, "Choose from the list."),
        ({"reason": "x" * 201}, "Shorten the reason to 200 letters or fewer."),
    ],
)
def test_time_off_that_cannot_be_is_told_at_the_field(client, ada, cast, changes, words):
    html = send_off(client, cast, 422, **changes)
    assert html.count(words) == 2  # in the summary and at the field
    assert TimeOff.objects.count() == 0


def test_nobody_gives_back_what_is_anothers(client, ada, cast):
    off = make.time_off(therapist=cast.mei, during=make.span(clock.now(), 60))
    assert client.post(f"/studio/therapists/{cast.ana.pk}/time-off/{off.pk}/lift/").status_code == 404
