"""What search engines, previews and other websites use, and that no link of the public pages leads nowhere."""

import re
from html import unescape
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from pages.views.found import SIMPLE
from tests import factories as make
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
SITE = "https://book.example.org"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
KEY = UUID(int=7)
PICTURES = ["start", "therapist", "treatment", "prepare", "words"]


@pytest.fixture
def cast(settings):
    settings.SITE_URL = SITE
    set_clock(NOW)
    return make.small_studio()


def size_of(file):
    with Image.open(file) as picture:
        return picture.size


def listed(client):
    found = ElementTree.fromstring(client.get("/sitemap.xml").content).iter(LOC)  # noqa: S314 - our own file
    return [one.text.removeprefix(SITE) for one in found]


def test_the_sitemap_lists_every_public_page_in_each_language(client, cast):
    found = listed(client)
    own = ["/therapists/ana/", "/therapists/mei/", "/treatments/back/", "/treatments/oil/", "/places/weir-lane/"]
    assert set(own) <= set(found)
    assert len(found) == len(set(found)) == 2 * (len(SIMPLE) + len(own))
    assert all(client.get(path).status_code == 200 for path in found)


def test_robots_keep_away_from_what_belongs_to_one_person(client, cast):
    said = client.get("/robots.txt").content.decode()
    assert "Disallow: /b/\n" in said
    assert f"Sitemap: {SITE}/sitemap.xml\n" in said


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize(
    ("name", "args"),
    [("booking", ["x"]), ("waiting", ["x"]), ("my", []), ("hold", []), ("details", [KEY]), ("prove", [KEY])]
    + [("own_calendar", []), ("desk_day", []), ("studio", []), ("account_login", []), ("admin:index", [])],
)
def test_robots_keep_away_in_each_language(client, cast, name, args, code):
    private = re.findall("Disallow: (.+)", client.get("/robots.txt").content.decode())
    with override(code):
        assert reverse(name, args=args).startswith(tuple(private))


def test_the_manifest_names_the_studio_and_icons_that_are_there(client, cast):
    found = client.get("/site.webmanifest").json()
    assert found["name"] == "Stone & Step"
    for icon in found["icons"]:
        file = django_settings.BASE_DIR / icon["src"].lstrip("/")
        assert "{}x{}".format(*size_of(file)) == icon["sizes"]


@pytest.mark.parametrize("name", PICTURES)
def test_a_share_picture_has_the_size_that_previews_want(name):
    file = django_settings.BASE_DIR / "static" / "img" / f"share-{name}.png"
    assert size_of(file) == (1200, 630)
    assert file.stat().st_size < 100_000


def test_each_page_has_its_own_title_and_description(client, cast):
    pages = [client.get(path).content.decode() for path in listed(client) if "book" not in path]
    titles = [re.search("<title>(.+?)</title>", html, re.S)[1] for html in pages]
    assert len(set(titles)) >= len(titles) // 2  # a missing translation repeats the English title
    said = [re.search('<meta name="description" content="(.+?)">', html)[1] for html in pages]
    assert max(map(len, map(unescape, said))) <= 155


@pytest.mark.parametrize(("path", "start"), [("/de/", "/"), ("/nowhere/", "/"), ("/es/nowhere/", "/es/")])
def test_an_address_that_is_none_leads_on_in_the_language_of_its_reader(client, cast, path, start):
    answer = client.get(path)
    assert answer.status_code == 404
    ways = [start, f"{start}book/", f"{start}therapists/", f"{start}questions/"]
    assert re.findall('<li><a href="(.+?)"', answer.text) == ways


def test_a_page_that_is_none_is_not_kept_by_search_engines(client, cast):
    html = client.get("/therapists/nobody/").content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert "og:url" not in html


@pytest.mark.parametrize("query", ["with=ana&treatment=oil-30&where=weir-lane&part=morning&from=2026-12-01", "with=x"])
def test_a_link_from_another_website_opens_the_booking(client, cast, query):
    html = client.get(f"/es/book/?{query}&utm_source=x").content.decode()
    assert ('value="ana" checked' in html) is ("ana" in query)


def hrefs(html):
    return {unescape(link) for link in re.findall(r'(?:href|src|action)="([^"]+)"', html)}


def test_no_link_of_the_public_pages_leads_nowhere(client, cast):
    pages = {path: client.get(path).content.decode() for path in listed(client)}
    links = {link.split("#")[0] for html in pages.values() for link in hrefs(html) if link.startswith("/")}
    inside = {link for link in links if not link.startswith("/static/") and link not in ("", *pages)}
    assert {link: status for link in inside if (status := client.get(link).status_code) not in (200, 302, 405)} == {}
    files = {link for link in links if link.startswith("/static/")}
    assert [one for one in files if not (django_settings.BASE_DIR / one.lstrip("/")).exists()] == []


def test_every_anchor_on_the_public_pages_is_there(client, cast):
    for path in listed(client):
        html = client.get(path).content.decode()
        wanted = {link[1:] for link in hrefs(html) if re.match("#.", link)}
        assert {name for name in wanted if f'id="{name}"' not in html} == set()
