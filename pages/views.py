"""The start page: what ashiatsu is, the soonest time, how to prepare."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookings import availability
from bookings.views.choice import read_choice
from bookings.views.choose import soonest_cards
from locations.house import House, is_demo
from spa import clock


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    choice = read_choice({}, setup, now)
    context = {
        "house": House.of(setup.studio, setup.locations, is_demo(request), setup.number),
        "choice": choice,
        "soonest": [],
    }
    if choice is not None:
        context["soonest"] = soonest_cards(choice, availability.search(setup, choice.wish(), now))
    return render(request, "pages/start.html", context)
