"""/desk/: the day of one place, and the digest that says whether it is still the day on the screen."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bookings.availability import load_setup
from desk.access import desk_view
from desk.troubles import troubles
from locations.house import House, is_demo
from spa import clock
from spa.web import fragment_or_page

from .day import read_board
from .look import keep, look_at
from .pulse import digest
from .tools import tools


@desk_view("GET", "HEAD")
def day(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), load_setup()
    house = House.of(setup.studio, setup.locations, is_demo(request), setup.number)
    look = look_at(request.GET, request.session, setup, now)
    if look is None:
        return render(request, "desk/no_place.html", {"house": house})
    keep(look, request.session)
    context = {
        "house": house,
        "board": read_board(setup, look, now),
        "tools": tools(look, setup),
        "free": _("Free"),
        "troubles": troubles(now, look.place.zone),
    }
    return fragment_or_page(request, "desk/day.html", "desk/_day.html", context)


@desk_view("GET", "HEAD")
def pulse(request: HttpRequest) -> HttpResponse:
    """JSON: `digest`, an empty one when there is no such place any more."""
    now, setup = clock.now(), load_setup()
    look = look_at(request.GET, {}, setup, now)
    return JsonResponse({"digest": digest(look, now) if look else ""})
