"""Booking at the desk, in the studio's words. Monday 23 November 2026, 12:00, is now."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from bookings import actions
from bookings.actions import Change, NewClient, Tell
from bookings.availability import Wish
from bookings.models import Booking, Message
from bookings.models.event import Actor
from bookings.outbox.delivery import out_of_date
from bookings.scheduling.offers import Reason
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
STAFF = Change(by=Actor("staff"), now=NOW)
KIM = NewClient("Kim", phone="+447700900456")


@pytest.fixture
def cast():
    return make.small_studio(lead_minutes=60)


def book(cast, client=KIM, start=None, **words) -> Booking:
    start = start or at(9, days=1)
    wish = Wish(cast.place, cast.back30, words.pop("therapist", cast.ana), start.date(), days=1)
    known = {"change": STAFF, "key": uuid4()}
    return actions.book_at_desk(wish=wish, start=start, client=client, **known | words)


def test_a_first_name_and_a_number_are_enough_and_the_card_says_what_is_missing(cast):
    booked = book(cast)
    assert (booked.status, booked.source, booked.name, booked.phone) == ("booked", "desk", "Kim", "+447700900456")
    assert (booked.screening, booked.lacks_answers, booked.asked_for_therapist) == ("missing", True, False)
    assert (booked.client.name, booked.client.phone, booked.client.email) == ("Kim", "+447700900456", "")
    assert [(event.verb, event.by) for event in booked.events.all()] == [("booked", "staff")]


def test_a_known_client_keeps_her_record_and_hears_by_her_own_address(cast):
    robin = make.client(name="Robin Hale", email="robin@mail.example", language="es")
    booked = book(cast, robin, screening="clear", note="Left hip", asked_for=True)
    assert (booked.client, booked.email, booked.language) == (robin, "robin@mail.example", "es")
    assert (booked.note, booked.lacks_answers, booked.asked_for_therapist) == ("Left hip", False, True)
    assert Message.objects.get(kind="confirmation").recipient == "robin@mail.example"
    assert Client.objects.count() == 1


def test_the_same_key_is_the_same_booking(cast):
    key = uuid4()
    first, again = book(cast, key=key), book(cast, key=key)
    assert (first.pk, Booking.objects.count(), Client.objects.count()) == (again.pk, 1, 1)


def test_a_typed_address_that_a_record_has_stays_with_that_record(cast):
    robin = make.client(email="robin@mail.example")
    booked = book(cast, NewClient("Kim", email="Robin@mail.example"))
    assert (booked.client != robin, booked.client.email, booked.email) == (True, "", "Robin@mail.example")


def test_a_client_who_vanished_meanwhile_is_said_and_nothing_is_booked(cast):
    robin = make.client()
    Client.objects.all().delete()
    with pytest.raises(actions.NoSuchClient):
        book(cast, robin)
    assert Booking.objects.count() == 0


def test_what_is_taken_is_refused_with_times_near_it(cast):
    book(cast)
    with pytest.raises(actions.SlotTaken) as taken:
        book(cast, change=replace(STAFF, reason="please"))
    assert (len(taken.value.nearest), Client.objects.count()) == (3, 1)
    assert book(cast, therapist=cast.mei).room == cast.bar_room


def test_with_anyone_the_least_loaded_takes_it(cast):
    book(cast, start=at(16, days=1))
    assert book(cast, therapist=None).therapist == cast.mei


@pytest.mark.parametrize(("start", "reason"), [(at(12, 10), Reason.NOTICE), (at(18, days=1), Reason.CLOSED)])
def test_notice_and_hours_ask_the_desk_for_a_reason(cast, start, reason):
    with pytest.raises(actions.NeedsReason) as asked:
        book(cast, start=start)
    assert asked.value.explanation.reason == reason
    booked = book(cast, start=start, change=replace(STAFF, reason="Ana stays"))
    assert booked.events.get().reason == "Ana stays"


def test_whoever_stands_at_the_desk_needs_no_notice_but_the_therapist_her_rest(cast):
    assert book(cast, start=at(12, 5), source="walk_in").source == "walk_in"
    make.limit(therapist=cast.mei, sessions=0)
    with pytest.raises(actions.NeedsReason) as asked:
        book(cast, start=at(12, 5), source="walk_in", therapist=cast.mei)
    assert asked.value.explanation.reason == Reason.LIMIT


def test_a_start_that_has_just_begun_is_not_over_for_whoever_stands_at_the_desk(cast):
    typed = replace(STAFF, now=NOW + timedelta(minutes=4, seconds=59))
    with pytest.raises(actions.NotOffered):
        book(cast, start=at(12), change=replace(typed, reason="please"))
    assert book(cast, start=at(12), change=typed, source="walk_in").during.lower == at(12)
    with pytest.raises(actions.NotOffered):
        book(cast, start=at(12), change=replace(typed, now=NOW + timedelta(minutes=5)), source="walk_in")


def test_whoever_is_booked_in_the_first_minutes_still_gets_her_confirmation(cast):
    typed = replace(STAFF, now=NOW + timedelta(minutes=4))
    booked = book(cast, make.client(), start=at(12), change=typed, source="walk_in")
    row = booked.messages.get(kind="confirmation")
    assert (row.due_at, row.useful_until, out_of_date(row, typed.now)) == (typed.now, at(12, 30), "")


def test_no_reason_books_the_past_or_what_she_does_not_give(cast):
    told = replace(STAFF, reason="please")
    with pytest.raises(actions.NotOffered):
        book(cast, start=at(11, 55), change=told, source="walk_in")
    wish = Wish(cast.place, cast.oil30, cast.mei, date(2026, 11, 24), days=1)
    with pytest.raises(actions.NotOffered):
        actions.book_at_desk(wish=wish, start=at(9, days=1), client=KIM, change=told, key=uuid4())


def test_a_confirmation_may_be_left_out_and_the_timeline_stays(cast):
    robin = make.client()
    booked = book(cast, robin, change=replace(STAFF, tell=Tell.NOT), start=at(9, days=3))
    kinds = set(booked.messages.values_list("kind", flat=True))
    assert ("confirmation" in kinds, "day_before" in kinds) == (False, True)
