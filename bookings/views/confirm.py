"""/b/<token>/confirm/: "I am coming". Opening it changes nothing: mail scanners follow links. The button says it."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
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
from bookings.views.behind import linked_or_404, said_off
from bookings.views.booked import greeting
from bookings.views.steps import place_of
from spa import clock


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "confirm", now)
    if off := said_off(seen):
        return off
    if request.method != "POST":
        return page(request, seen, now)
    edition = request.POST.get("edition", "")
    if edition != str(seen.edition):  # moved since she opened the page: she looks at the new time first
        return page(request, seen, now, status=409 if edition else 422)
    try:
        actions.confirm(booking=seen, by=CLIENT, now=now)
    except actions.WrongStep:
        current = linked_or_404(request, token, "confirm", now)
        return said_off(current) or page(request, current, now, status=409)
    return SeeOther(request.path)


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
