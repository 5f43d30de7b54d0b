"""Booking in a browser: how many taps it takes, on which screens it works, what it weighs."""

import gzip
import re

import pytest
from playwright.sync_api import Page, expect

from bookings.models import Booking
from tests.browser.conftest import Visit, is_refused
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser
BOOK = ".btn.go[value=book]"


class Taps:
    """Counts what a finger does; typing is counted apart."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.fields = page, 0, 0

    def tap(self, target: str) -> None:
        self.page.locator(target).first.click()
        self.taps += 1

    def type(self, field: str, words: str) -> None:
        self.page.fill(field, words)
        self.fields += 1

    def finish(self) -> None:
        self.type("#id_name", "Robin Hale")
        self.type("#id_email", "robin@mail.example")
        self.tap("label:has(#id_safe_0)")
        self.tap(BOOK)
        expect(self.page.locator("h1")).to_contain_text("Booked.")


def sideways(page: Page) -> int:
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_the_soonest_time_takes_three_taps_and_two_fields(stage: Stage, visit: Visit):
    hand = Taps(visit("/book/"))
    hand.tap(".soonest .btn")
    hand.finish()
    assert (hand.taps, hand.fields) == (3, 2)
    assert Booking.objects.get().status == "booked"


def test_any_day_takes_four_taps(stage: Stage, visit: Visit):
    hand = Taps(visit("/book/"))
    hand.tap("label:has-text('20 min')")
    expect(hand.page.locator("#answer")).to_contain_text("Back on the mat, 20 minutes")
    hand.tap(".day:nth-of-type(5) .slot")
    hand.finish()
    assert (hand.taps, hand.fields) == (4, 2)
    assert Booking.objects.get().minutes == 20


def test_without_javascript_it_takes_show_times_as_well(stage: Stage, visit: Visit):
    hand = Taps(visit("/book/", java_script_enabled=False))
    hand.tap("label:has-text('20 min')")
    hand.tap("text=Show times")
    hand.tap(".day:nth-of-type(5) .slot")
    hand.finish()
    assert (hand.taps, hand.fields) == (5, 2)
    assert Booking.objects.get().minutes == 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_at_320_px(stage: Stage, visit: Visit, scheme: str):
    stage.cast.ana.name = "Maximiliane Konstantinopoulou-Featherstonehaugh"
    stage.cast.ana.save()
    page = visit("/", width=320, color_scheme=scheme)
    assert sideways(page) == 0
    page.goto("/book/")
    assert sideways(page) == 0
    page.locator(".soonest .btn").click()
    page.locator(BOOK).click()
    is_refused(page)
    assert sideways(page) == 0
    Taps(page).finish()
    assert sideways(page) == 0


def test_a_changed_radio_keeps_its_focus_and_the_count_is_said_once(stage: Stage, visit: Visit):
    page = visit("/book/")
    page.get_by_role("radio", name="20 min").check()
    expect(page.locator("#answer")).to_contain_text("20 minutes")
    expect(page.locator("#count")).to_have_text(re.compile(r"\d+ free times with anyone"))
    expect(page.get_by_role("radio", name="20 min")).to_be_focused()
    expect(page).to_have_url(re.compile("treatment=back-20"))


def test_show_times_and_later_days_lead_to_the_results(stage: Stage, visit: Visit):
    page = visit("/book/")
    page.get_by_role("button", name="Show times").click()
    expect(page.locator("#results")).to_be_focused()
    page.get_by_role("link", name="Later days").click()
    expect(page.locator("#results")).to_be_focused()
    expect(page).to_have_url(re.compile(r"from=\d{4}-\d\d-\d\d"))


def test_nothing_moves_while_the_reader_goes_down_the_days(stage: Stage, visit: Visit):
    page = visit("/book/")
    heights = [page.evaluate("document.documentElement.scrollHeight")]
    page.get_by_role("link", name="Later days").scroll_into_view_if_needed()
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    heights.append(page.evaluate("document.documentElement.scrollHeight"))
    assert heights[0] == heights[1]


def test_a_reader_whose_clock_is_another_is_told_its_zone(stage: Stage, visit: Visit):
    page = visit("/book/", timezone_id="America/New_York")
    expect(page.get_by_text("Your device is set to America/New York.")).to_be_visible()
    page.get_by_role("link", name="Later days").click()
    expect(page).to_have_url(re.compile("from="))
    expect(page.get_by_text("Your device is set to America/New York.")).to_be_visible()


def test_a_reader_with_the_clock_of_the_studio_is_told_nothing(stage: Stage, visit: Visit):
    page = visit("/book/", timezone_id="Europe/Lisbon")
    page.get_by_role("radio", name="20 min").check()
    expect(page.locator("#count")).to_have_text(re.compile("free times"))
    expect(page.get_by_text("Your device is set to")).to_be_hidden()


def test_back_and_reload_keep_the_choice(stage: Stage, visit: Visit):
    page = visit("/book/")
    page.get_by_role("radio", name="20 min").check()
    expect(page.locator("#answer")).to_contain_text("20 minutes")
    expect(page).to_have_url(re.compile("treatment=back-20"))
    page.reload()
    expect(page.get_by_role("radio", name="20 min")).to_be_checked()
    page.locator(".soonest .btn").click()
    page.wait_for_url("**/book/details/**")  # a page that is still being left has no way back
    page.go_back()
    expect(page.locator("#answer")).to_contain_text("20 minutes")


def test_another_language_keeps_what_was_typed(stage: Stage, visit: Visit):
    page = visit(stage.details())
    page.fill("#id_name", "Robin Hale")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", name="Tus datos")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value("Robin Hale")


def test_errors_take_the_focus_and_lead_to_the_field(stage: Stage, visit: Visit):
    page = visit(stage.details())
    page.fill("#id_name", "Robin Hale")
    page.keyboard.press("Enter")
    expect(page.locator(".errors")).to_be_focused()
    page.get_by_role("link", name="Enter an e-mail address, like name@example.com").click()
    expect(page.locator("#id_email")).to_be_focused()
    expect(page.locator("#id_name")).to_have_value("Robin Hale")


def test_keep_it_longer_keeps_what_was_typed(stage: Stage, visit: Visit):
    page = visit(stage.details())
    page.fill("#id_name", "Robin Hale")
    page.get_by_role("button", name="Keep it longer").click()
    expect(page.locator("#id_name")).to_have_value("Robin Hale")
    expect(page.locator("#kept")).to_contain_text("until")


@pytest.mark.parametrize("path", ["/book/", "/", "/therapists/ana/"])
def test_the_first_screen_is_light(stage: Stage, visit: Visit, path: str):
    weights: dict[str, int] = {}
    page, came = visit("about:blank"), []
    page.on("requestfinished", lambda request: came.append(request))
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => 0)")
    for request in came:
        kind, body = request.resource_type, request.response().body()
        weights[kind] = weights.get(kind, 0) + len(gzip.compress(body, 6))
    assert weights["document"] + weights["stylesheet"] <= 30 * 1024
    assert weights.get("script", 0) <= 20 * 1024
    assert weights["font"] <= 40 * 1024
    assert set(weights) <= {"document", "stylesheet", "script", "font", "image", "manifest", "other"}


def test_the_script_is_htmx_and_our_own_lines_in_one_file():
    from pathlib import Path

    scripts = Path(__file__).parents[2] / "static" / "js"
    whole = (scripts / "site.js").read_text()
    vendored, own = (scripts / "vendor" / "htmx.min.js").read_text().rstrip(), (scripts / "own.js").read_text()
    assert whole.split("\n", 1)[1] == f"{vendored}\n{own}"
