"""Which language a page speaks: the address, then the visitor's choice, then the browser, then the site's own."""

import re
from html import unescape

import pytest
from django.utils import translation

from locations.languages import language_name, language_title
from locations.models import Studio
from tests import factories as make
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}


@pytest.fixture(autouse=True)
def cast():
    set_clock(NOW)
    cast = make.small_studio()
    Studio.objects.update(languages=["en", "es"])
    return cast


def spoken_by(answer):
    return re.search('<html lang="(.+?)"', answer.content.decode())[1]


def test_a_browser_that_reads_spanish_is_led_to_the_spanish_address(client):
    answer = client.get("/book/?with=ana&where=weir-lane", headers=SPANISH)
    assert (answer.status_code, answer["Location"]) == (302, "/es/book/?with=ana&where=weir-lane")
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


def test_the_address_comes_before_the_browser(client):
    assert spoken_by(client.get("/es/book/", headers={"Accept-Language": "en"})) == "es"


def test_the_choice_comes_before_the_browser(client):
    answer = client.post("/language/", {"language": "en", "next": "/es/book/?with=ana"}, headers=SPANISH)
    assert answer["Location"] == "/book/?with=ana"
    assert spoken_by(client.get("/book/", headers=SPANISH)) == "en"


@pytest.mark.parametrize("path", ["/my/sign-in/", "/accounts/login/", "/b/"])
def test_a_page_without_a_language_in_its_address_speaks_that_of_its_reader(client, path):
    assert spoken_by(client.get(path, headers=SPANISH)) == "es"
    assert spoken_by(client.get(path)) == "en"


@pytest.mark.parametrize("words", ["fr", "xx", "e\x00s", ";;;q", "*", "es" * 600])
def test_a_language_that_nobody_here_speaks_is_the_sites_own(client, words):
    assert spoken_by(client.get("/book/", headers={"Accept-Language": words})) == "en"
    client.post("/language/", {"language": words, "next": "/book/"})
    assert spoken_by(client.get("/book/")) == "en"


def test_a_studio_of_one_language_sends_nobody_away_and_offers_no_other(client):
    Studio.objects.update(languages=["en"])
    answer = client.get("/book/", headers=SPANISH)
    assert spoken_by(answer) == "en"
    assert 'class="tongues"' not in answer.content.decode()


def test_the_page_names_the_other_language_in_its_own_words(client):
    html = client.get("/therapists/").content.decode()
    assert re.findall('name="language" value="(.+?)" lang="(.+?)">(.+?)<', html) == [("es", "es", "Español")]
    assert '<input type="hidden" name="next" value="/therapists/">' in html


@pytest.mark.parametrize(
    ("browser", "next_page", "chosen", "leads_to"),
    [
        ("en", "/es/therapists/?pressure=3", "en", "/therapists/?pressure=3"),
        ("es", "/therapists/", "es", "/es/therapists/"),
        ("es", "/es/therapists/", "en", "/therapists/"),
        ("en", "/my/sign-in/", "es", "/my/sign-in/"),
        ("es", "/espalda/", "en", "/espalda/"),
    ],
)
def test_a_choice_leads_to_the_same_page_whatever_the_browser_speaks(client, browser, next_page, chosen, leads_to):
    headers = {"Accept-Language": browser}
    answer = client.post("/language/", {"language": chosen, "next": next_page}, headers=headers)
    assert answer["Location"] == leads_to


@pytest.mark.parametrize(
    ("reader", "within", "alone"),
    [("en", "Portuguese", "Portuguese"), ("es", "portugués", "Portugués"), ("de", "Portugiesisch", "Portugiesisch")],
)
def test_a_language_is_written_as_its_reader_writes_it(reader, within, alone):
    with translation.override(reader):
        assert (language_name("pt"), language_title("pt"), language_name("xx")) == (within, alone, "xx")


def test_the_name_of_a_country_keeps_its_capital():
    with translation.override("es"):
        assert language_name("pt-br") == "portugués de Brasil"


def test_a_choice_leads_to_no_other_website(client):
    assert client.post("/language/", {"language": "es", "next": "https://evil.example/"})["Location"] == "/es/"


@pytest.mark.parametrize(("start", "times"), [("", "/book/"), ("2020-01-06T09:00Z", "/book/?where=weir-lane")])
def test_a_page_that_only_a_button_opens_leads_on_to_the_times(client, start, times):
    html = client.post("/book/hold/", {"where": "weir-lane", "treatment": "back-30", "start": start}).text
    leads_to = re.search('name="next" value="(.+?)"', html)[1]
    answer = client.post("/language/", {"language": "es", "next": unescape(leads_to)})
    assert answer["Location"].startswith(f"/es{times}")
    assert client.get(answer["Location"]).status_code == 200


def test_a_form_sent_to_an_address_without_a_language_is_taken(client):
    assert client.post("/book/hold/", {}, headers=SPANISH).status_code == 422


def test_each_page_names_itself_in_every_language_and_for_everybody_else(client):
    html = client.get("/es/book/?with=ana").content.decode()
    found = re.findall('hreflang="(.+?)" href="https?://[^/]+(.+?)"', html)
    assert found == [("en", "/book/"), ("es", "/es/book/"), ("x-default", "/book/")]
    assert re.search('rel="canonical" href="https?://[^/]+/es/book/"', html)
