"""/studio/places/: the studio, its places, when they are open, and the way from nothing to the first booking."""

import datetime as dt
import re

import pytest

from bookings.availability import load_setup
from locations.models import Location, OpeningHours, Studio
from tests import factories as make
from tests.studio.test_hours import next_tuesday, why_not
from therapists.models import Therapist

pytestmark = pytest.mark.django_db
NINE_TO_SIX = {f"d{day}_0_{end}": at for day in range(7) for end, at in (("from", "09:00"), ("to", "18:00"))}
PLACE = {
    "name": "Weir Lane",
    "slug": "weir-lane",
    "address": "3 Weir Lane, Millford",
    "phone": "01632 960 123",
    "country": "GB",
    "currency": "GBP",
    "zone_name": "Europe/London",
    "is_open": "on",
    "lead_minutes": "60",
    "horizon_days": "60",
    "hold_minutes": "10",
    "offer_minutes": "30",
    "free_cancel_hours": "24",
    "start_step_minutes": "10",
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "order": "0",
}
STUDIO = {"name": "Stone & Step", "reference_prefix": "SS", "email": "hello@stone.example", "languages": ["en", "es"]}


def send(client, path, status, typed):
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path, follow=True).text)[1]
    answer = client.post(path, {"seen": seen} | {name: value for name, value in typed.items() if value is not None})
    assert answer.status_code == status
    return answer.text


def send_place(client, cast, status, **changes):
    return send(client, f"/studio/places/{cast.place.pk}/", status, PLACE | changes)


def send_hours(client, cast, status, **changes):
    closed = {"d6_0_from": None, "d6_0_to": None}
    return send(
        client, f"/studio/places/{cast.place.pk}/hours/", status, NINE_TO_SIX | closed | {"do": "save"} | changes
    )


def test_from_nothing_to_the_first_time(client, ada):
    assert client.get("/studio/").text.count('<span class="quiet">') == 7
    send(client, "/studio/places/studio/", 303, STUDIO)
    send(client, "/studio/places/new/", 303, PLACE)
    place = Location.objects.get()
    send(client, f"/studio/places/{place.pk}/hours/", 303, NINE_TO_SIX)
    send(
        client,
        "/studio/rooms/new/",
        303,
        {"name": "Mat room", "location_id": place.pk, "in_use": "on", "order": "0", "p0_kind": "mat"},
    )
    send(client, "/studio/styles/new/", 303, {"name_en": "Japanese", "order": "0"})
    give_and_work(client, place)
    assert "Until clients can book" not in client.get("/studio/").text
    assert 'name="start"' in client.get("/book/").text


def give_and_work(client, place):
    """A treatment of the one style, and somebody who gives it every day."""
    minutes = {"before_minutes": "0", "after_minutes": "10", "room_before_minutes": "0", "room_after_minutes": "10"}
    style = re.search(r'name="style_id".*?<option value="(\d+)"', client.get("/studio/treatments/new/").text)[1]
    treatment = {
        "name_en": "Back",
        "style_id": style,
        "on_menu": "on",
        "order": "0",
        "price_30": "45",
        "needs_0": ["mat"],
    }
    send(client, "/studio/treatments/new/", 303, treatment | minutes)
    person = {"name": "Ana", "order": "0", "public": "on", "pressure_from": "1", "pressure_to": "5", "styles": [style]}
    send(client, "/studio/therapists/new/", 303, person)
    hours = {"place": place.pk, "since": "2026-01-05", "every": "1", "do": "save"}
    send(client, f"/studio/therapists/{Therapist.objects.get().pk}/hours/", 303, hours | NINE_TO_SIX)


def test_there_is_one_studio(client, ada):
    send(client, "/studio/places/studio/", 303, STUDIO)
    assert client.get("/studio/places/studio/")["Location"] == "/studio/places/studio/1/"
    send(client, "/studio/places/studio/1/", 303, STUDIO | {"name": "Step & Stone"})
    assert [studio.name for studio in Studio.objects.all()] == ["Step & Stone"]


def test_the_first_language_stays_the_first(client, ada):
    make.studio(languages=["es", "en"])
    send(client, "/studio/places/studio/1/", 303, STUDIO)
    assert Studio.objects.get().languages == ["es", "en"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Write the name of the studio."),
        ({"reference_prefix": "s1"}, "Use one to three capital letters."),
        ({"email": "nobody"}, "Type an e-mail address, like hello@example.com."),
        ({"languages": []}, "Choose one language at least."),
    ],
)
def test_what_a_studio_cannot_be_is_told_at_the_field(client, ada, changes, words):
    make.studio()
    assert send(client, "/studio/places/studio/1/", 422, STUDIO | changes).count(words) == 2


def test_policies_are_said_in_plain_words_and_count_at_once(client, ada, cast):
    assert why_not(cast, next_tuesday(12)) is None
    send_place(client, cast, 303, horizon_days="1", free_cancel_hours="48")
    cast.place.refresh_from_db()
    assert why_not(cast, next_tuesday(12)) == "horizon"
    html = client.get(f"/studio/places/{cast.place.pk}/").text
    assert "Cancelling is free until 48 hours before." in html


def test_a_place_that_takes_no_bookings_is_offered_no_more(client, ada, cast):
    assert [place.pk for place in load_setup().locations] == [cast.place.pk]
    send_place(client, cast, 303, is_open=None)
    assert load_setup().locations == ()


def test_another_zone_is_asked_about_while_sessions_are_booked(client, ada, cast):
    booking = make.booking(start=next_tuesday(12), length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    html = send_place(client, cast, 422, zone_name="Europe/Madrid")
    assert html.count("Sessions are booked here: they keep their instant") == 2
    send_place(client, cast, 303, zone_name="Europe/Madrid", change_zone="on")
    during = booking.during
    booking.refresh_from_db()
    assert booking.during == during
    assert Location.objects.get().zone_name == "Europe/Madrid"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Write the name of the place."),
        ({"address": "x" * 201}, "Shorten this to fewer letters."),
        ({"country": "gb"}, "Type two capital letters, like GB."),
        ({"currency": "pounds"}, "Type three capital letters, like GBP."),
        ({"zone_name": "Mars/Base"}, "Choose from the list."),
        ({"hold_minutes": "31"}, "Type a whole number from 5 to 30."),
        ({"start_step_minutes": "7"}, "Choose from the list."),
        ({"quiet_from": "21:03"}, "Enter a time on full five minutes, like 14:20."),
    ],
)
def test_what_a_place_cannot_be_is_told_at_the_field(client, ada, cast, changes, words):
    assert send_place(client, cast, 422, **changes).count(words) == 2
    assert Location.objects.get().hold_minutes == 10


def test_opening_hours_count_at_once(client, ada, cast):
    assert why_not(cast, next_tuesday(12)) is None
    send_hours(client, cast, 303, d1_0_from=None, d1_0_to=None)
    assert why_not(cast, next_tuesday(12)) == "closed"


def test_sessions_outside_are_listed_first_and_kept(client, ada, cast):
    booking = make.booking(start=next_tuesday(12), length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    closed = {"d1_0_from": None, "d1_0_to": None}
    html = send_hours(client, cast, 200, **closed)
    assert "1 session falls outside these hours" in html
    assert OpeningHours.objects.count() == 6
    send_hours(client, cast, 303, do="keep", **closed)
    booking.refresh_from_db()
    assert (booking.status, OpeningHours.objects.count()) == ("booked", 5)


def test_of_many_sessions_outside_the_first_stand_open_and_the_button_near(client, ada, cast):
    for number in range(10):
        start = next_tuesday(9) + dt.timedelta(minutes=45 * number)
        make.booking(start=start, length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    html = send_hours(client, cast, 200, d1_0_from=None, d1_0_to=None)
    shown, folded = html.partition("10 sessions fall outside")[2].split("<details>")
    assert (shown.count("/desk/bookings/"), folded.count("/desk/bookings/")) == (8, 2)
    assert "<summary>2 more</summary>" in folded


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"d0_1_from": "17:00", "d0_1_to": "20:00"}, "Monday 9:00 to 18:00 and Monday 17:00 to 20:00 overlap"),
        ({"d0_0_to": "02:00"}, "If it runs past midnight, until Tuesday 2:00, tick that below."),
        ({"d0_0_to": None}, "Type both times, or none."),
    ],
)
def test_hours_that_cannot_be_are_told_at_the_field(client, ada, cast, changes, words):
    assert send_hours(client, cast, 422, **changes).count(words) == 2
    assert OpeningHours.objects.count() == 6


def test_former_opening_hours_come_back(client, ada, cast):
    path = f"/studio/places/{cast.place.pk}/hours/"
    send_hours(client, cast, 303, d1_0_from=None, d1_0_to=None)
    number = re.search(r'name="version" value="(\d+)"', client.get(path).text)[1]
    assert client.post(f"/studio/menu/opening/{cast.place.pk}/restore/", {"version": number}).status_code == 303
    assert OpeningHours.objects.count() == 6
