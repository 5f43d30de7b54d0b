"""Seven weeks of demo sessions: each therapist's hours are walked from opening to closing, so nothing overlaps."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import Booking
from bookings.models.status import OCCUPYING, Status
from clients.models import Client
from locations.models import Room
from therapists.models import Style, WorkingHours
from treatments.models import Length

SIGNS = "23456789BCDFGHJKMNPQRTVWXY"
WEEKS_BACK, WEEKS_AHEAD = 4, 3
AFTER = 10  # turnover minutes of every demo treatment, therapist and room alike
RUN, REST = 3, 20  # so many sessions in a row, then so many minutes of rest
BUSY, SOON = 0.62, 0.35  # how much of the time is booked, and of today and tomorrow
STEP = timedelta(minutes=10)


@dataclass
class Calendar:
    """What the walk needs and what it has placed so far."""

    now: datetime
    draw: Random
    clients: list[Client]
    lengths: dict[str, list[Length]]
    certified: dict[str, tuple[date, date | None]]
    rooms: dict[Room, set[str]]
    styles: dict[int, list[Style]]
    most: dict[int, int]
    made: list[Booking] = field(default_factory=list)
    taken: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)

    def fill(self, hours: list[WorkingHours], today: date) -> list[Booking]:
        """Return unsaved bookings, the earliest first."""
        for number in range(-7 * WEEKS_BACK, 7 * WEEKS_AHEAD):
            day = today + timedelta(days=number)
            counts: dict[int, int] = {}
            for block in hours:
                if block.weekday == day.weekday():
                    self._walk(block, day, counts, SOON if number in (0, 1) else BUSY)
        self.made.sort(key=lambda booking: booking.during.lower)
        return self.made

    def _walk(self, block: WorkingHours, day: date, counts: dict[int, int], busy: float) -> None:
        """Place sessions in one block of hours: some time is left free, and rest follows a run."""
        start, end = (_instant(block, day, wall) for wall in (block.opens, block.closes))
        run = 0
        while start + timedelta(minutes=20 + AFTER) <= end:
            room = length = None
            if counts.get(block.therapist_id, 0) < self.most[block.therapist_id] and self.draw.random() < busy:
                length = self.draw.choice(self._given(block.therapist_id, day))
                room = self._room(block.location_id, length, start)
            if room is None or length is None or start + timedelta(minutes=length.minutes + AFTER) > end:
                start, run = start + self.draw.choice([2, 3, 4]) * STEP, 0
                continue
            booking = self._place(block, room, length, start)
            if booking.status in OCCUPYING:
                self.taken.setdefault(room.pk, []).append((start, start + _minutes(length.minutes + AFTER)))
                counts[block.therapist_id] = counts.get(block.therapist_id, 0) + 1
            start, run = start + _minutes(length.minutes + AFTER), run + 1
            if run == RUN:
                start, run = start + _minutes(REST), 0

    def _given(self, therapist_id: int, day: date) -> list[Length]:
        """The lengths she may give on that day."""
        return [
            length
            for style in self.styles[therapist_id]
            if not style.needs_certificate or self._valid(therapist_id, day)
            for length in self.lengths.get(style.slug, [])
        ]

    def _valid(self, therapist_id: int, day: date) -> bool:
        issued, expires = self.certified[therapist_id]
        return issued <= day and (expires is None or day <= expires)

    def _room(self, location_id: int, length: Length, start: datetime) -> Room | None:
        """The least equipped free room that suffices."""
        end = start + _minutes(length.minutes + AFTER)
        for room, kinds in sorted(self.rooms.items(), key=lambda item: len(item[1])):
            fits = all(kinds & set(group) for group in length.treatment.needed_props)
            free = all(end <= begins or ends <= start for begins, ends in self.taken.get(room.pk, []))
            if room.location_id == location_id and fits and free:
                return room
        return None

    def _place(self, block: WorkingHours, room: Room, length: Length, start: datetime) -> Booking:
        client = self.draw.choice(self.clients)
        end = start + _minutes(length.minutes)
        # The more distant the session, the earlier it was booked, and nobody books in the future.
        created = min(start, self.now) - timedelta(minutes=self.draw.randint(90, 14_000))
        booking = Booking(
            client=client, length=length, therapist=block.therapist, room=room, location=block.location,
            during=DateTimeTZRange(start, end),
            therapist_block=DateTimeTZRange(start, end + _minutes(AFTER)),
            room_block=DateTimeTZRange(start, end + _minutes(AFTER)),
            status=self._status(start, end), reference=self._reference(),
            treatment_name=length.treatment.name.localize(client.language),
            price=length.price, currency=block.location.currency, minutes=length.minutes,
            language=client.language, free_cancel_until=block.location.free_until(start),
            name=client.name, email=client.email, phone=client.phone,
            source=self.draw.choices(["online", "desk", "walk_in"], [7, 3, 1])[0],
            asked_for_therapist=self.draw.random() < 0.4,
            screening="call_first" if self.draw.random() < 0.06 else "clear",
            created_at=created,
        )  # fmt: skip
        self._finish(booking)
        self.made.append(booking)
        return booking

    def _status(self, start: datetime, end: datetime) -> Status:
        """What a session at that time has come to by now."""
        if end <= self.now:
            return self.draw.choices([Status.DONE, Status.NO_SHOW, Status.CANCELLED], [86, 6, 8])[0]
        if start <= self.now:
            return Status.IN_SESSION
        if start <= self.now + timedelta(minutes=15):
            return Status.ARRIVED
        return self.draw.choices([Status.BOOKED, Status.CANCELLED], [94, 6])[0]

    def _finish(self, booking: Booking) -> None:
        """A no-show gives the rest of its time back; every third client has confirmed what comes soon.

        Of those who rang, some have not been asked the safety question yet; the last sign of a reference is as good as
        drawn.
        """
        start = booking.during.lower
        if booking.status == Status.NO_SHOW:
            booking.therapist_block = booking.room_block = DateTimeTZRange(start, start + _minutes(15))
        soon = self.now < start < self.now + timedelta(days=2)
        if booking.status == Status.BOOKED and soon and self.draw.random() < 0.4:
            booking.confirmed_at = self.now - timedelta(minutes=self.draw.randint(5, 60))
        if booking.status == Status.BOOKED and booking.source == Booking.Source.DESK and booking.reference[-1] < "A":
            booking.screening = Booking.Screening.MISSING

    def _reference(self) -> str:
        while (reference := "SS " + "".join(self.draw.choices(SIGNS, k=5))) in self.references:
            pass
        self.references.add(reference)
        return reference


def with_every_status(bookings: list[Booking], now: datetime) -> None:
    """Turn a few sessions so that each status is there at any hour, the way a forgetful desk leaves them."""
    done = [booking for booking in bookings if booking.status == Status.DONE]
    for booking, status in zip(reversed(done), (Status.IN_SESSION, Status.ARRIVED), strict=False):
        if not any(other.status == status for other in bookings):
            booking.status = status
    later = [booking for booking in bookings if booking.status == Status.BOOKED and not booking.confirmed_at]
    for booking in later[12:14]:
        _let_go(booking, Status.HELD, now + timedelta(minutes=10))
    for booking in done[-9:-5]:
        _let_go(booking, Status.EXPIRED, booking.created_at + timedelta(minutes=10))


def _let_go(booking: Booking, status: Status, until: datetime) -> None:
    """Make it a hold of somebody who has not said who she is."""
    booking.status, booking.hold_expires_at, booking.held_since = status, until, until - timedelta(minutes=10)
    booking.client = booking.reference = None
    booking.name = booking.email = booking.phone = ""
    booking.created_at, booking.source = until - timedelta(minutes=10), Booking.Source.ONLINE


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def _instant(block: WorkingHours, day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, block.location.zone).astimezone(UTC)
