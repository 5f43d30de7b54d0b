"""What a therapist types when she asks for time off: whole days, or hours of a day, and why."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.periods import period_of
from desk.forms.base import DeskForm
from desk.forms.fields import DayField, ReasonField, WallTimeField
from therapists.models import TimeOff


class TimeOffForm(DeskForm):
    """A period on the wall clock of `zone`. Clean data: `during` (a range of instants), `kind`, `reason`."""

    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day (optional)"), required=False)
    begin = WallTimeField(label=_("From (optional)"), required=False)
    finish = WallTimeField(label=_("Until (optional)"), required=False)
    kind = forms.ChoiceField(
        label=_("Because of"),
        choices=TimeOff.Kind.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose from the list")),
    )
    reason = ReasonField(label=_("Reason (only staff read it)"), required=False)

    def __init__(self, *args: Any, zone: ZoneInfo, now: dt.datetime, **kwargs: Any) -> None:
        self.zone, self.now = zone, now
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.errors:
            return data
        typed = (data["first_on"], data["last_on"], data["begin"], data["finish"])
        return data | {"during": period_of(*typed, self.zone, self.now)}
