"""A receptionist's day without a mouse: a call, a walk-in, a session's life, a move, a swap, a block, undo."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from bookings.models import Booking
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.days import midday, noon, this_minute
from tests.browser.stage import Stage
from tests.browser.test_board import board, card, session, today
from therapists.models import TimeOff

pytestmark = pytest.mark.browser


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, words: str) -> None:
    """On with Tab until the focus is on what is called so."""
    page.wait_for_load_state()
    for _step in range(40):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.textContent || document.activeElement.name || ''")
        if words in said:
            return
    raise AssertionError(f"Tab never comes to {words}.")


def said(page: Page, words: str) -> None:
    expect(page.locator("#day")).to_contain_text(words)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_known_client_is_booked_on_the_phone_and_a_slip_is_taken_back(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    make.client(name="Priya Nair", email="priya@mail.example")
    page = board(visit, noon())
    page.locator("#mei a.gap").first.focus()
    press(page, "Enter")
    expect(page.get_by_label("Find the client")).to_be_focused()
    page.keyboard.type("pri")
    expect(page.locator("#dialog .match")).to_be_visible()
    press(page, "Enter")
    expect(page.locator("#dialog .match")).to_be_focused()
    press(page, "Enter")
    said(page, "Booked Priya Nair on")
    page.locator("#mei a.bk").focus()
    press(page, "u")
    said(page, "Cancelled the session of Priya Nair.")
    assert Booking.objects.get().status == "cancelled"


def test_what_was_typed_for_somebody_unknown_is_her_name_already(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    page = board(visit, noon())
    page.locator("#mei a.gap").first.focus()
    press(page, "Enter")
    expect(page.get_by_label("Find the client")).to_be_focused()
    page.keyboard.type("Zoe")
    expect(page.locator("#found")).to_contain_text("Nobody fits.")
    press(page, "Enter")
    expect(page.locator("#id_phone")).to_be_focused()
    page.keyboard.type("07700 900456")
    press(page, "Enter")
    said(page, "Booked Zoe on")
    assert Booking.objects.get().phone == "+447700900456"


def test_a_rule_in_the_way_asks_for_its_reason_at_once(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    make.limit(therapist=stage.cast.mei, sessions=1)
    session(stage, noon() + timedelta(hours=3), therapist=stage.cast.mei)
    page = board(visit, noon())
    page.locator("#mei a.gap").first.focus()
    press(page, "Enter")
    expect(page.get_by_label("Find the client")).to_be_focused()
    page.keyboard.type("Zoe")
    expect(page.locator("#found")).to_contain_text("Nobody fits.")
    press(page, "Enter")
    page.keyboard.type("07700 900456")
    press(page, "Enter")
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.type("She stays")
    press(page, "Enter")
    said(page, "Booked Zoe on")
    assert Booking.objects.get(name="Zoe").events.get().reason == "She stays"


def test_a_walk_in_takes_a_name_and_enter(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    midday(stage.cast.place)
    page = board(visit, this_minute())
    page.locator("#board a.gap").first.focus()
    press(page, "w")
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type("Sam")
    press(page, "Enter")
    said(page, "Booked Sam on")
    assert Booking.objects.get().source == "walk_in"


def test_a_walk_in_whom_the_desk_knows_is_chosen_with_a_key(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    midday(stage.cast.place)
    priya = make.client(name="Priya Nair", email="priya@mail.example")
    page = board(visit, this_minute())
    page.locator("#board a.gap").first.focus()
    press(page, "w")
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type("pri")
    expect(page.get_by_role("radio", name="Priya Nair")).to_be_visible()
    tab_to(page, "client")
    press(page, "ArrowDown")
    expect(page.get_by_role("radio", name="Priya Nair")).to_be_checked()
    press(page, "Enter")
    said(page, "Booked Priya Nair on")
    assert Booking.objects.get().client == priya


LIVE = "**/desk/walk-in/?**"


def found_and_chosen(visit: Visit, letter: str, late: list[Route]) -> Page:
    """Priya is found, and chosen while the answer to one more letter is held up in `late`."""
    make.client(name="Priya Nair", email="priya@mail.example")
    page = visit("/desk/walk-in/", 1280)
    page.locator("#id_name").press_sequentially("pri")
    expect(page.get_by_role("radio", name="Priya Nair")).to_be_visible()
    page.route(LIVE, lambda route: route.continue_() if late else late.append(route))
    with page.expect_request(LIVE):
        page.locator("#id_name").press(letter)
    page.get_by_role("radio", name="Priya Nair").check()
    page.locator("#known").evaluate("one => { one.dataset.old = 'yes' }")
    return page


@pytest.mark.parametrize("place", ["#known :checked", "#id_phone"])
def test_a_late_answer_takes_neither_the_choice_nor_the_focus(stage: Stage, visit: Visit, place):
    stage.signed_in("/desk/")
    late: list[Route] = []
    page = found_and_chosen(visit, "y", late)
    page.locator(place).focus()
    late[0].continue_()
    expect(page.locator("#known:not([data-old])")).to_be_visible()
    expect(page.get_by_role("radio", name="Priya Nair")).to_be_checked()
    expect(page.locator(place)).to_be_focused()


def test_who_is_chosen_stays_so_when_what_was_typed_fits_her_no_more(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    late: list[Route] = []
    page = found_and_chosen(visit, "x", late)
    with page.expect_response(LIVE):
        late[0].continue_()
    page.locator("#id_name").press("x")
    expect(page.locator("#known:not([data-old])")).to_be_visible()
    expect(page.get_by_role("radio", name="Priya Nair")).to_be_checked()


def test_the_life_of_a_session_by_letters(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    booking = today(stage)
    page = board(visit, booking.starts_at)
    card(page, booking).focus()
    for key, words in (("a", "is here."), ("s", "has begun."), ("d", "is done."), ("u", "Taken back")):
        press(page, key)
        said(page, words)
        expect(card(page, booking)).to_be_focused()
    booking.refresh_from_db()
    assert booking.status == "in_session"


def test_a_session_is_moved_and_its_client_told_at_once(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    booking = session(stage, noon(), client=make.client(name="Robin Hale"))
    page = board(visit, noon())
    card(page, booking).focus()
    press(page, "m", "PageDown", "Enter")
    said(page, "Moved Robin Hale")
    tab_to_note(page, "Tell now")
    press(page, "Enter")
    said(page, "The message leaves now.")
    assert booking.messages.get(kind="confirmation").state == "queued"


def tab_to_note(page: Page, words: str) -> None:
    """The note stands before the board: back from it with Shift and Tab."""
    for _step in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == words:
            return
    raise AssertionError(f"Shift and Tab never come to {words}.")


def test_two_sessions_swap_from_the_card(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    cast = stage.cast
    one = session(stage, noon(), client=make.client(name="Robin Hale"))
    other = session(stage, noon(), therapist=cast.mei, room=cast.bar_room, client=make.client(name="Kim Bell"))
    page = board(visit, noon())
    card(page, one).focus()
    press(page, "Enter")
    expect(page.get_by_role("dialog", name="Robin Hale")).to_be_visible()
    tab_to(page, "Swap")
    press(page, "Enter")
    expect(page.get_by_role("dialog", name="Swap Robin Hale")).to_be_visible()
    tab_to(page, "other")
    press(page, " ")
    tab_to(page, "Swap the two")
    press(page, "Enter")
    said(page, "Swapped: Robin Hale at 12:00 with Mei")
    other.refresh_from_db()
    assert other.therapist == cast.ana


def test_a_gap_is_blocked_with_a_reason_and_given_back(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    page = board(visit, noon())
    block_first_gap(page, "Dentist")
    said(page, "Blocked Mei")
    assert TimeOff.objects.get().reason == "Dentist"
    page.locator("#mei a.bk").focus()
    press(page, "Enter")
    expect(page.get_by_role("dialog", name="Blocked: Mei")).to_be_visible()
    tab_to(page, "Give the time back")
    press(page, "Enter")
    said(page, "Given back: the time is free again.")
    assert not TimeOff.objects.exists()


def block_first_gap(page: Page, reason: str) -> None:
    """From the gap over the form of a booking to the form of a block."""
    page.locator("#mei a.gap").first.focus()
    press(page, "Enter")
    expect(page.get_by_label("Find the client")).to_be_focused()
    tab_to(page, "Block this time instead")
    press(page, "Enter")
    expect(page.get_by_role("dialog", name="Block time")).to_be_visible()
    tab_to(page, "reason")
    page.keyboard.type(reason)
    press(page, "Enter")
