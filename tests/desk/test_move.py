"""Moving a session from the desk: the client's own list of times, soft rules with a reason, and taking it back."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from bookings.models import Booking, Message
from tests import factories as make
from tests.desk.people import robins
from tests.factories import NOW, at, span

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]


@pytest.fixture
def robin(cast) -> Booking:
    """Robin's session at 14:00, of which she has her confirmation."""
    made = robins(cast)
    make.message(booking=made, key=f"booking/{made.pk}/confirmation/mail/1", state="sent", sent_at=NOW)
    return made


def path(booking, name="desk_move") -> str:
    return reverse(name, args=[booking.pk])


def move(client, booking, start, **words):
    words = {"start": start.isoformat(), "therapist": booking.therapist_id, "version": booking.version} | words
    return client.post(path(booking), words)


def fresh(booking) -> Booking:
    return Booking.objects.get(pk=booking.pk)


def test_the_page_lists_the_free_times_as_clients_see_them(client, robin):
    page = client.get(path(robin)).text
    assert '<button class="slot" name="start" value="2026-11-23T16:00Z">16:00' in page
    assert "Back on the mat, 30 minutes with Ana, now Monday 23 November 2026, 14:00 to 14:30" in page


def test_her_own_time_counts_as_free_and_what_others_have_does_not(client, cast, robin):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.bar_room, start=at(16))
    page = client.get(path(robin)).text
    assert ('value="2026-11-23T14:00Z"' in page, 'value="2026-11-23T16:00Z"' in page) == (True, False)


def test_another_day_and_anyone(client, cast, robin):
    page = client.get(path(robin), {"day": "2026-11-25", "therapist": ""}).text
    assert "Wednesday 25 November 2026" in page
    assert "with Ana or Mei" in page


@pytest.mark.parametrize("query", ["day=x", "day=0001-01-01", "therapist=999999", "therapist=x%00", "day=2026-11-01"])
def test_nonsense_in_the_address_harms_nothing(client, robin, query):
    assert client.get(f"{path(robin)}?{query}").status_code == 200


def test_a_move_is_made_said_and_told_in_three_minutes(client, dee, robin):
    answer = client.post(path(robin), {"start": "2026-11-23T16:00Z", "therapist": "", "version": 1}, follow=True)
    done = fresh(robin)
    assert (done.during.lower, done.version, done.events.get().actor) == (at(16), 2, dee)
    assert "Moved Robin Hale to Monday 23 November 2026, 16:00 to 16:30, with Ana." in answer.text
    assert Message.objects.get(kind="moved", state="queued").due_at == at(12, 3)


@pytest.mark.parametrize(("tell", "told"), [("now", [NOW]), ("not", [])])
def test_the_client_is_told_now_or_not(client, robin, tell, told):
    move(client, robin, at(16), tell=tell)
    assert list(Message.objects.filter(kind="moved").values_list("due_at", flat=True)) == told


def test_undo_inside_the_delay_sends_nothing(client, robin):
    page = client.post(path(robin), {"start": "2026-11-23T16:00Z", "version": 1}, follow=True).text
    assert f'action="{path(robin, "desk_undo")}?version=2"' in page
    assert client.post(f"{path(robin, 'desk_undo')}?version=2").status_code == 303
    assert (fresh(robin).during.lower, Message.objects.filter(kind="moved", state="queued").count()) == (at(14), 0)


def test_what_was_never_changed_cannot_be_taken_back(client, robin):
    answer = client.post(path(robin, "desk_undo"), {"version": 1})
    assert (answer.status_code, "There is nothing to take back" in answer.text) == (409, True)


def test_a_taken_time_is_refused_with_the_nearest_and_moves_there(client, cast, robin):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.bar_room, start=at(16))
    answer = move(client, robin, at(16))
    assert (answer.status_code, "That time is taken" in answer.text) == (409, True)
    near = answer.context["near"][0]["slots"][0]["value"]
    assert client.post(path(robin), {"start": near, "therapist": cast.ana.pk, "version": 1}).status_code == 303


def test_a_rule_of_the_studio_asks_for_a_reason_which_is_kept(client, robin):
    answer = move(client, robin, at(19))
    assert (answer.status_code, fresh(robin).version) == (422, 1)
    assert "We are closed at that time. You may do it all the same: write why." in answer.text
    assert move(client, robin, at(19), reason="Ana stays longer").status_code == 303
    assert fresh(robin).events.get().reason == "Ana stays longer"


@pytest.mark.parametrize("reason", ["", "please"])
def test_no_reason_moves_into_the_past(client, robin, reason):
    answer = move(client, robin, at(11), reason=reason)
    assert (answer.status_code, "This time is over." in answer.text, fresh(robin).version) == (409, True, 1)


def test_nobody_is_given_what_she_does_not_give(client, cast):
    booking = make.booking(therapist=cast.ana, length=cast.oil30, room=cast.bar_room, start=at(15))
    answer = move(client, booking, at(16), therapist=cast.mei.pk)
    assert (answer.status_code, "Mei does not give this treatment." in answer.text) == (422, True)
    assert move(client, booking, at(16), therapist=cast.ana.pk).status_code == 303


def by_room(client, booking, room, start=None):
    return move(client, booking, start or booking.during.lower, therapist="same", room=room, tell="not")


def test_from_the_board_by_rooms_therapist_and_time_stay(client, cast, robin):
    assert by_room(client, robin, cast.bar_room.pk).status_code == 303
    done = fresh(robin)
    assert (done.room, done.therapist, done.during.lower) == (cast.bar_room, cast.ana, at(14))
    assert not Message.objects.filter(kind="moved").exists()


def test_a_room_that_is_taken_or_lacks_the_props_is_refused_by_name(client, cast):
    oil = robins(cast, length=cast.oil30, room=cast.bar_room)
    page = by_room(client, oil, cast.mat_room.pk).text
    assert "Mat room has not what this treatment needs." in page
    back = robins(cast, therapist=cast.mei, client=make.client(), start=at(16))
    make.booking(therapist=cast.ana, length=cast.oil30, room=cast.bar_room, start=at(16))
    assert "Bar room is not free at that time." in by_room(client, back, cast.bar_room.pk).text
    assert (fresh(oil).version, fresh(back).version) == (1, 1)


def test_no_room_is_another_matter_than_no_time(client, cast, robin):
    for person, room in ((cast.mei, cast.mat_room), (cast.ana, cast.bar_room)):
        make.booking(therapist=person, length=cast.back30, room=room, start=at(16))
    third = make.therapist(name="Io", styles=(cast.mat,))
    make.working_hours(therapist=third, location=cast.place, weekday=0)
    page = move(client, robin, at(16), therapist=third.pk).text
    assert ("There is no room for it" in page, "No suitable room is free" in page) == (True, True)


@pytest.mark.parametrize("room", ["x", "0", "9" * 19, "9" * 30])
def test_a_room_that_is_none_moves_nothing(client, robin, room):
    assert (by_room(client, robin, room).status_code, fresh(robin).version) == (422, 1)


def test_only_those_who_work_at_the_place_stand_in_the_list(client, cast, robin):
    far, guest = (make.therapist(name=name, styles=(cast.mat,), order=3) for name in ("Noa", "Io"))
    make.working_hours(therapist=far, location=make.location(slug="mill", name="Mill"), weekday=0)
    make.extra_hours(therapist=guest, location=cast.place, during=span(at(9, days=3), 60))
    names = [name for _key, name in client.get(path(robin)).context["where"].fields["therapist"].choices]
    assert names == ["Anyone", "Ana", "Mei", "Io"]
    for address in ("/desk/book/", "/desk/why/"):
        assert [one.name for one in client.get(address).context["people"]] == ["Ana", "Mei", "Io"]


def test_no_room_without_its_props(client, cast):
    booking = make.booking(therapist=cast.ana, length=cast.oil30, room=cast.bar_room, start=at(15))
    make.closure(location=cast.place, room=cast.bar_room, during=span(at(16), 60))
    assert move(client, booking, at(16), reason="please").status_code == 409
    assert move(client, booking, at(17)).status_code == 303


def test_a_stale_card_says_what_changed_and_keeps_what_was_typed(client, robin):
    move(client, robin, at(16))
    answer = move(client, robin, at(17), reason="The bus was late", tell="not")
    assert (answer.status_code, fresh(robin).during.lower) == (409, at(16))
    assert "Dee Moss moved the session. It was Monday 23 November 2026, 14:00 to 14:30." in " ".join(
        answer.text.split()
    )
    assert ('name="version" value="2"' in answer.text, 'value="not" checked' in answer.text) == (True, True)


def test_a_day_and_a_time_may_be_typed(client, robin):
    words = {"day": "2026-11-24", "at": "9:00", "therapist": "", "version": 1}
    assert client.post(path(robin), words).status_code == 303
    assert fresh(robin).during.lower == at(9, days=1)


@pytest.mark.parametrize(
    "words",
    [
        {"start": "14:20"},
        {"start": "9999-12-31T23:59Z"},
        {"start": "2026-11-23T14:02Z"},
        {"day": "2026-11-24"},
        {"day": "2026-11-24", "at": "9:02"},
        {"day": "x", "at": "y"},
        {"start": "2026-11-23T16:00Z", "tell": "loudly"},
        {"start": "2026-11-23T16:00Z", "reason": "x" * 201},
        {"start": "2026-11-23T16:00Z", "version": "old"},
    ],
)
def test_what_is_no_time_moves_nothing(client, robin, words):
    answer = client.post(path(robin), {"version": 1} | words)
    assert (answer.status_code, fresh(robin).version) == (422, 1)


def test_a_cancelled_session_leads_to_its_card(client, cast):
    booking = robins(cast, status="cancelled")
    assert client.get(path(booking)).url == path(booking, "desk_booking")
    assert move(client, booking, at(16)).status_code == 409


@pytest.mark.parametrize("others", [0, 8])
def test_the_page_takes_as_many_queries_however_full_the_day(client, cast, robin, others, django_assert_num_queries):
    for number in range(others):
        make.booking(therapist=cast.mei, length=cast.back20, room=cast.bar_room, start=at(9 + number))
    client.get(path(robin))
    with django_assert_num_queries(2 + 11):
        client.get(path(robin))


def test_one_click_from_the_list_says_why_a_time_of_that_day_is_not_there(client, cast, robin):
    asked = f"/desk/why/?place=weir-lane&length={cast.back30.pk}&day="
    assert client.get(path(robin)).context["why"] == f"{asked}2026-11-23&therapist={cast.ana.pk}"
    assert client.get(path(robin), {"day": "2026-11-24", "therapist": ""}).context["why"] == f"{asked}2026-11-24"


def test_a_time_that_was_refused_is_asked_about(client, cast, robin):
    make.time_off(therapist=cast.ana, during=span(at(15), 60))
    why = move(client, robin, at(15)).context["why"]
    assert parse_qs(urlsplit(why).query)["start"] == [at(15).isoformat()]
    assert "Why is a time not offered?" in client.get(why).text
