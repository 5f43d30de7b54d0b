"""/desk/: the day of one place, and the digest that says whether it is still the day on the screen."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from bookings.availability import load_setup
from desk.access import desk_view
from desk.page import show
from desk.troubles import troubles
from locations.house import House, is_demo
from spa import clock
from spa.web import fragment_or_page

from .day import read_board, wall_clock
from .keys import rows
from .look import keep, look_at
from .pulse import digest
from .tools import tools
from .waiting import read_queue
from .week import read_week


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
        "queue": read_queue(look),
        "troubles": troubles(now, look.place.zone),
    }
    return fragment_or_page(request, "desk/day.html", "desk/_day.html", context)


@desk_view("GET", "HEAD")
def week(request: HttpRequest, slug: str) -> HttpResponse:
    """One therapist's week at the place that is looked at."""
    now, setup = clock.now(), load_setup()
    person, look = setup.therapist(slug), look_at(request.GET, request.session, setup, now)
    if person is None or look is None:
        raise Http404
    house = House.of(setup.studio, setup.locations, is_demo(request), setup.number)
    context = {"house": house, "week": read_week(setup, person, look, now)}
    return render(request, "desk/week.html", context | {"troubles": troubles(now, look.place.zone)})


@desk_view("GET", "HEAD")
def pulse(request: HttpRequest) -> HttpResponse:
    """JSON: `digest` of the day, and the `clock` on the wall; both empty when there is no place."""
    now, setup = clock.now(), load_setup()
    look = look_at(request.GET, {}, setup, now)
    if look is None:
        return JsonResponse({"digest": "", "clock": ""})
    return JsonResponse({"digest": digest(look, now), "clock": wall_clock(now, look)})


@desk_view("GET", "HEAD")
def keys(request: HttpRequest) -> HttpResponse:
    """What the board can do, and its keys."""
    house, now = House.load(request), clock.now()
    return show(request, "desk/keys.html", {"rows": rows()}, house=house, now=now)
