"""The tab of time off: away for days or hours, tried before it is saved, and given back."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bookings import actions
from bookings.availability import load_setup
from bookings.models.event import Actor
from bookings.periods import period_words
from bookings.views.answers import SeeOther
from locations.house import House
from spa import clock
from studio.access import studio_view
from studio.page import zone_of
from studio.profiles import booked, foresight
from studio.profiles.extra_view import links
from studio.profiles.tabs import TABS, tab_page, therapist_or_404
from studio.profiles.time_off_form import TimeOffForm
from therapists.extra import EXTRA
from therapists.models import Therapist, TimeOff


@studio_view("GET", "HEAD", "POST")
def time_off(request: HttpRequest, pk: int) -> HttpResponse:
    person, house, now = therapist_or_404(pk), House.load(request), clock.now()
    form = TimeOffForm(request.POST if request.method == "POST" else None, zone=zone_of(house), now=now)
    if not form.is_bound or not form.is_valid():
        return page(request, person, form, house, now)
    during, do = DateTimeTZRange(form.cleaned_data["start"], form.cleaned_data["end"]), request.POST.get("do")
    form.clashes = list(actions.in_the_way(therapist=person, during=during))
    form.asks = do == "save" and bool(form.clashes)
    if form.asks or do not in ("save", "keep"):
        return page(request, person, form, house, now, during)
    words = {"start": during.lower, "end": during.upper, "kind": form.cleaned_data["kind"]}
    change = actions.Change(Actor("staff", request.user.pk), now)
    actions.block(therapist=person, reason=form.cleaned_data["reason"], change=change, **words)
    return SeeOther(f"{reverse('studio_therapist_time_off', args=[pk])}?done=saved")


@studio_view("POST")
def lift_time_off(request: HttpRequest, pk: int, off: int) -> HttpResponse:
    """Give back what is left of it."""
    hers = TimeOff.objects.filter(therapist_id=min(pk, 2**63 - 1), state=TimeOff.State.ACCEPTED)
    row = hers.filter(pk=min(off, 2**63 - 1)).first()
    if row is None:
        raise Http404
    actions.lift(block=row, change=actions.Change(Actor("staff", request.user.pk), clock.now()))
    return SeeOther(f"{reverse('studio_therapist_time_off', args=[pk])}?done=saved")


def page(
    request: HttpRequest,
    person: Therapist,
    form: TimeOffForm,
    house: House,
    now: dt.datetime,
    during: DateTimeTZRange | None = None,
) -> HttpResponse:
    """`during`: the time off that is tried, not kept yet."""
    zone = zone_of(house)
    ahead = person.timeoff_set.filter(during__endswith__gt=now).exclude(state=TimeOff.State.DECLINED)
    rows = [(row, period_words(row.during, zone), row.get_kind_display()) for row in ahead.order_by("during")]
    extra = {
        "rows": [line for line in rows if line[0].state == TimeOff.State.ACCEPTED],
        "proposed": [line for line in rows if line[0].state == TimeOff.State.PROPOSED],
        "clashes": booked.lines(getattr(form, "clashes", [])),
        "asks": getattr(form, "asks", False),
        "is_tried": during is not None,
        "extra": links(person, EXTRA.read(person), now),
        "times": foresight.times_without(load_setup(), person, during, now) if during else [],
    }
    return tab_page(request, TABS["time-off"], person, form, house, extra)
