"""/calendar/<secret>.ics: a therapist's sessions, for the calendar program that she gave this address."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts import throttle
from bookings.calendar_file import MEDIA_TYPE
from bookings.therapist_calendar import therapist_ics
from spa import clock
from therapists.feeds import feed_of

READS, PER = 120, timedelta(minutes=10)
"""Of one network address: a calendar reads every quarter of an hour, whoever guesses reads more often."""


@login_not_required
@cache_control(no_store=True, private=True)
@require_safe
def therapist_feed(request: HttpRequest, secret: str) -> HttpResponse:
    now = clock.now()
    if not throttle.allow("calendar", request.client_address, READS, PER, now):
        return render(request, "429.html", status=429)
    feed = feed_of(secret)
    if feed is None:
        raise Http404
    return HttpResponse(therapist_ics(feed.therapist, now), content_type=f"{MEDIA_TYPE}; charset=utf-8")
