"""/b/<token>/details/: a client whose session was booked at the desk gives what is still missing."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import actions, links
from bookings.actions.details import can_complete
from bookings.forms import RestForm
from bookings.models import Booking
from bookings.views.answers import SeeOther
from bookings.views.behind import linked_or_404, said_off
from bookings.views.often import is_allowed, problems
from bookings.views.steps import place_of
from spa import clock


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "details", now)
    if off := said_off(seen):
        return off
    with override(seen.language):
        form = RestForm(request.POST if request.method == "POST" else None, booking=seen)
        if request.method != "POST" or not can_complete(seen):
            return page(request, seen, form, status=409 if request.method == "POST" else 200)
        if not form.is_valid():
            return page(request, seen, form, status=422)
        if not is_allowed("details", seen.pk, now):
            return page(request, seen, form, status=429)
        try:
            actions.complete_details(booking=seen, rest=rest_of(form), now=now)
        except actions.WrongStep as changed:
            return page(request, changed.booking, form, status=409)
    return SeeOther(request.path)


def rest_of(form: RestForm) -> actions.Rest:
    words = form.cleaned_data
    outcome = Booking.Screening.CLEAR if words["safe"] == "none" else Booking.Screening.CALL_FIRST
    known = {name: words[name] for name in ("name", "email", "phone") if name in words}
    return actions.Rest(screening=outcome, **known)


def page(request: HttpRequest, seen: Booking, form: RestForm, status: int = 200) -> HttpResponse:
    is_open = can_complete(seen)
    words = {
        "booking": seen,
        "form": form,
        "is_open": is_open,
        "problems": problems(status, form.problems() if form.is_bound and is_open else []),
        "back": reverse("booking", args=[links.make(seen)]),
        "place": place_of(seen.location),
    }
    return render(request, "bookings/complete.html", words, status=status)
