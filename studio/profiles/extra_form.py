"""What a studio admin types of extra hours: at which place, on which day, from when to when."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from bookings.reminder_rules import wall_instant
from locations.models import Location
from spa import texts
from studio.fields import DayField, WallTimeField
from studio.office_form import OfficeForm, wrong_choice
from studio.profiles import foresight
from therapists.extra import Extra, during, in_order, overlapping, told
from therapists.week import Plan

ONE_DAY = dt.timedelta(days=1)
OWN = ("place", "day", "opens", "closes", "midnight")


class ExtraForm(OfficeForm):
    """`number`: which of hers it is; None for new ones. `plans`: her weekly hours."""

    place = forms.TypedChoiceField(label=gettext_lazy("Place"), coerce=int)
    day = DayField(label=gettext_lazy("Day"))
    opens = WallTimeField(label=gettext_lazy("From"))
    closes = WallTimeField(label=gettext_lazy("To"))
    midnight = forms.BooleanField(label=gettext_lazy("These hours run past midnight"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        number: int | None,
        places: Iterable[Location],
        plans: Sequence[Plan],
        now: dt.datetime,
        **kwargs: Any,
    ) -> None:
        self.number, self.places, self.plans, self.now = number, list(places), plans, now
        super().__init__(data, **kwargs)
        self.fields["place"].choices = [(str(place.pk), place.name) for place in self.places]
        self.fields["place"].error_messages |= wrong_choice()

    def begin_with(self, content: Content) -> dict[str, Any]:
        if self.number is None:
            return {"place": str(self.places[0].pk)} if self.places else {}
        row = content["extra"][self.number]
        zone = self.place_of(row["place"]).zone
        start, end = (at.astimezone(zone) for at in (during(row).lower, during(row).upper))
        found = {"place": str(row["place"]), "day": start.date().isoformat(), "midnight": end.date() > start.date()}
        return found | {"opens": f"{start:%H:%M}", "closes": f"{end:%H:%M}"}

    def place_of(self, pk: int) -> Location:
        return next(place for place in self.places if place.pk == pk)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.errors:
            return data
        if data["closes"] <= data["opens"] and not data["midnight"]:
            words = {"time": texts.clock(data["closes"])}
            asked = _("This ends before it begins. If it runs past midnight, until %(time)s, tick that below.")
            self.add_error("closes", asked % words)
        elif during(self.typed_row).upper <= self.now:
            self.add_error("day", _("This is over already: choose a day that is still to come."))
        elif overlapping(self.typed["extra"]):
            self.add_error("opens", _("These extra hours overlap others: change one of them."))
        elif other := foresight.elsewhere(self.plans, self.typed_row, self.places):
            said = _("She works at %(place)s then: choose other hours, or change those first.")
            self.add_error("opens", said % {"place": other.name})
        return data

    @property
    def typed_row(self) -> Extra:
        data, zone = self.cleaned_data, self.place_of(self.cleaned_data["place"]).zone
        ends_on = data["day"] + ONE_DAY * (data["closes"] <= data["opens"])
        return told(
            data["place"], wall_instant(data["day"], data["opens"], zone), wall_instant(ends_on, data["closes"], zone)
        )

    @property
    def typed(self) -> Content:
        return {"extra": in_order([*self.others, self.typed_row])}

    @property
    def others(self) -> list[Extra]:
        """The extra hours beside these."""
        return [row for number, row in enumerate(self.content["extra"]) if number != self.number]

    @property
    def asks_midnight(self) -> bool:
        return bool(self["midnight"].value()) or "closes" in self.errors


class WithoutExtra(ExtraForm):
    """The same page when the extra hours are taken away: nothing of what is typed counts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in OWN:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    @property
    def typed(self) -> Content:
        return {"extra": self.others}
