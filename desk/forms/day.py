"""What the desk says about a therapist's whole day: how late she runs, or that she is ill."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.actions import Tell

from .base import DeskForm
from .fields import DayField, InstantField, ReasonField
from .move import TELL

MOST_MINUTES = 240


class LateForm(DeskForm):
    """By how many minutes (in fives) her sessions from an instant on move, and when their clients hear of it."""

    day = DayField(required=False)
    since = InstantField(required=False)
    minutes = forms.IntegerField(
        label=_("Minutes late"),
        min_value=5,
        max_value=MOST_MINUTES,
        step_size=5,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "step_size"), _("Enter minutes in fives, from 5 to 240")
        ),
    )
    reason = ReasonField(required=False)
    tell = forms.ChoiceField(label=_("Tell the clients"), choices=TELL, required=False)

    def clean_tell(self) -> Tell:
        return Tell(self.cleaned_data["tell"] or Tell.NOW)
