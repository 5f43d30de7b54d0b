"""The profile of a therapist without a mouse, without JavaScript, on a small phone, and when something is wrong."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.roles import STUDIO_ADMIN
from bookings.models import Booking
from tests import factories as make
from tests.browser.conftest import Visit, is_refused
from tests.browser.stage import Stage
from tests.browser.test_axe import failures
from tests.browser.test_keyboard import tab_to
from tests.studio.test_hours import next_tuesday
from therapists.models import Certificate, Limit, Therapist, TimeOff, WorkingHours
from therapists.week import read
from treatments.models import TherapistTreatment

pytestmark = pytest.mark.browser
TABS = ("", "photo/", "treatments/", "hours/", "time-off/", "extra-hours/", "limits/", "certificates/", "notes/")
NINE_TO_SIX = ["09:00", "18:00"]


@pytest.fixture
def hers(stage: Stage) -> str:
    """The address of Ana's profile, for an admin who is signed in. She works from nine to six, but not on Sundays."""
    hours = WorkingHours.objects.filter(therapist=stage.cast.ana)
    hours.update(opens="09:00", closes="18:00")
    hours.filter(weekday=6).delete()
    return stage.signed_in(f"/studio/therapists/{stage.cast.ana.pk}/", STUDIO_ADMIN)


def press_on(page: Page, words: str) -> None:
    tab_to(page, limit=150, text=words)
    page.keyboard.press("Enter")


def saved(page: Page) -> None:
    expect(page.locator(".note.done")).to_contain_text("Saved.")


def test_hours_are_copied_and_saved_by_keys_alone(stage: Stage, visit: Visit, hers: str):
    page = visit(f"{hers}hours/", 1280)
    tab_to(page, limit=60, name="d0_0_to")
    for _hour in range(2):
        page.keyboard.press("ArrowDown")
    tab_to(page, limit=150, name="copy_to")
    for weekday in range(7):
        if weekday in (1, 6):
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_d6_0_to")).to_have_value("16:00")
    press_on(page, "Save hours")
    saved(page)
    days = read(stage.cast.ana)["plans"][0]["days"]
    assert [days[day] for day in (0, 1, 2, 6)] == [
        [["09:00", "16:00"]],
        [["09:00", "16:00"]],
        [NINE_TO_SIX],
        [["09:00", "16:00"]],
    ]


def test_time_off_and_limits_are_saved_by_keys_alone(stage: Stage, visit: Visit, hers: str):
    page = visit(f"{hers}time-off/", 1280)
    tab_to(page, name="first_on")
    page.keyboard.type("12122099")  # the same in whichever order a browser asks for day and month
    press_on(page, "Save time off")
    saved(page)
    press_on(page, "Limits")
    page.wait_for_url("**/limits/")
    tab_to(page, name="all_sessions")
    page.keyboard.type("8")
    press_on(page, "Save limits")
    saved(page)
    assert (TimeOff.objects.get().kind, Limit.objects.get().sessions) == ("holiday", 8)


def test_a_certificate_and_an_own_price_are_saved_by_keys_alone(stage: Stage, visit: Visit, hers: str):
    page, cast = visit(f"{hers}certificates/", 1280), stage.cast
    tab_to(page, name="body")
    page.keyboard.type("School")
    tab_to(page, name="issued_on")
    page.keyboard.type("01012024")
    tab_to(page, name="styles")
    page.keyboard.press("Space")
    press_on(page, "Save certificate")
    saved(page)
    page.goto(f"{hers}treatments/")
    tab_to(page, name=f"price_{cast.back.pk}")
    page.keyboard.type("52.50")
    press_on(page, "Save treatments")
    saved(page)
    assert Certificate.objects.get(body="School").issued_on.isoformat() == "2024-01-01"
    assert str(TherapistTreatment.objects.get().price) == "52.50"


def test_hours_are_copied_without_javascript(stage: Stage, visit: Visit, hers: str):
    page = visit(f"{hers}hours/", 320, java_script_enabled=False)
    page.locator("#id_d0_0_to").fill("16:00")
    page.locator("input[name=copy_to][value='6']").check()
    page.locator("button[value=copy]").click()
    expect(page.locator("#id_d6_0_to")).to_have_value("16:00")
    page.locator("button.go[value=save]").click()
    saved(page)
    assert read(stage.cast.ana)["plans"][0]["days"][6] == [["09:00", "16:00"]]


def test_no_page_of_a_profile_scrolls_sideways_on_a_small_phone(stage: Stage, visit: Visit, hers: str):
    page, wide = visit(hers, 320), []
    for tab in TABS:
        page.goto(f"{hers}{tab}")
        expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)
        wide += [tab] * (page.evaluate("document.documentElement.scrollWidth") > 320)
    assert wide == []


def test_a_form_begins_level_with_what_stands_beside_it(stage: Stage, visit: Visit, hers: str):
    page = visit(f"{hers}hours/", 1280)
    heading, beside = page.locator("main form h2").first, page.locator("main aside > *").first
    expect(beside).to_be_visible()
    assert abs(heading.bounding_box()["y"] - beside.bounding_box()["y"]) < 8


def wrong(page: Page, button: str) -> None:
    page.locator(button).last.click()
    is_refused(page)
    assert failures(page) == []


def test_axe_finds_nothing_where_something_is_wrong(stage: Stage, visit: Visit, hers: str):
    page = visit(f"{hers}hours/", 1280)
    page.locator("#id_d0_0_to").fill("02:00")
    wrong(page, "button[value=save]")
    page.goto(f"{hers}extra-hours/")
    wrong(page, "button[value=save]")
    page.goto(f"{hers}certificates/")
    page.locator("#id_file").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"<svg/>"})
    wrong(page, "button[value=save]")
    page.goto(f"{hers}limits/")
    page.locator("#id_all_sessions").fill("x")
    wrong(page, "main .btn.go")


def test_axe_finds_nothing_where_hours_are_asked_about(stage: Stage, visit: Visit, hers: str):
    cast = stage.cast
    page = visit(f"{hers}hours/", 1280)
    page.locator("#id_until").fill("2026-01-10")
    page.locator("button.go[value=save]").click()
    saved(page)
    page.locator("#id_until").fill("")
    page.locator("button.go[value=save]").click()
    saved(page)
    make.booking(start=next_tuesday(12), length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    page.locator("details").nth(1).locator("summary").click()
    page.get_by_role("button", name="Restore this version").first.click()
    expect(page.locator("main")).to_contain_text("1 session falls outside these hours")
    assert failures(page) == []
    page.get_by_role("button", name="Restore, keep the session").click()
    expect(page.locator(".note.done")).to_contain_text("Restored.")
    assert Booking.objects.get().status == "booked"


@pytest.fixture
def photo(settings: Any, tmp_path: Path) -> Path:
    """A photo that is red in the middle and blue at both sides."""
    settings.MEDIA_ROOT = tmp_path / "media"
    drawn = Image.new("RGB", (900, 300), "blue")
    drawn.paste("red", (300, 0, 600, 300))
    drawn.save(tmp_path / "ana.png")
    return tmp_path / "ana.png"


CORNER = "document.querySelector('canvas').getContext('2d').getImageData(2, 2, 1, 1).data.join()"


def test_a_photo_is_shown_square_before_it_is_saved(stage: Stage, visit: Visit, hers: str, photo: Path):
    page = visit(f"{hers}photo/", 1280)
    expect(page.locator("canvas")).to_be_hidden()
    page.locator("#id_file").set_input_files(photo)
    expect(page.locator("canvas")).to_be_visible()
    assert page.evaluate(CORNER) == "255,0,0,255"
    page.locator("#id_file").set_input_files({"name": "a.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    expect(page.locator("canvas")).to_be_hidden()
    assert Therapist.objects.get(pk=stage.cast.ana.pk).photo.name == ""


def test_a_photo_is_dropped(stage: Stage, visit: Visit, hers: str, photo: Path):
    page = visit(f"{hers}photo/", 1280)
    dropped = page.evaluate_handle(
        """async bytes => { const all = new DataTransfer();
        all.items.add(new File([new Uint8Array(bytes)], 'ana.png', {type: 'image/png'})); return all }""",
        list(photo.read_bytes()),
    )
    page.dispatch_event("[data-photo]", "drop", {"dataTransfer": dropped})
    expect(page.locator("canvas")).to_be_visible()
    page.locator("#id_photo_text").fill("Ana on the mat")
    page.locator("button.go[value=save]").click()
    saved(page)
    assert Therapist.objects.get(pk=stage.cast.ana.pk).photo.name.endswith(".webp")


def test_a_photo_is_saved_without_javascript(stage: Stage, visit: Visit, hers: str, photo: Path):
    page = visit(f"{hers}photo/", 320, java_script_enabled=False)
    page.locator("#id_file").set_input_files(photo)
    page.locator("#id_photo_text").fill("Ana on the mat")
    page.locator("button.go[value=save]").click()
    saved(page)
    expect(page.get_by_alt_text("Ana on the mat")).to_be_visible()
