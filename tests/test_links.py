"""No link on any page of the site leads nowhere: pages, forms, files, places on a page, and only known hosts."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import Resolver404, resolve

from tests.browser.examples import EXAMPLES
from tests.browser.stage import Stage, open_studio

pytestmark = pytest.mark.django_db
# Maps and calendars of others: links that people press, never anything that a page loads.
OUTSIDE = {"www.openstreetmap.org", "calendar.google.com", "outlook.live.com"}
SPOKEN = ("mailto:", "tel:", "webcal:", "sms:")
# What stands around every page of its kind; it is looked at once for each of them.
AROUND = ["start", "studio", "desk_day", "my", "desk_own_day", "account_login"]
PRESSED = re.compile(r'(?:href|src|action|formaction)="([^"]*)"|href=([^"\s>]+)')


@pytest.fixture
def stage() -> Stage:
    return Stage(server="http://localhost", cast=open_studio())


def links(html: str) -> set[str]:
    """Every address that a page names, in plain words."""
    found = {unescape(quoted or bare) for quoted, bare in PRESSED.findall(html)}
    return {one for one in found if one.startswith(("/", "#", "?", "http")) or ":" in one.split("/")[0]}


def leads_nowhere(address: str, page: str, html: str, client: Client) -> bool:
    """Whether nothing answers at an address of a page of ours."""
    parts = urlsplit(address)
    if parts.scheme in ("http", "https"):
        return parts.hostname not in OUTSIDE | {"localhost"}
    if address.startswith(SPOKEN):
        return False
    if address.startswith("#"):
        return f'id="{address[1:]}"' not in html
    if parts.path.startswith("/static/"):
        return not find(parts.path.removeprefix("/static/"))
    return not answers(address if parts.path else f"{page}{address}", parts.fragment, client)


def answers(address: str, fragment: str, client: Client) -> bool:
    """Whether a page is shown there, or, when only forms are sent there, whether the site knows the address."""
    answer = client.get(address.split("#")[0])
    if answer.status_code == 405:
        return knows(urlsplit(address).path)
    is_there = not fragment or f'id="{fragment}"' in answer.content.decode()
    return is_there and answer.status_code in (200, 302)


def knows(path: str) -> bool:
    try:
        return bool(resolve(path))
    except Resolver404:
        return False


def dead(stage: Stage, name: str, *, around: bool) -> list[str]:
    path = EXAMPLES[name](stage)
    html = stage.client.get(path).content.decode()
    part = html if around else re.search(r"<main.*</main>", html, re.S)[0]
    return [one for one in sorted(links(part)) if leads_nowhere(one, path.split("?")[0], html, stage.client)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_link_of_a_page_leads_somewhere(stage: Stage, name: str):
    assert dead(stage, name, around=name in AROUND) == []


@pytest.mark.parametrize("planted", ["/no/such/page/", "#nowhere", "https://evil.example/", "/prepare/#nowhere"])
def test_a_planted_link_is_found(stage: Stage, planted: str):
    assert leads_nowhere(planted, "/", stage.client.get("/").content.decode(), stage.client)
