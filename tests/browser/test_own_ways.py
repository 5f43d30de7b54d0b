"""Ways of a client with the keyboard alone: how she is reached, proving her address, an earlier time."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bookings import actions, links
from bookings.models import Booking, Message, WaitingEntry
from spa import clock
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.stage import TYPED, Stage
from tests.browser.test_axe import failures
from tests.browser.test_booking_flow import sideways
from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser


def press_on(page: Page, words: str) -> None:
    tab_to(page, limit=120, text=words)
    page.keyboard.press("Enter")


def test_how_she_is_reached_is_chosen_by_keyboard_alone(stage: Stage, visit: Visit, settings):
    settings.SMS_BACKEND = "http"
    page = visit(stage.behind(), width=1280)
    tab_to(page, limit=120, name="way")
    page.keyboard.press("ArrowDown")
    tab_to(page, name="phone")
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    tab_to(page, limit=120, name="phone")
    page.keyboard.press("Control+a")
    page.keyboard.type("07700 900456")
    press_on(page, "Save")
    expect(page.locator("#reach")).to_contain_text("Reminders come by text message now.")
    assert Booking.objects.values_list("reach", "phone").get() == ("sms", "+447700900456")


def test_an_address_is_proven_by_keyboard_alone_and_nothing_typed_is_lost(stage: Stage, visit: Visit):
    page = visit(stage.prove(), width=1280)
    press_on(page, "Mail me a code")
    expect(page.locator("h1")).to_have_text("Type the code")
    tab_to(page, name="code")
    page.keyboard.type(re.search(r"Your code: (\S+)", Message.objects.latest("pk").text)[1])
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_have_value(TYPED["name"])
    press_on(page, "Book ")
    expect(page.locator("h1")).to_contain_text("Booked.")
    assert Booking.objects.get(status="booked").address_proven_at


def test_an_earlier_time_is_asked_for_and_taken_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=1280)
    press_on(page, "Tell me if an earlier time frees up")
    expect(page.locator("h1")).to_have_text("An earlier time")
    tab_to(page, name="part")
    press_on(page, "Tell me of an earlier time")
    expect(page.locator("h1")).to_contain_text("You are on the waiting list")
    offer()
    page.reload()
    press_on(page, "Move to ")
    expect(page.get_by_role("status")).to_contain_text("Moved.")
    assert Booking.objects.values_list("edition").get(status="booked") == (2,)


def offer() -> None:
    """Hold the first time before hers, as the tick does."""
    assert actions.plan_offers(clock.now()) == 1


def test_an_earlier_time_needs_no_javascript_and_no_width(stage: Stage, visit: Visit):
    page = visit(stage.behind("sooner", "sooner/"), width=320, java_script_enabled=False)
    assert sideways(page) == 0
    page.get_by_role("button", name="Tell me of an earlier time").click()
    expect(page.locator("h1")).to_contain_text("You are on the waiting list")
    offer()
    page.reload()
    assert sideways(page) == 0
    page.get_by_role("button", name="Not this time").click()
    expect(page.locator("h1")).to_contain_text("You are on the waiting list")
    page.get_by_role("button", name="Leave the waiting list").click()
    expect(page.locator("h1")).to_contain_text("You are not on the waiting list any more")
    assert WaitingEntry.objects.get().state == "left"


def test_axe_finds_nothing_on_what_is_refused(stage: Stage, visit: Visit):
    page = visit(stage.behind("sooner", "sooner/"))
    booking, now = Booking.objects.get(), clock.now()
    days = {"first_on": now.date(), "last_on": now.date() + timedelta(days=2), "email": booking.email}
    for _ in range(3):
        make.waiting(location=booking.location, length=booking.length, created_at=now, **days)
    page.get_by_role("button", name="Tell me of an earlier time").click()
    expect(page.get_by_role("alert")).to_contain_text("on the list three times already")
    assert failures(page) == []
    page.goto(f"/b/{links.make(booking)}/")
    assert failures(page) == []
