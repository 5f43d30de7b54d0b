"""A therapist's own calendar reads her sessions: the right ones, under one UID each, and nobody's secrets."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from accounts import roles
from bookings import calendar_file
from bookings.models import Booking
from bookings.therapist_calendar import therapist_ics
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock
from therapists.feeds import feed_of, make_feed, revoke_feed
from therapists.models import Therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


def session(cast, **fields) -> Booking:
    client = make.client(name="Robin Hale", phone="+447700900123")
    words = {"client": client, "length": cast.back30, "therapist": cast.ana, "room": cast.mat_room}
    return make.booking(**words | {"start": at(14, 20, days=4), "note": "Left hip", "screening": "call_first"} | fields)


def events(cast):
    return Calendar.from_ical(therapist_ics(cast.ana, NOW)).walk("VEVENT")


def test_it_says_what_when_where_and_the_first_name(cast):
    booking = session(cast)
    (event,) = events(cast)
    assert (event["SUMMARY"], event["LOCATION"]) == ("Back on the mat, 30 minutes, Robin", "Mat room, Weir Lane")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (booking.during.lower, booking.during.upper)


def test_it_holds_no_contact_no_health_and_no_link(cast):
    session(cast)
    file = therapist_ics(cast.ana, NOW).decode()
    secrets = ("Hale", "robin@", "7700", "hip", "call", "ring", "/b/", "http", "Weir Lane, Millford")
    assert [word for word in secrets if word in file] == []


def test_a_moved_session_keeps_its_uid_and_raises_its_sequence(cast):
    booking = session(cast)
    (first,) = events(cast)
    Booking.objects.filter(pk=booking.pk).update(edition=3)
    (later,) = events(cast)
    assert (later["UID"] == first["UID"], first["SEQUENCE"], later["SEQUENCE"]) == (True, 0, 2)


def test_it_reminds_a_quarter_of_an_hour_before(cast):
    session(cast)
    (alarm,) = events(cast)[0].walk("VALARM")
    assert (alarm["ACTION"], alarm.decoded("TRIGGER")) == ("DISPLAY", timedelta(minutes=-15))


@pytest.mark.parametrize(
    ("days", "fields", "shown"),
    [
        (-31, {"status": "done"}, 0),
        (-29, {"status": "done"}, 1),
        (89, {}, 1),
        (91, {}, 0),
        (4, {"status": "cancelled"}, 0),
        (4, {"status": "no_show"}, 0),
        (4, {"status": "held", "client": None, "name": ""}, 0),
    ],
)
def test_it_reaches_from_30_days_back_to_90_ahead(cast, days, fields, shown):
    session(cast, start=at(14, 20, days=days), **fields)
    assert len(events(cast)) == shown


def test_another_therapists_sessions_are_hers(cast):
    session(cast, therapist=cast.mei)
    assert events(cast) == []


def test_a_home_session_names_no_address(cast):
    session(cast, at_home=True, room=None, location=cast.place)
    assert events(cast)[0]["LOCATION"] == "at the client's home"


def test_it_takes_the_same_statements_at_every_size(cast, django_assert_num_queries):
    for number in range(12):
        session(cast, start=at(9, days=number))
        if number in (0, 11):
            with django_assert_num_queries(1):
                therapist_ics(cast.ana, NOW)


def test_the_address_opens_it_for_a_calendar_program(client, cast):
    session(cast)
    answer = client.get(f"/calendar/{make_feed(cast.ana, NOW)}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "no-store, private"
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1


def test_an_unknown_or_revoked_address_is_no_page(client, cast):
    token = make_feed(cast.ana, NOW)
    revoke_feed(cast.ana, NOW)
    assert [client.get(f"/calendar/{word}.ics").status_code for word in (token, "nothing", "é", "%00")] == [404] * 4


def test_whoever_reads_too_often_waits(client, cast, monkeypatch):
    monkeypatch.setattr("bookings.views.feed.READS", 2)
    token = make_feed(cast.ana, NOW)
    assert [client.get(f"/calendar/{token}.ics").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(("status", "alarms"), [("booked", 1), ("cancelled", 0), ("done", 0)])
def test_the_clients_own_entry_reminds_her_two_hours_before(cast, status, alarms):
    booking = session(cast, status=status)
    found = Calendar.from_ical(calendar_file.ics(booking)).walk("VALARM")
    assert [alarm.decoded("TRIGGER") for alarm in found] == [timedelta(hours=-2)] * alarms
    assert [str(alarm["DESCRIPTION"]) for alarm in found] == ["Back on the mat with Ana"] * alarms


@pytest.fixture
def ana(client, cast):
    """Ana, signed in."""
    user = make.user(role=roles.THERAPIST)
    Therapist.objects.filter(pk=cast.ana.pk).update(user=user)
    client.force_login(user)
    return cast.ana


def made(client) -> str:
    """The token that the page shows once."""
    page = client.post("/calendar/", {"do": "make"}).text
    return re.search(r"/calendar/([^/\s]+)\.ics", page)[1]


def test_a_therapist_makes_her_address_and_sees_it_once(client, ana):
    token = made(client)
    assert feed_of(token).therapist == ana
    assert token not in client.get("/calendar/").text
    assert "There is an address in use." in client.get("/calendar/").text


def test_a_new_address_or_ending_it_closes_the_earlier_one(client, ana):
    first, second = made(client), made(client)
    assert (feed_of(first), feed_of(second).therapist) == (None, ana)
    assert "There is no address yet." in client.post("/calendar/", {"do": "end"}).text
    assert feed_of(second) is None


def test_looking_makes_nothing(client, ana):
    assert client.get("/calendar/").status_code == 200
    assert not ana.calendar_feeds.exists()


def test_the_page_takes_as_many_queries_whatever_she_gives(client, ana, cast, django_assert_num_queries):
    for hour in (9, 11):
        session(cast, start=at(hour, days=1))
    with django_assert_num_queries(2 + 4):  # session and user; herself, her address, her groups, the house
        client.get("/calendar/")
