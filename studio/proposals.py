"""/studio/time-off/<pk>/: time off that a therapist asks for, what is booked then, and the answer."""

import datetime as dt
from contextlib import suppress
from typing import Any, NamedTuple

from django import forms
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import actions
from bookings.forms import PlainText
from bookings.models import Booking
from bookings.models.event import Actor
from bookings.periods import period_words
from bookings.views.answers import SeeOther
from locations.house import House
from spa import clock
from studio.access import studio_view
from studio.office_form import OfficeForm
from studio.page import show, zone_of
from studio.profiles import booked
from therapists.models import TimeOff

LARGEST = 2**63 - 1


class Line(NamedTuple):
    """What somebody asks for, in words; `touched` sessions are booked with her then."""

    pk: int
    who: str
    when: str
    why: str
    touched: int


class AnswerForm(OfficeForm):
    """`do`: accept or decline. Who declines says why."""

    do = forms.ChoiceField(choices=[("accept", ""), ("decline", "")])
    word = PlainText(
        label=gettext_lazy("A word to her, if you decline"),
        required=False,
        max_length=200,
        error_messages={"max_length": gettext_lazy("Shorten it to 200 letters or fewer.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, content={}, **kwargs)
        self.fields["do"].error_messages = dict.fromkeys(
            ("required", "invalid_choice"), _("Press one of the two buttons.")
        )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("do") == "decline" and not self.cleaned_data.get("word", "-"):
            self.add_error("word", _("Write why, in a few words: she reads it."))
        return self.cleaned_data


@studio_view("GET", "HEAD", "POST")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    row, now = proposal_or_404(pk), clock.now()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return page(request, row, form)
    act = {"accept": actions.accept_time_off, "decline": actions.decline_time_off}[form.cleaned_data["do"]]
    change = actions.Change(Actor("staff", request.user.pk), now, reason=form.cleaned_data["word"])
    with suppress(actions.NotProposed):  # the page says how it stands now
        act(proposal=row, change=change)
    return SeeOther(reverse("studio_proposal", args=[pk]))


def page(request: HttpRequest, row: TimeOff, form: AnswerForm) -> HttpResponse:
    house = House.load(request)
    touched = list(actions.in_the_way(therapist=row.therapist, during=row.during))
    context = {
        "row": row,
        "when": period_words(row.during, zone_of(house)),
        "clashes": booked.lines(touched),
        "is_open": row.state == TimeOff.State.PROPOSED,
        "form": form,
    }
    return show(request, "studio/proposal.html", context, house, 422 if form.is_bound else 200)


def waiting(zone: dt.tzinfo, now: dt.datetime) -> list[Line]:
    """What therapists ask for, the earliest first. One query."""
    hers = {"therapist": OuterRef("therapist"), "therapist_block__overlap": OuterRef("during")}
    touched = Booking.objects.ahead().filter(**hers).order_by().values("therapist").annotate(count=Count("pk"))
    asked = TimeOff.objects.filter(state=TimeOff.State.PROPOSED, during__endswith__gt=now)
    rows = (
        asked.select_related("therapist").annotate(touched=Subquery(touched.values("count"))).order_by("during", "pk")
    )
    return [
        Line(row.pk, row.therapist.name, period_words(row.during, zone), why(row), row.touched or 0)
        for row in rows.order_by("during", "pk")
    ]


def why(row: TimeOff) -> str:
    """ "holiday: a wedding"."""
    kind = str(row.get_kind_display())
    return f"{kind}: {row.reason}" if row.reason else kind


def proposal_or_404(pk: int) -> TimeOff:
    found = TimeOff.objects.select_related("therapist").filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise Http404
    return found
