"""Hold and book, in the studio's words. Monday 23 November 2026, 12:00, is now."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from bookings import actions
from bookings.availability import Wish
from bookings.models import Booking, BookingEvent, Message
from bookings.models.event import CLIENT
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)
ROBIN = actions.Details(name="Robin Hale", email="robin@mail.example")


@pytest.fixture
def cast():
    return make.small_studio(lead_minutes=60)


def wish(cast, therapist=None, length=None) -> Wish:
    return Wish(cast.place, length or cast.back30, therapist, TUESDAY, days=1)


def holder(address: str = "192.0.2.1") -> actions.Holder:
    return actions.Holder(uuid4(), address)


def test_holding_a_time_takes_the_therapist_and_a_room_for_ten_minutes(cast):
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=holder(), now=NOW)
    assert (held.status, held.therapist, held.room) == ("held", cast.ana, cast.mat_room)
    assert held.hold_expires_at == NOW + timedelta(minutes=10)
    assert (held.therapist_block.upper, held.room_block.upper) == (at(9, 40, days=1), at(9, 40, days=1))


def test_a_held_time_is_taken_for_others_until_the_hold_runs_out(cast):
    actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=holder(), now=NOW)
    with pytest.raises(actions.SlotTaken):
        actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=holder(), now=NOW + timedelta(minutes=9))
    later = NOW + timedelta(minutes=10)
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=holder(), now=later)
    assert held.status == "held"


def test_just_taken_says_the_nearest_with_her_with_anyone_and_of_another_length(cast):
    actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=holder(), now=NOW)
    with pytest.raises(actions.SlotTaken) as taken:
        actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=holder(), now=NOW)
    assert [suggestion.kind for suggestion in taken.value.nearest] == ["same", "anyone", "length"]
    assert taken.value.nearest[1].offer.start == at(9, days=1)
    assert taken.value.nearest[1].offer.therapists == (cast.mei,)


def test_anyone_means_the_least_loaded_that_day(cast):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.bar_room, start=at(15, days=1))
    held = actions.hold(wish=wish(cast), start=at(9, days=1), holder=holder(), now=NOW)
    assert held.therapist == cast.mei


def test_among_equals_anyone_means_the_longest_rested(cast):
    make.booking(therapist=cast.mei, length=cast.back30, room=cast.mat_room, start=at(9, days=1))
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(10, days=1))
    held = actions.hold(wish=wish(cast), start=at(14, days=1), holder=holder(), now=NOW)
    assert held.therapist == cast.mei


def test_the_least_equipped_free_room_is_taken_and_the_next_one_after_it(cast):
    first = actions.hold(wish=wish(cast), start=at(9, days=1), holder=holder(), now=NOW)
    second = actions.hold(wish=wish(cast), start=at(9, days=1), holder=holder(), now=NOW)
    assert (first.room, second.room) == (cast.mat_room, cast.bar_room)


def test_a_new_hold_of_the_same_session_gives_the_old_one_back(cast):
    me = holder()
    first = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    actions.hold(wish=wish(cast, cast.ana), start=at(9, 10, days=1), holder=me, now=NOW)
    first.refresh_from_db()
    assert first.status == "expired"


def test_a_refused_hold_leaves_the_old_one_standing(cast):
    me = holder()
    mine = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    actions.hold(wish=wish(cast, cast.ana), start=at(11, days=1), holder=holder(), now=NOW)
    with pytest.raises(actions.SlotTaken):
        actions.hold(wish=wish(cast, cast.ana), start=at(11, days=1), holder=me, now=NOW)
    mine.refresh_from_db()
    assert mine.status == "held"


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (at(11), "past"),
        (at(12, 50), "notice"),
        (at(9, days=61), "horizon"),
        (at(19, days=1), "closed"),
        (at(9, days=6), "closed"),
    ],
)
def test_times_that_were_never_to_be_had(cast, start, reason):
    with pytest.raises(actions.NotOffered) as refused:
        actions.hold(wish=wish(cast), start=start, holder=holder(), now=NOW)
    assert refused.value.explanation.reason == reason


def test_a_time_between_two_ticks_is_not_to_be_had(cast):
    with pytest.raises(actions.SlotTaken):
        actions.hold(wish=wish(cast), start=at(9, 0, days=1) + timedelta(seconds=1), holder=holder(), now=NOW)


def test_a_length_the_therapist_does_not_give(cast):
    with pytest.raises(actions.NotOffered) as refused:
        actions.hold(wish=wish(cast, cast.mei, cast.oil30), start=at(9, days=1), holder=holder(), now=NOW)
    assert refused.value.explanation.reason == "style"


def test_one_address_holds_twenty_times_and_not_one_more(cast, monkeypatch):
    monkeypatch.setattr("bookings.actions.holding.HOLDS_PER_ADDRESS", 2)
    for hour in (9, 10):
        actions.hold(wish=wish(cast, cast.ana), start=at(hour, days=1), holder=holder(), now=NOW)
    with pytest.raises(actions.TooManyHolds):
        actions.hold(wish=wish(cast, cast.ana), start=at(11, days=1), holder=holder(), now=NOW)
    elsewhere = holder("192.0.2.2")
    assert actions.hold(wish=wish(cast, cast.ana), start=at(11, days=1), holder=elsewhere, now=NOW).status == "held"


def test_a_hold_is_kept_for_half_an_hour_at_most(cast):
    me = holder()
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    for minutes, until in ((5, 15), (14, 24), (23, 30)):
        kept = actions.keep_longer(key=held.key, holder=me, now=NOW + timedelta(minutes=minutes))
        assert kept.hold_expires_at == NOW + timedelta(minutes=until)
    with pytest.raises(actions.HoldLimit):
        actions.keep_longer(key=held.key, holder=me, now=NOW + timedelta(minutes=29))


def test_booking_a_held_time_keeps_what_was_agreed_and_queues_the_confirmation(cast):
    me = holder()
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    booked = actions.book(key=held.key, holder=me, details=ROBIN, now=NOW)
    assert (booked.status, booked.name, booked.treatment_name) == ("booked", "Robin Hale", "Back on the mat")
    assert (booked.price, booked.minutes, booked.free_cancel_until) == (cast.back30.price, 30, at(9))
    assert list(Message.objects.filter(due_at=NOW).values_list("kind", "state", "recipient")) == [
        ("confirmation", "queued", "robin@mail.example")
    ]
    assert list(BookingEvent.objects.values_list("verb", "by")) == [("booked", "client")]


def test_asked_twice_one_booking_and_one_confirmation(cast):
    me = holder()
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    first = actions.book(key=held.key, holder=me, details=ROBIN, now=NOW)
    again = actions.book(key=held.key, holder=me, details=replace(ROBIN, name="Other"), now=NOW)
    assert (again.pk, again.reference, again.name) == (first.pk, first.reference, "Robin Hale")
    assert (Booking.objects.ahead().count(), Message.objects.filter(kind="confirmation").count()) == (1, 1)


def test_a_foreign_hold_cannot_be_booked(cast):
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=holder(), now=NOW)
    with pytest.raises(actions.NoSuchHold):
        actions.book(key=held.key, holder=holder(), details=ROBIN, now=NOW)


def test_a_hold_that_ran_out_still_books_while_the_time_is_free(cast):
    me = holder()
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    booked = actions.book(key=held.key, holder=me, details=ROBIN, now=NOW + timedelta(minutes=45))
    assert (booked.pk, booked.status) == (held.pk, "booked")


def test_a_hold_that_ran_out_and_was_taken_says_so_with_times_near_it(cast):
    me, other, later = holder(), holder(), NOW + timedelta(minutes=11)
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=other, now=later)
    with pytest.raises(actions.SlotTaken) as taken:
        actions.book(key=held.key, holder=me, details=ROBIN, now=later)
    assert len(taken.value.nearest) == 3


def test_a_hold_that_ran_out_moves_to_another_room_when_its_room_is_taken(cast):
    me, later = holder(), NOW + timedelta(minutes=11)
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    actions.hold(wish=wish(cast, cast.mei), start=at(9, 10, days=1), holder=holder(), now=later)
    booked = actions.book(key=held.key, holder=me, details=ROBIN, now=later)
    assert booked.room == cast.bar_room


def test_a_second_session_at_that_time_is_asked_about_and_then_booked_for_a_guest(cast):
    me = holder()
    first = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    first = actions.book(key=first.key, holder=me, details=ROBIN, now=NOW)
    second = actions.hold(wish=wish(cast, cast.mei), start=at(9, days=1), holder=me, now=NOW)
    with pytest.raises(actions.AlreadyThere) as already:
        actions.book(key=second.key, holder=me, details=ROBIN, now=NOW)
    assert already.value.booking == first
    guest = replace(ROBIN, name="Sam Guest", second_guest=True)
    booked = actions.book(key=second.key, holder=me, details=guest, now=NOW)
    first.refresh_from_db()
    assert (booked.client.contact, booked.party) == (first.client, first.party)


def test_typing_a_known_address_changes_nothing_of_that_client(cast):
    known = make.client(name="Robin Hale", email="robin@mail.example", phone="+441632960999")
    me = holder()
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    stranger = replace(ROBIN, name="Somebody Else", email="Robin@Mail.example")
    booked = actions.book(key=held.key, holder=me, details=stranger, now=NOW)
    known.refresh_from_db()
    assert (known.name, known.phone, known.bookings.count()) == ("Robin Hale", "+441632960999", 0)
    assert (booked.client.email, booked.email, Client.objects.count()) == ("", "Robin@Mail.example", 2)


def test_cancelling_frees_the_time_and_withdraws_what_has_not_left(cast):
    me = holder()
    held = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    booked = actions.book(key=held.key, holder=me, details=ROBIN, now=NOW)
    actions.cancel(booking=booked, by=CLIENT, now=NOW, reason="ill")
    assert list(Message.objects.filter(state="queued").values_list("kind", flat=True)) == ["cancelled"]
    assert actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=holder(), now=NOW).status == "held"


def test_a_no_show_gives_the_rest_of_the_time_back_rounded_up_to_five_minutes(cast):
    session = make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(12))
    missed = actions.no_show(booking=session, by=CLIENT, now=at(12, 11))
    assert (missed.therapist_block.upper, missed.room_block.upper) == (at(12, 15), at(12, 15))
    assert missed.during.upper == at(12, 30)


def test_an_early_end_gives_the_rest_back_and_a_late_one_changes_nothing(cast):
    early = make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(12), status="in_session")
    late = make.booking(therapist=cast.mei, length=cast.back30, room=cast.bar_room, start=at(12), status="in_session")
    assert actions.finish(booking=early, by=CLIENT, now=at(12, 20)).therapist_block.upper == at(12, 20)
    assert actions.finish(booking=late, by=CLIENT, now=at(12, 55)).therapist_block.upper == at(12, 40)


def test_a_step_that_the_table_forbids_shows_the_state_it_is_in(cast):
    session = make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, status="cancelled")
    with pytest.raises(actions.WrongStep) as wrong:
        actions.finish(booking=session, by=CLIENT, now=NOW)
    assert wrong.value.booking.status == "cancelled"


def test_a_hold_that_ran_out_and_is_kept_again_replaces_the_other_one(cast):
    me, later = holder(), NOW + timedelta(minutes=11)
    first = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    second = actions.hold(wish=wish(cast, cast.ana), start=at(11, days=1), holder=me, now=NOW)
    actions.keep_longer(key=first.key, holder=me, now=later)
    assert list(Booking.objects.live_holds(later)) == [first]
    second.refresh_from_db()
    assert second.status == "expired"


def test_a_hold_that_ran_out_is_not_kept_again_over_the_cap(cast, monkeypatch):
    monkeypatch.setattr("bookings.actions.holding.HOLDS_PER_ADDRESS", 1)
    me, later = holder(), NOW + timedelta(minutes=11)
    mine = actions.hold(wish=wish(cast, cast.ana), start=at(9, days=1), holder=me, now=NOW)
    actions.hold(wish=wish(cast, cast.ana), start=at(11, days=1), holder=holder(), now=later)
    with pytest.raises(actions.HoldLimit):
        actions.keep_longer(key=mine.key, holder=me, now=later)


def test_one_household_is_one_address():
    assert holder("2001:db8::1").address_mark == holder("2001:db8::2").address_mark
    assert holder("2001:db8::1").address_mark != holder("2001:db8:0:1::1").address_mark
