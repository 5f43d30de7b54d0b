"""/studio/places/<pk>/closures/: days on which a place, or a room of it, is shut."""

import datetime as dt
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from bookings.models import Booking
from bookings.reminder_rules import wall_instant
from locations.house import House
from locations.models import Location
from spa import clock
from studio.access import studio_view
from studio.fields import DayField
from studio.menu import words
from studio.menu.things import THINGS, kept, row_or_404, thing_page
from studio.office_form import OfficeForm, wrong_choice
from studio.page import languages_of
from studio.profiles import booked
from studio.spoken import Spoken, field_in

ONE_DAY = dt.timedelta(days=1)
REASON = Spoken("reason", gettext_lazy("Reason"), 200)


class ClosureForm(OfficeForm):
    """One more closure of whole days, or one less: `drop` is the place of that among them."""

    room = forms.TypedChoiceField(label=gettext_lazy("What is shut"), coerce=int, required=False, empty_value=None)
    first_on = DayField(label=gettext_lazy("First day"))
    last_on = DayField(label=gettext_lazy("Last day (optional)"), required=False)

    def __init__(self, *args: Any, place: Location, languages: list[str], drop: int | None, **kwargs: Any) -> None:
        self.place, self.languages, self.drop = place, languages, drop
        super().__init__(*args, **kwargs)
        rooms = [(str(room.pk), room.name) for room in place.rooms.all()]
        self.fields["room"].choices = [("", _("the whole place")), *rooms]
        self.fields["room"].error_messages |= wrong_choice()
        for code in languages:
            self.fields[f"reason_{code}"] = field_in(REASON, code)
        if drop is not None:
            for name in set(self.fields) - {"seen"}:
                self.fields[name].required = False

    def begin_with(self, content: Content) -> dict[str, Any]:
        return {}

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("Choose a last day that is not before the first one."))
        return self.cleaned_data

    @property
    def typed(self) -> Content:
        rows = list(self.content["closures"])
        if self.drop is not None:
            return {"closures": rows[: self.drop] + rows[self.drop + 1 :]}
        reason = {code: text for code in self.languages if (text := self.cleaned_data[f"reason_{code}"])}
        ends = {"start": self.during.lower.isoformat(), "end": self.during.upper.isoformat()}
        return {"closures": [*rows, {"room": self.cleaned_data["room"], **ends, "reason": reason}]}

    @property
    def during(self) -> DateTimeTZRange:
        """The typed days on the wall of the place."""
        first, last = self.cleaned_data["first_on"], self.cleaned_data["last_on"] or self.cleaned_data["first_on"]
        days = [wall_instant(day, dt.time(), self.place.zone).astimezone(dt.UTC) for day in (first, last + ONE_DAY)]
        return DateTimeTZRange(*days)

    @property
    def reasons(self) -> list[forms.BoundField]:
        return [self[f"reason_{code}"] for code in self.languages]


@studio_view("GET", "HEAD", "POST")
def closures(request: HttpRequest, pk: int) -> HttpResponse:
    thing, now, house = THINGS["closures"], clock.now(), House.load(request)
    row = row_or_404(thing, pk)
    form = form_of(request, row, languages_of(house))
    clashes = in_the_way(form, now) if form.is_bound and form.is_valid() and form.drop is None else []
    if (not clashes or request.POST.get("do") == "keep") and (saved := kept(request, thing, row, form)):
        return saved
    ahead = [
        (number, *words.closure(told, words.Names(), row.zone))
        for number, told in enumerate(form.content["closures"])
        if dt.datetime.fromisoformat(told["end"]) > now
    ]
    extra = {"clashes": booked.lines(clashes), "asks": bool(clashes), "ahead": ahead}
    return thing_page(request, thing, row, form, house, extra)


def form_of(request: HttpRequest, place: Location, languages: list[str]) -> ClosureForm:
    content, do = THINGS["closures"].page.read(place), request.POST.get("do", "")
    numbers = {f"drop-{number}": number for number in range(len(content["closures"]))}
    typed = request.POST if request.method == "POST" else None
    return ClosureForm(typed, content=content, place=place, languages=languages, drop=numbers.get(do))


def in_the_way(form: ClosureForm, now: dt.datetime) -> list[Booking]:
    """The agreed sessions of those days, in that room or anywhere at the place. One query."""
    where = {"room_id": room} if (room := form.cleaned_data["room"]) else {"location": form.place}
    return booked.ahead(now, during__overlap=form.during, **where)
