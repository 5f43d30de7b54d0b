"""A client's own hours on /prepare/: from a typed time, or from the start that a link carries."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlencode

import pytest

from bookings import links
from tests import factories as make
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    set_clock(NOW)
    made = make.small_studio()
    make.guidance(kind="meal", offset_minutes=-90, title="Finish eating by {time}")
    make.guidance(kind="arrival", offset_minutes=-10, title="Arrive at {time}")
    make.guidance(kind="clothes", offset_minutes=0, title="Loose clothes")
    make.guidance(kind="water_after", anchor="end", offset_minutes=10, title="Water again")
    return made


def hours(client, query):
    html = client.get(f"/prepare/?{query}").content.decode()
    found = re.findall(r'<time datetime="[^"]+">([^<]+)</time><span><strong>([^<]+)', html)
    return found, html


AT_1420 = [
    ("12:50", "Finish eating by 12:50"),
    ("14:10", "Arrive at 14:10"),
    ("14:20", "Back on the mat"),
    ("15:00", "Water again"),
]


@pytest.mark.parametrize(
    "query",
    [
        "day=2026-11-24&time=14:20",
        "day=24/11/2026&time=14.20",
        "day=24.11.2026&time=2:20 pm",
        "start=2026-11-24T14:20Z",
        "start=2026-11-24T14:20Z&day=x&time=x&treatment=nonsense&where=nonsense",
    ],
)
def test_a_typed_time_or_a_link_gives_the_same_hours(client, cast, query):
    found, html = hours(client, query)
    assert found == AT_1420
    assert "Your Tuesday 24 November 2026, 14:20" in html
    assert 'value="2026-11-24"' in html
    assert 'value="14:20"' in html


def test_the_page_of_a_booking_leads_to_its_own_hours(client, cast):
    start = datetime(2026, 11, 24, 14, 20, tzinfo=UTC)
    booking = make.booking(start=start, length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    html = client.get(f"/b/{links.make(booking)}/").content.decode()
    query = unescape(re.search(r'href="/prepare/\?(.+?)"', html)[1])
    assert hours(client, query)[0] == AT_1420


@pytest.mark.parametrize("gone", ["where", "treatment"])
def test_a_session_at_a_place_or_of_a_length_that_is_no_more_gets_no_hours_of_another(client, cast, gone):
    query = {"where": "weir-lane", "treatment": "back-30", "start": "2026-11-24T14:20Z"} | {gone: "former"}
    assert hours(client, urlencode(query))[0] == []


def test_the_length_moves_what_comes_after(client, cast):
    found, html = hours(client, "day=2026-11-24&time=14:20&treatment=back-20")
    assert found[-1] == ("14:50", "Water again")
    assert "20 minutes. Loose clothes." in html


def test_summer_time_is_the_studios(client, cast):
    assert hours(client, "start=2027-07-01T13:20Z")[0][2] == ("14:20", "Back on the mat")


@pytest.mark.parametrize(
    "query",
    ["day=x&time=14:20", "day=2026-11-24&time=25:00", "day=9999-12-31&time=1", "start=0001-01-01T00:00Z", "time=%00"],
)
def test_a_time_that_is_none_is_told_and_kept(client, cast, query):
    found, html = hours(client, query)
    assert found == []
    assert "We could not read that time." in html
    assert "<title>Error:" in html


def test_without_a_time_it_asks_for_one(client, cast):
    found, html = hours(client, "")
    assert (found, "Your own hours" in html, "Error:" in html) == ([], True, False)


def test_a_studio_without_a_menu_has_the_words_only(client):
    assert "Your own hours" not in client.get("/prepare/").content.decode()
