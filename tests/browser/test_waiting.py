"""The waiting list in a real browser: from nothing free to a booked session, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from bookings import actions
from bookings.models import Booking, WaitingEntry
from spa import clock
from tests import factories as make
from tests.browser.conftest import Visit, is_refused
from tests.browser.stage import Stage
from therapists.models import TimeOff

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_from_nothing_free_to_a_booked_session(stage: Stage, visit: Visit, scripts: bool):
    make.time_off(therapist=stage.cast.mei, during=make.span(clock.now(), 60 * 24 * 70))
    page = visit("/book/?with=mei", java_script_enabled=scripts)
    page.get_by_role("link", name="Join the waiting list").click()
    page.get_by_label("Full name").fill("Robin Hale")
    page.get_by_label("E-mail").fill("robin@mail.example")
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Join the waiting list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are on the waiting list, Robin")
    TimeOff.objects.all().delete()
    actions.plan_offers(clock.now())
    page.reload()
    page.get_by_role("button", name="Take ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Booked. See you")
    assert (Booking.objects.get().status, WaitingEntry.objects.get().state) == ("booked", "booked")


def test_letting_go_and_leaving_by_keyboard_only(stage: Stage, visit: Visit):
    page = visit(stage.waiting())
    page.get_by_role("button", name="Not this time").press("Enter")
    page.get_by_role("heading", name="You are on the waiting list").wait_for()
    page.get_by_role("button", name="Leave the waiting list").press("Enter")
    page.get_by_role("heading", name="You are not on the waiting list any more").wait_for()
    assert WaitingEntry.objects.get().state == "left"


def test_a_form_with_errors_names_them_first_and_keeps_what_was_typed(stage: Stage, visit: Visit):
    page = visit("/book/waiting/")
    page.get_by_label("Full name").fill("Robin Hale")
    page.get_by_role("button", name="Join the waiting list").click()
    is_refused(page)
    expect(page.get_by_label("Full name")).to_have_value("Robin Hale")
    expect(page.locator(".errors")).to_be_focused()
