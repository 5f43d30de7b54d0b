"""The therapists' page and a page each: who is shown, in which words, and when they are free."""

import json
import re
from datetime import date

import pytest

from tests import factories as make
from tests.factories import NOW
from tests.studio_clock import set_clock
from therapists.models import Therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def names(html):
    return re.findall(r'<h3><a href="/therapists/[\w-]+/">([^<]+)</a></h3>', html)


def test_each_card_names_the_next_free_time_and_leads_to_it(client, cast):
    make.booking(therapist=cast.mei, length=cast.back30, room=cast.mat_room, start=make.at(13))
    html = page(client, "/therapists/")
    found = re.findall(r'Next free <a href="([^"]+)">([^<]+)<', html)
    assert found == [
        ("/book/?where=weir-lane&amp;treatment=back-30&amp;with=ana", "today 13:00"),
        ("/book/?where=weir-lane&amp;treatment=back-30&amp;with=mei", "today 13:40"),
    ]


def test_the_next_free_time_is_the_soonest_of_all_places(client, cast):
    quay = make.location(slug="quay", name="Quay", order=2)
    make.opening(location=quay), make.room(location=quay, props=("mat",))
    rio = make.therapist(name="Rio", styles=(cast.mat,))
    make.working_hours(therapist=rio, location=quay)
    assert "today 13:00, Quay<" in page(client, "/therapists/")


def test_who_has_nothing_free_is_told_so(client, cast):
    make.therapist(name="Rio", styles=(cast.mat,))
    assert page(client, "/therapists/").count("Nothing free in the next two weeks") == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ana", "Mei"]),
        ("style=bars", ["Ana"]),
        ("pressure=4", ["Ana"]),
        ("pressure=3", ["Ana", "Mei"]),
        ("language=zh", ["Mei"]),
        ("style=mat&pressure=2&language=pt", ["Ana"]),
        ("style=bars&language=zh", []),
        ("style=nonsense&pressure=99&language=%00", ["Ana", "Mei"]),
    ],
)
def test_the_filter_keeps_who_fits(client, cast, query, expected):
    Therapist.objects.filter(slug="ana").update(languages=["en", "pt"])
    Therapist.objects.filter(slug="mei").update(languages=["en", "zh"], pressure_to=3)
    assert names(page(client, f"/therapists/?{query}")) == expected


def test_a_style_whose_certificate_has_ended_is_not_hers_until_it_is_renewed(client, cast):
    cast.ana.certificates.update(expires_on=date(2026, 11, 22))
    html = page(client, "/therapists/")
    assert "Bar therapy" not in html and "Mat walking" in html
    assert "<dd>Mat walking</dd>" in page(client, "/therapists/ana/")
    assert names(page(client, "/therapists/?style=bars")) == []
    cast.ana.certificates.update(expires_on=date(2026, 11, 23))
    assert names(page(client, "/therapists/?style=bars")) == ["Ana"]


def test_the_filter_shows_what_was_chosen_and_a_way_back(client, cast):
    Therapist.objects.filter(slug="mei").update(languages=["zh"])
    html = page(client, "/therapists/?style=bars&language=zh")
    assert '<option value="bars" selected>Bar therapy</option>' in html
    assert '<option value="zh" selected>Chinese</option>' in html
    assert "Nobody here has all of that." in html


@pytest.mark.parametrize("change", [{"public": False}, {"bookable": False}])
def test_who_is_not_public_or_retired_has_no_page(client, cast, change):
    Therapist.objects.filter(slug="mei").update(**change)
    Therapist.objects.get(slug="ana").save()  # a change of the set-up that everybody sees
    assert names(page(client, "/therapists/")) == ["Ana"]
    html = page(client, "/therapists/mei/", status=404)
    assert "This therapist has no page here" in html
    assert 'href="/therapists/"' in html


def test_a_page_says_what_she_gives_and_when(client, cast):
    html = page(client, "/therapists/ana/")
    assert "<h1>Ana</h1>" in html
    assert "Pressure: light to deep" in re.sub(r"\s*</?h2[^>]*>", "", html)
    assert "<dd>Mat walking, Bar therapy</dd>" in html
    assert "<dd>Monday, Tuesday, Wednesday, Thursday, Friday, Saturday</dd>" in html
    assert '<a href="/treatments/back/">Back on the mat</a>' in html
    assert re.findall(r'<h3 class="h4">([^,]+), ', html) == [
        "Monday 23 November",
        "Tuesday 24 November",
        "Wednesday 25 November",
    ]


def test_a_time_on_her_page_is_held_with_her(client, cast):
    html = page(client, "/therapists/mei/")
    start = re.search(r'<button class="btn big" name="start" value="([^"]+)">Book 13:00 with Mei<', html)[1]
    fields = dict(re.findall(r'<input type="hidden" name="(where|treatment|with)" value="([^"]*)">', html))
    assert fields == {"where": "weir-lane", "treatment": "back-30", "with": "mei"}
    assert client.post("/book/hold/", fields | {"start": start}).status_code == 303


def test_only_certificates_that_hold_today_are_shown(client, cast):
    cast.ana.certificates.update(expires_on=date(2026, 11, 23))
    for since, until in ((date(2020, 1, 1), date(2026, 11, 22)), (date(2026, 11, 24), None)):
        make.certificate(therapist=cast.ana, body="Another School", issued_on=since, expires_on=until)
    html = page(client, "/therapists/ana/")
    assert "Barefoot School, Two bars, 2024. Valid until Monday 23 November 2026." in html
    assert "Another School" not in html


def test_her_words_are_text_and_her_data_stays_in_its_element(client, cast):
    Therapist.objects.filter(slug="ana").update(bio="<b>hi</b>\n\nthere", headline="</script><script>x()")
    cast.ana.limits.create(sessions=9)  # the set-up has changed
    html = page(client, "/therapists/ana/")
    assert "<p>&lt;b&gt;hi&lt;/b&gt;</p>" in html
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert [json.loads(block)["description"] for block in found] == ["</script><script>x()"]


def test_a_page_has_one_address(client, cast, settings):
    settings.SITE_URL = "https://book.example.org"
    html = page(client, "/therapists/ana/?utm=x")
    assert '<link rel="canonical" href="https://book.example.org/therapists/ana/">' in html
    assert 'hreflang="es" href="https://book.example.org/es/therapists/ana/"' in html
    assert "canonical" not in page(client, "/therapists/nobody/", status=404)


def test_an_empty_studio_has_the_page_too(client):
    assert "Nobody has a page here yet." in page(client, "/therapists/")
    assert "no page here" in page(client, "/therapists/ana/", status=404)
