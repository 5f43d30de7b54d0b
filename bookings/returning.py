"""When a client may like to come again: at her own rhythm, at the hour and with the therapist of last time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median

from bookings import availability
from bookings.availability import Offer, Setup, Wish
from bookings.models import Booking

USUAL_WEEKS, FEWEST_WEEKS, MOST_WEEKS = 2, 1, 6
NEAR = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A free time about `weeks` weeks after the last session, with the same therapist."""

    booking: Booking
    offer: Offer
    weeks: int


def rhythm(sessions: Sequence[Booking]) -> int:
    """The usual weeks between sessions (the latest first), whole and from 1 to 6; two when nobody can know yet."""
    starts = [booking.during.lower for booking in sessions]
    gaps = [(later - earlier).days / 7 for later, earlier in zip(starts, starts[1:], strict=False)]
    gaps = [gap for gap in gaps if gap >= FEWEST_WEEKS / 2]
    if not gaps:
        return USUAL_WEEKS
    return max(FEWEST_WEEKS, min(MOST_WEEKS, round(median(gaps))))


def propose(sessions: Sequence[Booking], setup: Setup, now: datetime) -> Proposal | None:
    """The free time nearest to her rhythm after the latest of her sessions; None when none is near."""
    if not sessions:
        return None
    last, weeks = sessions[0], rhythm(sessions)
    wish = wish_of(last, setup)
    wanted = _wanted(last, weeks, now)
    if wish is None or wanted.date() > (now + timedelta(days=last.location.horizon_days)).date():
        return None
    near = [one for one in availability.nearest(setup, wish, wanted, now) if one.kind == "same"]
    close = [one.offer for one in near if abs(one.offer.start - wanted) <= NEAR]
    return Proposal(last, min(close, key=lambda offer: abs(offer.start - wanted)), weeks) if close else None


def wish_of(booking: Booking, setup: Setup) -> Wish | None:
    """The same once more: place, length and therapist as the studio offers them today."""
    place, length = setup.location(booking.location.slug), setup.length(booking.length.slug)
    therapist = setup.therapist(booking.therapist.slug)
    if place is None or length is None or therapist not in setup.givers(length.treatment):
        return None
    return Wish(place, length, therapist, booking.starts_at.date())


def _wanted(last: Booking, weeks: int, now: datetime) -> datetime:
    """The same hour on the wall, so many weeks later, and as many more as it takes to lie ahead."""
    start, zone = last.starts_at, last.location.zone
    day = start.date() + timedelta(weeks=weeks)
    while datetime.combine(day, time(start.hour, start.minute), tzinfo=zone) <= now:
        day += timedelta(weeks=1)
    return datetime.combine(day, time(start.hour, start.minute), tzinfo=zone)
