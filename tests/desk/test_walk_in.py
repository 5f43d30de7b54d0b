"""Somebody stands at the desk: the earliest honest start of each therapist, and why a time is not offered."""

import pytest

from bookings.models import Booking
from tests import factories as make
from tests.desk.people import robins
from tests.factories import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]
KEY = "0d3f4f6e-56b5-4f10-a3a5-3c2f7f1d9a10"


def first(client) -> str:
    return client.get("/desk/walk-in/").context["rows"][0]["picks"][0]["value"]


def post(browser, **words):
    return browser.post("/desk/walk-in/", {"key": KEY, "name": "Kim"} | words)


def test_each_therapist_stands_there_with_her_earliest_start_and_load(client, cast):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(12))
    rows = client.get("/desk/walk-in/", {"place": "weir-lane"}).context["rows"]
    assert [(row["clock"], row["name"]) for row in rows] == [("12:00", "Mei"), ("12:40", "Ana")]
    assert (rows[1]["load"], rows[0]["free"]) == ("1 session today", "360 minutes free")


def test_the_first_one_takes_enter_and_a_first_name(client, cast):
    assert post(client, pick=first(client)).status_code == 303
    made = Booking.objects.get()
    assert (made.name, made.source, made.during.lower, made.therapist) == ("Kim", "walk_in", at(12), cast.ana)


@pytest.mark.parametrize("pick", ["", "x", "1 2", "1 2 3", "999999 999999 2026-11-23T13:00Z", "\x00"])
def test_a_pick_that_is_none_books_nothing(client, cast, pick):
    assert (post(client, pick=pick).status_code, Booking.objects.count()) == (422, 0)


def test_a_place_that_is_gone_books_nothing_elsewhere(client, cast):
    assert (post(client, pick=first(client), place="closed-one").status_code, Booking.objects.count()) == (422, 0)


def test_a_name_is_needed(client, cast):
    answer = post(client, pick=first(client), name="")
    assert (answer.status_code, "enter a first name" in answer.text, Booking.objects.count()) == (422, True, 0)


def test_who_was_slower_sees_the_list_as_it_is_now_and_keeps_the_name(client, cast):
    pick = first(client)
    robins(cast, start=at(12))
    answer = post(client, pick=pick)
    assert (answer.status_code, 'value="Kim"' in answer.text, Booking.objects.count()) == (409, True, 1)
    assert post(client, pick=answer.context["rows"][0]["picks"][0]["value"]).status_code == 303


def test_who_is_known_already_is_found_while_her_name_is_typed(client, cast):
    robin, words = make.client(name="Robin Hale"), {"HX-Request": "true", "HX-Target": "known"}
    page = client.get("/desk/walk-in/", {"name": "rob"}, headers=words)
    assert (page.context["matches"], "<main" in page.text) == ([robin], False)
    assert post(client, pick=first(client), name="rob", client=robin.pk).status_code == 303
    assert (Booking.objects.get().client, Booking.objects.get().name) == (robin, "Robin Hale")


def test_who_was_chosen_stays_among_those_found_whatever_is_typed_later(client, cast):
    robin, kim = make.client(name="Robin Hale"), make.client(name="Kim Bell")
    page = client.get("/desk/walk-in/", {"name": "kim", "client": robin.pk}, headers={"HX-Target": "known"})
    assert (page.context["matches"], page.context["chosen"]) == ([robin, kim], robin.pk)
    page = post(client, pick="", name="kim", client=robin.pk)
    assert f'value="{robin.pk}" checked' in page.text


@pytest.mark.parametrize("number", ["x", "0", "٣", "9" * 19, "9" * 21])
def test_a_client_who_is_none_is_said_and_nothing_is_booked(client, cast, number):
    answer = post(client, pick=first(client), client=number)
    assert (answer.status_code, Booking.objects.count()) == (422, 0)


def test_pressing_twice_books_once(client, cast):
    pick = first(client)
    assert [post(client, pick=pick).status_code for _ in range(2)] == [303, 303]
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("others", [0, 6])
def test_the_list_takes_as_many_queries_however_full_the_day(client, cast, others, django_assert_num_queries):
    for number in range(others):
        make.booking(therapist=cast.mei, length=cast.back20, room=cast.bar_room, start=at(9 + number))
    client.get("/desk/walk-in/")
    with django_assert_num_queries(2 + 9):
        client.get("/desk/walk-in/")


def why(client, cast, **words) -> str:
    asked = {"length": cast.back30.pk, "therapist": cast.ana.pk, "start": at(14).isoformat()}
    return client.get("/desk/why/", asked | words).text


def test_why_not_14_00_is_answered_in_words(client, cast):
    robins(cast)
    assert "This time is taken." in why(client, cast)
    assert "This time is offered." in why(client, cast, start=at(16).isoformat())


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"day": "2026-11-23", "at": "11:00"}, "This time is over."),
        ({"day": "2026-11-29", "at": "14:00"}, "We are closed at that time."),
        ({"day": "2026-11-24", "at": "14:05"}, "Sessions do not start at this minute."),
        ({"day": "2026-11-24", "at": "14:01"}, "Enter a time on full five minutes"),
        ({"day": "x", "at": "x"}, "Enter a date"),
        ({"length": "999999"}, "That treatment is no longer on the menu."),
    ],
)
def test_why_reads_a_day_and_a_time_as_well(client, cast, asked, words):
    assert words in why(client, cast, **{"start": ""} | asked)


def test_every_rule_that_is_in_the_way_is_named(client, cast):
    page = why(client, cast, start=at(19).isoformat())
    assert ("We are closed at that time." in page, "Ana does not work at that time." in page) == (True, True)


def test_why_takes_as_many_queries_with_one_or_all(client, cast, django_assert_num_queries):
    for therapist in (cast.ana.pk, ""):
        why(client, cast)
        with django_assert_num_queries(2 + 10):
            why(client, cast, therapist=therapist)


def test_without_a_place_the_one_that_the_desk_looks_at_is_meant(client, cast):
    there = make.location(slug="quay", name="Quay Street")
    client.get("/desk/?place=quay")
    page = client.get("/desk/why/", {"therapist": cast.ana.pk, "start": at(14, days=1).isoformat()})
    assert (page.context["ask"].place, len(page.context["reasons"]) > 0) == (there, True)
