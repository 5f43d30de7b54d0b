"""Which mails a therapist gets about her sessions: one switch each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.staff_notices import SWITCHES
from desk.forms.base import DeskForm
from therapists.models import Therapist


class NoticesForm(DeskForm):
    """The switches by the names of their fields; what is not ticked is off."""

    hears_new = forms.BooleanField(label=_("A session was booked for me"), required=False)
    hears_moved = forms.BooleanField(label=_("One of my sessions was moved"), required=False)
    hears_cancelled = forms.BooleanField(label=_("One of my sessions was cancelled"), required=False)
    hears_morning = forms.BooleanField(label=_("My sessions of the day, each morning at seven"), required=False)
    # Every post of the page carries it: what was cut off on its way must not switch everything off.
    do = forms.ChoiceField(choices=[("save", "")])

    def __init__(self, *args: Any, therapist: Therapist, **kwargs: Any) -> None:
        now = {field: getattr(therapist, field) for field in SWITCHES.values()}
        super().__init__(*args, initial=now, **kwargs)

    @property
    def switches(self) -> list[forms.BoundField]:
        return [self[field] for field in SWITCHES.values()]

    @property
    def chosen(self) -> dict[str, bool]:
        """Only of a valid form."""
        return {field: self.cleaned_data[field] for field in SWITCHES.values()}
