"""/b/<token>/cancel/: give up a session. The page says what it costs and asks; only its button cancels."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import actions, links
from bookings.models import Booking
from bookings.standing import may_cancel, may_move
from bookings.views.answers import SeeOther
from bookings.views.behind import linked_or_404, said_off
from bookings.views.steps import free_until_words, place_of
from spa import clock


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "cancel", now)
    if off := said_off(seen):
        return off
    if request.method != "POST":
        return page(request, seen, now)
    edition = request.POST.get("edition", "")
    if edition != str(seen.edition):  # moved since she opened the page: she looks at the new time first
        return page(request, seen, now, status=409 if edition else 422)
    try:
        actions.cancel_own(booking=seen, now=now)
    except (actions.Stale, actions.WrongStep):
        return page(request, linked_or_404(request, token, "cancel", now), now, status=409)
    return SeeOther(reverse("booking", args=[links.make(seen)]))


def page(request: HttpRequest, seen: Booking, now: datetime, status: int = 200) -> HttpResponse:
    """The session, what cancelling means now, and the button; without it once the session has begun."""
    with override(seen.language):
        words = {
            "booking": seen,
            "can_cancel": may_cancel(seen, now),
            "is_free": now < seen.free_cancel_until,
            "has_changed": status != 200,
            "free_until": free_until_words(seen, now),
            "back": reverse("booking", args=[links.make(seen)]),
            "move_url": reverse("move", args=[links.make(seen, "move")]) if may_move(seen, now) else "",
            "place": place_of(seen.location),
        }
        return render(request, "bookings/cancel.html", words, status=status)
