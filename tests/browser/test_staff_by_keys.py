"""Keys alone: an admin invites somebody, who sets her password and asks for time off; no page scrolls sideways."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import STUDIO_ADMIN
from bookings.models import Message
from tests.browser.conftest import Visit
from tests.browser.examples import EXAMPLES, Stage
from tests.browser.test_keyboard import tab_to
from therapists.models import TimeOff

pytestmark = pytest.mark.browser
STRONG = "slow-steady-steps"
HERS = ("studio_staff", "studio_invite", "studio_person", "invitation", "studio_proposal", "studio_own_parts")
OWN = ("desk_own_time_off", "own_profile", "own_photo")


def press(page: Page, text: str) -> None:
    tab_to(page, text=text)
    page.keyboard.press("Enter")


def invite(page: Page, stage: Stage) -> None:
    """Ada invites Zoe as the therapist Mei."""
    tab_to(page, name="email")
    page.keyboard.type("zoe@mail.example")
    tab_to(page, name="name")
    page.keyboard.type("Zoe")
    tab_to(page, name="roles")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # therapist stands second
    tab_to(page, name="therapist")
    page.keyboard.type(stage.cast.mei.name)
    press(page, "Send the invitation")
    expect(page.get_by_role("status")).to_contain_text("The invitation leaves now.")


def test_somebody_is_invited_comes_and_asks_for_time_off_by_keyboard_alone(stage: Stage, visit: Visit):
    invite(visit(stage.signed_in("/studio/staff/invite/", STUDIO_ADMIN), width=1280), stage)
    stage.client.cookies.clear()
    page = visit(re.search(r"/accounts/invitation/\S+", Message.objects.get().text)[0], width=1280)
    tab_to(page, name="password")
    page.keyboard.type(STRONG)
    press(page, "Set my password")
    expect(page.locator("h1")).to_have_text("Sign in")
    stage.client.force_login(User.objects.get(email="zoe@mail.example"))
    page = visit("/desk/mine/time-off/", width=1280)
    tab_to(page, name="first_on")
    page.keyboard.type("11112099")  # the same in every order of day and month
    press(page, "Ask for it")
    expect(page.get_by_role("status")).to_contain_text("Asked.")
    assert TimeOff.objects.get().therapist == stage.cast.mei


@pytest.mark.parametrize("name", [*HERS, *OWN])
def test_no_page_of_the_staff_scrolls_sideways_at_320(stage: Stage, visit: Visit, name: str):
    page = visit(EXAMPLES[name](stage), width=320)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
