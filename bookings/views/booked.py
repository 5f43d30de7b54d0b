"""/b/<token>/: one booking behind its signed link. Reading changes nothing, and shows no way to reach the client."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bookings import calendar_file, links
from bookings.models import Booking
from bookings.models.status import Status
from bookings.views.answers import SeeOther
from bookings.views.reach import reach_words
from bookings.views.session import has_booked
from bookings.views.steps import free_until_words, place_of, timeline
from spa import clock

MAP = "https://www.openstreetmap.org/search"


@login_not_required
@cache_control(no_store=True, private=True)
@require_safe
def booked(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    booking = linked_or_404(token, now)
    if not has_booked(request, booking):
        return SeeOther(reverse("booking", args=[token]))
    with override(booking.language):
        return render(request, "bookings/booked.html", about(booking, token, now))


@login_not_required
@cache_control(no_store=True, private=True)
@require_safe
def booking(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(token, now)
    with override(seen.language):
        return render(request, "bookings/booking.html", about(seen, token, now) | greeting(seen) | reach_words(seen))


@login_not_required
@cache_control(no_store=True, private=True)
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    seen = linked_or_404(token, clock.now())
    response = HttpResponse(calendar_file.ics(seen), content_type=f"{calendar_file.MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="session.ics"'
    return response


def linked_or_404(token: str, now: datetime) -> Booking:
    """The booking behind a link; forged, revoked and old links all look like a page that does not exist."""
    try:
        return links.read(token, "view", now)
    except links.BadLink:
        raise Http404 from None


def about(booking: Booking, token: str, now: datetime) -> dict[str, Any]:
    """What both pages of a booking show. Call it in the booking's language."""
    return {
        "booking": booking,
        "steps": timeline(booking, now),
        "place": place_of(booking.location),
        "map": "" if booking.at_home else f"{MAP}?{urlencode({'query': booking.location.address})}",
        "free_until": free_until_words(booking, now),
        "calendar": {
            "file": reverse("calendar", args=[token]),
            "google": calendar_file.google_url(booking),
            "outlook": calendar_file.outlook_url(booking),
        },
    }


def greeting(booking: Booking) -> dict[str, str]:
    states = {
        Status.DONE: _("This session is over. We hope that it did you good."),
        Status.NO_SHOW: _("We missed you at this session."),
        Status.CANCELLED: _("This booking is cancelled."),
    }
    return {
        "greeting": _("Your session, %(name)s") % {"name": booking.first_name},
        "state": states.get(booking.status, ""),
    }
