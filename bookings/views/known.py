"""POST /b/<token>/again/: the same once more for whoever has the link. She is known, and nothing of her is shown."""

from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from bookings import actions, availability, links, returning
from bookings.models import Booking
from bookings.views.answers import SeeOther
from bookings.views.behind import linked_or_404
from bookings.views.choice import book_again
from bookings.views.hold import just_gone
from bookings.views.move_choice import asked_start
from bookings.views.session import holder
from spa import clock

KNOWN = "known"
FOR = timedelta(hours=1)
"""How long a browser that opened her link may book for her."""


# Public: for whoever has the link.
@login_not_required
@cache_control(no_store=True, private=True)
@require_POST
def same_again(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "again", now)
    request.session[KNOWN] = [token, int(now.timestamp())]
    return hold_same(request, seen, now)


def hold_same(request: HttpRequest, last: Booking, now: datetime) -> HttpResponse:
    """Hold the same once more at the start that was pressed; without one the times are shown."""
    setup = availability.load_setup()
    start, wish = asked_start(request.POST), returning.wish_of(last, setup)
    if start is None or wish is None:
        return SeeOther(book_again(last, with_her=True))
    try:
        held = actions.hold(wish=wish, start=start, holder=holder(request), now=now)
    except (actions.SlotTaken, actions.NotOffered) as gone:
        return just_gone(request, setup, wish, start, gone, now)
    except actions.TooManyHolds:
        return render(request, "429.html", status=429)
    return SeeOther(reverse("details", args=[held.key]))


def by_link(request: HttpRequest, now: datetime) -> Booking | None:
    """The booking whose link this browser opened a while ago: its client is known. None when that link has died, or
    when there is no address to write to."""
    token, since = request.session.get(KNOWN, ("", 0))
    if not token or now.timestamp() - since > FOR.total_seconds():
        return None
    try:
        found = links.read(token, "again", now)
    except links.BadLink:
        return None
    return found if found.email else None


def forget(request: HttpRequest) -> None:
    request.session.pop(KNOWN, None)
