"""What the desk presses on the card of one booking."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .base import DeskForm

STEPS = ("arrived", "started", "done", "no-show", "back")


class CardForm(DeskForm):
    """Every form about a booking carries the `version` that its reader saw, so that nobody changes it unseen."""

    version = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Open the booking again: this page was cut off")
        ),
    )


class StepForm(CardForm):
    """One step in the life of a session: `to` is one of STEPS."""

    to = forms.ChoiceField(
        choices=[(step, step) for step in STEPS],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the steps on the card")),
    )
