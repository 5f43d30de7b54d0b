"""A receptionist's bad day without a mouse: a therapist runs late, another is ill, a client cannot come after all."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from bookings import actions
from bookings.models import Booking
from bookings.models.event import SYSTEM
from spa import clock
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.days import noon
from tests.browser.stage import Stage
from tests.browser.test_board import board, card, robin, session  # noqa: F401 - robin is a fixture
from tests.browser.test_desk_day_by_keys import press, said, tab_to, tab_to_note
from therapists.models import TimeOff

pytestmark = pytest.mark.browser


@pytest.fixture
def kim(robin: Booking, stage: Stage) -> Booking:  # noqa: F811
    """Robin comes to Ana at noon of a day to come, and Kim two hours later."""
    client = make.client(name="Kim Bell", email="kim@mail.example")
    return session(stage, noon() + timedelta(hours=2), client=client)


def go(page: Page, words: str) -> None:
    """On with Tab to what is called so, and press it."""
    tab_to(page, words)
    press(page, "Enter")


def on_the_card(page: Page, booking: Booking, words: str, opens: str) -> None:
    """Open the card of a session, and from there the form that is called so."""
    card(page, booking).focus()
    press(page, "Enter")
    expect(page.get_by_role("dialog", name=booking.name)).to_be_visible()
    go(page, words)
    expect(page.get_by_role("dialog", name=opens)).to_be_visible()


def starts(*bookings: Booking) -> list[datetime]:
    return [Booking.objects.get(pk=one.pk).during.lower for one in bookings]


def test_the_rest_of_a_day_is_shifted_after_a_look_at_whom_it_affects(robin, kim, visit: Visit):  # noqa: F811
    page = visit(f"/desk/therapists/ana/late/?day={noon():%Y-%m-%d}", 1280)
    tab_to(page, "minutes")
    press(page, "Control+a")
    page.keyboard.type("15")
    press(page, "Enter")
    expect(page.locator("ol.rows")).to_contain_text("14:15 to 14:45")
    assert starts(robin, kim) == [noon(), noon() + timedelta(hours=2)]
    go(page, "Move them all by 15 minutes")
    said(page, "Ana: 2 sessions moved by 15 minutes.")
    assert starts(robin, kim) == [noon() + timedelta(minutes=15), noon() + timedelta(minutes=135)]


def test_the_day_of_who_is_ill_is_looked_after_in_one_pass(robin, kim, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    page.locator("#ana h2 a").focus()
    press(page, "Enter")
    page.wait_for_url("**/desk/week/ana/**")
    go(page, "Cannot come")
    page.wait_for_url("**/desk/therapists/ana/ill/**")
    for choice in ("Give it to Mei", "Ask the client to choose another time"):
        tab_to(page, choice)
        page.keyboard.type(choice[:8])
    go(page, "Save")
    expect(page.locator("main")).to_contain_text("Robin Hale: with Mei now.")
    assert Booking.objects.get(pk=robin.pk).therapist.name == "Mei"
    assert kim.messages.filter(kind="other_time").count() == 1
    assert TimeOff.objects.get().kind == "illness"


def asked(booking: Booking) -> None:
    """Its client, who had her confirmation, has read that she is to choose another time."""
    now = clock.now()
    make.message(booking=booking, key=f"booking/{booking.pk}/confirmation/mail/1", state="sent", sent_at=now)
    actions.ask_for_other_time(booking=booking, change=actions.Change(SYSTEM, now))
    booking.messages.filter(kind="other_time").update(state="sent", sent_at=now)


def taken_back(visit: Visit, booking: Booking) -> Page:
    """The board after its question was taken back from the card: whether its client hears of that is still open."""
    asked(booking)
    page = board(visit, noon())
    expect(card(page, booking)).to_contain_text("no answer")
    card(page, booking).focus()
    press(page, "Enter")
    expect(page.get_by_role("dialog", name=booking.name)).to_contain_text("no answer yet")
    go(page, "Take the question back")
    said(page, "The client is told in 3 minutes.")
    expect(card(page, booking)).to_be_focused()
    return page


def test_a_question_is_taken_back_from_the_card_and_its_client_is_not_told(kim, visit: Visit):
    page = taken_back(visit, kim)
    tab_to_note(page, "Do not tell")
    press(page, "Enter")
    said(page, "Nobody is told.")
    expect(card(page, kim)).to_contain_text("booked")
    assert kim.messages.get(kind="stands").state == "withdrawn"


def test_where_there_is_no_undo_its_letter_presses_nothing(kim, visit: Visit):
    page, sent = taken_back(visit, kim), []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    expect(page.locator("#done button")).to_have_text(["Tell now", "Do not tell"])
    press(page, "u", "Enter")
    expect(page.get_by_role("dialog", name=kim.name)).to_contain_text("took the question for another time back")
    assert sent == []


def test_a_question_is_taken_back_in_the_list_in_the_press_that_looks_after_the_others(robin, kim, visit: Visit):  # noqa: F811
    asked(kim)
    page = visit(f"/desk/therapists/ana/ill/?day={noon():%Y-%m-%d}", 1280)
    for booking, choice, value in ((robin, "Give it to Mei", r"\d+"), (kim, "Take the question back", "unask")):
        tab_to(page, choice)
        page.keyboard.type(choice[:8])
        expect(page.locator(f"#do-{booking.pk}")).to_have_value(re.compile(value))
    go(page, "Save")
    expect(page.locator("main")).to_contain_text("Robin Hale: with Mei now.")
    expect(page.locator("main")).to_contain_text("Kim Bell: the question is taken back, the session stands.")
    assert kim.messages.filter(kind="stands").count() == 1


def test_a_note_is_written_from_the_card(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    on_the_card(page, robin, "Write a note", "A note on the session")
    page.keyboard.type("Comes by bicycle")
    go(page, "Save the note")
    said(page, "Noted on the session of Robin Hale.")
    assert robin.notes.get().text == "Comes by bicycle"


def test_a_session_is_cancelled_with_its_reason_and_booked_again(robin, visit: Visit):  # noqa: F811
    page = board(visit, noon())
    on_the_card(page, robin, "Cancel", "Cancel the session")
    press(page, " ")
    tab_to(page, "reason")
    page.keyboard.type("The train stands")
    press(page, "Enter")
    said(page, "Cancelled the session of Robin Hale.")
    event = robin.events.get(verb="cancelled")
    assert (event.cause, event.reason) == ("client", "The train stands")
    tab_to_note(page, "Undo")
    press(page, "Enter")
    said(page, "Booked the session of Robin Hale again.")
    assert Booking.objects.get().status == "booked"
