"""/studio/places/: the studio, its places with their policies, and when they are open."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bookings.models import Booking
from bookings.scheduling.hours import WeeklyHours, horizon_spans
from locations.house import House
from locations.models import Location, Studio
from spa import clock
from studio.access import studio_view
from studio.menu.place_forms import OpeningForm, PlaceForm, StudioForm
from studio.menu.things import THINGS, kept, row_or_404, thing_page
from studio.menu.words import policies
from studio.page import languages_of, show
from studio.profiles import booked
from therapists.week import blocks_of


@studio_view("GET", "HEAD")
def places(request: HttpRequest) -> HttpResponse:
    context = {"places": Location.objects.all(), "owner": Studio.objects.first()}
    return show(request, "studio/menu/places.html", context, House.load(request))


@studio_view("GET", "HEAD", "POST")
def house(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """There is one studio: who would make another one is led to it."""
    thing, first = THINGS["house"], Studio.objects.first()
    row = row_or_404(thing, pk) if pk is not None else None
    if row is None and first is not None and request.method != "POST":
        return redirect(thing.route, first.pk)
    row = row or first
    form = StudioForm(request.POST if request.method == "POST" else None, content=thing.page.read(row or Studio()))
    return kept(request, thing, row, form) or thing_page(request, thing, row, form, House.load(request))


@studio_view("GET", "HEAD", "POST")
def place(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    thing, loaded = THINGS["place"], House.load(request)
    row = row_or_404(thing, pk) if pk is not None else None
    content = thing.page.read(row or Location())
    ahead = Booking.objects.ahead().filter(location=row).count() if row else 0
    typed = request.POST if request.method == "POST" else None
    form = PlaceForm(typed, content=content, languages=languages_of(loaded), booked=ahead)
    if saved := kept(request, thing, row, form):
        return saved
    read = form.typed if form.is_bound and not form.errors else content
    return thing_page(request, thing, row, form, loaded, {"policies": policies(read)})


@studio_view("GET", "HEAD", "POST")
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Saved at once when no booked session falls outside; else she is asked first."""
    thing, now = THINGS["opening"], clock.now()
    row = row_or_404(thing, pk)
    form = OpeningForm(request.POST if request.method == "POST" else None, content=thing.page.read(row))
    clashes = outside(row, form, now) if form.is_bound and form.is_valid() else []
    if (not clashes or request.POST.get("do") == "keep") and (saved := kept(request, thing, row, form)):
        return saved
    extra = {"clashes": booked.lines(clashes), "asks": bool(clashes)}
    return thing_page(request, thing, row, form, House.load(request), extra)


def outside(place: Location, form: OpeningForm, now: dt.datetime) -> list[Booking]:
    """The sessions ahead at a place that the typed hours do not hold. One query."""
    rules = [WeeklyHours(*block) for block in blocks_of(form.plan)]
    found = []
    for row in booked.ahead(now, location=place):
        day = row.starts_at.astimezone(place.zone).date() - dt.timedelta(days=1)
        spans = horizon_spans(rules, day, 3, place.zone)
        if not any(start <= row.start_tick and row.end_tick <= end for start, end in spans):
            found.append(row)
    return found
