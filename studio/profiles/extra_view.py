"""Extra hours, behind the tab of time off: work on a date beside the weekly hours, tried before it is saved."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.sheets import Content
from bookings.availability import load_setup
from locations.house import House
from locations.models import Location
from spa import clock
from studio.access import studio_view
from studio.profiles import booked, foresight, words
from studio.profiles.extra_form import ExtraForm, WithoutExtra
from studio.profiles.tabs import TABS, keep_typed, tab_page, therapist_or_404
from therapists.extra import EXTRA, during
from therapists.models import Therapist
from therapists.week import HOURS

AWAY = ("remove", "drop")
"""The buttons that take extra hours away: the first asks when sessions stand in them, the second does it."""


@studio_view("GET", "HEAD", "POST")
def extra_hours(request: HttpRequest, pk: int) -> HttpResponse:
    person, house, now = therapist_or_404(pk), House.load(request), clock.now()
    form, do = form_of(request, person, EXTRA.read(person), now), request.POST.get("do")
    if not form.is_bound or not form.is_valid():
        return page(request, person, form, house, now)
    form.clashes = foresight.newly_outside(person, form.plans, now, form.typed["extra"])
    form.asks = do in ("save", "remove") and bool(form.clashes)
    if form.asks or do not in ("save", "keep", *AWAY):
        return page(request, person, form, house, now)
    return keep_typed(request, TABS["extra-hours"], person, form) or page(request, person, form, house, now)


def form_of(request: HttpRequest, person: Therapist, content: Content, now: dt.datetime) -> ExtraForm:
    asked = request.GET.get("extra", "")
    number = int(asked) if asked in map(str, range(len(content["extra"]))) else None
    form = WithoutExtra if number is not None and request.POST.get("do") in AWAY else ExtraForm
    given = {"content": content, "number": number, "places": Location.objects.all(), "now": now}
    typed = request.POST if request.method == "POST" else None
    return form(typed, plans=HOURS.read(person)["plans"], **given)


def page(request: HttpRequest, person: Therapist, form: ExtraForm, house: House, now: dt.datetime) -> HttpResponse:
    clashes = getattr(form, "clashes", None)
    extra = {
        "extra": links(person, form.content, now, form.number),
        "is_new": form.number is None,
        "is_away": isinstance(form, WithoutExtra),
        "clashes": booked.lines(clashes or []),
        "asks": getattr(form, "asks", False),
        "is_tried": clashes is not None,
        "times": times(person, form, now) if clashes is not None else [],
    }
    return tab_page(request, TABS["extra-hours"], person, form, house, extra)


def links(person: Therapist, content: Content, now: dt.datetime, opened: int | None = None) -> list[tuple[Any, ...]]:
    """Address, place, words, and whether it is the one that is open, of the extra hours that are not over."""
    address, names = reverse("studio_therapist_extra_hours", args=[person.pk]), words.Names()
    return [
        (f"{address}?extra={number}", names.place(row["place"]), words.extra_words(row, names), number == opened)
        for number, row in enumerate(content["extra"])
        if during(row).upper > now
    ]


def times(person: Therapist, form: ExtraForm, now: dt.datetime) -> list[str]:
    """The first times that a client would see from the day on that was typed, or that is taken away."""
    row = form.content["extra"][form.number] if isinstance(form, WithoutExtra) else form.typed_row
    place = form.place_of(row["place"])
    day = during(row).lower.astimezone(place.zone).date()
    return foresight.next_times(load_setup(), person, place, day, now, extra=form.typed["extra"])
