"""The studio that is measured: therapists and rooms, open 9 to 18 with a break, 60% of the coming days booked.

Everything is drawn with a fixed seed around today, so each run measures the same studio.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import Booking
from clients.models import Client
from locations.models import Location, Room
from tests import factories as make
from therapists.models import Therapist, WorkingHours
from treatments.models import Length

BLOCKS = ((time(9), time(13)), (time(14), time(18)))
FORTNIGHT = 14
PAUSES = (0, 0, 0, 0, 40, 60)
"""Minutes between sessions: most follow at once, as the gap rule has it. This fills 60% of the working time."""
_FIRST_DAY = date(2020, 1, 6)
_numbers = count(1)


@dataclass(frozen=True)
class Studio:
    """What was made. `share` is how much of the therapists' coming working time is booked."""

    place: Location
    lengths: list[Length]
    therapists: list[Therapist]
    rooms: list[Room]
    share: float = 0.0


def build(*, therapists: int, history: int, now: datetime) -> Studio:
    """Fill the empty database that Django points at. `history` is how many past days have their sessions stored.

    The coming fortnight is drawn; those before it are copies.
    """
    # In UTC no change of the clock ever lies within the fortnight; the tests' oracle takes care of those days.
    studio = set_up(therapists=therapists, rooms=therapists * 8 // 10, zone_name="UTC")
    today = now.astimezone(studio.place.zone).date()
    clients = Client.objects.bulk_create(Client(name=f"Robin Hale {n}", created_at=now) for n in range(200))
    draw = Random(20)
    minutes = 0
    for number in range(FORTNIGHT):
        sessions = list(_day(studio, today + timedelta(days=number), clients, draw, now))
        Booking.objects.bulk_create(sessions)
        minutes += sum((s.therapist_block.upper - s.therapist_block.lower).seconds // 60 for s in sessions)
    copy_days(range(-FORTNIGHT, -history - 1, -FORTNIGHT), now)
    for person in studio.therapists[3::10]:
        morning = now.replace(hour=9, minute=0, second=0, microsecond=0)
        make.time_off(therapist=person, during=make.span(morning + timedelta(days=4), 9 * 60))
    settle()
    return replace(studio, share=minutes / (therapists * 8 * 60 * FORTNIGHT))


def copy_days(shifts: Iterable[int], now: datetime) -> None:
    """Copy the bookings there are, once for each shift by so many days; what then lies in the past is done."""
    last = Booking.objects.latest("pk").pk
    fields = [field for field in Booking._meta.concrete_fields if not (field.generated or field.primary_key)]
    copied = {field.column: field.column for field in fields}
    for column in ("during", "therapist_block", "room_block"):
        copied[column] = f"tstzrange(lower({column}) + shift, upper({column}) + shift)"
    copied["key"] = "gen_random_uuid()"
    copied["reference"] = "upper(left(md5(reference || shift), 12))"
    copied["status"] = "CASE WHEN upper(during) + shift <= %s THEN 'done' ELSE 'booked' END"
    insert = (
        f"INSERT INTO bookings_booking ({', '.join(copied)}) SELECT {', '.join(copied.values())} "
        "FROM bookings_booking, (SELECT make_interval(days => %s)) AS shifts (shift) WHERE id <= %s"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # some of these last longer than a page may
        for days in shifts:
            cursor.execute(insert, [now, days, last])


def set_up(*, therapists: int, rooms: int, **policies: object) -> Studio:
    """A place, its menu, its people and rooms, without a single booking."""
    place = make.location(slug="weir-lane", name="Weir Lane", **policies)
    mat = make.style(slug="mat", name="Mat walking")
    bars = make.style(slug="bars", name="Bar therapy", uses_oil=True, needs_certificate=True)
    back = make.treatment(slug="back", name="Back on the mat", style=mat, needed_props=[["mat"]], order=1)
    oil = make.treatment(
        slug="oil", name="Bars and oil", style=bars, needed_props=[["bars"], ["mat", "table"]], order=2
    )
    lengths = [make.length(treatment=given, minutes=minutes) for given in (back, oil) for minutes in (30, 25, 20)]
    for weekday in range(7):
        for opens, closes in BLOCKS:
            make.opening(location=place, weekday=weekday, opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}")
    people = [_therapist(number, place, (mat, bars) if number % 2 else (mat,)) for number in range(therapists)]
    doors = [
        make.room(location=place, name=f"Room {n}", props=("bars", "mat") if n % 4 == 0 else ("mat",), order=n)
        for n in range(rooms)
    ]
    return Studio(place, lengths, people, doors)


def settle() -> None:
    """Let PostgreSQL do now what its autovacuum does within a minute: statistics and the visibility map."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _therapist(number: int, place: Location, styles: tuple) -> Therapist:
    """She works every day in both blocks, may give eleven sessions a day, and rests after two and a half hours."""
    person = make.therapist(slug=f"therapist-{number}", name=f"Therapist {number}", styles=styles, order=number)
    hours = [
        WorkingHours(therapist=person, location=place, weekday=day, opens=opens, closes=closes, valid_from=_FIRST_DAY)
        for day in range(7)
        for opens, closes in BLOCKS
    ]
    WorkingHours.objects.bulk_create(hours)
    make.limit(therapist=person, sessions=11, run_minutes=150, rest_minutes=10)
    if len(styles) > 1:
        make.certificate(therapist=person, styles=styles[1:])
    return person


def _day(studio: Studio, day: date, clients: list[Client], draw: Random, now: datetime) -> Iterator[Booking]:
    """The sessions of a day: whoever is neither busy nor in a pause begins one as soon as a room is free."""
    for opens, closes in BLOCKS:
        clock, end = (datetime.combine(day, wall, studio.place.zone).astimezone(UTC) for wall in (opens, closes))
        ready = {person.pk: clock + timedelta(minutes=draw.choice(PAUSES)) for person in studio.therapists}
        free = {room.pk: clock for room in studio.rooms}
        while clock < end:
            for person in [person for person in studio.therapists if ready[person.pk] <= clock]:
                length = draw.choice(studio.lengths[:3])
                over = clock + timedelta(minutes=length.minutes + length.treatment.after_minutes)
                room = next((room for room in studio.rooms if free[room.pk] <= clock), None)
                if room and over <= end:
                    free[room.pk], ready[person.pk] = over, over + timedelta(minutes=draw.choice(PAUSES))
                    yield session(length, person, room, clock, draw.choice(clients), now)
            clock += timedelta(minutes=5)


def session(length: Length, person: Therapist, room: Room, start: datetime, client: Client, now: datetime) -> Booking:
    """An unsaved booking; what lies in the past is done."""
    end = start + timedelta(minutes=length.minutes)
    block = DateTimeTZRange(start, end + timedelta(minutes=length.treatment.after_minutes))
    return Booking(
        client=client, length=length, therapist=person, room=room, location_id=room.location_id,
        during=DateTimeTZRange(start, end), therapist_block=block, room_block=block,
        status="booked" if start > now else "done",
        reference=f"SS {next(_numbers)}",
        treatment_name="Back on the mat", price=length.price, currency="GBP", minutes=length.minutes,
        free_cancel_until=start - timedelta(hours=24), name=client.name, created_at=min(start, now),
    )  # fmt: skip
