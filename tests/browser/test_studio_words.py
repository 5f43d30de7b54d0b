"""The pages on which the studio writes its advice and begins with a style: on a small phone, and by keys alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stage import Stage
from tests.browser.test_booking_flow import sideways
from tests.browser.test_keyboard import tab_to
from treatments.models import Guidance

pytestmark = pytest.mark.browser


def test_nothing_scrolls_sideways_at_320_px(stage: Stage, visit: Visit):
    path = stage.advice()
    page = visit(path, 320)
    for other in ("/studio/advice/studio/1/", "/studio/advice/", "/studio/translations/", "/studio/styles/presets/"):
        assert (sideways(page), page.locator("h1").count()) == (0, 1)
        page.goto(other)
    assert sideways(page) == 0


def test_advice_is_tried_and_saved_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.advice(), 1280)
    tab_to(page, name="clothes_title_en")
    page.keyboard.press("Control+a")
    page.keyboard.type("Loose clothes")
    tab_to(page, text="Preview, without saving", limit=90)
    page.keyboard.press("Enter")
    expect(page.get_by_text("30 minutes. Loose clothes.")).to_be_visible()
    assert not Guidance.objects.filter(title__contains="Loose").exists()
    page.wait_for_url("**#preview")
    page.keyboard.press("Shift+Tab")  # the preview stands behind the form
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
