"""The tab of hours: a week at a place, tried before it is saved; what is booked stays where it is."""

import datetime as dt
import re

import pytest

from bookings.availability import Wish, explain, load_setup
from spa import clock
from tests import factories as make
from therapists.models import WorkingHours
from therapists.week import read
from treatments.models import Length

pytestmark = pytest.mark.django_db
NINE_TO_SIX = {f"d{day}_0_{end}": at for day in range(6) for end, at in (("from", "09:00"), ("to", "18:00"))}


def address(person):
    return f"/studio/therapists/{person.pk}/hours/"


def send(client, cast, status, query="", **changes):
    path = address(cast.ana) + query
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    typed = {"place": cast.place.pk, "since": "2026-01-05", "until": "", "every": "1", "seen": seen, "do": "save"}
    typed |= NINE_TO_SIX | changes
    answer = client.post(path, {name: value for name, value in typed.items() if value is not None})
    assert answer.status_code == status
    return answer.text


def next_tuesday(hour, minute=0):
    """A Tuesday at least two days ahead, at Weir Lane."""
    today = clock.now().date()
    day = today + dt.timedelta(days=(1 - today.weekday()) % 7 or 7)
    day += dt.timedelta(days=7 * ((day - today).days < 2))
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)


def why_not(cast, start):
    length = Length.objects.select_related("treatment__style").get(pk=cast.back30.pk)
    wish = Wish(cast.place, length, cast.ana, start.date())
    found = explain(load_setup(), wish, start.replace(tzinfo=cast.place.zone), clock.now())
    return found and found.reason


def closed_tuesdays():
    return {"d1_0_from": None, "d1_0_to": None}


def test_the_page_shows_the_week_and_what_a_client_would_see(client, ada, cast):
    html = client.get(address(cast.ana)).text
    assert html.count('<span class="h9 m0 eh18 em0">9:00 to 18:00</span>') == 6
    assert "8:00 to 22:00, one line an hour. 54 hours in the week." in html
    assert len(re.findall(r"<li>\w+day \d+ \w+ \d{4}, \d+:\d\d</li>", html)) == 5


def test_saved_hours_are_offered_at_once(client, ada, cast):
    start = next_tuesday(12)
    assert why_not(cast, start) is None
    send(client, cast, 303, **closed_tuesdays())
    assert why_not(cast, start) == "off"
    assert WorkingHours.objects.filter(therapist=cast.ana).count() == 5


def test_two_parts_and_a_break(client, ada, cast):
    send(client, cast, 303, d0_0_to="13:00", d0_1_from="14:00", d0_1_to="18:00")
    assert read(cast.ana)["plans"][0]["days"][0] == [["09:00", "13:00"], ["14:00", "18:00"]]


def test_trying_saves_nothing(client, ada, cast):
    html = send(client, cast, 200, do="check", **closed_tuesdays())
    assert "45 hours in the week." in html
    assert WorkingHours.objects.filter(therapist=cast.ana).count() == 6


def test_sessions_outside_are_listed_first_and_kept(client, ada, cast):
    words = {"length": cast.back30, "therapist": cast.ana, "room": cast.mat_room}
    booking = make.booking(start=next_tuesday(12), **words)
    html = send(client, cast, 200, **closed_tuesdays())
    assert "1 session falls outside these hours" in html and "Save hours, keep the session" in html
    assert f'href="/desk/bookings/{booking.pk}/"' in html
    assert WorkingHours.objects.filter(therapist=cast.ana).count() == 6
    send(client, cast, 303, do="keep", **closed_tuesdays())
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_a_session_outside_is_drawn_on_its_day(client, ada, cast):
    words = {"length": cast.back30, "therapist": cast.ana, "room": cast.mat_room}
    make.booking(start=next_tuesday(12), **words)
    html = send(client, cast, 200, do="check", **closed_tuesdays())
    start = next_tuesday(12).astimezone(cast.place.zone)
    assert f'class="clash h{start.hour} m0 eh{start.hour} em30"' in html


def test_later_hours_leave_the_former_ones_until_the_day_before(client, ada, cast):
    later = clock.now().date() + dt.timedelta(days=20)
    send(client, cast, 303, since=later.isoformat(), **closed_tuesdays())
    old, new = read(cast.ana)["plans"]
    assert (old["until"], new["since"]) == ((later - dt.timedelta(days=1)).isoformat(), later.isoformat())
    assert (len(old["days"][1]), len(new["days"][1])) == (1, 0)


def test_hours_of_every_second_week_stand_beside_the_others(client, ada, cast):
    nothing = dict.fromkeys(NINE_TO_SIX)
    send(client, cast, 303, "?plan=new", every="2", d6_0_from="10:00", d6_0_to="15:00", **nothing)
    assert [plan["every"] for plan in read(cast.ana)["plans"]] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"d0_1_from": "17:00", "d0_1_to": "20:00"}, "Monday 9:00 to 18:00 and Monday 17:00 to 20:00 overlap"),
        ({"d0_0_to": "02:00"}, "If it runs past midnight, until Tuesday 2:00, tick that below."),
        ({"d0_0_to": ""}, "Type both times, or none."),
        ({"d0_0_to": "17:58"}, "Enter a time on full five minutes, like 14:20."),
        ({"d0_0_to": "x"}, "Enter a time, like 14:20."),
        ({"since": ""}, "Enter a date, like 2026-12-01."),
        ({"until": "2026-01-04"}, "Choose a last day that is not before the first one."),
        ({"every": "3"}, "Choose from the list."),
    ],
)
def test_what_cannot_be_is_told_at_the_field(client, ada, cast, changes, words):
    html = send(client, cast, 422, **changes)
    assert html.count(words) == 2  # in the summary and at the field
    assert WorkingHours.objects.filter(therapist=cast.ana).count() == 6


def test_hours_past_midnight_are_meant(client, ada, cast):
    html = send(client, cast, 422, d0_0_to="02:00")
    assert "These hours run past midnight" in html
    send(client, cast, 303, d0_0_to="02:00", midnight="on")
    assert read(cast.ana)["plans"][0]["days"][0] == [["09:00", "02:00"]]


def test_new_hours_without_any_are_none(client, ada, cast):
    html = send(client, cast, 422, "?plan=new", **dict.fromkeys(NINE_TO_SIX))
    assert "Add hours on one day at least." in html


def test_a_day_gets_one_more_part(client, ada, cast):
    html = send(client, cast, 200, do="add-0", d0_0_from="10:00")
    assert (
        'name="d0_1_from"' in html
        and 'name="d0_0_from" type="time" step="300" autocomplete="off" value="10:00"' in html
    )
    assert 'name="d1_1_from"' not in html


def test_a_day_is_copied_to_others(client, ada, cast):
    words = {"d0_0_to": "13:00", "copy_from": "0", "copy_to": ["2", "6"]}
    html = send(client, cast, 200, do="copy", **words)
    ends = [re.search(rf'name="d{day}_0_to"[^>]*value="([^"]*)"', html)[1] for day in (0, 1, 2, 6)]
    assert ends == ["13:00", "18:00", "13:00", "13:00"]
    assert WorkingHours.objects.filter(therapist=cast.ana).count() == 6


def test_a_former_week_is_restored(client, ada, cast):
    send(client, cast, 303, **closed_tuesdays())
    number = re.search(r'name="version" value="(\d+)"', client.get(address(cast.ana)).text)[1]
    answer = client.post(f"/studio/therapists/{cast.ana.pk}/hours/restore/", {"version": number})
    assert answer.status_code == 303
    assert WorkingHours.objects.filter(therapist=cast.ana).count() == 6


def test_a_former_week_lists_what_falls_outside_before_it_is_restored(client, ada, cast):
    send(client, cast, 303, **closed_tuesdays())
    send(client, cast, 303)
    words = {"length": cast.back30, "therapist": cast.ana, "room": cast.mat_room}
    booking = make.booking(start=next_tuesday(12), **words)
    number = re.search(r'name="version" value="(\d+)"', client.get(address(cast.ana)).text)[1]
    path = f"/studio/therapists/{cast.ana.pk}/hours/restore/"
    html = client.post(path, {"version": number}).text
    assert "1 session falls outside these hours" in html and f'href="/desk/bookings/{booking.pk}/"' in html
    assert WorkingHours.objects.filter(therapist=cast.ana).count() == 6
    assert client.post(path, {"version": number, "do": "keep"}).status_code == 303
    assert WorkingHours.objects.filter(therapist=cast.ana).count() == 5


def test_somebody_elses_hours_are_not_overwritten_unseen(client, ada, cast):
    html = send(client, cast, 409, seen="0" * 32, **closed_tuesdays())
    assert "Somebody else saved this page meanwhile" in html
    assert WorkingHours.objects.filter(therapist=cast.ana).count() == 6


def test_without_a_place_there_are_no_hours(client, ada):
    ana = make.therapist()
    assert "There is no place yet in which she could work." in client.get(address(ana)).text
