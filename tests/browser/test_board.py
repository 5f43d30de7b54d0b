"""The day board in a browser: the dialog, what changes by itself, the keys, a phone, and a printed day."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, expect

from accounts import roles
from bookings.actions import check_in
from bookings.models import Booking
from bookings.models.event import SYSTEM
from spa import clock
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.days import midday, noon, this_minute
from tests.browser.stage import Stage
from tests.browser.test_axe import failures

pytestmark = pytest.mark.browser
DESK = 1280


@pytest.fixture
def robin(stage: Stage) -> Booking:
    """Robin comes to Ana at noon of a day to come."""
    stage.signed_in("/desk/", roles.FRONT_DESK)
    return session(stage, noon())


def session(stage: Stage, start: datetime, **fields) -> Booking:
    cast = stage.cast
    words = {"therapist": cast.ana, "room": cast.mat_room, "length": cast.back30, "start": start}
    return make.booking(**words | fields)


def today(stage: Stage) -> Booking:
    """Robin comes to Ana now, and it is midday."""
    midday(stage.cast.place)
    return session(stage, this_minute())


def board(visit: Visit, start: datetime, width: int = DESK, **options) -> Page:
    page = visit(f"/desk/?day={start:%Y-%m-%d}", width, **options)
    expect(page.locator("html.js")).to_have_count(1)
    return page


def card(page: Page, booking: Booking):
    return page.locator(f'#board a[href="bookings/{booking.pk}/"]')


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent")


def test_a_card_opens_in_a_dialog_and_escape_goes_back_to_it(robin, visit: Visit):
    page = board(visit, noon())
    card(page, robin).click()
    expect(page.get_by_role("dialog", name="Robin Hale")).to_contain_text("Ana")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(card(page, robin)).to_be_focused()


def test_a_step_pressed_in_the_dialog_shows_on_the_board(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    booking = today(stage)
    page = board(visit, booking.starts_at)
    card(page, booking).click()
    page.get_by_role("dialog").get_by_role("button", name="Arrived").click()
    expect(card(page, booking)).to_contain_text("here")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#day")).to_contain_text("Robin Hale is here.")


def test_a_change_by_somebody_else_shows_within_a_look_and_keeps_the_focus(robin, stage: Stage, visit: Visit):
    page = board(visit, noon())
    card(page, robin).focus()
    page.evaluate("document.getElementById('board').scrollTop = 400")
    session(stage, noon() + timedelta(hours=2))
    with page.expect_response("**/desk/?day=*"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#board .is-changed")).to_have_count(1)  # first: the mark goes again by itself
    expect(page.locator("#board a.bk")).to_have_count(2)
    expect(page.locator("#voice")).to_have_text("Changes on the board: 1")
    expect(card(page, robin)).to_be_focused()
    assert page.evaluate("document.getElementById('board').scrollTop") == 400


def test_while_nothing_changes_only_the_digest_is_asked_for(robin, visit: Visit):
    page = board(visit, noon())
    page.clock.install()
    page.reload()
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    with page.expect_response("**/desk/pulse/**"):
        page.clock.run_for(46_000)
    page.wait_for_timeout(300)
    assert {path for path in asked if path.startswith("/desk/")} == {"/desk/pulse/"}


def test_an_open_dialog_and_a_pause_hold_the_board_still(robin, stage: Stage, visit: Visit):
    page = board(visit, noon())
    page.add_init_script("window.setInterval = () => 0")  # it looks only when the test says so
    page.reload()
    card(page, robin).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check_in(booking=robin, by=SYSTEM, now=clock.now())
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(400)
    expect(card(page, robin)).to_contain_text("booked")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Pause updates").click()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(400)
    expect(card(page, robin)).to_contain_text("booked")
    page.get_by_role("button", name="Pause updates").click()
    expect(card(page, robin)).to_contain_text("here")


def test_without_a_connection_a_red_banner_comes_after_a_minute_and_goes_again(robin, visit: Visit):
    page = visit("/desk/?day=" + f"{noon():%Y-%m-%d}", DESK)
    page.clock.install()
    page.reload()
    page.route("**/desk/pulse/**", lambda route: route.abort())
    page.clock.run_for(70_000)
    expect(page.locator("#stale")).to_contain_text("older than a minute")
    page.unroute("**/desk/pulse/**")
    page.clock.run_for(16_000)
    expect(page.locator("#stale")).to_be_hidden()


def test_saving_without_a_connection_says_so_and_keeps_the_dialog(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    booking = today(stage)
    page = board(visit, booking.starts_at)
    card(page, booking).click()
    page.route("**/step/", lambda route: route.abort())
    page.get_by_role("button", name="Arrived").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Nothing was saved")
    page.unroute("**/step/")
    page.get_by_role("button", name="Arrived").click()
    expect(card(page, booking)).to_contain_text("here")


def test_a_stale_card_says_what_changed(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    booking = today(stage)
    page = board(visit, booking.starts_at)
    check_in(booking=booking, by=SYSTEM, now=clock.now())
    card(page, booking).focus()
    page.keyboard.press("x")
    expect(page.get_by_role("dialog")).to_contain_text("noted that the client is here")
    assert Booking.objects.get().status == "arrived"


def test_the_board_is_one_tab_stop_and_arrows_go_by_time(robin, stage: Stage, visit: Visit):
    later = session(stage, noon() + timedelta(hours=1))
    beside = session(stage, noon() + timedelta(hours=1), therapist=stage.cast.mei, room=stage.cast.bar_room)
    page = board(visit, noon())
    assert (
        page.locator("#board :is(a, [tabindex])").evaluate_all("all => all.filter(one => one.tabIndex === 0).length")
        == 1
    )
    card(page, robin).focus()
    page.keyboard.press("ArrowDown")
    if "Free" in focused(page):
        page.keyboard.press("ArrowDown")
    expect(card(page, later)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(card(page, beside)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(card(page, later)).to_be_focused()


def test_letters_act_in_the_board_only_and_can_be_switched_off(robin, visit: Visit):
    page = board(visit, noon())
    page.locator("#day-field").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    card(page, robin).focus()
    page.keyboard.press("?")
    page.get_by_label("Use single letters while the board has the focus").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    card(page, robin).focus()
    page.keyboard.press("?")
    page.wait_for_timeout(200)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_day_changes_by_letters(robin, visit: Visit):
    page = board(visit, noon())
    card(page, robin).focus()
    page.keyboard.press("]")
    page.wait_for_url(f"**day={noon(2):%Y-%m-%d}**")


def test_a_phone_shows_one_column_at_a_time_with_and_without_a_script(robin, visit: Visit):
    for options in ({}, {"java_script_enabled": False}):
        page = visit(f"/desk/?day={noon():%Y-%m-%d}", 390, **options)
        assert [page.locator("#ana").is_visible(), page.locator("#mei").is_visible()] == [True, False]
        page.locator(".jump").get_by_role("link", name="Mei").click()
        expect(page.locator("#mei")).to_be_visible()
        expect(page.locator("#ana")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def pages_of(page: Page) -> int:
    """How many sheets it prints on."""
    for number in range(1, 20):
        try:
            page.pdf(format="A4", page_ranges=str(number + 1))
        except Error:
            return number
    raise AssertionError("It prints without an end.")


def test_a_printed_day_has_one_therapist_per_page_a_box_to_tick_and_no_word_about_health(robin, visit: Visit):
    Booking.objects.update(screening="adapt")
    page = board(visit, noon())
    expect(page.locator("#board u")).to_contain_text("caution, see card")
    assert pages_of(page) == 2
    page.emulate_media(media="print")
    assert card(page, robin).evaluate("one => getComputedStyle(one, '::before').borderTopStyle") == "solid"
    assert page.locator("#board u:visible, .bench .btn:visible").count() == 0
    expect(page.locator("#printed")).to_be_visible()


def test_at_midnight_a_board_of_today_goes_over_to_the_new_day(robin, visit: Visit):
    page = visit("/desk/", DESK)
    yesterday = re.sub(r"day=[0-9-]+", "day=2020-01-06", page.locator("#day").get_attribute("data-pulse"))
    page.evaluate("address => document.getElementById('day').dataset.pulse = address", yesterday)
    with page.expect_navigation():
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#day")).to_have_attribute("data-today", "")


def test_axe_finds_nothing_in_the_dialog_of_a_card(robin, visit: Visit):
    page = board(visit, noon())
    card(page, robin).click()
    expect(page.get_by_role("dialog", name="Robin Hale")).to_be_visible()
    assert failures(page) == []


def test_a_shut_stretch_says_why_with_a_click_and_with_enter(robin, stage: Stage, visit: Visit):
    stage.cast.ana.working_hours.update(closes="15:00")
    page = board(visit, noon())
    shut = page.locator("#ana .why", has_text="Finished at 15:00")
    shut.click()
    dialog = page.get_by_role("dialog", name="Why is a time not offered?")
    expect(dialog.get_by_label("Time")).to_have_value(re.compile("^(1[6-9]|2\\d):"))
    expect(dialog.locator("select[name=therapist] option:checked")).to_have_text("Ana")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    shut.press("Enter")
    expect(dialog.get_by_label("Time")).to_have_value("15:00")
    expect(dialog.get_by_role("status")).to_contain_text("15:00")
