"""The desk's forms in a real browser: from the board's gaps, in its dialog, and without any script."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bookings.models import Booking
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.days import noon
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def robin(stage: Stage):
    return make.client(name="Robin Hale", email="robin@mail.example", phone="+447700900123")


@pytest.fixture
def session(stage: Stage, robin) -> Booking:
    """Robin's session with Ana, at noon of a day to come."""
    cast = stage.cast
    return make.booking(client=robin, therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=noon())


def day_to_come(stage: Stage) -> str:
    return stage.signed_in(f"/desk/?day={noon():%Y-%m-%d}")


def gap(page: Page):
    """The first free time of that day, from midnight on."""
    return page.locator("a.gap").first


def test_a_known_client_takes_two_clicks_and_three_letters(stage: Stage, visit: Visit, robin):
    page = visit(day_to_come(stage), width=1280)
    gap(page).click()
    expect(page.locator("#id_q")).to_be_focused()
    page.keyboard.type("rob")
    page.locator("#dialog .match").click()
    expect(page.locator("#dialog")).not_to_be_visible()
    expect(page.locator("a.bk", has_text="Robin H").first).to_be_visible()
    assert Booking.objects.get().client == robin


def test_somebody_new_takes_a_first_name_and_a_number_and_enter(stage: Stage, visit: Visit, robin):
    page = visit(day_to_come(stage), width=1280)
    gap(page).click()
    page.locator("#id_q").fill("rob")  # somebody else has these letters, and is not booked by Enter
    expect(page.locator("#dialog .match")).to_be_visible()
    page.locator("#dialog summary", has_text="Somebody new").click()
    page.locator("#id_name").fill("Kim")
    page.locator("#id_phone").fill("07700 900456")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog")).not_to_be_visible()
    assert Booking.objects.get().name == "Kim"


def test_a_client_is_booked_without_any_script(stage: Stage, visit: Visit, robin):
    page = visit(day_to_come(stage), width=1280, java_script_enabled=False)
    gap(page).click()
    page.locator("#id_q").fill("rob")
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator(".match").click()
    expect(page.locator("#done")).to_contain_text("Booked Robin Hale on")
    assert Booking.objects.get().client == robin


def test_a_move_that_breaks_a_rule_asks_for_a_reason(stage: Stage, visit: Visit, session):
    make.limit(therapist=stage.cast.ana, sessions=1)
    cast, later = stage.cast, session.during.lower + timedelta(days=1)
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.bar_room, start=later)
    page = visit(day_to_come(stage), width=1280)
    page.locator("a.bk", has_text="Robin H").click()
    page.locator("#dialog").get_by_role("link", name="Move", exact=True).click()
    page.locator("#dialog summary", has_text="Another time").click()
    page.locator("#id_day").fill(later.date().isoformat())
    page.locator("#id_at").fill("15:00")
    page.get_by_role("button", name="Move there").click()
    expect(page.locator("#id_reason")).to_be_focused()
    page.locator("#id_reason").fill("Ana offered it")
    page.get_by_role("button", name="all the same").click()
    expect(page.locator("#dialog")).not_to_be_visible()
    assert session.events.get().reason == "Ana offered it"


def test_of_two_receptionists_the_second_sees_what_changed_and_loses_nothing_typed(stage: Stage, visit: Visit, session):
    stage.signed_in("/")
    path = f"/desk/bookings/{session.pk}/cancel/"
    first, second = visit(path, width=1280), visit(path, width=1280)
    for page, reason in ((first, "A cold"), (second, "The bus is late")):
        page.get_by_label("the client").check()
        page.locator("#id_reason").fill(reason)
    first.get_by_role("button", name="Cancel this session").click()
    expect(first.locator("#done")).to_contain_text("Cancelled the session of Robin Hale.")
    second.get_by_role("button", name="Cancel this session").click()
    expect(second.locator("#refusal")).to_contain_text("cancelled the session.")
    assert second.locator("#id_reason").input_value() == "The bus is late"


def test_what_was_cancelled_comes_back_with_one_button(stage: Stage, visit: Visit, session):
    stage.signed_in("/")
    page = visit(f"/desk/bookings/{session.pk}/cancel/", width=1280)
    page.get_by_label("the client").check()
    page.get_by_role("button", name="Cancel this session").click()
    page.locator("#done").get_by_role("button", name="Undo").click()
    expect(page.locator("#done")).to_contain_text("again")
    assert Booking.objects.get().status == "booked"
