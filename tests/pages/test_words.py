"""The pages of words: the product's own until the studio writes any, in the reader's language."""

import re

import pytest

from pages.models import PageText
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGES = ["ashiatsu", "reports", "questions", "ask-first", "privacy", "accessibility", "prepare"]


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_products_own_words_stand_there_in_both_languages(client, name):
    headings = [re.search("<h1>(.+)</h1>", page(client, f"{prefix}/{name}/"))[1] for prefix in ("", "/es")]
    assert all(headings)
    assert headings[0] != headings[1]


def test_the_studios_words_take_their_place(client):
    PageText.objects.create(key="ashiatsu", title={"en": "Feet"}, text={"en": "Our **own** words.\n\n## More\n- one"})
    html = page(client, "/ashiatsu/")
    assert "<h1>Feet</h1>" in html
    assert "<p>Our <strong>own</strong> words.</p>" in html
    assert "<li>one</li>" in html
    assert '<meta name="description" content="Our own words.">' in html


def test_html_in_a_text_is_shown_as_it_was_typed(client):
    nasty = "<script>x()</script>\n## <img src=x>\n### <b>\n" + "**" * 50_000
    PageText.objects.create(key="questions", title={"en": "<i>Q</i>"}, text={"en": nasty})
    html = page(client, "/questions/").split("<main")[1].split("</main>")[0]
    assert "<h1>&lt;i&gt;Q&lt;/i&gt;</h1>" in html
    assert re.findall("<script|<img|<b>|<i>", html) == []


def test_what_is_missing_in_a_language_is_read_in_another(client):
    make.studio()
    PageText.objects.create(key="reports", title={"es": "Cuentan"}, text={"es": "Algo."})
    assert "<h1>Cuentan</h1>" in page(client, "/reports/")


def test_who_should_ask_first_can_call_at_once(client):
    make.small_studio()
    html = page(client, "/ask-first/").split("<footer")[0]
    assert '<a href="tel:+441632960123">01632 960 123</a>' in html
    assert "<li>Pregnant, or might be, or gave birth in the last three months</li>" in html


def test_a_place_says_where_it_is_and_when_it_is_open(client):
    make.small_studio()
    html = page(client, "/places/weir-lane/").split("<footer")[0]
    assert "Monday to Saturday, 9:00 to 18:00" in html
    assert 'href="https://www.openstreetmap.org/search?query=3+Weir+Lane%2C+Millford"' in html
    assert 'href="/book/?where=weir-lane"' in html


def test_a_place_that_is_none_leads_to_those_that_are(client):
    make.small_studio()
    assert '<a href="/places/weir-lane/">Weir Lane</a>' in page(client, "/places/gone/", status=404)
