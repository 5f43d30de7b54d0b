"""The tab of hours: a week at a place, tried before it is saved."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dates import WEEKDAYS

from accounts.sheets import Content
from bookings.availability import load_setup
from locations.house import House
from locations.models import Location
from spa import clock, texts
from studio.access import studio_view
from studio.page import zone_of
from studio.profiles import booked, foresight, words
from studio.profiles.hours_form import HoursForm, copied, one_more
from studio.profiles.strip import strip
from studio.profiles.tabs import TABS, keep_typed, tab_page, therapist_or_404
from therapists.models import Therapist
from therapists.week import HOURS, WEEK, Plan

NEW = "new"


@studio_view("GET", "HEAD", "POST")
def hours(request: HttpRequest, pk: int) -> HttpResponse:
    person, house, now = therapist_or_404(pk), House.load(request), clock.now()
    form, shaped = form_of(request, HOURS.read(person), house, now)
    if shaped or not form.is_bound or not form.is_valid():
        return page(request, person, form, house, now)
    do = request.POST.get("do")
    form.clashes = foresight.outside(person, form.typed["plans"], now)
    if (do == "save" and not form.clashes) or do == "keep":
        return keep_typed(request, TABS["hours"], person, form) or page(request, person, form, house, now)
    form.asks = do == "save"
    return page(request, person, form, house, now)


def form_of(request: HttpRequest, content: Content, house: House, now: dt.datetime) -> tuple[HoursForm, bool]:
    """The form as it was asked for, and whether a button only changed its shape."""
    today = now.astimezone(zone_of(house)).date()
    given = {"content": content, "places": Location.objects.all(), "today": today}
    number = which(request, content["plans"], today)
    if request.method != "POST":
        return HoursForm(number=number, **given), False
    typed, do = request.POST.dict(), request.POST.get("do", "")
    if do == "copy":
        others = [int(day) for day in request.POST.getlist("copy_to") if day in map(str, WEEK)]
        source = request.POST.get("copy_from", "")
        typed = copied(typed, int(source), others) if source in map(str, WEEK) else typed
    elif do.removeprefix("add-") in map(str, WEEK):
        typed = one_more(typed, int(do.removeprefix("add-")))
    else:
        return HoursForm(request.POST, number=number, **given), False
    return HoursForm(number=number, initial=typed, **given), True


def which(request: HttpRequest, plans: list[Plan], today: dt.date) -> int | None:
    """The plan that she asked for, else the one that holds today; None for a new one."""
    asked = request.GET.get("plan", "")
    if asked in map(str, range(len(plans))):
        return int(asked)
    if asked == NEW or not plans:
        return None
    day = today.isoformat()
    holding = [number for number, plan in enumerate(plans) if plan["since"] <= day <= (plan["until"] or "9999")]
    return holding[0] if holding else 0


def page(request: HttpRequest, person: Therapist, form: HoursForm, house: House, now: dt.datetime) -> HttpResponse:
    extra = {
        "plans": plan_links(person, form),
        "is_new": form.number is None,
        "clashes": booked.lines(getattr(form, "clashes", [])),
        "asks": getattr(form, "asks", False),
        "weekdays": [(day, str(WEEKDAYS[day])) for day in WEEK],
        **preview(person, form, now),
    }
    return tab_page(request, TABS["hours"], person, form, house, extra)


def plan_links(person: Therapist, form: HoursForm) -> list[tuple[str, str, bool]]:
    """Address, words, and whether it is the one that is open, of each plan."""
    address, names = reverse("studio_therapist_hours", args=[person.pk]), words.Names()
    return [
        (f"{address}?plan={number}", words.plan_name(plan, names), number == form.number)
        for number, plan in enumerate(form.content["plans"])
    ]


def preview(person: Therapist, form: HoursForm, now: dt.datetime) -> dict[str, Any]:
    """The strip of the plan, and the next times with it: as typed when that can be read, else as it stands."""
    is_typed = form.is_bound and not form.errors
    plans = form.typed["plans"] if is_typed else form.content["plans"]
    plan = form.typed_plan if is_typed else form.plan_in(form.content)
    place = plan and next((place for place in form.places if place.pk == plan["place"]), None)
    if not place:
        return {"strip": None, "begins": "", "times": []}
    since = dt.date.fromisoformat(plan["since"])
    setup = foresight.with_plans(load_setup(), person, plans)
    clashes = getattr(form, "clashes", None)
    clashes = foresight.outside(person, plans, now) if clashes is None else clashes
    return {
        "strip": strip(plan, clashes),
        "begins": texts.long_day(since) if since > form.today else "",
        "times": foresight.next_times(setup, person, place, since, now),
    }
