"""What leaves once a day at seven by the clock of the place: each therapist's list, and the desk's digest of failures.

Rows are planned by every tick from that hour on; their keys make them once-only, so doubled ticks are harmless.
"""

from datetime import UTC, date, datetime, time, timedelta

from bookings.models import Booking, Message
from bookings.models.status import AHEAD
from bookings.reminder_rules import wall_instant
from bookings.scheduling.timeline import ceil_tick
from bookings.staff_notices import DIGEST, MORNING
from locations.models import Location
from therapists.models import Therapist

LEAVES_AT = time(7)
DAY = timedelta(days=1)
ZONES_APART = timedelta(hours=15)
"""No wall clock is further than this from UTC."""


def plan_daily(now: datetime) -> int:
    """Write what is due today and not written yet; return how many rows that are. Three queries on most ticks."""
    rows: dict[str, Message] = {}
    for number, place in enumerate(Location.objects.filter(is_open=True).select_related("studio")):
        day = now.astimezone(place.zone).date()
        if now >= leaves_at(day, place):
            due = _lists(place, day, now) + ([] if number else _digest(place, day, now))
            rows |= {row.key: row for row in due}
    written = set(Message.objects.filter(key__in=rows).values_list("key", flat=True)) if rows else set()
    new = [row for key, row in rows.items() if key not in written]
    if new:
        Message.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def leaves_at(day: date, place: Location) -> datetime:
    return wall_instant(day, LEAVES_AT, place.zone)


def day_of(message: Message) -> date:
    """The day that a daily message is about; its key carries it."""
    return date.fromisoformat(message.key.split("/")[3])


def sessions_on(day: date, therapist: Therapist) -> list[Booking]:
    """What a therapist gives on a day of the places where she gives it, in the order of time. One query."""
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    near = (ceil_tick(midnight - ZONES_APART), ceil_tick(midnight + DAY + ZONES_APART))
    found = therapist.bookings.filter(status__in=AHEAD, start_tick__range=near).order_by("start_tick")
    related = found.select_related("location__studio", "room", "length__treatment")
    return [booking for booking in related if booking.starts_at.date() == day]


def failures_until(at: datetime) -> list[Message]:
    """What failed for good in the day before an instant, the newest first."""
    failed = Message.objects.filter(state=Message.State.FAILED, failed_at__gte=at - DAY, failed_at__lt=at)
    return list(failed.exclude(kind=DIGEST).select_related("booking__location").order_by("-failed_at", "-pk"))


def _lists(place: Location, day: date, now: datetime) -> list[Message]:
    """For each therapist with a session there that was agreed before the hour and is still to come."""
    at, midnight = leaves_at(day, place), wall_instant(day + DAY, time(), place.zone)
    ahead = Booking.objects.filter(
        location=place,
        status__in=AHEAD,
        created_at__lt=at,
        start_tick__gte=ceil_tick(now),
        start_tick__lt=ceil_tick(midnight),
    )
    told = Therapist.objects.filter(pk__in=ahead.values("therapist"), hears_morning=True, user__is_active=True)
    return [
        _row(f"therapist/{her.pk}/morning/{day}", MORNING, her.user.email, at, midnight, now, therapist=her)
        for her in told.select_related("user")
    ]


def _digest(place: Location, day: date, now: datetime) -> list[Message]:
    """One for the studio, unless nothing failed. It leaves by the clock of the first place."""
    at, studio = leaves_at(day, place), place.studio
    if not studio.failure_digest or not failures_until(at):
        return []
    return [_row(f"studio/{studio.pk}/failures/{day}", DIGEST, studio.email, at, at + DAY, now)]


def _row(
    key: str, kind: str, recipient: str, due_at: datetime, until: datetime, now: datetime, **fields: Therapist
) -> Message:
    return Message(key=key, kind=kind, recipient=recipient, due_at=due_at, useful_until=until, created_at=now, **fields)
