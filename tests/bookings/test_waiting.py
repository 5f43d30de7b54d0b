"""The waiting list: one offer at a time, in the order of joining, each of them really held."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import actions
from bookings.actions.waiting import MOST_OPEN, MOST_UNANSWERED, Waiting
from bookings.models import Booking, BookingEvent, Message, WaitingEntry, WaitingOffer
from bookings.models.event import CLIENT, Actor
from bookings.outbox import delivery
from clients.consent import agree_to_texts
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at
from tests.refused import refused

pytestmark = pytest.mark.django_db
NINE = at(9, days=1)
LATER = NOW + timedelta(minutes=31)


@pytest.fixture
def cast() -> make.SmallStudio:
    """Ana and Mei at Weir Lane, who are both ill on every day but Tuesday from nine to ten, when Ana is here."""
    made = make.small_studio(gap_rule=False)
    make.time_off(therapist=made.mei, during=make.span(NOW, 60 * 24 * 90))
    make.time_off(therapist=made.ana, during=make.span(NOW, 21 * 60))
    make.time_off(therapist=made.ana, during=make.span(at(9, 40, days=1), 60 * 24 * 90))
    return made


def wait(cast, **fields) -> WaitingEntry:
    """Somebody who waits for the one time that there is."""
    words = {"length": cast.back30, "location": cast.place}
    return make.waiting(**words | fields)


def offered(entry: WaitingEntry) -> list[tuple]:
    return [(one.booking.during.lower, one.outcome) for one in entry.offers.order_by("pk")]


def state(entry: WaitingEntry) -> str:
    entry.refresh_from_db()
    return entry.state


def test_who_joined_first_is_asked_and_the_time_is_hers(cast):
    second, first = wait(cast, created_at=NOW + timedelta(minutes=1)), wait(cast)
    assert actions.plan_offers(NOW) == 1
    held = Booking.objects.get()
    assert (offered(first), offered(second)) == ([(NINE, "open")], [])
    assert (held.status, held.therapist, held.hold_expires_at) == ("held", cast.ana, NOW + timedelta(minutes=30))
    assert (state(first), state(second)) == ("offered", "waiting")


def test_asking_again_offers_nothing_twice(cast):
    wait(cast), wait(cast)
    assert [actions.plan_offers(NOW) for _ in range(3)] == [1, 0, 0]


def test_the_offer_leaves_by_mail_with_the_link(cast, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    wait(cast)
    assert delivery.tick(NOW) == {"sent": 1}
    sent = Message.objects.get()
    assert sent.subject == "Free for you: Tuesday 24 November 2026, 9:00 with Ana"
    assert "We keep it for you until Monday 23 November 2026, 12:30." in " ".join(sent.text.split())
    assert "/w/" in sent.text


def test_who_agreed_to_texts_hears_by_both_ways(cast, settings):
    settings.SMS_BACKEND = "console"
    agree_to_texts("+447700900123", NOW)
    wait(cast, phone="+447700900123", email="robin@mail.example")
    actions.plan_offers(NOW)
    assert set(Message.objects.values_list("channel", "recipient")) == {
        ("mail", "robin@mail.example"), ("sms", "+447700900123"),
    }  # fmt: skip


def test_the_text_of_an_offer_fits_one_text(cast, settings, capsys):
    settings.SMS_BACKEND = "console"
    agree_to_texts("+447700900123", NOW)
    wait(cast, phone="+447700900123")
    delivery.tick(NOW)
    text = Message.objects.get().text
    assert "Free for you: Tuesday 24 November, 9:00 with Ana, kept until 12:30." in text
    assert len(text) <= 160


def test_who_can_only_be_rung_holds_no_time_by_herself(cast):
    entry = wait(cast, phone="+447700900123")
    assert (actions.plan_offers(NOW), state(entry)) == (0, "waiting")


def test_whoever_takes_it_has_booked_that_very_row(cast):
    entry = wait(cast)
    actions.plan_offers(NOW)
    offer = WaitingOffer.objects.get()
    booking = actions.take(offer=offer, now=NOW)
    assert (booking.pk, booking.status, booking.name) == (offer.booking_id, "booked", "Robin Hale")
    assert (state(entry), entry.client, offered(entry)) == ("booked", booking.client, [(NINE, "taken")])
    assert list(Message.objects.filter(state="queued").values_list("kind", flat=True))[:1] == ["confirmation"]


def test_taking_it_twice_is_one_booking(cast):
    wait(cast)
    actions.plan_offers(NOW)
    offer = WaitingOffer.objects.get()
    assert actions.take(offer=offer, now=NOW).pk == actions.take(offer=offer, now=NOW).pk
    assert BookingEvent.objects.filter(verb="booked").count() == 1


def test_a_known_client_stays_herself(cast):
    robin = make.client()
    wait(cast, client=robin, email=robin.email)
    actions.plan_offers(NOW)
    assert actions.take(offer=WaitingOffer.objects.get(), now=NOW).client == robin
    assert Client.objects.count() == 1


def test_what_she_said_about_her_health_is_kept_for_the_booking(cast):
    wait(cast, screening="call_first")
    actions.plan_offers(NOW)
    assert actions.take(offer=WaitingOffer.objects.get(), now=NOW).screening == "call_first"


def test_who_lets_it_go_keeps_her_place_and_the_next_one_is_asked(cast):
    first, second = wait(cast), wait(cast, created_at=NOW + timedelta(minutes=1))
    actions.plan_offers(NOW)
    actions.decline(offer=first.offers.get(), now=NOW)
    assert actions.plan_offers(NOW) == 1
    assert (state(first), offered(first), offered(second)) == ("waiting", [(NINE, "declined")], [(NINE, "open")])


def test_an_offer_without_an_answer_goes_to_the_next(cast):
    first, second = wait(cast), wait(cast, created_at=NOW + timedelta(minutes=1))
    actions.plan_offers(NOW)
    assert actions.plan_offers(NOW + timedelta(minutes=29)) == 0
    assert actions.plan_offers(LATER) == 1
    assert (state(first), offered(first), offered(second)) == ("waiting", [(NINE, "lapsed")], [(NINE, "open")])


def test_late_but_not_too_late_the_time_is_still_hers(cast):
    entry = wait(cast)
    actions.plan_offers(NOW)
    actions.plan_offers(LATER)
    assert actions.take(offer=WaitingOffer.objects.get(), now=LATER).status == "booked"
    assert (state(entry), offered(entry)) == ("booked", [(NINE, "taken")])


def test_when_the_next_one_has_it_the_late_one_hears_so(cast):
    first, _second = wait(cast), wait(cast, created_at=NOW + timedelta(minutes=1))
    actions.plan_offers(NOW)
    actions.plan_offers(LATER)
    with pytest.raises(actions.SlotTaken):
        actions.take(offer=first.offers.get(), now=LATER)
    assert state(first) == "waiting"


def test_after_three_offers_without_an_answer_her_place_is_given_up(cast):
    entry = wait(cast)
    for number in range(MOST_UNANSWERED):
        start = NINE + timedelta(days=number - 30)
        held = make.held(length=cast.back30, therapist=cast.ana, room=cast.mat_room, start=start, held_by=uuid4())
        WaitingOffer.objects.create(entry=entry, booking=held, made_at=NOW)
        WaitingEntry.objects.filter(pk=entry.pk).update(state="offered")
        actions.turns.lapse(offer=entry.offers.latest("pk"), now=LATER)
    assert state(entry) == "lapsed"


def test_leaving_gives_back_what_is_held_and_says_no_more(cast):
    entry = wait(cast)
    actions.plan_offers(NOW)
    actions.leave(entry=entry, now=NOW)
    assert (state(entry), Booking.objects.get().status) == ("left", "expired")
    assert (Message.objects.get().state, actions.plan_offers(NOW)) == ("withdrawn", 0)


def test_after_leaving_nothing_can_be_taken(cast):
    entry = wait(cast)
    actions.plan_offers(NOW)
    actions.leave(entry=entry, now=NOW)
    with pytest.raises(actions.NotWaiting):
        actions.take(offer=entry.offers.get(), now=NOW)
    assert Booking.objects.get().status == "expired"


@pytest.mark.parametrize(
    ("wish", "fits"),
    [
        ({}, True),
        ({"first_on": NOW.date() + timedelta(days=2)}, False),
        ({"last_on": NOW.date(), "first_on": NOW.date()}, False),
        ({"from_minute": 540, "until_minute": 541}, True),
        ({"from_minute": 541}, False),
        ({"until_minute": 540}, False),
    ],
)
def test_only_what_fits_her_days_and_hours_is_offered(cast, wish, fits):
    wait(cast, **wish)
    assert actions.plan_offers(NOW) == fits


@pytest.mark.parametrize(("who", "fits"), [("ana", True), ("mei", False)])
def test_only_her_therapist_is_offered(cast, who, fits):
    wait(cast, therapist=getattr(cast, who))
    assert actions.plan_offers(NOW) == fits


def test_a_treatment_that_is_off_the_menu_is_not_offered(cast):
    type(cast.back30).objects.filter(pk=cast.back30.pk).update(on_menu=False)
    wait(cast)
    assert actions.plan_offers(NOW) == 0


def test_an_offer_at_night_can_be_answered_in_the_morning(cast):
    midnight = at(0, days=1)
    wait(cast)
    type(cast.place).objects.update(lead_minutes=0)
    actions.plan_offers(midnight)
    assert Booking.objects.get().hold_expires_at == at(8, 30, days=1)


def test_an_offer_of_the_early_morning_is_held_as_long_as_by_day(cast):
    wait(cast)
    actions.plan_offers(at(0, days=1))
    assert Booking.objects.get().hold_expires_at == at(0, 30, days=1)


def test_when_her_days_are_over_she_waits_no_more(cast):
    entry = wait(cast, last_on=NOW.date() + timedelta(days=1))
    actions.plan_offers(NOW + timedelta(days=2))
    assert state(entry) == "lapsed"


def test_a_cancelled_session_is_offered_at_once(cast):
    booking = make.booking(length=cast.back30, therapist=cast.ana, room=cast.mat_room, start=NINE)
    entry = wait(cast)
    assert actions.plan_offers(NOW) == 0
    actions.cancel(booking=booking, by=CLIENT, now=NOW)
    assert (actions.plan_offers(NOW), offered(entry)) == (1, [(NINE, "open")])


def test_the_desk_offers_by_hand_and_it_is_written_down(cast):
    entry, dee = wait(cast, phone="+447700900123"), make.user(role="front desk")
    made = actions.offer(entry=entry, start=NINE, by=Actor("staff", dee.pk), now=NOW)
    event = made.booking.events.get()
    assert (made.made_by, event.verb, event.by, event.actor) == (dee, "offered", "staff", dee)


def test_nobody_gets_a_second_offer_before_the_first_has_ended(cast):
    entry = wait(cast)
    actions.plan_offers(NOW)
    with pytest.raises(actions.NotWaiting):
        actions.offer(entry=entry, start=NINE, by=CLIENT, now=NOW)


def test_joining_twice_with_one_wish_is_one_place(cast):
    entry, again = (actions.join(waiting=wish(cast), by=CLIENT, now=NOW) for _ in range(2))
    assert (entry.pk, Message.objects.count()) == (again.pk, 1)


def test_one_address_has_three_places_at_most(cast):
    for day in range(MOST_OPEN):
        actions.join(waiting=wish(cast, day), by=CLIENT, now=NOW)
    with pytest.raises(actions.TooManyWaiting):
        actions.join(waiting=wish(cast, MOST_OPEN), by=CLIENT, now=NOW)


def wish(cast, day: int = 0) -> Waiting:
    on = NOW.date() + timedelta(days=1 + day)
    return Waiting("Robin Hale", "Robin@mail.example", "", cast.place, cast.back30, None, on, on)


def test_nobody_waits_costs_one_statement_and_a_long_list_no_more_than_a_short_one(cast):
    assert statements() == 1
    make.time_off(therapist=cast.ana, during=make.span(NOW, 60 * 24 * 90))
    wait(cast)
    short = statements()
    for _ in range(20):
        wait(cast)
    assert (statements(), short) == (short, 6)


def statements() -> int:
    actions.plan_offers(NOW)
    with CaptureQueriesContext(connection) as queries:
        assert actions.plan_offers(NOW) == 0
    return len(queries)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("waiting_state_known", {"state": "gone"}),
        ("waiting_days_in_order", {"first_on": NOW.date() + timedelta(days=3)}),
        ("waiting_hours_in_order", {"from_minute": 600, "until_minute": 600}),
        ("waiting_hours_in_order", {"until_minute": 1441}),
        ("waiting_can_be_reached", {"email": "", "phone": ""}),
        ("waiting_screening_known", {"screening": "fine"}),
    ],
)
def test_the_database_refuses_what_nobody_can_wait_for(cast, rule, fields):
    with refused(rule):
        wait(cast, **fields)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("offer_outcome_known", {"outcome": "maybe", "ended_at": NOW}),
        ("offer_ends_once", {"outcome": "taken"}),
        ("offer_ends_once", {"ended_at": NOW}),
    ],
)
def test_the_database_refuses_an_offer_that_is_none(cast, rule, fields):
    held = make.held(length=cast.back30, therapist=cast.ana, room=cast.mat_room, start=NINE)
    with refused(rule):
        WaitingOffer.objects.create(entry=wait(cast), booking=held, made_at=NOW, **fields)


def test_the_database_refuses_a_second_open_offer(cast):
    entry = wait(cast)
    actions.plan_offers(NOW)
    held = make.held(length=cast.back30, therapist=cast.mei, room=cast.bar_room, start=at(12, days=1))
    with refused("offer_one_at_a_time"):
        WaitingOffer.objects.create(entry=entry, booking=held, made_at=NOW)


def test_an_offer_lasts_ten_minutes_to_four_hours(cast):
    with refused("location_offer_10_to_240"):
        type(cast.place).objects.update(offer_minutes=9)
    assert type(cast.place).objects.update(offer_minutes=10) == 1
