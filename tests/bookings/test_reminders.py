"""Which messages a booking needs, when it is made, moved, cancelled and given."""

from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bookings import actions, reminder_rows, reminders, wanted
from bookings.models import Booking, Message
from bookings.models.event import CLIENT
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
EARLY = NOW - timedelta(days=7)


def session(**fields) -> Booking:
    """Friday 27 November 2026, 14:20 in London."""
    return make.booking(**{"start": at(14, 20, days=4)} | fields)


def planned(booking, state="queued") -> dict[str, str]:
    """Kind to the day and time of what waits to leave."""
    rows = booking.messages.filter(state=state).order_by("due_at", "pk")
    return {row.kind: f"{row.due_at:%a %H:%M}" for row in rows}


def move(booking, by: timedelta, now=NOW) -> Booking:
    """What the move of a booking does to its row and its messages."""
    during = type(booking.during)(booking.during.lower + by, booking.during.upper + by)
    Booking.objects.filter(pk=booking.pk).update(
        during=during, therapist_block=during, room_block=during, edition=booking.edition + 1
    )
    moved = Booking.objects.get(pk=booking.pk)
    reminders.replan(booking=moved, before_edition=booking.edition, now=now)
    return moved


def send(booking, *kinds, at=NOW) -> None:
    booking.messages.filter(kind__in=kinds, state="queued").update(state="sent", sent_at=at)


def test_a_booking_is_confirmed_by_mail_at_once_and_usefully_until_it_starts():
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    fields = ("key", "channel", "recipient", "client_id", "state", "due_at", "useful_until")
    key = f"booking/{booking.pk}/confirmation/mail/1"
    expected = (key, "mail", booking.email, booking.client_id, "queued", NOW, booking.during.lower)
    assert Message.objects.filter(kind="confirmation").values_list(*fields).get() == expected


def test_the_timeline_is_planned_with_the_booking():
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    assert planned(booking) == {
        "confirmation": "Mon 12:00",
        "day_before": "Thu 14:20",
        "before_meal": "Fri 11:20",
        "aftercare": "Fri 15:50",
        "next_day": "Sat 14:50",
    }


def test_without_an_address_there_is_no_mail():
    reminders.plan(booking=make.booking(client=make.client(email="")), now=NOW)
    assert not Message.objects.exists()


def test_a_booking_for_the_next_hours_is_told_the_rest_in_its_confirmation():
    booking = session(start=at(14))
    reminders.plan(booking=booking, now=NOW)
    assert list(planned(booking)) == ["confirmation", "aftercare", "next_day"]


def test_the_quiet_hours_of_the_place_are_heeded_but_never_delay_the_confirmation():
    place = make.location(quiet_from=time(11), quiet_until=time(16))
    booking = session(room=make.room(location=place))
    reminders.plan(booking=booking, now=NOW)
    assert planned(booking) == {
        "confirmation": "Mon 12:00",
        "day_before": "Thu 16:00",
        "before_meal": "Fri 10:45",
        "aftercare": "Fri 16:00",
        "next_day": "Sat 16:00",
    }


def test_the_style_wins_over_the_studio_and_the_treatment_over_the_style():
    booking = session()
    treatment, meal = booking.length.treatment, {"kind": "before_meal"}
    for minutes, whose in ((-240, {}), (-210, {"style": treatment.style}), (-200, {"treatment": treatment})):
        make.reminder_step(offset_minutes=minutes, **meal, **whose)
        Message.objects.all().delete()
        reminders.plan(booking=booking, now=NOW)
        due = booking.messages.get(kind="before_meal").due_at
        assert due - booking.during.lower == timedelta(minutes=minutes)


def test_a_step_that_is_off_or_goes_by_another_channel_plans_no_mail():
    booking = session()
    make.reminder_step(kind="day_before", is_on=False)
    make.reminder_step(kind="before_meal", channels=["sms"])
    make.reminder_step(kind="aftercare", anchor="end", offset_minutes=0, treatment=make.treatment(), is_on=False)
    reminders.plan(booking=booking, now=NOW)
    assert list(planned(booking)) == ["confirmation", "aftercare", "next_day"]


def test_without_advice_on_meals_there_is_no_message_about_them():
    make.guidance(kind="clothes", title="Loose clothes", offset_minutes=0)
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    assert list(planned(booking)) == ["confirmation", "day_before", "aftercare", "next_day"]


def test_three_statements_plan_it(django_assert_num_queries):
    booking = session()
    with django_assert_num_queries(3):
        reminders.plan(booking=booking, now=NOW)


class Planning(TestCase):
    """However often and whenever it is planned, each message has one row, and the first plan stands."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.integers(-100, 24 * 12), min_size=1, max_size=4))
    def test_planning_again_changes_nothing(self, hours):
        booking = session()
        reminders.plan(booking=booking, now=NOW - timedelta(days=3))
        before = list(Message.objects.order_by("pk").values())
        for number in hours:
            reminders.plan(booking=booking, now=NOW + timedelta(hours=number))
        assert list(Message.objects.order_by("pk").values())[: len(before)] == before
        assert Message.objects.count() == len(before) == 5

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.integers(-48, 24 * 40), st.booleans()), max_size=4))
    def test_whatever_the_moves_one_set_of_messages_waits_and_it_is_the_last_one(self, moves):
        booking = session()
        reminders.plan(booking=booking, now=EARLY)
        for hours, is_told in moves:
            if is_told:
                send(booking, "confirmation", "moved")
            booking = move(booking, timedelta(hours=hours), now=EARLY)
        waiting = booking.messages.filter(state="queued").exclude(kind__in=["confirmation", "moved"])
        fresh = {reminder_rows.key(booking, kind, "mail") for kind in reminder_rows.TIMELINE}
        assert set(waiting.values_list("key", flat=True)) <= fresh
        assert booking.messages.filter(kind__in=["confirmation", "moved"], state="queued").count() <= 1


def test_a_moved_booking_gets_its_messages_at_the_new_times():
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    send(booking, "confirmation")
    moved = move(booking, timedelta(days=37, hours=1))
    assert {row.kind: f"{row.due_at:%d %b %H:%M}" for row in moved.messages.filter(state="queued")} == {
        "moved": "23 Nov 12:00",
        "day_before": "02 Jan 15:20",
        "before_meal": "03 Jan 12:20",
        "aftercare": "03 Jan 16:50",
        "next_day": "04 Jan 15:50",
    }
    assert list(planned(moved, "withdrawn")) == ["day_before", "before_meal", "aftercare", "next_day"]


def test_moved_before_anything_left_the_confirmation_itself_says_the_new_time():
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    moved = move(booking, timedelta(hours=1))
    assert list(planned(moved))[0] == "confirmation"
    assert moved.messages.get(kind="confirmation", state="queued").key.endswith("/2")


def test_moved_twice_there_is_one_message_of_it():
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    send(booking, "confirmation")
    moved = move(move(booking, timedelta(hours=1)), timedelta(hours=1))
    assert [row.key[-1] for row in moved.messages.filter(kind="moved", state="queued")] == ["3"]


def test_what_left_before_the_move_is_not_repeated_for_the_same_day():
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    send(booking, "confirmation", "day_before")
    moved = move(booking, timedelta(hours=1), now=at(15, 30, days=3))
    assert list(planned(moved)) == ["moved", "before_meal", "aftercare", "next_day"]


def test_a_change_that_the_client_does_not_see_plans_nothing():
    booking = session()
    reminders.replan(booking=booking, before_edition=booking.edition, now=NOW)
    assert not Message.objects.exists()


def test_a_cancelled_booking_gets_one_last_message():
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    cancelled = actions.cancel(booking=booking, by=CLIENT, now=NOW)
    assert planned(cancelled) == {"cancelled": "Mon 12:00"}
    assert len(planned(cancelled, "withdrawn")) == 5


def test_a_session_cancelled_after_its_start_is_still_told():
    booking = session(start=at(11))
    actions.cancel(booking=booking, by=CLIENT, now=NOW)
    assert booking.messages.get().useful_until == NOW + timedelta(days=1)


def reasons_of(booking, *kinds) -> list[str]:
    """What the desk reads beside each message; empty for those that may leave."""
    fresh = Booking.objects.select_related("location", "length__treatment").get(pk=booking.pk)
    return [wanted.still_wanted(fresh.messages.get(kind=kind), fresh) for kind in kinds]


@pytest.mark.parametrize(
    ("status", "before", "after"),
    [
        ("booked", "", ""),
        ("in_session", "", ""),
        ("done", "The booking is done.", ""),
        ("no_show", "The booking is no-show.", "The booking is no-show."),
        ("cancelled", "The booking is cancelled.", "The booking is cancelled."),
    ],
)
def test_aftercare_goes_to_all_but_no_shows_and_reminders_to_those_who_will_come(status, before, after):
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    Booking.objects.filter(pk=booking.pk).update(status=status)
    assert reasons_of(booking, "day_before", "before_meal", "aftercare", "next_day") == [before, before, after, after]


@pytest.mark.parametrize(("status", "reason"), [("cancelled", ""), ("booked", "The booking is booked.")])
def test_the_cancellation_goes_for_cancelled_bookings_only(status, reason):
    booking = session()
    reminders.cancelled(booking=booking, now=NOW)
    Booking.objects.filter(pk=booking.pk).update(status=status)
    assert reasons_of(booking, "cancelled") == [reason]


def test_a_step_that_was_switched_off_since_does_not_leave():
    booking = session()
    reminders.plan(booking=booking, now=NOW)
    make.reminder_step(kind="day_before", is_on=False)
    assert reasons_of(booking, "day_before", "before_meal") == ["This message is switched off.", ""]


SAID = "The message of another session on that day says it."


def two_sessions(second, **fields) -> tuple[Booking, Booking]:
    """Robin at 14:20, and again at `second`; both planned long before."""
    robin = make.client(email="robin@mail.example")
    first, other = session(client=robin), session(client=robin, start=second, **fields)
    for booking in (first, other):
        reminders.plan(booking=booking, now=EARLY)
    return first, other


def test_two_sessions_on_one_day_have_one_message_the_day_before():
    first, other = two_sessions(at(18, days=4))
    assert reasons_of(first, "day_before", "before_meal") == ["", ""]
    assert reasons_of(other, "day_before", "before_meal") == [SAID, ""]


def test_sessions_near_to_one_another_share_the_meal_and_the_rest():
    first, other = two_sessions(at(16, days=4))
    assert reasons_of(other, "day_before", "before_meal") == [SAID, SAID]
    Booking.objects.update(status="done")
    assert reasons_of(first, "aftercare", "next_day") == [SAID, SAID]
    assert reasons_of(other, "aftercare", "next_day") == ["", ""]


@pytest.mark.parametrize(
    ("second", "fields"),
    [(at(14, 20, days=5), {}), (at(16, days=4), {"status": "cancelled"}), (at(23, 59, days=3).replace(minute=30), {})],
)
def test_other_days_and_cancelled_sessions_say_nothing_for_this_one(second, fields):
    first, other = two_sessions(second, **fields)
    assert reasons_of(first, "day_before", "before_meal") == ["", ""]


def test_somebody_elses_session_says_nothing_for_this_one():
    first, other = session(start=at(13, days=4)), session()
    for booking in (first, other):
        reminders.plan(booking=booking, now=EARLY)
    assert reasons_of(other, "day_before") == [""]


@pytest.mark.parametrize(("left", "reason"), [(-1, ""), (1, SAID)])
def test_a_message_that_left_before_the_second_was_booked_does_not_count(left, reason):
    first, other = two_sessions(at(18, days=4))
    send(first, "day_before", at=EARLY + timedelta(minutes=left))
    assert reasons_of(other, "day_before") == [reason]


def test_when_the_first_message_could_not_leave_the_second_speaks():
    first, other = two_sessions(at(18, days=4))
    first.messages.update(state="failed")
    assert reasons_of(other, "day_before") == [""]
