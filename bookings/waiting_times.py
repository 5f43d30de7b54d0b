"""Which free time comes first for somebody who waits. A place is read once, and asked for everybody who waits there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bookings.availability import Offer, Setup, Wish, load_setup, offers_in, read_rows
from bookings.availability.rows import Rows
from bookings.models import WaitingEntry
from bookings.models.waitlist import MINUTES_A_DAY
from bookings.reminder_rules import Quiet, quiet_around
from locations.models import Location
from treatments.models import Length


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """The free times of one place at one moment. Every question after the first reading costs no statement."""

    setup: Setup
    place: Location
    rows: Rows
    now: datetime

    @classmethod
    def read(cls, place: Location, entries: Sequence[WaitingEntry], now: datetime) -> "FreeTimes":
        """Over all days that anybody of `entries` waits for. Two statements, beside those of the set-up."""
        today = now.astimezone(place.zone).date()
        horizon = today + timedelta(days=place.horizon_days)
        first = max(today, min(entry.first_on for entry in entries))
        last = min(horizon, max(entry.last_on for entry in entries))
        return cls(load_setup(), place, read_rows(place, first, max((last - first).days, 0) + 1, now), now)

    def first_for(self, entry: WaitingEntry) -> Offer | None:
        """The earliest time that fits and was not offered to her before; it starts after the offer has ended."""
        length = length_of(self.setup, entry)
        if length is None or (entry.therapist_id and not self.setup.asked(entry.therapist)):
            return None
        wish = Wish(self.place, length, entry.therapist, entry.first_on, days=1)
        known = {offer.booking.during.lower for offer in entry.offers.all()}
        for found in offers_in(self.setup, wish, self.rows, self.now):
            if entry.fits(found.start) and found.start not in known and found.start > held_until(self.place, self.now):
                return found
        return None


def length_of(setup: Setup, entry: WaitingEntry) -> Length | None:
    """The length as it is on the menu now; None when it is off."""
    return next((length for length in setup.lengths if length.pk == entry.length_id), None)


def held_until(place: Location, now: datetime, start: datetime | None = None) -> datetime:
    """Until when an offer made now is held. Minutes of the quiet hours do not count while `start` allows it."""
    lasts = timedelta(minutes=place.offer_minutes)
    hours = quiet_around(now, Quiet(place.quiet_from, place.quiet_until), place.zone)
    if hours and start and hours[1] + lasts < start - place.lead:
        return hours[1] + lasts
    return now + lasts


def today_at(place: Location, now: datetime) -> date:
    return now.astimezone(place.zone).date()


def is_whole_day(entry: WaitingEntry) -> bool:
    return (entry.from_minute, entry.until_minute) == (0, MINUTES_A_DAY)
