"""The menu and a page for each treatment: lengths, prices, clothes, who gives it and when."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest

from tests import factories as make
from tests.factories import NOW
from tests.studio_clock import set_clock
from treatments.models import Treatment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_menu_says_lengths_prices_and_clothes(client, cast):
    html = page(client, "/treatments/")
    assert re.findall(r'<h3><a href="([^"]+)">([^<]+)<', html) == [
        ("/treatments/back/", "Back on the mat"),
        ("/treatments/oil/", "Bars and oil"),
    ]
    assert "30 minutes £45<br>20 minutes £32" in html
    assert "<dd>No oil</dd>" in html
    assert "<dd>With oil</dd>" in html


def test_own_prices_make_it_from_the_least_one(client, cast):
    make.therapist_treatment(therapist=cast.mei, treatment=cast.back, price=Decimal("40.00"))
    assert "30 minutes from £40<br>20 minutes from £27" in page(client, "/treatments/")


def test_a_page_says_who_gives_it_where_and_when(client, cast):
    Treatment.objects.filter(slug="oil").update(areas=["lower_back", "hips", "gone"])
    cast.back.save()  # the set-up has changed
    html = page(client, "/treatments/oil/")
    assert "<dd>lower back, hips</dd>" in html
    assert re.findall(r'<a href="/therapists/([\w-]+)/">', html) == ["ana"]
    assert "Book 13:00 with Ana" in html
    assert 'name="treatment" value="oil-30"' in html


def test_its_data_names_every_length_and_its_price(client, cast):
    found = re.search(r'ld\+json">(.*?)</script>', page(client, "/treatments/back/"), re.S)[1]
    data = json.loads(found)
    assert (data["@type"], data["name"]) == ("Service", "Back on the mat")
    assert [(offer["name"], offer["price"], offer["priceCurrency"]) for offer in data["offers"]] == [
        ("30 min", "45.00", "GBP"),
        ("20 min", "32.00", "GBP"),
    ]


def test_whose_certificate_has_ended_does_not_give_it(client, cast):
    cast.ana.certificates.update(expires_on=NOW.date() - timedelta(days=1))
    html = page(client, "/treatments/oil/")
    assert "/therapists/ana/" not in html
    assert "Nothing free in the next two weeks" in html
    assert "/treatments/oil/" not in page(client, "/therapists/ana/")


def test_what_left_the_menu_has_a_way_on(client, cast):
    Treatment.objects.filter(slug="oil").update(on_menu=False)
    cast.back.save()
    assert 'href="/treatments/"' in page(client, "/treatments/oil/", status=404)
    assert "/treatments/oil/" not in page(client, "/treatments/")


def test_an_empty_studio_has_the_page_too(client):
    assert "Nothing can be booked here yet." in page(client, "/treatments/")
