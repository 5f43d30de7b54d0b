"""Moving and cancelling in a browser: by keyboard, without JavaScript, on a narrow phone."""

import pytest
from playwright.sync_api import expect

from bookings import links
from bookings.models import Booking, Message
from spa import clock
from tests import factories as make
from tests.browser.conftest import Visit, is_refused
from tests.browser.stage import Stage
from tests.browser.test_axe import failures
from tests.browser.test_booking_flow import sideways
from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser


def test_a_session_is_moved_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=1280)
    tab_to(page, text="Move it")
    page.keyboard.press("Enter")
    page.wait_for_url("**#move")
    tab_to(page, name="start")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Move it to this time?")
    tab_to(page, text="Move to ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Moved.")
    assert Booking.objects.get().edition == 2


def test_a_session_is_cancelled_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=1280)
    tab_to(page, text="I want to cancel")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Cancel this session?")
    tab_to(page, text="Yes, cancel this session")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("This booking is cancelled.")
    assert Booking.objects.get().status == "cancelled"


def test_moving_and_cancelling_need_no_javascript_and_no_width(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=320, java_script_enabled=False)
    page.get_by_role("link", name="More days and therapists").click()
    page.get_by_role("button", name="Show times").click()
    page.wait_for_url("**/move/?**")
    page.locator(".day:not(.none)").nth(3).locator("button.slot").first.click()  # more than a day ahead, so free
    page.get_by_role("button", name="Move to ").click()
    expect(page.get_by_role("status")).to_contain_text("Moved.")
    page.get_by_role("link", name="I want to cancel").click()
    page.get_by_role("button", name="Yes, cancel this session").click()
    expect(page.locator("h1")).to_have_text("This booking is cancelled.")
    assert Booking.objects.values_list("status", "edition").get() == ("cancelled", 2)


def test_no_page_of_a_booking_scrolls_sideways_or_fails_axe(stage: Stage, visit: Visit):
    stage.cast.ana.name = "Maximiliane Konstantinopoulou-Featherstonehaugh"
    stage.cast.ana.save()
    page = visit(stage.move_here(), width=320)
    session = Booking.objects.get()
    for path in (page.url, f"/b/{links.make(session, 'cancel')}/cancel/", f"/b/{links.make(session)}/"):
        page.goto(path)
        assert sideways(page) == 0
    Booking.objects.update(status="cancelled")
    page.goto(path)
    assert (sideways(page), failures(page)) == (0, [])


def test_axe_finds_nothing_on_a_chosen_time(stage: Stage, visit: Visit):
    assert failures(visit(stage.move_here())) == []


def test_axe_finds_nothing_when_the_time_has_gone(stage: Stage, visit: Visit):
    page = visit(stage.move_here())
    Booking.objects.update(edition=2)
    page.get_by_role("button", name="Move to ").click()
    is_refused(page)
    assert failures(page) == []


def test_a_dead_link_leads_to_a_new_one(stage: Stage, visit: Visit):
    page = visit("/b/nothing/", width=320)
    assert (sideways(page), failures(page)) == (0, [])
    page.get_by_label("E-mail").fill("robin@mail.example")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Look into your mail")
    assert failures(page) == []


def test_my_bookings_open_with_a_code_and_the_same_again_takes_two_taps(stage: Stage, visit: Visit):
    stage.my()
    stage.client.logout()
    page = visit("/my/", width=320, java_script_enabled=False)
    page.get_by_label("E-mail").fill("robin@mail.example")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Type the code")
    page.get_by_label("Code").fill(Message.objects.latest("pk").text.split()[2])
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Your bookings")
    assert sideways(page) == 0
    page.locator(".cloth .btn").click()
    page.locator(".btn.go[value=book]").click()
    expect(page.locator("h1")).to_contain_text("Booked.")
    assert Booking.objects.latest("pk").client.email == "robin@mail.example"


def test_what_suits_her_is_said_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=1280)
    tab_to(page, text="Say what suits you")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("What suits you")
    tab_to(page, name="pressure")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    tab_to(page, name="focus")
    page.keyboard.press("Space")
    for key in ("Tab", "Tab", "Tab", "Space"):  # leave out neck, more beside the spine, leave that out
        page.keyboard.press(key)
    tab_to(page, text="Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    her = Booking.objects.get().client
    assert (her.pressure, her.focus_areas, her.avoid_areas) == (4, ["neck"], ["beside_spine"])


def test_another_address_needs_no_javascript_and_no_width(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=320, java_script_enabled=False)
    page.get_by_role("link", name="Another address or number").click()
    expect(page.get_by_label("New e-mail address")).to_be_visible()
    assert sideways(page) == 0
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a new e-mail address or a new mobile number")
    page.get_by_label("New e-mail address").fill("robin@new.example")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    page.get_by_role("button", name="Yes, I am coming").click()
    expect(page.locator("h1")).to_have_text("Thank you, that is noted.")
    assert Booking.objects.values_list("email", "link_version").get() == ("robin@new.example", 2)


def test_what_suits_her_and_its_mistakes_need_no_javascript_and_no_width(stage: Stage, visit: Visit):
    page = visit(stage.behind("wishes", "wishes/"), width=320, java_script_enabled=False)
    page.locator("input[name=focus][value=hips]").check()
    page.locator("input[name=avoid][value=hips]").check()
    page.get_by_role("button", name="Save").click()
    is_refused(page)
    assert sideways(page) == 0
    page.locator("input[name=focus][value=hips]").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")


def test_erasing_is_done_by_keyboard_alone(stage: Stage, visit: Visit):
    page = visit(stage.my("/my/data/"), width=1280)
    Booking.objects.filter(status="booked").update(status="cancelled")
    tab_to(page, text="As a table")
    tab_to(page, text="Erase my data")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Erase your data?")
    tab_to(page, text="Yes, erase everything")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your data is erased.")
    assert failures(page) == []


def test_a_session_ahead_stands_before_erasing_without_javascript_and_width(stage: Stage, visit: Visit):
    page = visit(stage.my("/my/erase/"), width=320, java_script_enabled=False)
    page.get_by_role("button", name="Yes, erase everything").click()
    expect(page.get_by_role("alert")).to_contain_text("a session of yours is still to come")
    assert sideways(page) == 0


def test_the_same_again_needs_one_answer_and_one_press_without_javascript_and_width(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=320, java_script_enabled=False)
    page.get_by_role("button", name="Book ").click()
    expect(page.get_by_role("heading", name="For Ρόμπιν")).to_be_visible()
    assert (sideways(page), page.locator("input.input:visible").count()) == (0, 0)
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Book ").last.click()
    expect(page.get_by_role("status")).to_contain_text("Booked.")
    assert Booking.objects.values_list("name", "source").latest("pk") == ("Ρόμπιν", "online")


def test_axe_finds_nothing_where_she_is_known_and_keys_lead_through_it(stage: Stage, visit: Visit):
    page = visit(stage.behind(), width=1280)
    tab_to(page, text="Book ", limit=90)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your details")
    assert failures(page) == []
    tab_to(page, text="Somebody else comes")
    tab_to(page, name="safe")


def test_axe_finds_nothing_on_what_is_said_back(stage: Stage, visit: Visit):
    page = visit(stage.behind("contact", "contact/"))
    page.get_by_role("button", name="Save").click()
    is_refused(page)
    assert failures(page) == []
    make.message(booking=Booking.objects.get(), state="failed", failed_at=clock.now())
    page.goto(f"/b/{links.make(Booking.objects.get())}/")
    expect(page.get_by_role("status")).to_contain_text("did not arrive")
    assert failures(page) == []


def test_everything_of_my_bookings_is_reached_by_keyboard(stage: Stage, visit: Visit):
    page = visit(stage.my(), width=1280)
    for words in ("Open", "Book ", "Your data", "Sign out on every device", "Same again"):
        tab_to(page, text=words)
    assert failures(page) == []
