"""A booking for the client's own calendar: a file, or a link that fills in a new entry at Google or Outlook.

Times are UTC, so that every calendar shows the right one. Nothing in it says how to reach the client.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from bookings import links
from bookings.advice import day_steps
from bookings.models import Booking
from bookings.models.status import AHEAD, Status
from spa import texts

MEDIA_TYPE = "text/calendar"
GOOGLE = "https://calendar.google.com/calendar/render"
REMIND = timedelta(hours=2)
"""Before she leaves, and before the last meal that the studio usually advises."""
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


def ics(booking: Booking, method: str = "PUBLISH") -> bytes:
    """Return the calendar file (UTF-8, CRLF) in the booking's language.

    The UID never changes and SEQUENCE rises with each edition and with the cancellation, so a later file replaces
    the entry of an earlier one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Ashiatsu bookings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    with translation.override(booking.language):
        calendar.add_component(_event(booking))
    return calendar.to_ical()


def google_url(booking: Booking) -> str:
    with translation.override(booking.language):
        words = {
            "action": "TEMPLATE",
            "text": _title(booking),
            "dates": f"{_utc(booking.during.lower):%Y%m%dT%H%M%SZ}/{_utc(booking.during.upper):%Y%m%dT%H%M%SZ}",
            "details": _description(booking),
            "location": _place(booking),
        }
    return f"{GOOGLE}?{urlencode(words)}"


def outlook_url(booking: Booking) -> str:
    with translation.override(booking.language):
        words = {
            "path": "/calendar/action/compose",
            "rru": "addevent",
            "subject": _title(booking),
            "startdt": f"{_utc(booking.during.lower):%Y-%m-%dT%H:%M:%SZ}",
            "enddt": f"{_utc(booking.during.upper):%Y-%m-%dT%H:%M:%SZ}",
            "body": _description(booking),
            "location": _place(booking),
        }
    return f"{OUTLOOK}?{urlencode(words)}"


def _event(booking: Booking) -> Event:
    event = Event()
    event.add("uid", f"{booking.key}@{settings.SITE_HOST}")
    # Two numbers an edition: its entry, and its cancellation, which the next edition's entry takes back.
    event.add("sequence", 2 * (booking.edition - 1) + (booking.status == Status.CANCELLED))
    # The time at which the booking was made, not this second: the same edition is the same file.
    event.add("dtstamp", _utc(booking.created_at))
    event.add("dtstart", _utc(booking.during.lower))
    event.add("dtend", _utc(booking.during.upper))
    event.add("summary", _title(booking))
    event.add("location", _place(booking))
    event.add("description", _description(booking))
    event.add("url", links.url(booking))
    event.add("status", "CONFIRMED" if booking.status in AHEAD else "CANCELLED")
    event.add("organizer", _studio(booking))
    if booking.status in AHEAD:
        event.add_component(alarm(_title(booking), REMIND))
    return event


def alarm(words: str, before: timedelta) -> Alarm:
    """What a calendar program shows that long before the start."""
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", words)
    reminder.add("trigger", -before)
    return reminder


def _studio(booking: Booking) -> vCalAddress:
    studio = booking.location.studio
    address = vCalAddress(f"mailto:{studio.email}")
    address.params["cn"] = vText(studio.name)
    return address


def _title(booking: Booking) -> str:
    words = {"treatment": booking.treatment_name, "name": booking.therapist.name}
    return _("%(treatment)s with %(name)s") % words


def _place(booking: Booking) -> str:
    if booking.at_home:
        return _("at your home")
    return f"{booking.location.studio.name}, {booking.location.address}"


def _description(booking: Booking) -> str:
    """What to do before and after, until when cancelling is free, whom to ring. Without the booking's link:
    the address of a Google or Outlook entry passes through their hands."""
    place = booking.location
    lines = [f"{texts.clock(step.at)} {step.title}. {step.text}".strip() for step in day_steps(booking)]
    lines += [
        "",
        _("Free to change or cancel until %(when)s.") % {"when": texts.moment(booking.free_until)},
        _("Reference %(reference)s. Phone %(phone)s.") % {"reference": booking.reference, "phone": place.phone},
    ]
    if booking.calls_first:
        lines.append(_("We ring you before the session."))
    return "\n".join(lines)


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
