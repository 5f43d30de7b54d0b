"""A client moves or cancels her session behind its link. Monday 23 November 2026, 12:00, is now."""

import re
from datetime import timedelta

import pytest

from bookings import actions, links
from bookings.models import Booking
from bookings.models.event import CLIENT, Actor
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
THURSDAY_ELEVEN = "2026-11-26T11:00Z"
SCANNERS = ["Barracuda Sentinel", "Mozilla/5.0 (compatible; ms-office; MSOffice 16)", "GoogleImageProxy", "", "curl/8"]


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


@pytest.fixture
def booking(cast) -> Booking:
    """Robin with Ana on Friday 27 November 2026 at 14:20."""
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room}
    return make.booking(start=at(14, 20, days=4), client=make.client(name="Robin Hale"), **words)


def address(booking, scope="view") -> str:
    return f"/b/{links.make(booking, scope)}/" + {"view": ""}.get(scope, f"{scope}/")


def stands(booking) -> tuple:
    booking.refresh_from_db()
    return booking.status, booking.during.lower, booking.edition


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


def move_to(client, booking, start=THURSDAY_ELEVEN, **changes):
    return client.post(address(booking, "move"), {"start": start, "with": "", "edition": booking.edition} | changes)


def test_the_page_says_until_when_and_leads_to_move_and_cancel(client, booking):
    page = client.get(address(booking))
    assert "Free to change or cancel until Thursday 26 November 2026, 14:20." in text(page)
    assert address(booking, "move") in page.text and address(booking, "cancel") in page.text
    assert '<span class="slot own" aria-current="true" data-start="2026-11-27T14:20Z">14:20' in page.text


@pytest.mark.parametrize("scope", ["view", "move", "cancel"])
def test_a_mail_scanner_that_opens_the_links_changes_nothing(client, booking, scope):
    for agent in SCANNERS:
        for look in (client.get, client.head):
            assert look(address(booking, scope), HTTP_USER_AGENT=agent).status_code == 200
            assert look(address(booking, scope), {"start": THURSDAY_ELEVEN}, HTTP_USER_AGENT=agent).status_code == 200
    assert (stands(booking), booking.version) == (("booked", at(14, 20, days=4), 1), 1)


def test_the_chosen_time_is_shown_beside_the_present_one_before_anything_moves(client, booking):
    page = text(client.get(address(booking, "move"), {"start": THURSDAY_ELEVEN, "with": ""}))
    assert "Move it to this time?" in page and "Move to Thursday 11:00 with Ana" in page
    assert "Now: Friday 27 November 2026, 14:20 to 14:50, with Ana." in page
    assert stands(booking)[2] == 1


def test_the_last_button_moves_and_the_page_says_so(client, booking):
    answer = move_to(client, booking)
    assert (answer.status_code, stands(booking)) == (303, ("booked", at(11, days=3), 2))
    assert booking.events.get().by == "client"
    assert "Moved. We expect you on Thursday 26 November 2026, 11:00 to 11:30, with Ana." in text(
        client.get(answer["Location"])
    )


def test_her_own_time_counts_as_free(client, booking):
    assert move_to(client, booking, "2026-11-27T14:30Z").status_code == 303
    assert stands(booking)[1] == at(14, 30, days=4)


def test_a_move_over_the_change_of_the_clock_says_the_hours_on_the_wall(client, cast):
    set_clock(at(12, days=120))  # Tuesday 23 March 2027; the clocks go forward on Sunday the 28th
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "client": make.client()}
    booking = make.booking(start=at(9, days=124), **words)
    page = text(client.get(address(booking, "move"), {"start": "2027-03-29T09:00Z"}))
    assert "Move to Monday 10:00 with Ana" in page and "Now: Saturday 27 March 2027, 9:00 to 9:30" in page
    moved = client.post(address(booking, "move"), {"start": "2027-03-29T09:00Z", "edition": 1}, follow=True)
    assert "until Sunday 28 March 2027, 10:00." in text(moved) and booking.events.get().verb == "moved"


def test_a_time_that_has_just_gone_gives_the_nearest_and_keeps_the_session(client, cast, booking):
    for person, room in ((cast.ana, cast.mat_room), (cast.mei, cast.bar_room)):
        make.booking(therapist=person, length=cast.back30, room=room, start=at(11, days=3))
    answer = move_to(client, booking)
    assert (answer.status_code, stands(booking)[2]) == (409, 1)
    assert "That time has just gone" in text(answer)
    assert "Your session stays as it was: Friday 27 November 2026, 14:20 to 14:50, with Ana." in text(answer)
    assert len(re.findall('class="slot"', answer.text)) == 3


def test_a_nearest_time_leads_on(client, cast, booking):
    page = text(client.get(address(booking, "move"), {"start": "2026-11-26T11:10Z back-30 mei"}))
    assert "Move to Thursday 11:10 with Mei" in page


def test_a_chosen_time_that_is_taken_when_looked_at_gives_the_nearest(client, cast, booking):
    make.booking(therapist=cast.mei, length=cast.back30, room=cast.bar_room, start=at(11, days=3))
    answer = client.get(address(booking, "move"), {"start": THURSDAY_ELEVEN, "with": "mei"})
    assert answer.status_code == 409
    assert "Nearest with Mei" in text(answer)


@pytest.mark.parametrize("start", ["", "9", "2026-11-26", "9999-12-31T23:59Z", "0001-01-01T00:00Z", "\x00", "x" * 5000])
def test_a_start_that_is_none_is_said_plainly(client, booking, start):
    answers = [move_to(client, booking, start), client.get(address(booking, "move"), {"start": start})]
    assert [answer.status_code in (400, 409, 422) for answer in answers] == [True, True]
    assert stands(booking)[2] == 1


def test_too_soon_is_refused_as_when_booking(client, cast, booking):
    type(cast.place).objects.filter(pk=cast.place.pk).update(lead_minutes=60)
    answer = move_to(client, booking, "2026-11-23T12:30Z")
    assert (answer.status_code, stands(booking)[2]) == (409, 1)
    assert "We need a little more notice for this time." in text(answer)


def test_the_second_of_two_tabs_sees_how_it_stands_now(client, booking):
    move_to(client, booking)
    answer = client.post(address(booking, "move"), {"start": "2026-11-26T15:00Z", "edition": 1})
    assert (answer.status_code, stands(booking)) == (409, ("booked", at(11, days=3), 2))
    assert "Your booking was changed meanwhile: it is on Thursday 26 November 2026, 11:00 with Ana now." in text(answer)


def test_the_row_has_the_last_word_about_a_move(cast, booking):
    seen = Booking.objects.select_related("location", "length__treatment").get(pk=booking.pk)
    actions.confirm(booking=booking, by=CLIENT, now=NOW)
    wish = actions.moving.Wish(cast.place, cast.back30, None, at(11, days=3).date(), days=1)
    with pytest.raises(actions.Stale):
        actions.move_own(booking=seen, wish=wish, start=at(11, days=3), now=NOW)


@pytest.mark.parametrize(("seconds", "status"), [(-1, 303), (0, 409)])
def test_she_moves_it_herself_while_that_is_free(client, booking, seconds, status):
    set_clock(booking.free_cancel_until + timedelta(seconds=seconds))
    answer = move_to(client, booking, "2026-11-27T16:00Z")
    assert answer.status_code == status
    assert ("This session cannot be moved here" in text(answer)) == (status == 409)


def test_afterwards_both_pages_say_the_rule_and_the_phone(client, booking):
    set_clock(booking.free_cancel_until)
    pages = [text(client.get(address(booking, scope))) for scope in ("view", "move", "cancel")]
    rule = "The session is less than 24 hours away, so its full price is due if you cancel."
    assert [rule in page and "01632 960 123" in page for page in pages] == [True, True, True]


def test_before_the_page_says_that_cancelling_is_free_and_until_when(client, booking):
    page = text(client.get(address(booking, "cancel")))
    assert "Cancelling is free until Thursday 26 November 2026, 14:20, so it costs you nothing now." in page
    assert "Yes, cancel this session" in page


def test_afterwards_the_button_says_what_is_due(client, booking):
    set_clock(booking.free_cancel_until)
    page = text(client.get(address(booking, "cancel")))
    assert "Cancelling was free until Thursday 26 November 2026, 14:20." in page
    assert "Cancel it, £45 is due" in page


def test_cancelled_is_all_that_the_link_says_then(client, booking):
    answer = client.post(address(booking, "cancel"), {"edition": 1}, follow=True)
    assert (answer.redirect_chain, stands(booking)[0]) == ([(address(booking), 303)], "cancelled")
    page = text(answer)
    assert "This booking is cancelled." in page and "/book/?where=weir-lane&amp;treatment=back-30" in answer.text
    assert [words in page for words in ("Robin", "Ana", "14:20", booking.reference)] == [False] * 4


@pytest.mark.parametrize(
    "path", ["move/", "confirm/", "cancel/", "wishes/", "details/", "contact/", "sooner/", "booked/"]
)
def test_after_a_cancellation_every_link_leads_to_that_one_page(client, booking, path):
    token = links.make(booking, {"booked/": "view"}.get(path, path.strip("/")))
    session = client.session
    session["booked"] = [booking.pk]
    session.save()
    Booking.objects.update(status="cancelled", screening="missing")
    answers = [look(f"/b/{token}/{path}") for look in (client.get, client.head)]
    assert [answer.get("Location") for answer in answers] == [address(booking)] * 2
    if path != "booked/":
        assert client.post(f"/b/{token}/{path}", {"edition": 1})["Location"] == address(booking)


def test_the_page_asks_whether_she_comes_and_the_button_says_so(client, booking):
    page = client.get(address(booking)).text
    way = re.search(r'action="(/b/[^"]+/confirm/)"', page)[1]
    assert client.post(way, {"edition": 1})["Location"] == way
    booking.refresh_from_db()
    page = text(client.get(address(booking)))
    assert booking.confirmed_at == NOW
    assert ("Yes, I am coming" in page, "You have told us that you are coming." in page) == (False, True)


def test_cancelling_twice_cancels_once(client, booking):
    for _ in range(2):
        assert client.post(address(booking, "cancel"), {"edition": 1}).status_code == 303
    assert [event.verb for event in booking.events.all()] == ["cancelled"]


@pytest.mark.parametrize(("typed", "status"), [({"edition": "1"}, 409), ({"edition": "x"}, 409), ({}, 422)])
def test_a_session_that_was_moved_since_is_not_cancelled_unseen(client, booking, typed, status):
    move_to(client, booking)
    answer = client.post(address(booking, "cancel"), typed)
    assert (answer.status_code, stands(booking)[0]) == (status, "booked")
    assert "Nothing is cancelled yet." in text(answer) and "Thursday 26 November 2026" in text(answer)


@pytest.mark.parametrize("change", [{"edition": 2}, {"status": "arrived"}, {"status": "cancelled"}])
def test_the_row_has_the_last_word_about_cancelling(booking, change):
    Booking.objects.filter(pk=booking.pk).update(**change)
    with pytest.raises((actions.Stale, actions.WrongStep)):
        actions.cancel_own(booking=booking, now=NOW)


def test_a_session_that_has_begun_is_neither_moved_nor_cancelled(client, booking):
    set_clock(booking.during.lower)
    assert "Your session has begun." in text(client.get(address(booking)))
    assert client.post(address(booking, "cancel"), {"edition": 1}).status_code == 409
    assert "This session can no longer be cancelled here" in text(client.get(address(booking, "cancel")))
    assert stands(booking) == ("booked", at(14, 20, days=4), 1)


def test_a_link_used_after_the_session_says_so_and_offers_another(client, booking):
    set_clock(booking.during.upper)
    page = client.get(address(booking))
    assert "This session is over." in text(page)
    assert "Same again?" in text(page) and "Cancel it" not in text(page)


def test_the_desk_moved_it_first(client, cast, booking):
    wish = actions.moving.Wish(cast.place, cast.back30, cast.mei, at(9, days=3).date(), days=1)
    desk = actions.Change(by=Actor("staff"), now=NOW)
    actions.move(booking=booking, wish=wish, start=at(9, days=3), change=desk)
    answer = client.post(address(booking, "move"), {"start": THURSDAY_ELEVEN, "edition": 1})
    assert (answer.status_code, stands(booking)) == (409, ("booked", at(9, days=3), 2))


def test_what_is_no_longer_offered_online_is_moved_by_phone(client, cast, booking):
    type(cast.back30).objects.filter(pk=cast.back30.pk).update(on_menu=False)
    assert "This session cannot be moved here" in text(client.get(address(booking, "move")))
    assert "This session can no longer be moved here." in text(client.get(address(booking)))


def test_whom_she_asked_for_is_asked_for_again_until_she_says_anyone(client, booking):
    Booking.objects.filter(pk=booking.pk).update(asked_for_therapist=True)
    page = client.get(address(booking, "move"))
    assert "free times with Ana" in text(page)
    assert "free times with anyone" in text(client.get(address(booking, "move"), {"with": ""}))


@pytest.mark.parametrize("scope", ["view", "confirm", "cancel", "move", "reach"])
def test_a_link_opens_only_what_it_was_made_for(client, booking, scope):
    paths = {"move": "move/", "cancel": "cancel/"}
    opened = [
        name for name, path in paths.items() if client.get(f"/b/{links.make(booking, scope)}/{path}").status_code == 200
    ]
    assert opened == [name for name in paths if name == scope]


def test_moving_is_counted(client, booking):
    for _ in range(20):
        assert move_to(client, booking, "2026-11-29T11:00Z").status_code == 409
    assert move_to(client, booking).status_code == 429


def test_the_same_pages_take_the_same_statements(client, booking, django_assert_num_queries):
    for scope in ("view", "move", "cancel"):
        client.get(address(booking, scope))
    for scope, count in (("view", 13), ("move", 6), ("cancel", 3)):
        with django_assert_num_queries(count):
            client.get(address(booking, scope))
