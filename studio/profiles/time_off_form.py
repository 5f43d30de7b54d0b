"""What a studio admin types of a therapist's time off: whole days, or hours of a day, and why."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.forms import PlainText
from bookings.reminder_rules import wall_instant
from studio.fields import DayField, WallTimeField
from studio.office_form import OfficeForm, wrong_choice
from therapists.models import TimeOff

ONE_DAY = dt.timedelta(days=1)


class TimeOffForm(OfficeForm):
    """A period on the wall clock of `zone`. Without times it is whole days, the last one included.

    Clean data: `start`, `end` (instants), `kind`, `reason`.
    """

    first_on = DayField(label=gettext_lazy("First day"))
    last_on = DayField(label=gettext_lazy("Last day (optional)"), required=False)
    begin = WallTimeField(label=gettext_lazy("From (optional)"), required=False)
    finish = WallTimeField(label=gettext_lazy("Until (optional)"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Because of"), choices=TimeOff.Kind.choices)
    reason = PlainText(
        label=gettext_lazy("Reason (only staff read it)"),
        required=False,
        max_length=200,
        error_messages={"max_length": gettext_lazy("Shorten the reason to 200 letters or fewer.")},
    )

    def __init__(self, *args: Any, zone: ZoneInfo, now: dt.datetime, **kwargs: Any) -> None:
        self.zone, self.now = zone, now
        super().__init__(*args, content={}, **kwargs)
        self.fields["kind"].error_messages |= wrong_choice()

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.errors:
            return data
        first, last = data["first_on"], data["last_on"] or data["first_on"]
        data["start"] = wall_instant(first, data["begin"] or dt.time(), self.zone)
        ends = (last, data["finish"]) if data["finish"] else (last + ONE_DAY, dt.time())
        data["end"] = wall_instant(*ends, self.zone)
        if data["end"] <= data["start"]:
            self.add_error(
                "finish" if last == first else "last_on", _("Choose an end that is later than the beginning.")
            )
        elif data["end"] <= self.now:
            self.add_error("first_on", _("This is over already: choose a day that is still to come."))
        return data
