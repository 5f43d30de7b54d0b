"""/desk/mine/: a therapist's own day on her phone."""

from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.views.answers import SeeOther
from bookings.views.choice import read_day
from desk.access import actor, own_view
from desk.forms.booking import StepForm
from desk.own import own_or_404, sessions, therapist_or_404
from desk.page import zone_of
from desk.refusals import ERRORS, refusal_of
from desk.views.booking import ACTS
from locations.house import House
from spa import clock
from therapists.models import Therapist

ONE_DAY = timedelta(days=1)
YEARS = range(2000, 2100)


@own_view("GET", "HEAD")
def own_day(request: HttpRequest) -> HttpResponse:
    return answer(request, therapist_or_404(request), clock.now())


@own_view("POST")
def own_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Arrived, started, done: the same acts as at the desk, on a session of her own."""
    therapist, now = therapist_or_404(request), clock.now()
    seen, form = own_or_404(therapist, pk), StepForm(request.POST)
    if not form.is_valid():
        return answer(request, therapist, now, _("Open the day again: this page was cut off."), 422)
    version = form.cleaned_data["version"]
    try:
        ACTS[form.cleaned_data["to"]](booking=seen, by=actor(request), now=now, version=version)
    except ERRORS as error:
        refusal = refusal_of(error, own_or_404(therapist, pk), version)
        return answer(request, therapist, now, f"{refusal.heading}. {refusal.words}", 409)
    return SeeOther(f"{reverse('desk_own_day')}?day={seen.starts_at.date()}#b{seen.pk}")


def answer(
    request: HttpRequest, therapist: Therapist, now: datetime, refusal: str = "", status: int = 200
) -> HttpResponse:
    house = House.load(request)
    today = now.astimezone(zone_of(house)).date()
    day = day_of(request, today)
    context = {
        "house": house,
        "therapist": therapist,
        "day": day,
        "today": today,
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
        "sessions": sessions(therapist, day, now),
        "refusal": refusal,
    }
    return render(request, "desk/mine.html", context, status=status)


def day_of(request: HttpRequest, today: date) -> date:
    day = read_day(request.GET.get("day"))
    return day if day and day.year in YEARS else today
