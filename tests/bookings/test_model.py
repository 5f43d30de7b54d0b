"""What the database itself forbids about a session, whoever asks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import NotSupportedError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Case, F, Value, When

from bookings.models import Booking
from bookings.models.status import OCCUPYING, Status
from tests.factories import NOW, at, booking, client, held, length, new_booking, room, span, therapist
from tests.refused import refused

pytestmark = pytest.mark.django_db

THERAPIST, ROOM = "booking_therapist_is_free", "booking_room_is_free"


@pytest.mark.parametrize("status", OCCUPYING)
def test_a_therapist_gives_one_session_at_a_time(status):
    ana = therapist()
    booking(therapist=ana, start=at(9), status=status)
    booking(therapist=ana, start=at(9, 40))  # 30 minutes and 10 of turnover later
    with refused(THERAPIST):
        booking(therapist=ana, start=at(9, 35))


@pytest.mark.parametrize("pressure, wrong", [(1, 0), (5, 6)])
def test_pressure_runs_from_1_to_5(pressure, wrong):
    assert booking(pressure=pressure).pressure == pressure
    with refused("booking_pressure_1_to_5"):
        booking(pressure=wrong, start=at(12))


@pytest.mark.parametrize("status", OCCUPYING)
def test_a_room_holds_one_session_at_a_time(status):
    mat_room = room()
    booking(room=mat_room, start=at(9), status=status)
    booking(room=mat_room, start=at(9, 40))
    with refused(ROOM):
        booking(room=mat_room, start=at(9, 35))


@pytest.mark.parametrize("status, back", [(Status.CANCELLED, Status.BOOKED), (Status.EXPIRED, Status.HELD)])
def test_what_is_cancelled_or_expired_takes_no_time_until_it_comes_back(status, back):
    ana, mat_room = therapist(), room()
    gone = booking(therapist=ana, room=mat_room, status=status, hold_expires_at=NOW)
    assert booking(therapist=ana, room=mat_room).pk
    with refused(THERAPIST):
        Booking.objects.filter(pk=gone.pk).update(status=back)


def test_two_therapists_work_at_the_same_time_in_two_rooms():
    assert [booking().pk is not None, booking().pk is not None] == [True, True]


def test_sessions_at_home_take_no_room_from_each_other():
    first, second = booking(at_home=True), booking(at_home=True)
    assert (first.room, second.room, first.during == second.during) == (None, None, True)


def test_a_session_at_home_takes_the_therapist():
    ana = therapist()
    booking(therapist=ana, at_home=True)
    with refused(THERAPIST):
        booking(therapist=ana, at_home=True)


def test_bulk_create_is_refused_as_well():
    ana = therapist()
    with refused(THERAPIST):
        Booking.objects.bulk_create([new_booking(therapist=ana), new_booking(therapist=ana)])


def test_bulk_update_is_refused_as_well():
    ana = therapist()
    first, second = booking(therapist=ana, start=at(9)), booking(therapist=ana, start=at(10))
    second.during, second.therapist_block, second.room_block = first.during, first.therapist_block, first.room_block
    with refused(THERAPIST):
        Booking.objects.bulk_update([second], ["during", "therapist_block", "room_block"])


def test_raw_sql_is_refused_as_well():
    ana, mei = therapist(), therapist()
    booking(therapist=ana), booking(therapist=mei)
    with refused(THERAPIST), connection.cursor() as cursor:
        cursor.execute("UPDATE bookings_booking SET therapist_id = %s", [ana.pk])


def test_moving_by_update_into_a_neighbour_is_refused():
    mat_room = room()
    booking(room=mat_room, start=at(9)), booking(room=mat_room, start=at(10))
    later = F("room_block") + span(at(8), 120)
    with refused(ROOM):
        Booking.objects.filter(during__startswith=at(10)).update(room_block=later)


def test_two_sessions_swap_their_therapists_in_one_update():
    ana, mei = therapist(), therapist()
    first, second = booking(therapist=ana), booking(therapist=mei)
    swap = Case(When(therapist=ana, then=Value(mei.pk)), default=Value(ana.pk))
    Booking.objects.filter(pk__in=[first.pk, second.pk]).update(therapist_id=swap)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.therapist, second.therapist) == (mei, ana)


def test_a_row_of_sessions_shifts_in_one_update():
    ana = therapist()
    rows = [booking(therapist=ana, start=at(hour)) for hour in (9, 10, 11)]
    with connection.cursor() as cursor:
        cursor.execute(_SHIFT)
    assert [row.during.lower for row in Booking.objects.order_by("start_tick")] == [at(10), at(11), at(12)]
    assert len(rows) == 3


def test_a_held_time_takes_therapist_and_room_until_it_is_let_go():
    ana = therapist()
    hold = held(therapist=ana)
    with refused(THERAPIST):
        booking(therapist=ana)
    Booking.objects.filter(pk=hold.pk).update(status=Status.EXPIRED)
    assert booking(therapist=ana).pk


def test_a_held_time_has_an_end():
    held(until=NOW)
    with refused("booking_hold_ends"):
        booking(status=Status.HELD, hold_expires_at=None)


@pytest.mark.parametrize("field", ["during", "therapist_block", "room_block"])
@pytest.mark.parametrize(
    "wrong",
    [
        DateTimeTZRange(at(9), at(9)),
        DateTimeTZRange(at(9), None),
        DateTimeTZRange(None, at(9)),
        DateTimeTZRange(at(9), at(9, 30), "[]"),
        DateTimeTZRange(at(9) + timedelta(minutes=1), at(9, 30)),
        DateTimeTZRange(at(9), at(9, 30) + timedelta(microseconds=1)),
    ],
)
def test_times_have_two_ends_on_full_five_minutes(field, wrong):
    with pytest.raises(Exception, match="booking_.*(_in_fives|_covers|_lasts)"), transaction.atomic():
        booking(**{field: wrong})


@pytest.mark.parametrize(
    "field, name",
    [
        ("during", "booking_during_in_fives"),
        ("therapist_block", "booking_therapist_block_in_fives"),
        ("room_block", "booking_room_block_in_fives"),
    ],
)
def test_a_time_off_the_five_minute_grid_is_refused_by_name(field, name):
    booking(start=at(9, 5))
    start = at(9) + timedelta(minutes=1) if field == "during" else at(8, 59)
    with refused(name):
        booking(start=at(9), **{field: span(start, 30 if field == "during" else 60)})


@pytest.mark.parametrize("field", ["during", "therapist_block", "room_block"])
def test_no_time_lasts_until_infinity(field):
    made = booking()
    with pytest.raises(NotSupportedError, match="infinity"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE bookings_booking SET {field} = tstzrange('2026-11-24', 'infinity')")
    made.refresh_from_db()
    assert made.during == span(at(9, days=1), 30)


def test_nobody_is_booked_without_a_therapist():
    with pytest.raises(Exception, match="therapist_id"), transaction.atomic():
        booking_row = new_booking()
        booking_row.therapist_id = None
        booking_row.save()


@pytest.mark.parametrize("minutes", [20, 25, 30])
def test_a_session_lasts_what_was_agreed(minutes):
    agreed = length(minutes=minutes)
    assert booking(length=agreed).during == span(at(9, days=1), minutes)
    with refused("booking_lasts_20_25_or_30"):
        booking(length=agreed, minutes=minutes, during=span(at(9, days=1), minutes - 5))


def test_an_hour_is_no_length():
    start = at(9)
    with refused("booking_lasts_20_25_or_30"):
        booking(
            start=start, minutes=60, during=span(start, 60), therapist_block=span(start, 60), room_block=span(start, 60)
        )


def test_blocks_cover_the_session():
    start = at(9)
    booking(start=start, therapist_block=span(start, 30), room_block=span(start, 30))
    with refused("booking_therapist_block_covers"):
        booking(start=start, therapist_block=span(start, 25))
    with refused("booking_room_block_covers"):
        booking(start=start, room_block=span(start, 25))


@pytest.mark.parametrize("status", [Status.DONE, Status.NO_SHOW])
def test_a_session_that_is_over_may_give_its_time_back(status):
    start = at(9)
    early = booking(start=start, status=status, therapist_block=span(start, 15), room_block=span(start, 15))
    assert early.during == span(start, 30)


def test_a_session_has_a_room_unless_it_is_at_home():
    booking(at_home=True)
    with refused("booking_room_unless_at_home"):
        booking(at_home=True, room=room())
    with refused("booking_room_unless_at_home"):
        Booking.objects.update(at_home=False)


def test_a_reference_is_given_once():
    booking(reference="SS4K7Q")
    with refused("booking_reference_once"):
        booking(reference="SS4K7Q")


@pytest.mark.parametrize("missing", [{"name": ""}, {"client": None}, {"reference": None}])
def test_a_booking_is_for_somebody_and_carries_a_reference(missing):
    hold = held()
    with refused("booking_agreed_with_somebody"):
        Booking.objects.filter(pk=hold.pk).update(
            **{"status": "booked", "name": "Robin", "client": client(), "reference": "SS4K7Q"} | missing
        )


def test_a_booking_has_one_of_eight_states():
    with refused("booking_status_known"):
        booking(status="dreamt")


@pytest.mark.parametrize("wrong", [{"screening": "fine"}, {"source": "pigeon"}])
def test_screening_and_source_are_known(wrong):
    booking(screening="call_first", source="walk_in")
    with refused("booking_screening_and_source_known"):
        booking(**wrong)


def test_reminders_go_by_mail_by_text_or_both_or_nothing_was_said():
    assert [booking(reach=reach).reach for reach in ("", "mail", "sms", "both")] == ["", "mail", "sms", "both"]
    with refused("booking_reach_known"):
        booking(reach="fax")


@pytest.mark.parametrize(
    "wall",
    [
        datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/London")),
        datetime(2026, 3, 29, 0, 55, tzinfo=ZoneInfo("Europe/London")),  # the clock jumps at 1:00
        datetime(2026, 10, 25, 1, 40, tzinfo=ZoneInfo("Europe/London"), fold=0),  # first of two
        datetime(2026, 10, 25, 1, 40, tzinfo=ZoneInfo("Europe/London"), fold=1),
        datetime(2026, 4, 5, 1, 50, tzinfo=ZoneInfo("Australia/Lord_Howe")),  # a half-hour change
        datetime(2040, 2, 29, 23, 45, tzinfo=ZoneInfo("Asia/Kolkata")),  # beyond 32-bit seconds
    ],
)
def test_ticks_are_exact(wall):
    start = wall.astimezone(UTC)
    made = booking(start=start)
    made.refresh_from_db()
    first = round(start.timestamp()) // 300
    found = (made.start_tick, made.end_tick, made.therapist_from_tick, made.therapist_until_tick)
    assert found == (first, first + 6, first, first + 8)
    assert (made.room_from_tick, made.room_until_tick) == (first, first + 8)


def test_a_session_at_home_has_no_room_ticks():
    made = booking(at_home=True)
    made.refresh_from_db()
    assert (made.room_from_tick, made.room_until_tick) == (None, None)


def test_ticks_do_not_depend_on_the_session_time_zone():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Australia/Lord_Howe'")
    made = booking(start=at(9))
    made.refresh_from_db()
    assert made.start_tick == round(at(9).timestamp()) // 300


def test_stale_and_live_holds_part_at_the_instant():
    hold = held(until=at(12, 10))
    assert list(Booking.objects.live_holds(at(12, 9))) == [hold]
    assert list(Booking.objects.live_holds(at(12, 10))) == []
    assert list(Booking.objects.stale_holds(at(12, 10))) == [hold]


_SHIFT = """
UPDATE bookings_booking SET
    during = tstzrange(lower(during) + interval '1 hour', upper(during) + interval '1 hour'),
    therapist_block = tstzrange(lower(therapist_block) + interval '1 hour', upper(therapist_block) + interval '1 hour')
    , room_block = tstzrange(lower(room_block) + interval '1 hour', upper(room_block) + interval '1 hour')
"""
