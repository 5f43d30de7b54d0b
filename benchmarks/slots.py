"""Free times that can be counted: number n is always the same day, time, therapist and room.

A day has twelve times of forty minutes. At each of them six of ten therapists are booked, in rooms 0 to 5, and two
more pairs are free: therapist (time + 6) and (time + 7) modulo 10, in rooms 6 and 7. pgbench works out the same.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection

from benchmarks.studio import Studio, session, set_up, settle
from bookings.models import Booking
from clients.models import Client

DAYS = 250
TIMES, PAIRS, BOOKED = 12, 2, 6
SPACED = ("therapists_therapist", "locations_room", "treatments_length", "clients_client", "bookings_booking",
          "bookings_bookingevent", "bookings_message", "locations_location")  # fmt: skip


def build(now: datetime) -> Studio:
    """Ten therapists and eight rooms, the coming days booked at 60% in the regular pattern above."""
    _space_ids()
    studio = set_up(therapists=10, rooms=8, zone_name="UTC", horizon_days=366)
    client = Client.objects.create(name="Robin Hale", created_at=now)
    for day in range(DAYS):
        Booking.objects.bulk_create(_booked(studio, day, client, now))
    settle()
    return studio


def start_of(number: int, now: datetime) -> datetime:
    """The instant of a free time."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2 + number // (TIMES * PAIRS))
    return _at(midnight, number // PAIRS % TIMES)


def pair_of(number: int) -> tuple[int, int]:
    """The positions of the therapist and the room of a free time."""
    order = BOOKED + number % PAIRS
    return (number // PAIRS % TIMES + order) % 10, order


def pgbench_variables(studio: Studio, now: datetime) -> str:
    """The same in pgbench's own arithmetic: a client takes every fourth number."""
    midnight = start_of(0, now) - timedelta(hours=9)
    return "\n".join(
        [
            r"\set n :n + 4",
            r"\set slot :n + :client_id",
            rf"\set part (:slot / {PAIRS}) % {TIMES}",
            rf"\set order {BOOKED} + :slot % {PAIRS}",
            rf"\set therapist {studio.therapists[0].pk} + (:part + :order) % 10",
            rf"\set room {studio.rooms[0].pk} + :order",
            rf"\set day {int(midnight.timestamp()) // 300} + (:slot / {TIMES * PAIRS}) * 288",
            r"\set tick :day + 108 + :part * 8 + case when :part >= 6 then 12 else 0 end",
        ]
    )


def _booked(studio: Studio, day: int, client: Client, now: datetime) -> Iterator[Booking]:
    midnight = start_of(day * TIMES * PAIRS, now) - timedelta(hours=9)
    for time in range(TIMES):
        for order in range(BOOKED):
            person = studio.therapists[(time + order) % 10]
            yield session(studio.lengths[0], person, studio.rooms[order], _at(midnight, time), client, now)


def _at(midnight: datetime, time: int) -> datetime:
    minutes = 9 * 60 + time * 40 + (60 if time >= 6 else 0)
    return midnight.astimezone(UTC) + timedelta(minutes=minutes)


def _space_ids() -> None:
    """Give every table ids of its own, so that an id in a captured statement says what it is."""
    with connection.cursor() as cursor:
        for place, table in enumerate(SPACED, 1):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, place * 100_000_000])
