"""Blocking a therapist or a room at the desk, and giving the time back."""

import re

import pytest
from django.urls import reverse

from bookings.models import BlockEvent
from locations.models import Closure
from tests import factories as make
from tests.desk.people import robins
from tests.factories import at, span
from therapists.models import TimeOff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]
PATH = "/desk/block/"


def post(client, who, **words):
    typed = {"who": who, "day": "2026-11-23", "begin": "13:00", "finish": "15:00", "reason": "Dentist"}
    return client.post(PATH, typed | words, follow=words.pop("follow", False))


def test_a_gap_fills_the_form(client, cast):
    page = client.get(PATH, {"therapist": "ana", "start": at(13).isoformat()}).text
    assert f'<option value="t{cast.ana.pk}" selected>Ana' in page
    assert ('value="2026-11-23"' in page, 'value="13:00"' in page, 'value="14:00"' in page) == (True, True, True)


def test_the_gap_of_a_room_leads_to_blocking_that_room(client, cast):
    board = client.get("/desk/?by=room").context["board"]
    items = next(column.items for column in board.columns if column.pk == cast.bar_room.pk)
    gap = next(item.link for item in items if item.link)
    page = client.get(gap)
    form = client.get(re.search(r'href="(/desk/block/[^"]+)"', page.text)[1].replace("&amp;", "&")).context["form"]
    assert form["who"].value() == f"r{cast.bar_room.pk}"


def test_a_therapist_is_blocked_and_booked_sessions_are_named(client, cast, dee):
    robins(cast)
    typed = {"who": f"t{cast.ana.pk}", "day": "2026-11-23", "begin": "13:00", "finish": "15:00", "reason": "Dentist"}
    page = client.post(PATH, typed, follow=True).text
    off = TimeOff.objects.get()
    assert (off.therapist, off.during, off.reason, off.kind) == (cast.ana, span(at(13), 120), "Dentist", "other")
    assert BlockEvent.objects.get().actor == dee
    assert "Blocked Ana, Monday 23 November 2026, 13:00 to 15:00. 1 session needs attention: Robin Hale, 14:00." in page


def test_a_room_is_blocked_and_given_back(client, cast):
    assert post(client, f"r{cast.bar_room.pk}").status_code == 303
    shut = Closure.objects.get()
    assert (shut.room, shut.during) == (cast.bar_room, span(at(13), 120))
    assert client.post(reverse("desk_lift", args=["room", shut.pk])).status_code == 303
    assert Closure.objects.count() == 0


def test_what_is_given_back_twice_is_given_back_once(client, cast):
    off = make.time_off(therapist=cast.ana, during=span(at(13), 60))
    path = reverse("desk_lift", args=["therapist", off.pk])
    assert [client.post(path).status_code for _ in range(2)] == [303, 404]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"who": "t999999"}, "Choose a therapist or a room"),
        ({"who": ""}, "Choose a therapist or a room"),
        ({"day": "x"}, "Enter a date"),
        ({"begin": "25:00"}, "Enter a time, like 14:20"),
        ({"begin": "13:01"}, "Enter a time on full five minutes"),
        ({"finish": "13:00"}, "Enter an end that is later than the beginning"),
        ({"finish": "12:00"}, "Enter an end that is later than the beginning"),
        ({"reason": ""}, "Write why, in a few words"),
        ({"reason": "x" * 201}, "Shorten the reason"),
    ],
)
def test_what_is_no_time_blocks_nothing(client, cast, typed, words):
    answer = post(client, **{"who": f"t{cast.ana.pk}"} | typed)
    assert (answer.status_code, words in answer.text, TimeOff.objects.count()) == (422, True, 0)


def test_a_whole_place_is_not_opened_from_the_desk(client, cast):
    shut = make.closure(location=cast.place, during=span(at(13), 60))
    assert client.post(reverse("desk_lift", args=["room", shut.pk])).status_code == 404
    assert client.post(reverse("desk_lift", args=["place", shut.pk])).status_code == 404


def test_the_board_leads_to_the_page_that_gives_time_back(client, cast):
    off = make.time_off(therapist=cast.ana, during=span(at(13), 60), reason="Dentist")
    path = f"blocks/therapist/{off.pk}/lift/"
    assert f'class="bk is-blocked" href="{path}"' in client.get("/desk/", {"day": "2026-11-23"}).text
    page = client.get(f"/desk/{path}").text
    assert f'href="/desk/why/?place=weir-lane&amp;therapist={cast.ana.pk}&amp;start=2026-11-23T13:00Z"' in page
    assert "Monday 23 November 2026, 13:00 to Monday 23 November 2026, 14:00" in page
    assert ("Dentist" in page, TimeOff.objects.count()) == (True, 1)


@pytest.mark.parametrize("rooms", [0, 9])
def test_the_form_takes_as_many_queries_at_any_size(client, cast, rooms, django_assert_num_queries):
    for _ in range(rooms):
        make.room(location=cast.place)
    client.get(PATH)
    with django_assert_num_queries(2 + 9):
        client.get(PATH)
