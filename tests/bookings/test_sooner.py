"""An earlier time than the one she has: asked for without typing, and taking it moves her session."""

import re
from datetime import timedelta

import pytest

from bookings import actions, links
from bookings.models import Booking, Message, WaitingEntry
from bookings.models.event import CLIENT, SYSTEM
from bookings.outbox.compose import compose
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


@pytest.fixture
def booking(cast) -> Booking:
    """Robin with Ana on Friday 27 November 2026 at 14:20. Nobody is there before but Ana, from Thursday 11:00 on."""
    make.time_off(therapist=cast.mei, during=make.span(NOW, 60 * 24 * 90))
    make.time_off(therapist=cast.ana, during=make.span(NOW, 60 * 71))
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room}
    return make.booking(start=at(14, 20, days=4), client=make.client(name="Robin Hale"), **words)


def address(row) -> str:
    return (
        f"/w/{links.make_waiting(row)}/" if isinstance(row, WaitingEntry) else f"/b/{links.make(row, 'sooner')}/sooner/"
    )


def wait(client, booking, **said) -> WaitingEntry:
    assert client.post(address(booking), {"who": "anyone", "part": "any"} | said).status_code == 303
    return WaitingEntry.objects.latest("pk")


def offered(client, booking) -> WaitingEntry:
    entry = wait(client, booking)
    assert actions.plan_offers(NOW) == 1
    entry.refresh_from_db()
    return entry


def press(client, entry, do="take"):
    return client.post(address(entry), {"do": do, "seen": entry.offers.latest("pk").booking.key})


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def sessions() -> list[tuple]:
    return list(Booking.objects.filter(status="booked").values_list("during__startswith", "edition"))


def test_her_page_leads_there_and_nothing_is_typed(client, booking):
    page = client.get(f"/b/{links.make(booking)}/").text
    form = client.get(re.search(r'href="([^"]+)">Tell me if an earlier time frees up', page)[1]).text
    assert re.findall(r'<(?:input|select)[^>]* name="(\w+)"', form.partition("<main")[2]) == [
        "csrfmiddlewaretoken",
        "who",
        "part",
    ]


def test_all_that_is_known_comes_from_her_session(client, booking):
    entry = wait(client, booking, who="same", part="morning")
    assert (entry.name, entry.email, entry.therapist, entry.instead_of) == (
        booking.name,
        booking.email,
        booking.therapist,
        booking,
    )
    assert (entry.first_on, entry.last_on, entry.until_minute) == (NOW.date(), at(0, days=4).date(), 720)
    assert "stays yours until you take an earlier time" in text(client.get(address(entry)))


def test_asked_twice_she_stands_there_once(client, booking):
    assert wait(client, booking) == wait(client, booking)


def test_taking_the_time_moves_her_session_and_one_mail_says_so(client, booking):
    entry = offered(client, booking)
    make.message(booking=booking, kind="confirmation", state="sent", sent_at=NOW)
    assert "Move to Thursday 11:00 with Ana" in text(client.get(address(entry)))
    answer = press(client, entry)
    assert answer["Location"].endswith("?done=moved") and "Moved." in client.get(answer["Location"]).text
    assert sessions() == [(at(11, days=3), 2)]
    waiting = Message.objects.filter(state="queued", kind__in=["moved", "confirmation"])
    assert [message.kind for message in waiting] == ["moved"]


def test_the_time_that_she_had_is_free_again(client, cast, booking):
    press(client, offered(client, booking))
    words = {"where": "weir-lane", "treatment": "back-30", "with": "ana", "start": "2026-11-27T14:20Z"}
    assert "/book/details/" in client.post("/book/hold/", words)["Location"]


def test_pressed_twice_it_is_moved_once(client, booking):
    entry = offered(client, booking)
    assert press(client, entry)["Location"] == press(client, entry)["Location"]
    assert sessions() == [(at(11, days=3), 2)]


def test_after_the_offer_ran_out_the_free_time_is_still_hers_to_take(client, booking):
    entry = offered(client, booking)
    set_clock(NOW + timedelta(hours=1))
    assert (press(client, entry).status_code, sessions()) == (303, [(at(11, days=3), 2)])


def test_a_time_that_somebody_else_got_leaves_her_session_as_it_is(client, cast, booking):
    entry = offered(client, booking)
    Booking.objects.filter(status="held").update(status="expired")
    make.booking(start=at(11, days=3), therapist=cast.ana, length=cast.back30, room=cast.mat_room)
    answer = press(client, entry)
    assert (answer.status_code, "That time has gone in the meantime" in answer.text) == (409, True)
    assert Booking.objects.get(pk=booking.pk).during == booking.during


def test_only_earlier_times_are_offered(client, cast, booking):
    make.time_off(therapist=cast.ana, during=make.span(at(11, days=3), 60 * 27 + 20))
    wait(client, booking)
    assert actions.plan_offers(NOW) == 0


def test_when_her_session_is_off_she_waits_no_more(client, booking):
    entry = offered(client, booking)
    actions.cancel(booking=booking, by=CLIENT, now=NOW)
    assert press(client, entry).status_code == 409
    actions.plan_offers(NOW)
    entry.refresh_from_db()
    assert (entry.state, Booking.objects.filter(status="held").count(), entry.offers.get().outcome) == (
        "left",
        0,
        "declined",
    )


def test_a_session_that_the_desk_moved_before_that_time_stays_there(client, cast, booking):
    entry = offered(client, booking)
    during = make.span(at(9, days=3), 30)
    Booking.objects.filter(pk=booking.pk).update(during=during, therapist_block=during, room_block=during)
    assert (press(client, entry).status_code, sessions()) == (409, [(at(9, days=3), 1)])


def test_another_length_by_now_is_looked_for_again(client, cast, booking):
    entry = offered(client, booking)
    actions.change_length(booking=booking, length=cast.back20, change=actions.Change(by=SYSTEM, now=NOW))
    assert press(client, entry).status_code == 303
    moved = Booking.objects.get(pk=booking.pk)
    assert (moved.during.lower, moved.minutes) == (at(11, days=3), 20)


@pytest.mark.parametrize("changed", [{"status": "cancelled"}, {"free_cancel_until": NOW}, {"email": "", "phone": ""}])
def test_who_may_not_move_it_here_is_led_back(client, booking, changed):
    Booking.objects.filter(pk=booking.pk).update(**changed)
    assert client.post(address(booking), {"who": "anyone", "part": "any"}).status_code == 303
    assert not WaitingEntry.objects.exists()


@pytest.mark.parametrize("wrong", [{"who": "Ω"}, {"part": "night"}, {"who": ""}])
def test_nonsense_is_refused(client, booking, wrong):
    answer = client.post(address(booking), {"who": "anyone", "part": "any"} | wrong)
    assert (answer.status_code, WaitingEntry.objects.exists()) == (422, False)


def test_the_mails_say_that_her_session_stays_hers_until_then(client, booking):
    offered(client, booking)
    words = "Your session of Friday 27 November 2026, 14:20 stays yours until you take another time"
    for kind in ("waiting_joined", "waiting_offer"):
        letter = compose(Message.objects.get(kind=kind))
        assert [words in " ".join(part.split()) for part in (letter.text, letter.html)] == [True, True]
