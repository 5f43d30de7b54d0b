"""Sessions that move on the board: by mouse, by finger, by keys, and over to another day. The database has the say."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from bookings.actions import check_in
from bookings.models import Booking
from bookings.models.event import SYSTEM
from spa import clock
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.days import noon
from tests.browser.stage import Stage
from tests.browser.test_board import board, card, robin, session  # noqa: F401 - robin is a fixture

pytestmark = pytest.mark.browser
ROW = 11.2
"""The height of five minutes on the board."""


def middle(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def centered(target: Locator) -> Locator:
    target.evaluate("one => one.scrollIntoView({block: 'center'})")
    return target


def pull(page: Page, target: Locator, across: float = 0, minutes: int = 0, *, let_go: bool = True) -> None:
    """Drag with a real mouse, in steps as a hand does."""
    x, y = middle(centered(target))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across / 2, y + 20, steps=3)
    page.mouse.move(x + across, y + minutes / 5 * ROW, steps=5)
    if let_go:
        page.mouse.up()


def column_width(page: Page) -> float:
    return page.locator("#mei").bounding_box()["x"] - page.locator("#ana").bounding_box()["x"]


def where(booking: Booking) -> tuple[datetime, str]:
    booking.refresh_from_db()
    return booking.during.lower, booking.therapist.name


def spoken(page: Page, start: datetime) -> str:
    return f"{start.hour}:{start:%M}"


def moved_to(page: Page, booking: Booking, start: datetime, name: str) -> None:
    """It stands there on the board, in the database, and on a board that is opened anew."""
    expect(card(page, booking)).to_contain_text(spoken(page, start))
    assert where(booking) == (start, name)
    page.reload()
    expect(page.locator(f"#{name.lower()}").locator(f'a[href="bookings/{booking.pk}/"]')).to_contain_text(
        spoken(page, start)
    )


def test_a_mouse_moves_a_session_to_another_time_and_therapist(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    pull(page, card(page, robin), across=column_width(page), minutes=65)
    expect(page.locator("#day")).to_contain_text("Moved Robin Hale")
    moved_to(page, robin, noon() + timedelta(minutes=65), "Mei")


def test_what_was_moved_can_be_undone_from_the_board(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    pull(page, card(page, robin), minutes=60)
    page.get_by_role("button", name="Undo").click()
    expect(card(page, robin)).to_contain_text("12:00")
    assert where(robin) == (noon(), "Ana")


def test_a_press_without_a_pull_and_a_short_one_open_the_card_and_move_nothing(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    x, y = middle(centered(card(page, robin)))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 4)
    page.mouse.up()
    expect(page.get_by_role("dialog", name="Robin Hale")).to_be_visible()
    assert where(robin) == (noon(), "Ana")


@pytest.mark.parametrize("way", ["escape", "outside"])
def test_a_drag_can_be_let_go(robin, visit: Visit, way: str):  # noqa: F811
    page = board(visit, noon())
    pull(page, card(page, robin), minutes=60, let_go=False)
    expect(page.locator("[data-ghost]")).to_have_count(1)
    if way == "escape":
        page.keyboard.press("Escape")
    else:
        page.mouse.move(5, 5)
    page.mouse.up()
    expect(page.locator("[data-ghost]")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert where(robin) == (noon(), "Ana")


def test_while_it_is_dragged_the_board_says_free_or_not(robin, stage: Stage, visit: Visit):  # noqa: F811
    session(stage, noon() + timedelta(hours=1))
    page = board(visit, noon())
    pull(page, card(page, robin), minutes=60, let_go=False)
    expect(page.locator("#voice")).to_have_text("13:00, Ana, not free")
    expect(page.locator("[data-ghost] .drop-no")).to_have_count(1)
    x, y = middle(card(page, robin))
    page.mouse.move(x, y - 12 * ROW)
    expect(page.locator("#voice")).to_have_text("11:00, Ana, free")
    page.keyboard.press("Escape")
    page.mouse.up()


def test_on_a_taken_time_it_is_refused_in_words_and_snaps_back(robin, stage: Stage, visit: Visit):  # noqa: F811
    session(stage, noon() + timedelta(hours=1))
    page = board(visit, noon())
    pull(page, card(page, robin), minutes=60)
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page, robin)).to_contain_text("12:00")
    assert where(robin) == (noon(), "Ana")


def test_onto_a_therapist_who_lacks_the_style_it_is_refused(robin, stage: Stage, visit: Visit):  # noqa: F811
    cast = stage.cast
    oil = make.booking(therapist=cast.ana, room=cast.bar_room, length=cast.oil30, start=noon() + timedelta(hours=2))
    page = board(visit, noon())
    pull(page, card(page, oil), across=column_width(page), minutes=30)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert where(oil) == (noon() + timedelta(hours=2), "Ana")


def test_a_stale_card_that_is_dragged_loses_nothing_of_what_somebody_else_did(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    check_in(booking=Booking.objects.get(), by=SYSTEM, now=clock.now())
    pull(page, card(page, robin), minutes=60)
    expect(page.get_by_role("dialog")).to_contain_text("noted that the client is here")
    assert where(robin) == (noon(), "Ana")
    assert robin.status == "arrived"


def test_a_session_that_vanished_is_said(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    page.route("**/move/", lambda route: route.fulfill(status=404))
    pull(page, card(page, robin), minutes=60)
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("not there any more")


def test_dropped_without_a_connection_it_snaps_back_and_says_so(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    page.route("**/move/", lambda route: route.abort())
    pull(page, card(page, robin), minutes=60)
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Nothing was saved")
    page.keyboard.press("Escape")
    expect(card(page, robin)).to_contain_text("12:00")


def test_near_the_edge_the_board_scrolls_on_by_itself(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    centered(card(page, robin))
    before = page.evaluate("document.getElementById('board').scrollTop")
    x, y = middle(card(page, robin))
    box = page.locator("#board").bounding_box()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, box["y"] + box["height"] - 12, steps=8)
    page.wait_for_function("before => document.getElementById('board').scrollTop > before + 100", arg=before)
    page.keyboard.press("Escape")
    page.mouse.up()


class Finger:
    """Real touch input."""

    def __init__(self, page: Page) -> None:
        self.cdp = page.context.new_cdp_session(page)

    def touch(self, kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_finger_moves_a_session_after_a_long_press(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon(), has_touch=True)
    x, y = middle(centered(card(page, robin)))
    finger = Finger(page)
    finger.touch("touchStart", x, y)
    expect(page.locator(".is-moving")).to_have_count(1)
    for step in range(1, 7):
        finger.touch("touchMove", x, y + step * 2 * ROW)
    finger.touch("touchEnd")
    expect(page.locator("#day")).to_contain_text("Moved Robin Hale")
    moved_to(page, robin, noon() + timedelta(hours=1), "Ana")


def test_a_finger_that_does_not_wait_scrolls_and_moves_nothing(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon(), has_touch=True)
    page.clock.install()
    page.reload()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))  # however slow this machine, the finger is quick
    x, y = middle(centered(card(page, robin)))
    finger = Finger(page)
    finger.touch("touchStart", x, y)
    for step in range(1, 9):
        finger.touch("touchMove", x, y - step * 12)
    finger.touch("touchEnd")
    page.clock.run_for(700)
    expect(page.locator(".is-moving")).to_have_count(0)
    assert where(robin) == (noon(), "Ana")


def test_keys_alone_move_a_session_and_each_step_is_said(robin, stage: Stage, visit: Visit):  # noqa: F811
    session(stage, noon() + timedelta(minutes=40))
    page = board(visit, noon())
    card(page, robin).focus()
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#voice")).to_have_text("12:05, Ana, not free")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#voice")).to_have_text("12:05, Mei, free")
    page.keyboard.press("Enter")
    expect(page.locator("#day")).to_contain_text("Moved Robin Hale")
    expect(card(page, robin)).to_be_focused()
    moved_to(page, robin, noon() + timedelta(minutes=5), "Mei")


def test_move_mode_is_left_with_escape(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    card(page, robin).focus()
    for key in ("m", "PageDown", "Escape"):
        page.keyboard.press(key)
    expect(page.locator("#voice")).to_have_text("Left where it was.")
    expect(card(page, robin)).to_be_focused()
    assert where(robin) == (noon(), "Ana")


def test_a_session_is_picked_up_and_put_on_another_day_by_keys(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    card(page, robin).focus()
    page.keyboard.press("c")
    page.keyboard.press("]")
    page.wait_for_url(f"**day={noon(2):%Y-%m-%d}**")
    expect(page.locator("#carry")).to_contain_text("Robin H. is picked up.")
    page.locator("#mei a.gap").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#day")).to_contain_text("Moved Robin Hale")
    expect(page.locator("#carry")).to_have_count(0)
    assert where(robin) == (noon(2).replace(hour=0), "Mei")


def test_a_session_is_picked_up_on_its_card_and_put_on_another_day_by_mouse(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    card(page, robin).click()
    page.get_by_role("dialog").get_by_role("button", name="Pick up for another day").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("#after").click()
    page.wait_for_url(f"**day={noon(2):%Y-%m-%d}**")
    expect(page.locator("#carry")).to_contain_text("Robin Hale is picked up.")
    page.locator("#mei a.gap").first.click(position={"x": 60, "y": 10})
    expect(page.locator("#day")).to_contain_text("Moved Robin Hale")
    expect(page.locator("#carry")).to_have_count(0)
    moved_to(page, robin, noon(2).replace(hour=0), "Mei")


def test_a_free_time_is_booked_from_the_board(stage: Stage, visit: Visit):
    stage.signed_in("/desk/")
    make.client(name="Priya Nair", email="priya@mail.example")
    page = board(visit, noon())
    gap = page.locator("#mei a.gap").first
    gap.click(position={"x": 60, "y": 12 * 12 * ROW + 2})
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading").first).to_contain_text("12:00")
    expect(dialog.get_by_label("Find the client")).to_be_focused()
    page.keyboard.type("pri")
    dialog.get_by_role("button", name="Priya Nair").click()
    expect(page.locator("#mei a.bk")).to_contain_text("12:00 to 12:30 Priya N.")
    assert where(Booking.objects.get()) == (noon(), "Mei")
