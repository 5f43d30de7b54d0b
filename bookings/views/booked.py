"""/b/<token>/: one booking behind its signed link. Reading changes nothing, and shows no way to reach the client."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bookings import availability, calendar_file, links, returning
from bookings.actions.life import can_confirm
from bookings.actions.wishing import TALKABLE
from bookings.asking import is_asked
from bookings.models import Booking, Message
from bookings.models.status import Status
from bookings.reminder_rows import ANSWERS
from bookings.standing import Standing, may_cancel, standing
from bookings.views.answers import SeeOther
from bookings.views.behind import linked_or_404
from bookings.views.choice import book_again
from bookings.views.move_choice import own_day
from bookings.views.near import PRESSURE
from bookings.views.reach import reach_words
from bookings.views.session import has_booked
from bookings.views.slots import slot_value
from bookings.views.steps import free_until_words, own_hours_url, place_of, timeline
from clients.preferences import Preferences
from spa import clock
from treatments.models import AREAS

MAP = "https://www.openstreetmap.org/search"


@login_not_required
@cache_control(no_store=True, private=True)
@require_safe
def booked(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    booking = linked_or_404(request, token, "view", now)
    if not has_booked(request, booking) or booking.status == Status.CANCELLED:
        return SeeOther(reverse("booking", args=[token]))
    with override(booking.language):
        return render(request, "bookings/booked.html", about(booking, token, now))


@login_not_required
@cache_control(no_store=True, private=True)
@require_safe
def booking(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "view", now)
    with override(seen.language):
        if seen.status == Status.CANCELLED:
            return render(
                request, "bookings/cancelled.html", {"again": book_again(seen), "place": place_of(seen.location)}
            )
        words = about(seen, token, now) | greeting(seen) | standing_words(seen, now) | reach_words(seen)
        return render(request, "bookings/booking.html", words | {"done": done(request, seen)})


@login_not_required
@cache_control(no_store=True, private=True)
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    seen = linked_or_404(request, token, "view", clock.now())
    response = HttpResponse(calendar_file.ics(seen), content_type=f"{calendar_file.MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="session.ics"'
    return response


def about(booking: Booking, token: str, now: datetime) -> dict[str, Any]:
    """What both pages of a booking show. Call it in the booking's language."""
    return {
        "booking": booking,
        "steps": timeline(booking, now),
        "own_hours": own_hours_url(booking),
        "place": place_of(booking.location),
        "map": "" if booking.at_home else f"{MAP}?{urlencode({'query': booking.location.address})}",
        "free_until": free_until_words(booking, now),
        "manage": reverse("booking", args=[token]),
        "contact_url": reverse("contact", args=[links.make(booking, "contact")]) if booking.is_ahead else "",
        "came_back": booking.is_ahead and has_come_back(booking),
        "calendar": {
            "file": reverse("calendar", args=[token]),
            "google": calendar_file.google_url(booking),
            "outlook": calendar_file.outlook_url(booking),
        },
    }


def standing_words(booking: Booking, now: datetime) -> dict[str, Any]:
    """How it stands, and what can still be changed here: the times of its own day, and where to move or cancel it."""
    stands = standing(booking, now)
    said = {
        Standing.BEGUN: _("Your session has begun."),
        Standing.OVER: _("This session is over. We hope that it did you good."),
        Standing.MISSED: _("We missed you at this session."),
    }
    return {
        "is_ahead": stands == Standing.AHEAD,
        "is_asked": may_cancel(booking, now) and is_asked(booking),
        "state": said.get(stands, ""),
        "again": book_again(booking),
        **same_words(booking, stands, now),
        "cancel_url": reverse("cancel", args=[links.make(booking, "cancel")]) if may_cancel(booking, now) else "",
        "wishes": wishes_words(booking.preferences) if stands in TALKABLE else [],
        "wishes_url": reverse("wishes", args=[links.make(booking, "wishes")]) if stands in TALKABLE else "",
        "confirm_url": reverse("confirm", args=[links.make(booking, "confirm")]) if asks_whether(booking, now) else "",
        **own_day(booking, now),
    }


def same_words(booking: Booking, stands: Standing, now: datetime) -> dict[str, Any]:
    """The same once more: about two weeks later at this hour, or at another. Not for whom we missed."""
    if stands == Standing.MISSED:
        return {}
    proposal = returning.propose([booking], availability.load_setup(), now)
    return {
        "same_url": reverse("same_again", args=[links.make(booking, "again")]),
        "proposal": proposal,
        "proposal_value": slot_value(proposal.offer) if proposal else "",
    }


def asks_whether(booking: Booking, now: datetime) -> bool:
    """Whether she may still say that she comes, and has not."""
    return booking.confirmed_at is None and can_confirm(booking, now)


def has_come_back(booking: Booking) -> bool:
    """Whether the last mail that tells of the session did not arrive. Her page says it: she cannot read it there."""
    told = booking.messages.filter(kind__in=ANSWERS, channel=Message.Channel.MAIL, therapist=None)
    last = told.exclude(state=Message.State.WITHDRAWN).order_by("pk").last()
    return last is not None and last.state == Message.State.FAILED


def wishes_words(suits: Preferences) -> list[str]:
    """What she said that suits her."""
    said = []
    if suits.pressure:
        said.append(_("Pressure: %(words)s") % {"words": PRESSURE[suits.pressure]})
    for words, areas in (
        (_("More on: %(areas)s"), suits.focus_areas),
        (_("Leave out: %(areas)s"), suits.avoid_areas),
    ):
        if areas:
            said.append(words % {"areas": ", ".join(str(AREAS.get(area, area)) for area in areas)})
    return said + ([_("No oil")] if suits.oil_free else [])


def done(request: HttpRequest, booking: Booking) -> str:
    """What the page that led here has just done."""
    said = request.GET.get("done", "")
    is_so = {
        "wishes": True,
        "booked": booking.is_ahead,
        "moved": booking.edition > 1,
        "contact": booking.link_version > 1,
    }
    return said if is_so.get(said) else ""


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
