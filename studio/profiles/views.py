"""/studio/therapists/: the list, somebody new, and the way out of the offers and back into them."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts import sheets
from bookings.availability import load_setup
from bookings.models import Booking
from bookings.views.answers import SeeOther
from locations.house import House
from spa import clock
from studio import proposals
from studio.access import studio_view
from studio.menu import missing
from studio.page import languages_of, show, zone_of
from studio.profiles import booked, listing
from studio.profiles.profile_form import ProfileForm
from studio.profiles.tabs import LONGEST_NUMBER, TABS, Tab, tab_or_404, tab_page, therapist_or_404
from therapists.models import Style, Therapist
from therapists.profile import PROFILE, empty


@studio_view("GET", "HEAD")
def index(request: HttpRequest) -> HttpResponse:
    steps = missing.steps()
    is_whole, now, house = all(step.is_done for step in steps), clock.now(), House.load(request)
    context = {
        "steps": [] if is_whole else steps,
        "first": missing.first_time(now) if is_whole else None,
        "asked": proposals.waiting(zone_of(house), now),
    }
    return show(request, "studio/index.html", context, house)


@studio_view("GET", "HEAD")
def therapists(request: HttpRequest) -> HttpResponse:
    now, house = clock.now(), House.load(request)
    found = listing.lines(load_setup(), now, now.astimezone(zone_of(house)).date())
    return show(request, "studio/profiles/list.html", {"lines": found}, house)


@studio_view("GET", "HEAD", "POST")
def new_therapist(request: HttpRequest) -> HttpResponse:
    house, person = House.load(request), Therapist()
    typed = request.POST if request.method == "POST" else None
    form = ProfileForm(typed, content=empty(), languages=languages_of(house), styles=Style.objects.all())
    if not form.is_bound or not form.is_valid():
        return tab_page(request, TABS["profile"], person, form, house)
    try:
        sheets.keep(page=PROFILE, row=person, content=form.typed, by=request.user, now=clock.now())
    except ValidationError as problem:
        form.refuse(problem)
        return tab_page(request, TABS["profile"], Therapist(), form, house)
    return SeeOther(f"{reverse('studio_therapist', args=[person.pk])}?done=saved")


@studio_view("GET", "HEAD", "POST")
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the offers, or back: what is booked stays, and is listed."""
    person, now = therapist_or_404(pk), clock.now()
    if request.method == "POST":
        content = PROFILE.read(person) | {"bookable": request.POST.get("do") == "back"}
        sheets.keep(page=PROFILE, row=person, content=content, by=request.user, now=now)
        return SeeOther(f"{reverse('studio_therapist_retire', args=[pk])}?done=saved")
    context = {"person": person, "booked": booked.listed(booked.ahead(now, therapist=person))}
    return show(request, "studio/profiles/retire.html", context, House.load(request))


@studio_view("POST")
def restore(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """An older version of a tab becomes its newest one, when the rules of today allow it.

    Hours that would leave booked sessions outside are asked about first, like hours that are typed.
    """
    person, tab, number, now = therapist_or_404(pk), tab_or_404(key), request.POST.get("version", ""), clock.now()
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise Http404
    try:
        if request.POST.get("do") != "keep" and (clashes := outside(tab, person, int(number), now)):
            context = {"person": person, "tab": tab, "number": number, "clashes": booked.lines(clashes), "asks": True}
            return show(request, "studio/profiles/restore.html", context, House.load(request))
        sheets.restore(page=tab.page, row=person, version=int(number), by=request.user, now=now)
    except (LookupError, sheets.ChangedMeanwhile):
        raise Http404 from None
    except ValidationError as problem:
        context = {"problems": problem.messages, "back": reverse(tab.route, args=[pk])}
        return show(request, "studio/profiles/not_restored.html", context, House.load(request), 409)
    return SeeOther(f"{reverse(tab.route, args=[pk])}?done=restored")


def outside(tab: Tab, person: Therapist, version: int, now: dt.datetime) -> list[Booking]:
    """The booked sessions that a version of a tab of hours would leave outside. Raises LookupError."""
    return tab.outside(person, sheets.content_of(tab.page, person, version), now) if tab.outside else []
