"""What a client does in "my bookings" and behind her link, by keys alone, without JavaScript and 320 px wide."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from bookings.models import Booking
from clients.models import Client
from tests.browser.conftest import Visit
from tests.browser.stage import Stage
from tests.browser.test_booking_flow import sideways
from tests.browser.test_keyboard import tab_to
from tests.browser.test_own_ways import press_on

pytestmark = pytest.mark.browser


def ticked(page: Page, name: str, value: str):
    return page.locator(f"input[name={name}][value='{value}']")


def test_what_always_suits_her_is_said_and_corrected_by_keyboard_alone(stage: Stage, visit: Visit):
    stage.my()
    Booking.objects.filter(status="booked").update(status="cancelled")
    page = visit("/my/", width=1280)
    press_on(page, "Change what suits you")
    expect(page.locator("h1")).to_have_text("What suits you")
    tab_to(page, name="pressure")
    page.keyboard.press("ArrowDown")
    expect(ticked(page, "pressure", "4")).to_be_checked()
    both_of_the_neck(page)
    press_on(page, "Save")
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to(page, name="focus")
    page.keyboard.press("Space")
    expect(ticked(page, "focus", "neck")).not_to_be_checked()
    press_on(page, "Save")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert Client.objects.values_list("pressure", "avoid_areas").get(pressure__gt=0) == (4, ["neck", "calves"])


def both_of_the_neck(page: Page) -> None:
    """More, and leave out: only one of the two can be."""
    for name in ("focus", "avoid"):
        tab_to(page, name=name)
        page.keyboard.press("Space")
        expect(ticked(page, name, "neck")).to_be_checked()


def test_what_always_suits_her_needs_no_javascript_and_no_width(stage: Stage, visit: Visit):
    page = visit(stage.my("/my/wishes/"), width=320, java_script_enabled=False)
    assert sideways(page) == 0
    ticked(page, "focus", "calves").check()  # which stand among what is left out
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick only one of the two for each area")
    assert sideways(page) == 0
    ticked(page, "focus", "calves").uncheck()
    page.get_by_label("No oil on me, please").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert Client.objects.filter(oil_free=True).values_list("focus_areas", "avoid_areas").get() == (
        ["hips"],
        ["calves"],
    )


def test_another_address_is_given_by_keyboard_alone_and_nothing_typed_is_lost(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=1280)
    press_on(page, "Another address or number")
    expect(page.locator("h1")).to_have_text("Another address or number")
    tab_to(page, name="email")
    page.keyboard.type("robin@new")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("#id_email")).to_have_value("robin@new")
    tab_to(page, name="email")
    page.keyboard.press("End")
    page.keyboard.type(".example")
    expect(page.locator("#id_email")).to_have_value("robin@new.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert Booking.objects.values_list("email", "link_version").get() == ("robin@new.example", 2)


def test_the_language_of_a_page_is_changed_by_keyboard_alone_and_its_filters_stay(stage: Stage, visit: Visit):
    page = visit("/therapists/?pressure=3", width=1280)
    for button, path, language in (
        ("Español", "/es/therapists/?pressure=3", "es"),
        ("English", "/therapists/?pressure=3", "en"),
    ):
        press_on(page, button)
        page.wait_for_url(f"{stage.server}{path}")
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_the_language_of_a_page_needs_no_javascript_and_no_width(stage: Stage, visit: Visit):
    page = visit("/prepare/", width=320, java_script_enabled=False)
    page.get_by_role("button", name="Español").click()
    page.wait_for_url("**/es/prepare/")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert sideways(page) == 0


def test_signing_out_everywhere_and_its_passkeys_take_keys_alone(stage: Stage, visit: Visit):
    stage.passkeys()
    page = visit("/my/", width=1280)
    press_on(page, "Sign out on every device")
    expect(page.locator("h1")).to_have_text("You are signed out on every device.")
    expect(page.get_by_role("listitem").filter(has_text="Κλειδί")).to_be_visible()
    press_on(page, "Remove this passkey")
    expect(page.get_by_role("status")).to_contain_text("No passkey opens your bookings any more")
    press_on(page, "Sign in again")
    expect(page.get_by_label("E-mail")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_signing_out_everywhere_needs_no_javascript_and_no_width(stage: Stage, visit: Visit):
    stage.passkeys()
    page = visit("/my/", width=320, java_script_enabled=False)
    page.get_by_role("button", name="Sign out on every device").click()
    expect(page.locator("h1")).to_have_text("You are signed out on every device.")
    assert sideways(page) == 0
    page.get_by_role("button", name="Remove this passkey").click()
    expect(page.get_by_role("status")).to_contain_text("No passkey opens your bookings any more")
    assert (sideways(page), Authenticator.objects.count()) == (0, 0)
