"""What every page of a client has: landmarks, help, a title of its own, dates that are written out."""

import re
from datetime import date

import pytest

from tests import factories as make
from tests.bookings.online import TYPED, booked, hold, page, text
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


@pytest.mark.parametrize("address", ["/", "/book/", "details", "booked", "booking"])
def test_each_page_has_its_landmarks_and_help(client, cast, address):
    if address == "details":
        address = hold(client)["Location"]
    elif address.startswith("book") and address != "/book/":
        address = booked(client).removesuffix("" if address == "booked" else "booked/")
    html = page(client, address)
    assert '<html lang="en">' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert re.search(r'<body>\s*<a class="skip" href="#main">', html)
    assert all(f"<{part}" in html for part in ("header", "nav", "main", "footer"))
    assert 'href="tel:+441632960123"' in html.split("<footer")[1]
    assert "not medical treatment" in html
    assert not re.search(r"\son\w+=|\sstyle=|<script>", html)


def test_titles_differ_from_page_to_page(client, cast):
    details = hold(client)["Location"]
    addresses = ["/", "/book/", details]
    addresses.append(client.get(client.post(details, TYPED)["Location"]).request["PATH_INFO"])
    addresses.append(addresses[-1].removesuffix("booked/"))
    titles = [re.search(r"<title>(.*?)</title>", client.get(a).content.decode()) for a in addresses if a != details]
    assert len({title[1] for title in titles}) == 4
    assert all(title[1].endswith(", Stone &amp; Step") for title in titles)


def test_dates_are_written_out(client, cast):
    html = page(client, booked(client))
    assert "Tuesday 24 November 2026" in html
    assert "Monday 23 November 2026, 9:00" not in html
    assert "less than 24 hours away" in html
    assert date(2026, 11, 24).isoformat() not in text(html)
