"""Extra hours on a date: tried before they are saved, taken away again; what is booked stays where it is."""

import datetime as dt
import re

import pytest

from accounts.models import Sheet
from spa import clock
from tests import factories as make
from tests.studio.test_hours import why_not
from therapists.models import ExtraHours, WorkingHours

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(cast):
    """Weir Lane is open on Sundays, and nobody works then."""
    make.opening(location=cast.place, weekday=6)
    return cast


def sunday(hour=12, minute=0):
    """A Sunday at least two days ahead, at Weir Lane."""
    today = clock.now().date()
    day = today + dt.timedelta(days=(6 - today.weekday()) % 7)
    day += dt.timedelta(days=7 * ((day - today).days < 2))
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=dt.UTC)


def address(cast, query=""):
    return f"/studio/therapists/{cast.ana.pk}/extra-hours/{query}"


def send(client, cast, status, query="", **changes):
    path = address(cast, query)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    typed = {"place": cast.place.pk, "day": sunday().date().isoformat(), "opens": "10:00", "closes": "15:00"}
    answer = client.post(path, typed | {"seen": seen, "do": "save"} | changes)
    assert answer.status_code == status
    return answer.text


def book(cast, start):
    return make.booking(start=start, length=cast.back30, therapist=cast.ana, room=cast.mat_room)


def test_extra_hours_are_offered_at_once_and_taken_away(client, ada, cast):
    assert why_not(cast, sunday()) == "off"
    send(client, cast, 303)
    assert why_not(cast, sunday()) is None
    send(client, cast, 303, "?extra=0", do="remove")
    assert why_not(cast, sunday()) == "off"
    assert Sheet.history.filter(kind="therapist.extra").count() == 3


def test_they_stand_on_the_tab_of_time_off(client, ada, cast):
    send(client, cast, 303)
    html = client.get(f"/studio/therapists/{cast.ana.pk}/time-off/").text
    assert f'href="{address(cast)}?extra=0"' in html
    assert re.search(r">Sunday \d+ \w+ \d{4}, 10:00 to 15:00</a><br><span class=\"quiet\">Weir Lane<", html)


def test_trying_shows_the_next_five_times_and_saves_nothing(client, ada, cast):
    html = send(client, cast, 200, do="check")
    assert "No session falls outside." in html
    times = re.findall(r"<li>(\w+)day \d+ \w+ \d{4}, \d+:\d\d</li>", html)
    assert times == ["Sun"] * 5
    assert ExtraHours.objects.count() == 0


def test_what_is_booked_in_them_is_listed_before_they_go(client, ada, cast):
    send(client, cast, 303)
    booking = book(cast, sunday())
    html = send(client, cast, 200, "?extra=0", do="remove")
    assert "1 session falls outside these hours" in html and "Take them away, keep the session" in html
    assert f'href="/desk/bookings/{booking.pk}/"' in html and ExtraHours.objects.count() == 1
    send(client, cast, 303, "?extra=0", do="drop")
    booking.refresh_from_db()
    assert (booking.status, ExtraHours.objects.count()) == ("booked", 0)


def test_shorter_ones_ask_as_well(client, ada, cast):
    send(client, cast, 303)
    book(cast, sunday(14))
    assert "Save extra hours, keep the session" in send(client, cast, 200, "?extra=0", closes="13:00")
    send(client, cast, 303, "?extra=0", closes="13:00", do="keep")
    ends = ExtraHours.objects.get().during.upper.astimezone(cast.place.zone)
    assert ends.time() == dt.time(13)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": ""}, "Enter a date, like 2026-12-01."),
        ({"day": "2020-01-05"}, "This is over already: choose a day that is still to come."),
        ({"opens": ""}, "Enter a time, like 14:20."),
        ({"opens": "10:02"}, "Enter a time on full five minutes, like 14:20."),
        ({"closes": "02:00"}, "If it runs past midnight, until 2:00, tick that below."),
        ({"place": "x"}, "Choose from the list."),
    ],
)
def test_what_cannot_be_is_told_at_the_field(client, ada, cast, changes, words):
    html = send(client, cast, 422, **changes)
    assert html.count(words) == 2  # in the summary and at the field
    assert ExtraHours.objects.count() == 0


def test_past_midnight_when_it_is_meant(client, ada, cast):
    send(client, cast, 303, closes="02:00", midnight="on")
    ends = ExtraHours.objects.get().during.upper.astimezone(cast.place.zone)
    assert (ends.date(), ends.time()) == (sunday().date() + dt.timedelta(days=1), dt.time(2))


def test_two_at_once_are_refused(client, ada, cast):
    send(client, cast, 303)
    html = send(client, cast, 422, opens="14:00", closes="16:00")
    assert html.count("These extra hours overlap others: change one of them.") == 2
    send(client, cast, 303, opens="15:00", closes="16:00")


def test_nobody_works_at_two_places_at_once(client, ada, cast):
    quay = make.location(name="Quay Street")
    WorkingHours.objects.create(
        therapist=cast.ana, location=quay, weekday=6, opens="09:00", closes="11:00", valid_from="2026-01-05"
    )
    html = send(client, cast, 422)
    assert html.count("She works at Quay Street then: choose other hours, or change those first.") == 2
    send(client, cast, 303, opens="11:00")


def test_a_former_version_asks_what_falls_outside(client, ada, cast):
    send(client, cast, 303)
    path = f"{address(cast)}restore/"
    number = re.search(r'name="version" value="(\d+)"', client.get(address(cast)).text)[1]
    book(cast, sunday())
    html = client.post(path, {"version": number}).text
    assert "1 session falls outside these hours" in html and ExtraHours.objects.count() == 1
    assert client.post(path, {"version": number, "do": "keep"}).status_code == 303
    assert ExtraHours.objects.count() == 0


def test_somebody_elses_extra_hours_are_not_overwritten_unseen(client, ada, cast):
    assert "Somebody else saved this page meanwhile" in send(client, cast, 409, seen="0" * 32)
    assert ExtraHours.objects.count() == 0
