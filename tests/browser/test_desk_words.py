"""What cannot be is said in words, snaps back and loses nothing: on the board and in its dialog."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from bookings.actions import check_in
from bookings.models import Booking
from bookings.models.event import SYSTEM
from clients.models import Client
from locations.models import Room
from spa import clock
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.days import noon
from tests.browser.examples import EXAMPLES
from tests.browser.stage import Stage
from tests.browser.test_axe import failures
from tests.browser.test_board import board, card, robin, session, today  # noqa: F401 - robin is a fixture
from tests.browser.test_board_moves import centered, column_width, middle, pull, where
from therapists.models import WorkingHours

pytestmark = pytest.mark.browser


def snapped_back(page: Page, booking: Booking, words: str, at: datetime) -> None:
    """The dialog says why, and closing it shows the session where it was, on the board and in the database."""
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(page.locator("[data-ghost]")).to_have_count(0)
    expect(card(page, booking)).to_contain_text(f"{at.hour}:{at:%M}")
    assert (where(booking)[0], booking.version) == (at, 1)


def test_onto_the_past(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    booking = today(stage)
    page = board(visit, booking.starts_at)
    card(page, booking).focus()
    for key in ("m", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    snapped_back(page, booking, "This time is over.", booking.starts_at)


def test_outside_her_hours_a_reason_is_asked_for_and_kept(robin, stage: Stage, visit: Visit):  # noqa: F811
    WorkingHours.objects.filter(therapist=stage.cast.ana).update(opens="10:00", closes="16:00")
    page = board(visit, noon())
    card(page, robin).focus()
    for key in ("m", *["PageDown"] * 6, "Enter"):
        page.keyboard.press(key)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("Ana does not work at that time.")
    assert where(robin) == (noon(), "Ana")
    dialog.get_by_label("Reason").fill("She stays for Robin")
    dialog.get_by_role("button", name="all the same").click()
    expect(card(page, robin)).to_contain_text("18:00")
    assert robin.events.get().reason == "She stays for Robin"


def test_onto_a_therapist_who_lacks_the_style(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    cast = stage.cast
    booking = session(stage, noon(), room=cast.bar_room, length=cast.oil30)
    page = board(visit, noon())
    pull(page, card(page, booking), across=column_width(page), minutes=30)
    snapped_back(page, booking, "Mei does not give this treatment.", noon())


def by_room(visit: Visit) -> Page:
    page = visit(f"/desk/?day={noon():%Y-%m-%d}&by=room", 1280)
    expect(page.locator("html.js")).to_have_count(1)
    return page


def carry_over(page: Page, booking: Booking, room: Room) -> None:
    """Drag a session into another room, at its own time."""
    x, y = middle(centered(card(page, booking)))
    across = middle(page.locator(f"#room-{room.pk} header"))[0]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + across) / 2, y, steps=4)
    page.mouse.move(across, y, steps=4)
    page.mouse.up()


def test_onto_a_room_without_the_props(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    cast = stage.cast
    booking = session(stage, noon(), room=cast.bar_room, length=cast.oil30)
    page = by_room(visit)
    carry_over(page, booking, cast.mat_room)
    snapped_back(page, booking, f"{cast.mat_room.name} has not what this treatment needs.", noon())
    assert booking.room == cast.bar_room


def test_onto_a_room_that_suits_it_changes_the_room_alone_and_tells_nobody(robin, stage: Stage, visit: Visit):  # noqa: F811
    cast = stage.cast
    page = by_room(visit)
    carry_over(page, robin, cast.bar_room)
    expect(page.locator("#day")).to_contain_text(f"in {cast.bar_room.name}. The client is not told.")
    assert where(robin) == (noon(), "Ana")
    assert robin.room_id == cast.bar_room.pk


def test_a_client_who_vanished_while_her_name_was_looked_for(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    make.client(name="Priya Nair", email="priya@mail.example")
    page = board(visit, noon())
    page.locator("#mei a.gap").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Find the client").fill("pri")
    expect(dialog.get_by_role("button", name="Priya Nair")).to_be_visible()
    Client.objects.all().delete()
    dialog.get_by_role("button", name="Priya Nair").click()
    expect(dialog.get_by_role("alert")).to_contain_text("That client is no longer there.")
    assert not Booking.objects.exists()


def test_offline_while_saving_keeps_all_that_was_typed(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    page = board(visit, noon())
    page.locator("#mei a.gap").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("summary", has_text="Somebody new").click()
    page.locator("#id_name").fill("Kim")
    page.locator("#id_phone").fill("07700 900456")
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Book for somebody new").last.click()
    expect(dialog.get_by_role("alert")).to_contain_text("Nothing was saved: the server cannot be reached.")
    assert (page.locator("#id_name").input_value(), page.locator("#id_phone").input_value()) == ("Kim", "07700 900456")
    page.context.set_offline(False)
    dialog.get_by_role("button", name="Book for somebody new").last.click()
    expect(page.locator("#day")).to_contain_text("Booked Kim on")
    assert Booking.objects.get().name == "Kim"


def test_of_two_receptionists_the_second_keeps_what_she_typed_in_the_dialog(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    card(page, robin).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="Cancel", exact=True).click()
    dialog.get_by_label("the client").check()
    dialog.get_by_label("Reason (optional)").fill("The bus is late")
    check_in(booking=Booking.objects.get(), by=SYSTEM, now=clock.now())
    dialog.get_by_role("button", name="Cancel this session").click()
    expect(dialog.get_by_role("alert")).to_contain_text("noted that the client is here")
    assert dialog.get_by_label("Reason (optional)").input_value() == "The bus is late"
    assert Booking.objects.get().status == "arrived"


def test_axe_finds_nothing_in_the_note_after_a_move(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    pull(page, card(page, robin), minutes=60)
    expect(page.get_by_role("button", name="Do not tell")).to_be_visible()
    assert failures(page) == []


PAGES = (
    *("desk_booking", "desk_move", "desk_cancel", "desk_swap", "desk_book", "desk_walk_in", "desk_why", "desk_block"),
    *("desk_late", "desk_ill", "desk_client", "desk_merge", "desk_waiting", "desk_history", "desk_export", "desk_day"),
)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_the_desk_scrolls_sideways_at_320_px(stage: Stage, visit: Visit, name: str):
    """The board itself may; its tools, and every form, may not."""
    page = visit(EXAMPLES[name](stage), 320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
