"""Days and minutes on which a browser test comes out the same, whenever it runs."""

from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bookings.scheduling.timeline import floor_tick, instant_of
from locations.models import Location
from spa import clock

LONDON = ZoneInfo("Europe/London")


@cache
def _monday() -> datetime:
    """The Monday of next week; it stays the same when midnight comes while the tests run."""
    today = clock.now().astimezone(LONDON).date()
    return datetime.combine(today + timedelta(days=7 - today.weekday()), time(12), LONDON)


def noon(days: int = 1) -> datetime:
    """Noon at Weir Lane on a day to come: more than a day away, and no Sunday, on which clocks are changed."""
    return _monday() + timedelta(days=days)


def this_minute() -> datetime:
    """The start that has just begun. Together with `midday` its session is one of today."""
    return instant_of(floor_tick(clock.now()))


def midday(place: Location) -> None:
    """Put the place where it is between noon and one o'clock, so that a session of today has no midnight in it."""
    place.zone_name = f"Etc/GMT{clock.now().hour - 12:+d}"
    place.save(update_fields=["zone_name"])


def unhurried(place: Location) -> None:
    """Give the place a notice with which the soonest time stays the soonest for the next minutes.

    Otherwise a test that sees the times just before one of them is too soon would press a time that is gone.
    """
    place.lead_minutes += -clock.now().minute % place.start_step_minutes
    place.save(update_fields=["lead_minutes"])
