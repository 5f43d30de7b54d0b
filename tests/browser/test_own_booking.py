"""Moving and cancelling in a browser: by keyboard, without JavaScript, on a narrow phone."""

import pytest
from playwright.sync_api import expect

from bookings import links
from bookings.models import Booking, Message
from tests.browser.conftest import Visit
from tests.browser.examples import Stage
from tests.browser.test_axe import failures
from tests.browser.test_booking_flow import sideways
from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser


def test_a_session_is_moved_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=1280)
    tab_to(page, text="Move it")
    page.keyboard.press("Enter")
    tab_to(page, name="start")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Move it to this time?")
    tab_to(page, text="Move to ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Moved.")
    assert Booking.objects.get().edition == 2


def test_a_session_is_cancelled_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=1280)
    tab_to(page, text="I want to cancel")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Cancel this session?")
    tab_to(page, text="Yes, cancel this session")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("This booking is cancelled.")
    assert Booking.objects.get().status == "cancelled"


def test_moving_and_cancelling_need_no_javascript_and_no_width(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=320, java_script_enabled=False)
    page.get_by_role("link", name="More days and therapists").click()
    page.get_by_role("button", name="Show times").click()
    page.locator("button.slot").nth(20).click()
    page.get_by_role("button", name="Move to ").click()
    page.get_by_role("link", name="I want to cancel").click()
    page.get_by_role("button", name="Yes, cancel this session").click()
    assert Booking.objects.values_list("status", "edition").get() == ("cancelled", 2)


def test_no_page_of_a_booking_scrolls_sideways_or_fails_axe(stage: Stage, visit: Visit):
    stage.cast.ana.name = "Maximiliane Konstantinopoulou-Featherstonehaugh"
    stage.cast.ana.save()
    page = visit(stage.move_here(), width=320)
    session = Booking.objects.get()
    for path in (page.url, f"/b/{links.make(session, 'cancel')}/cancel/", f"/b/{links.make(session)}/"):
        page.goto(path)
        assert sideways(page) == 0
    Booking.objects.update(status="cancelled")
    page.goto(path)
    assert (sideways(page), failures(page)) == (0, [])


def test_axe_finds_nothing_on_a_chosen_time(stage: Stage, visit: Visit):
    assert failures(visit(stage.move_here())) == []


def test_axe_finds_nothing_when_the_time_has_gone(stage: Stage, visit: Visit):
    page = visit(stage.move_here())
    Booking.objects.update(edition=2)
    page.get_by_role("button", name="Move to ").click()
    assert page.title().startswith("Error:")
    assert failures(page) == []


def test_a_dead_link_leads_to_a_new_one(stage: Stage, visit: Visit):
    page = visit("/b/nothing/", width=320)
    assert (sideways(page), failures(page)) == (0, [])
    page.get_by_label("E-mail").fill("robin@mail.example")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Look into your mail")
    assert failures(page) == []


def test_my_bookings_open_with_a_code_and_the_same_again_takes_two_taps(stage: Stage, visit: Visit):
    stage.my()
    stage.client.logout()
    page = visit("/my/", width=320, java_script_enabled=False)
    page.get_by_label("E-mail").fill("robin@mail.example")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Type the code")
    page.get_by_label("Code").fill(Message.objects.latest("pk").text.split()[2])
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Your bookings")
    assert sideways(page) == 0
    page.locator(".cloth .btn").click()
    page.locator(".btn.go[value=book]").click()
    expect(page.locator("h1")).to_contain_text("Booked.")
    assert Booking.objects.latest("pk").client.email == "robin@mail.example"


def test_everything_of_my_bookings_is_reached_by_keyboard(stage: Stage, visit: Visit):
    page = visit(stage.my(), width=1280)
    for words in ("Open", "Book ", "Your data", "Sign out on every device", "Same again"):
        tab_to(page, text=words)
    assert failures(page) == []
