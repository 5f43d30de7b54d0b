"""From the printed link of an empty installation to the first session that a client books, all by clicking."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts import setup
from bookings.models import Booking
from locations.models import Location
from tests.browser.conftest import EXPECTED, PATIENCE
from tests.browser.days import unhurried

pytestmark = pytest.mark.browser
PASSWORD = "slow-steps-on-stone-7"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FROM, TO = "00:05", "23:55"  # so long that a time is free whenever this runs


@pytest.fixture
def page(transactional_db: None, live_server: Any, browser: Browser) -> Any:
    """A browser at an installation in which nothing stands; in the end nothing may have complained."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [words for words in complaints if not any(known in words for known in EXPECTED)] == []


def save(page: Page, button: str = "Save") -> None:
    """Save what was typed, and follow what is said to come next."""
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("status").get_by_role("link").click()


def test_a_studio_is_built_from_nothing_and_booked_in(page: Page):
    become_the_owner(page)
    page.get_by_role("link", name="Name the studio").click()
    make_the_place(page)
    make_the_menu(page)
    make_the_therapist(page)
    book(page)
    booked = Booking.objects.get()
    assert (booked.name, booked.treatment_name, booked.status) == ("Robin Hale", "Thai floor", "booked")


def become_the_owner(page: Page) -> None:
    page.goto(setup.make_link())
    page.get_by_label("E-mail").fill("ada@stone.example")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my sign-in").click()
    page.locator("[name=login]").fill("ada@stone.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("h1")).to_have_text("Studio")


def make_the_place(page: Page) -> None:
    """The studio, a place, its hours and a room with a mat."""
    page.get_by_label("Name of the studio").fill("Stone & Step")
    page.get_by_label("Letters before each booking").fill("SS")
    page.get_by_label("E-mail").fill("hello@stone.example")
    page.get_by_label("English").check()
    save(page)
    page.get_by_label("Name", exact=True).fill("Weir Lane")
    page.get_by_label("Address", exact=True).fill("3 Weir Lane, Millford")
    page.get_by_label("Phone").fill("01632 960 123")
    page.get_by_label("Time zone").select_option("Europe/London")
    save(page)
    for day in DAYS:
        page.get_by_label(f"{day}, from, part 1").fill(FROM)
        page.get_by_label(f"{day}, to, part 1").fill(TO)
    save(page)
    page.get_by_label("Name of the room").fill("Mat room")
    page.get_by_label("What it is").select_option("mat")
    save(page)


def make_the_menu(page: Page) -> None:
    page.get_by_role("button", name="Begin with Thai").click()
    page.get_by_label("Price of 30 minutes").fill("45")
    save(page)


def make_the_therapist(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Ana")
    page.get_by_role("group", name="Styles").get_by_label("Thai").check()
    save(page)
    page.get_by_role("button", name="Add hours Monday").click()
    page.locator("[name^=d0_][name$=_from]").fill(FROM)
    page.locator("[name^=d0_][name$=_to]").fill(TO)
    for day in DAYS[1:]:
        page.get_by_role("group", name="Copy a day to others").get_by_label(day).check()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("[name^=d6_][name$=_to]")).to_have_value(TO)
    save(page, "Save hours")


def book(page: Page) -> None:
    """As a client in another browser session would."""
    unhurried(Location.objects.get())
    page.get_by_role("link", name="See it as a client").click()
    page.context.clear_cookies()
    page.reload()
    page.locator("button.slot").first.click()
    page.get_by_label("Full name").fill("Robin Hale")
    page.get_by_label("E-mail").fill("robin@mail.example")
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Book ").last.click()
    expect(page.locator("h1")).to_contain_text("Booked")
