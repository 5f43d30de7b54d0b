"""What a studio admin types of a therapist's time off: whole days, or hours of a day, and why."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from bookings.forms import PlainText
from bookings.periods import period_of
from studio.fields import DayField, WallTimeField
from studio.office_form import OfficeForm, wrong_choice
from therapists.models import TimeOff


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
        typed = (data["first_on"], data["last_on"], data["begin"], data["finish"])
        during = period_of(*typed, self.zone, self.now)
        return data | {"start": during.lower, "end": during.upper}
