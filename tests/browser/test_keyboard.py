"""The whole flow with Tab, arrows, Space and Enter only, and a focus that can always be seen."""

import pytest
from playwright.sync_api import Page, expect

from bookings.models import Booking
from tests.browser.conftest import Visit
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser
FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e), c = e.closest('.card'),
  card = c && getComputedStyle(c);
  return {text: (e.innerText || e.getAttribute('value') || '').trim(), name: e.name || '', tag: e.tagName,
          ring: s.outlineStyle !== 'none' || !!card && card.outlineStyle !== 'none'} }"""


def tab_to(page: Page, limit: int = 60, **wanted: str) -> dict:
    """Press Tab until the focused element has the wanted words; every stop on the way shows where it is."""
    page.wait_for_load_state()
    for _step in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["ring"], focused
        if all(words in focused[key] for key, words in wanted.items()):
            return focused
    raise AssertionError(f"Tab never reached {wanted}")


def test_the_first_stop_skips_to_the_content(stage: Stage, visit: Visit):
    page = visit("/book/", width=1280)
    tab_to(page, limit=1, text="Skip to content")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    tab_to(page, limit=1, name="start")


def test_a_session_is_booked_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit("/book/", width=1280)
    tab_to(page, name="treatment")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#answer")).to_contain_text("20 minutes")
    tab_to(page, text="Show times")
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_be_focused()
    tab_to(page, limit=1, name="start")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your details")
    tab_to(page, name="name")
    page.keyboard.type("Robin Hale")
    tab_to(page, name="email")
    page.keyboard.type("robin@mail.example")
    tab_to(page, name="safe")
    page.keyboard.press("Space")
    tab_to(page, text="Book ")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Booked.")
    assert Booking.objects.get().minutes == 20


def test_arrows_change_a_radio_and_tab_leaves_the_group(stage: Stage, visit: Visit):
    page = visit(stage.details(), width=1280)
    tab_to(page, name="safe")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#id_safe_1")).to_be_checked()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "do"


def test_bigger_gaps_between_letters_break_nothing(stage: Stage, visit: Visit):
    page = visit("/book/", width=320, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    )
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_what_is_tapped_is_large_enough(stage: Stage, visit: Visit):
    page = visit("/book/", width=320)
    sizes = """() => [...document.querySelectorAll('.slot, .btn, .link, .card, select, .input')]
      .filter(e => e.offsetParent).map(e => e.getBoundingClientRect())
      .filter(box => box.height < 44 || box.width < 44).length"""
    assert page.evaluate(sizes) == 0


def test_nothing_moves_for_those_who_asked_for_rest(stage: Stage, visit: Visit):
    page = visit("/", width=1280, reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
