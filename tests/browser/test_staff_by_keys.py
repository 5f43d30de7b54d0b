"""Keys alone: an admin invites somebody, who sets her password and asks for time off; no page scrolls sideways."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import STUDIO_ADMIN, THERAPIST
from bookings.models import Message
from tests.browser.conftest import Visit
from tests.browser.examples import EXAMPLES
from tests.browser.stage import Stage
from tests.browser.test_keyboard import tab_to
from therapists.models import OwnParts, Therapist, TimeOff

pytestmark = pytest.mark.browser
STRONG = "slow-steady-steps"
HERS = ("studio_staff", "studio_invite", "studio_person", "invitation", "studio_proposal", "studio_own_parts")
OWN = ("desk_own_time_off", "own_profile", "own_photo")


def press(page: Page, text: str) -> None:
    tab_to(page, text=text)
    page.keyboard.press("Enter")


def tick_and_save(page: Page, name: str, further: int = 0) -> None:
    """The first box of that name, or one `further` down."""
    tab_to(page, name=name)
    for _box in range(further):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    press(page, "Save")


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


def test_an_admin_answers_chooses_and_changes_a_role_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.proposal(), width=1280)
    press(page, "Accept it")
    expect(page.get_by_role("button", name="Accept it")).to_have_count(0)
    page = visit(stage.own_parts(), width=1280)
    tick_and_save(page, "parts")
    expect(page.get_by_role("status")).to_contain_text("Saved")
    page = visit(stage.colleague(), width=1280)
    tick_and_save(page, "roles", further=1)  # therapist stands second
    expect(page.locator("#id_therapist_wrong")).to_be_visible()
    tab_to(page, name="therapist")
    page.keyboard.type(stage.cast.mei.name)
    press(page, "Save")
    expect(page.get_by_role("status")).to_contain_text("Saved")
    assert User.objects.get(therapist=stage.cast.mei, groups__name=THERAPIST).email == "zoe@mail.example"
    assert (TimeOff.objects.filter(state="accepted").count(), len(OwnParts.objects.get().parts)) == (1, 1)


def test_a_therapist_writes_of_herself_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.own("profile"), width=1280)
    tab_to(page, name="headline_en")
    page.keyboard.type("Slow and deep")
    tick_and_save(page, "languages")
    expect(page.get_by_role("status")).to_contain_text("Saved")
    ana = Therapist.objects.get(pk=stage.cast.ana.pk)
    assert (str(ana.headline), ana.languages) == ("Slow and deep", ["en"])


@pytest.mark.parametrize("name", [*HERS, *OWN])
def test_no_page_of_the_staff_scrolls_sideways_at_320(stage: Stage, visit: Visit, name: str):
    page = visit(EXAMPLES[name](stage), width=320)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
