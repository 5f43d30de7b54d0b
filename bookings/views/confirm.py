"""/b/<token>/confirm/: "I am coming". Opening it changes nothing: mail scanners follow links. The button says it."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import actions, links
from bookings.actions.life import can_confirm
from bookings.models import Booking
from bookings.models.event import CLIENT
from bookings.views.answers import SeeOther
from bookings.views.booked import greeting
from bookings.views.steps import place_of
from spa import clock


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = confirmable_or_404(token, now)
    if request.method != "POST":
        return page(request, seen, now)
    edition = request.POST.get("edition", "")
    if edition != str(seen.edition):  # moved since she opened the page: she looks at the new time first
        return page(request, seen, now, status=409 if edition else 422)
    try:
        actions.confirm(booking=seen, by=CLIENT, now=now)
    except actions.WrongStep:
        return page(request, confirmable_or_404(token, now), now, status=409)
    return SeeOther(request.path)


def confirmable_or_404(token: str, now: datetime) -> Booking:
    """The booking behind a link that was made for confirming; other links look like a page that does not exist."""
    try:
        return links.read(token, "confirm", now)
    except links.BadLink:
        raise Http404 from None


def page(request: HttpRequest, seen: Booking, now: datetime, status: int = 200) -> HttpResponse:
    with override(seen.language):
        words = {
            "booking": seen,
            "can_confirm": can_confirm(seen, now),
            "has_changed": status != 200,
            "back": reverse("booking", args=[links.make(seen)]),
            "place": place_of(seen.location),
        }
        return render(request, "bookings/confirm.html", words | greeting(seen), status=status)
