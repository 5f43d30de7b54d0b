"""/desk/clients/: find a client, and what the desk knows of her."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import actions
from bookings.actions import Change
from bookings.views.answers import SeeOther
from clients.finding import MOST, find
from clients.models import Client
from desk.access import actor, desk_view
from desk.page import show, zone_of
from desk.people.forms import NoteForm, PreferencesForm, SearchForm, as_seen
from desk.people.reading import card, client_or_404
from desk.said import say
from locations.house import House
from spa import clock


@desk_view("GET", "HEAD")
def clients(request: HttpRequest) -> HttpResponse:
    house, form = House.load(request), SearchForm(request.GET)
    found = find(form.words, country_of(house))
    context = {"form": form, "found": found[:MOST], "has_more": len(found) > MOST}
    return show(request, "desk/clients.html", context, house=house, now=clock.now())


@desk_view("GET", "HEAD", "POST")
def client(request: HttpRequest, pk: int) -> HttpResponse:
    seen, now = client_or_404(pk), clock.now()
    if seen.merged_into_id:
        return redirect("desk_client", seen.merged_into_id)
    if request.method != "POST":
        return answer(request, seen, now)
    return DEEDS.get(request.POST.get("do", ""), nothing)(request, seen, now)


def save(request: HttpRequest, seen: Client, now: datetime) -> HttpResponse:
    """Keep what she likes, unless somebody else wrote there meanwhile."""
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return answer(request, seen, now, form=form, status=422)
    if form.cleaned_data["seen"] != as_seen(seen):
        return answer(request, seen, now, form=form, status=409)
    actions.keep_preferences(client=seen, preferences=form.preferences, now=now)
    say(request, _("Saved what %(name)s likes.") % {"name": seen.name})
    return SeeOther(reverse("desk_client", args=[seen.pk]))


def note(request: HttpRequest, seen: Client, now: datetime) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return answer(request, seen, now, note_form=form, status=422)
    actions.add_note(text=form.cleaned_data["text"], client=seen, change=Change(by=actor(request), now=now))
    say(request, _("The note is kept."))
    return SeeOther(reverse("desk_client", args=[seen.pk]) + "#notes")


def nothing(request: HttpRequest, seen: Client, now: datetime) -> HttpResponse:
    return answer(request, seen, now, status=422)


DEEDS = {"save": save, "note": note}


def country_of(house: House) -> str:
    """Where numbers without a country code belong."""
    return house.locations[0].country if house.locations else "GB"


def answer(
    request: HttpRequest,
    seen: Client,
    now: datetime,
    form: PreferencesForm | None = None,
    note_form: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Everything about one client; `status` 409 says that her preferences were changed by somebody else."""
    house = House.load(request)
    context = card(seen, now, zone_of(house), country_of(house))
    wrong = form if form is not None else note_form
    context |= {
        "form": form or PreferencesForm.of(seen),
        "note_form": note_form or NoteForm(),
        "problems": wrong.problems if wrong is not None else [],
        "now_seen": as_seen(seen),
        "changed": PreferencesForm.of(seen) if status == 409 else None,
    }
    return show(request, "desk/client.html", context, house=house, now=now, status=status)
