"""/calendar/: a therapist makes the private address of her own calendar, sees it this once, and ends it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from spa import clock
from therapists.feeds import make_feed, revoke_feed
from therapists.models import Therapist


@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar(request: HttpRequest) -> HttpResponse:
    therapist = own_or_404(request)
    do = request.POST.get("do", "") if request.method == "POST" else "look"
    address = ""
    if do == "make":
        address = f"{settings.SITE_URL}/calendar/{make_feed(therapist, clock.now())}.ics"
    elif do == "end":
        revoke_feed(therapist, clock.now())
    words = {"address": address, "has_address": therapist.calendar_feeds.filter(revoked_at=None).exists()}
    return render(request, "bookings/own_calendar.html", words, status=200 if do in ("look", "make", "end") else 422)


def own_or_404(request: HttpRequest) -> Therapist:
    """The therapist who signed in; for everybody else there is no such page."""
    therapist = Therapist.objects.filter(user=request.user).first() if request.user.is_staff else None
    if therapist is None:
        raise Http404
    return therapist
