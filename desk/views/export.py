"""/desk/export/: the sessions of a period as a file, and who took which."""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from bookings.models import Export
from desk import sheet
from desk.access import desk_view
from desk.forms.base import DeskForm
from desk.forms.fields import DayField
from desk.page import show, zone_of
from locations.house import House
from spa import clock, texts

LONGEST_DAYS = 366
SHOWN = 20


class PeriodForm(DeskForm):
    """Clean data: `first_on` and `last_on`, at most a year of days."""

    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"))

    def clean(self) -> dict:
        words = super().clean()
        first, last = words.get("first_on"), words.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", forms.ValidationError(_("Enter a last day that is not before the first")))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last_on", forms.ValidationError(_("Choose at most a year of days")))
        return words


@desk_view("GET", "HEAD", "POST")
def export(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    if request.method != "POST":
        return answer(request, now, None)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return answer(request, now, form, status=422)
    first, last = form.cleaned_data["first_on"], form.cleaned_data["last_on"]
    rows = sheet.count(first, last)
    Export.objects.create(by=request.user, at=now, first_on=first, last_on=last, rows=rows)
    response = StreamingHttpResponse(sheet.lines(first, last), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sessions-{first}-{last}.csv"'
    return response


def answer(request: HttpRequest, now: datetime, form: PeriodForm | None, status: int = 200) -> HttpResponse:
    house = House.load(request)
    today = now.astimezone(zone_of(house)).date()
    month = {"first_on": today.replace(day=1).isoformat(), "last_on": today.isoformat()}
    taken = Export.objects.select_related("by")[:SHOWN]
    context = {
        "form": form or PeriodForm(initial=month),
        "problems": form.problems if form else [],
        "taken": [(one, texts.moment(one.at.astimezone(zone_of(house)))) for one in taken],
    }
    return show(request, "desk/export.html", context, house=house, now=now, status=status)
