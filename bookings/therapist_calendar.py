"""A therapist's sessions for her own calendar program: it leaves the house, so clients have first names only."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bookings.calendar_file import alarm
from bookings.models import Booking
from bookings.models.status import AHEAD, Status
from bookings.scheduling.timeline import ceil_tick
from therapists.models import Therapist

BACK, AHEAD_OF_NOW = timedelta(days=30), timedelta(days=90)
REMIND = timedelta(minutes=15)
READ_AGAIN = "PT15M"


def therapist_ics(therapist: Therapist, now: datetime) -> bytes:
    """Return the file (UTF-8, CRLF): what was given in the last 30 days and what is booked in the next 90. One query.

    A session keeps its UID when it moves; one that is cancelled is left out, so a calendar that reads again drops it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Ashiatsu bookings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", therapist.name)
    calendar.add("x-published-ttl", READ_AGAIN)
    for booking in _sessions(therapist, now):
        calendar.add_component(_event(booking))
    return calendar.to_ical()


def _sessions(therapist: Therapist, now: datetime) -> QuerySet[Booking]:
    near = (ceil_tick(now - BACK), ceil_tick(now + AHEAD_OF_NOW))
    found = Booking.objects.filter(therapist=therapist, status__in=[*AHEAD, Status.DONE], start_tick__range=near)
    return found.select_related("location", "room", "length__treatment").order_by("start_tick", "pk")


def _event(booking: Booking) -> Event:
    event = Event()
    words = {"treatment": booking.length.treatment.name, "minutes": booking.minutes, "name": booking.first_name}
    event.add("uid", f"{booking.key}.therapist@{settings.SITE_HOST}")
    event.add("sequence", booking.edition - 1)
    event.add("dtstamp", booking.created_at.astimezone(UTC))
    event.add("dtstart", booking.during.lower.astimezone(UTC))
    event.add("dtend", booking.during.upper.astimezone(UTC))
    event.add("summary", _("%(treatment)s, %(minutes)s minutes, %(name)s") % words)
    event.add("location", _place(booking))
    if booking.status in AHEAD:
        event.add_component(alarm(str(event["summary"]), REMIND))
    return event


def _place(booking: Booking) -> str:
    if booking.at_home:
        return _("at the client's home")
    return f"{booking.room.name}, {booking.location.name}"
