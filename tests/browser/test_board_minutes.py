"""What goes on by the minute on an open board, without a look at the server."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from bookings import actions
from bookings.models.event import SYSTEM
from spa import clock
from tests.browser.conftest import Visit
from tests.browser.days import midday, this_minute
from tests.browser.stage import Stage
from tests.browser.test_board import DESK, card, session

pytestmark = pytest.mark.browser


def test_the_line_of_now_and_the_minutes_go_on(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    midday(stage.cast.place)
    booking = session(stage, this_minute() - timedelta(minutes=5), status="in_session")
    page = visit("/desk/", DESK)
    page.clock.install()
    page.reload()
    before = page.locator("#now b").text_content()
    left = card(page, booking).locator("i").text_content()
    page.clock.run_for(121_000)
    expect(page.locator("#now b")).not_to_have_text(before)
    expect(card(page, booking).locator("i")).not_to_have_text(left)


def test_who_is_asked_for_another_time_and_comes_to_the_old_one_is_late_like_anybody(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    midday(stage.cast.place)
    asked = session(stage, this_minute() + timedelta(minutes=10))
    actions.ask_for_other_time(booking=asked, change=actions.Change(SYSTEM, clock.now()))
    beside = {"therapist": stage.cast.mei, "room": stage.cast.bar_room}
    late = session(stage, this_minute() - timedelta(minutes=5), **beside)
    page = visit("/desk/", DESK)
    page.clock.install()
    page.reload()
    expect(card(page, asked)).to_have_class("bk is-asked")
    page.clock.fast_forward("12:00")
    expect(card(page, asked)).to_have_text(re.compile(r"late \d min$"))
    drawn = card(page, late).get_attribute("class")  # by the server: he was late before the page was opened
    expect(card(page, asked)).to_have_class(drawn)
    assert drawn == "bk is-late"
