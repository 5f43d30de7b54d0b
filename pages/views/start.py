"""The start page: what ashiatsu is, the soonest time, how to prepare."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import availability
from bookings.views.choice import read_choice
from bookings.views.choose import soonest_cards
from pages import data
from pages.page import house_of, show
from spa import clock


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    choice = read_choice({}, setup, now)
    context = {
        "description": _("Back-walking massage: twenty or thirty minutes of slow, steady steps beside the spine."),
        "data": data.business(house_of(request, setup)),
        "choice": choice,
        "soonest": [],
    }
    if choice is not None:
        context["soonest"] = soonest_cards(choice, availability.search(setup, choice.wish(), now))
    return show(request, "pages/start.html", setup, context)
