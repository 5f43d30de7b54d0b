"""The start page, and the demo's mails, which exist only where the demo runs."""

import json
import re

import pytest

from tests import factories as make
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
MAIL = b"""Subject: Booked: Tuesday 24 November 2026
To: robin@mail.example
Content-Type: text/plain; charset="utf-8"

Your session: http://localhost:8000/b/abc/ and http://elsewhere.example/x
<script>alert(1)</script>
"""


def page(client, address="/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_soonest_time_is_one_press_away(client):
    set_clock(NOW)
    make.small_studio()
    html = page(client)
    assert '<p class="big-time"><b>13:00</b> today</p>' in html
    assert "Monday 23 November, 13:00 to 13:30, with Ana or Mei. Back on the mat, £45." in html
    start = re.search(r'<button class="btn big go" name="start" value="([^"]+)">Book 13:00<', html)[1]
    answer = client.post("/book/hold/", {"where": "weir-lane", "treatment": "back-30", "with": "", "start": start})
    assert answer.status_code == 303


def test_it_says_how_a_session_goes_what_it_costs_and_whose_feet(client):
    set_clock(NOW)
    make.small_studio()
    html = page(client)
    order = ["Soonest time", "How a session goes", "You choose the pressure", "Ways to walk", "How to prepare"]
    places = [html.index(words) for words in [*order, "Whose feet", "Please ask us first"]]
    assert places == sorted(places)
    assert "30 minutes £45<br>20 minutes £32" in html
    assert html.count("Next free") == 2


def test_it_names_each_place_for_search_engines(client):
    make.small_studio()
    found = json.loads(re.search(r'ld\+json">(.*?)</script>', page(client), re.S)[1])
    assert (found["@type"], found["telephone"]) == ("DaySpa", "01632 960 123")
    assert found["openingHoursSpecification"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "Monday",
        "opens": "09:00",
        "closes": "18:00",
    }


def test_an_empty_studio_has_a_start_page_too(client):
    html = page(client)
    assert "ashi" in html
    assert "Nothing can be booked here yet." in page(client, "/book/")


def test_the_menu_names_only_pages_that_exist(client):
    menu = re.search(r'<nav class="nav".*?</nav>', page(client), re.S).group(0)
    assert re.findall(r'href="([^"]+)"', menu) == ["/", "/therapists/", "/prepare/", "/book/"]
    assert 'href="/" aria-current="page"' in menu


def test_drawings_are_named_or_hidden(client):
    html = page(client)
    assert all(
        'aria-hidden="true"' in drawing or "aria-label=" in drawing for drawing in re.findall(r"<svg[^>]*>", html)
    )


def test_opening_hours_and_phone_stand_at_the_foot(client):
    make.small_studio()
    foot = page(client).split("<footer")[1]
    assert "Monday to Saturday, 9:00 to 18:00" in foot
    assert 'href="tel:+441632960123"' in foot


def test_the_mails_of_the_demo_are_shown_as_text(client, settings, tmp_path):
    settings.DEMO, settings.MAIL_DIR, settings.SITE_URL = True, tmp_path, "http://localhost:8000"
    (tmp_path / "1.log").write_bytes(MAIL)
    html = page(client, "/demo/mail/")
    assert "Booked: Tuesday 24 November 2026" in html
    assert "&lt;script&gt;alert(1)" in html
    assert re.findall(r'<li><a href="(http[^"]+)"', html) == ["http://localhost:8000/b/abc/"]
    assert '<a href="/demo/mail/">' in page(client)


@pytest.mark.parametrize(("demo", "address"), [(False, "127.0.0.1"), (True, "192.0.2.7")])
def test_nobody_else_sees_them(client, settings, demo, address):
    settings.DEMO = demo
    assert client.get("/demo/mail/", REMOTE_ADDR=address).status_code == 404
    assert "/demo/mail/" not in client.get("/", REMOTE_ADDR=address).content.decode()
