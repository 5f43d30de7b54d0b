"""No page of the site has a WCAG A or AA failure that axe can see: light and dark, 320 and 1280 px wide."""

import re
from pathlib import Path

import pytest
from django.urls import translate_url
from playwright.sync_api import Page

import bookings.urls
import pages.urls
from bookings import links
from bookings.models import Booking, Message
from tests.browser.conftest import Visit, is_refused
from tests.browser.examples import EXAMPLES, NO_PAGE, route_names
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# The pages that have an address in each language; all others are English or Spanish by their reader.
PUBLIC = [route.name for route in (*bookings.urls.public_urlpatterns, *pages.urls.public_urlpatterns)]
# Private pages in Spanish: a sensible set, since their words and not their build are another.
HERS = ("/my/sign-in/", "/my/", "/my/wishes/", "/my/data/", "/my/erase/", "/my/passkeys/")
BEHIND = {
    "view": "",
    "move": "move/",
    "cancel": "cancel/",
    "wishes": "wishes/",
    "contact": "contact/",
    "sooner": "sooner/",
}
CONTRAST = ["color-contrast", "target-size"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async tags => (await axe.run(document, {runOnly: tags, resultTypes: ['violations']})).violations.map(
  found => found.id + ': ' + found.nodes.map(node => node.target + ' ' + node.failureSummary).join('; '))"""


def failures(page: Page) -> list[str]:
    """What axe finds at both widths and in both colour schemes; only contrast depends on the two together."""
    found = []
    page.wait_for_load_state()
    page.evaluate(AXE)
    for width, scheme, rules in (
        (320, "light", TAGS),
        (320, "dark", CONTRAST),
        (1280, "light", CONTRAST),
        (1280, "dark", TAGS),
    ):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        show_whole(page, width)
        found += [f"{width} {scheme} {words}" for words in page.evaluate(RUN, rules)]
    return found


def show_whole(page: Page, width: int) -> None:
    """A window as high as the page: slots are drawn only near the window, and what is not drawn has no size."""
    page.set_viewport_size({"width": width, "height": 844})
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def test_every_route_has_an_example_or_a_reason():
    assert sorted(set(route_names()) - set(EXAMPLES) - set(NO_PAGE)) == []


def test_no_example_is_left_from_a_route_that_is_gone():
    assert sorted(set(EXAMPLES) | set(NO_PAGE)) == sorted(set(route_names()))


@pytest.mark.parametrize("name", EXAMPLES)
def test_axe_finds_nothing(stage: Stage, visit: Visit, name: str):
    page = visit(EXAMPLES[name](stage))
    assert page.locator("h1").count() == 1
    assert failures(page) == []


@pytest.mark.parametrize("name", [name for name in PUBLIC if name in EXAMPLES])
def test_axe_finds_nothing_in_spanish(stage: Stage, visit: Visit, name: str):
    path = EXAMPLES[name](stage)
    page = visit(translate_url(path, "es"))
    assert (page.evaluate("location.pathname")[:4], page.get_attribute("html", "lang")) == ("/es/", "es")
    assert failures(page) == []


def test_axe_finds_nothing_on_a_clients_own_pages_in_spanish(stage: Stage, visit: Visit):
    stage.my()
    Booking.objects.update(language="es")
    session = Booking.objects.get(status="booked")
    behind = [f"/b/{links.make(session, scope)}/{path}" for scope, path in BEHIND.items()]
    assert failures_in_spanish(stage, visit, [*HERS, *behind]) == []


def test_axe_finds_nothing_on_pages_of_staff_in_spanish(stage: Stage, visit: Visit):
    profile, session = stage.profile(), Booking.objects.latest("pk")
    desk = [f"/desk/?day={session.starts_at.date()}", f"/desk/bookings/{session.pk}/move/"]
    assert failures_in_spanish(stage, visit, [*desk, "/studio/", profile, "/studio/treatments/"]) == []


def failures_in_spanish(stage: Stage, visit: Visit, paths: list[str]) -> list[str]:
    """What axe finds on these pages, opened one after the other in one browser that reads Spanish."""
    stage.client.post("/language/", {"language": "es"})
    page, found = visit("about:blank"), []
    for path in paths:
        page.goto(path)
        said = failures(page) if page.get_attribute("html", "lang") == "es" else ["is not in Spanish"]
        found += [f"{path} {words}" for words in said]
    return found


def test_axe_finds_nothing_on_a_form_with_errors(stage: Stage, visit: Visit):
    page = visit(stage.details())
    page.locator(".btn.go[value=book]").click()
    is_refused(page)
    assert failures(page) == []


def test_axe_finds_nothing_on_a_wish_with_errors(stage: Stage, visit: Visit):
    page = visit(stage.booking())
    page.locator("input[value=sms]").check()
    page.locator("#reach .btn").click()
    is_refused(page)
    assert failures(page) == []


def test_axe_finds_nothing_on_the_form_for_a_passkey(stage: Stage, visit: Visit):
    stage.my()
    stage.client.logout()
    path = stage.code()
    stage.client.post(path, {"code": re.search(r"Your code: (\S+)", Message.objects.latest("pk").text)[1]})
    page = visit("/my/passkeys/")
    assert page.locator("#add_passkey").is_visible()
    assert failures(page) == []


def test_axe_sees_a_planted_failure(stage: Stage, visit: Visit):
    page = visit("/book/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input>')")
    assert any(" label:" in words for words in failures(page))
