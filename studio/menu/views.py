"""/studio/treatments/ and /studio/styles/: what can be booked, for how long, at which price, and in which style."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts import sheets
from accounts.sheets import Content
from bookings.views.answers import SeeOther
from locations.house import House
from spa import clock
from studio.access import studio_view
from studio.menu.forms import StyleForm, TreatmentForm
from studio.menu.presets import PRESETS
from studio.menu.things import LONGEST_NUMBER, THINGS, kept, row_or_404, thing_or_404, thing_page
from studio.office_form import OfficeForm
from studio.page import languages_of, show
from studio.profiles import booked
from therapists.models import Style
from treatments.models import Treatment


@studio_view("GET", "HEAD")
def treatments(request: HttpRequest) -> HttpResponse:
    rows = Treatment.objects.select_related("style").prefetch_related("lengths")
    context = {"treatments": rows, "styles": Style.objects.all()}
    return show(request, "studio/menu/list.html", context, House.load(request))


@studio_view("GET", "HEAD", "POST")
def treatment(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    thing, now = THINGS["treatment"], clock.now()
    row = row_or_404(thing, pk) if pk is not None else None
    form = form_of(request, TreatmentForm, thing, row, begin=from_preset(request), styles=Style.objects.all())
    if saved := kept(request, thing, row, form):
        return saved
    ahead = booked.listed(booked.ahead(now, length__treatment=row) if row else [])
    return thing_page(request, thing, row, form, House.load(request), {"booked": ahead})


@studio_view("GET", "HEAD", "POST")
def style(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    thing = THINGS["style"]
    row = row_or_404(thing, pk) if pk is not None else None
    form = form_of(request, StyleForm, thing, row)
    return kept(request, thing, row, form) or thing_page(request, thing, row, form, House.load(request))


@studio_view("POST")
def restore_thing(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """An older version becomes the newest one, when the rules of today allow it."""
    thing = thing_or_404(key)
    row, number = row_or_404(thing, pk), request.POST.get("version", "")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise Http404
    address = reverse(thing.route, args=[pk])
    try:
        sheets.restore(page=thing.page, row=row, version=int(number), by=request.user, now=clock.now())
    except (LookupError, sheets.ChangedMeanwhile):
        raise Http404 from None
    except ValidationError as problem:
        context = {"problems": problem.messages, "back": address}
        return show(request, "studio/profiles/not_restored.html", context, House.load(request), 409)
    return SeeOther(f"{address}?done=restored")


def form_of(
    request: HttpRequest, form: Any, thing: Any, row: Any, begin: Content | None = None, **given: Any
) -> OfficeForm:
    """`begin`: what a new thing holds already when the page is opened."""
    house = House.load(request)
    typed = request.POST if request.method == "POST" else None
    content = thing.page.read(row or thing.model()) | (begin or {} if row is None else {})
    return form(typed, content=content, languages=languages_of(house), **given)


def from_preset(request: HttpRequest) -> Content:
    """The words of a treatment to begin with, where the address asks for one whose style stands."""
    preset = PRESETS.get(request.GET.get("preset", ""))
    style = Style.objects.filter(slug=preset.key).first() if preset else None
    if preset is None or style is None:
        return {}
    return preset.first_treatment(languages_of(House.load(request))) | {"style_id": style.pk}
