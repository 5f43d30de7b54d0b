"""The advice of a booking as pages show it: a short list before booking, a timeline afterwards."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bookings.advice import Step, day_steps, moments_for
from bookings.guidance import Moment
from bookings.models import Booking
from locations.house import phone_link
from locations.models import Location
from spa import texts

MEALS = ("heavy_meal", "meal")
DRAWINGS = {"water_before": "water", "meal": "bowl", "clothes": "cloth"}


def prepare(booking: Booking, now: datetime) -> list[dict[str, str]]:
    """Water, the last meal and clothes, each with its drawing; the heavy meal is a line below the meal.

    A meal time that is over is left out: it would only worry somebody who books for the next hour.
    """
    moments = moments_for(booking)
    by_kind = {moment.kind: moment for moment in moments if moment.at >= now or moment.kind not in MEALS}
    items = []
    for kind, drawing in DRAWINGS.items():
        if moment := by_kind.get(kind):
            title, text = moment.title, moment.text
            if kind == "meal":
                title = _by(title, local_clock(moment, booking))
                text = f"{_heavy(by_kind.get('heavy_meal'), booking)} {text}".strip()
            items.append({"drawing": f"components/_draw_{drawing}.html", "title": title, "text": text})
    return items


def _by(title: str, time: str) -> str:
    """The heading with its time, unless the studio wrote the time into it."""
    return title if time in title else _("%(title)s by %(time)s") % {"title": title, "time": time}


def _heavy(moment: Moment | None, booking: Booking) -> str:
    return _("Nothing heavy after %(time)s.") % {"time": local_clock(moment, booking)} if moment else ""


def local_clock(moment: Moment, booking: Booking) -> str:
    return texts.clock(moment.at.astimezone(booking.location.zone))


def timeline(booking: Booking, now: datetime) -> list[Step]:
    """The hours around a session that are still to come, and the session itself."""
    return [step for step in day_steps(booking) if step.here or step.at >= now]


def own_hours_url(booking: Booking) -> str:
    """The page on preparing, which says the hours of this session; its address names nobody."""
    start = f"{booking.during.lower.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    asked = {"where": booking.location.slug, "treatment": booking.length.slug, "start": start}
    return f"{reverse('prepare')}?{urlencode(asked)}"


def free_until_words(booking: Booking, now: datetime) -> SafeString:
    """Until when changing and cancelling is free, or that it no longer is."""
    if booking.free_cancel_until <= now:
        hours = round((booking.during.lower - booking.free_cancel_until).total_seconds() / 3600)
        words = _("The session is less than {hours} hours away, so its full price is due if you cancel.")
        return format_html(words, hours=hours)
    words = _("Free to change or cancel until <strong>{when}</strong>. After that the full price is due.")
    return format_html(words, when=texts.moment(booking.free_until))


def place_of(location: Location) -> dict[str, str]:
    return {"phone": location.phone, "phone_link": phone_link(location.phone, location.country)}
