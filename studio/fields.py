"""Fields that several forms of the office share."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.forms import PlainText

YEARS = range(2000, 2101)


class DayField(forms.DateField):
    """A day as a date input sends it, between the years 2000 and 2100."""

    def __init__(self, **kwargs: Any) -> None:
        words = dict.fromkeys(("invalid", "required"), _("Enter a date, like 2026-12-01."))
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"], error_messages=words, **kwargs)

    def clean(self, value: Any) -> dt.date | None:
        day = super().clean(value)
        if day and day.year not in YEARS:
            raise ValidationError(_("Enter a date between the years 2000 and 2100."), code="far")
        return day


class WallTimeField(forms.TimeField):
    """A time on the wall, on full five minutes, like 14:20."""

    def __init__(self, **kwargs: Any) -> None:
        words = dict.fromkeys(("invalid", "required"), _("Enter a time, like 14:20."))
        super().__init__(input_formats=["%H:%M"], error_messages=words, **kwargs)

    def clean(self, value: Any) -> dt.time | None:
        reading = super().clean(value)
        if reading and reading.minute % 5:
            raise ValidationError(_("Enter a time on full five minutes, like 14:20."), code="fives")
        return reading


def her_name() -> PlainText:
    """The name of somebody who works here: one line of at most 80 letters."""
    return PlainText(
        label=_("Name"),
        max_length=80,
        error_messages={
            "required": _("Write her name."),
            "max_length": _("Shorten the name to 80 letters or fewer."),
        },
    )
