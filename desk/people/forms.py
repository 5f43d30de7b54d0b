"""What the desk types about a client: whom to look for, what she likes, a note, and which record is hers as well."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.forms import PlainText
from bookings.views.near import PRESSURE
from clients.finding import FEWEST
from clients.models import Client
from clients.preferences import Preferences
from desk.forms.base import DeskForm
from desk.forms.fields import NoteField
from treatments.models import AREAS


class SearchForm(DeskForm):
    q = PlainText(label=_("Name, phone or e-mail"), required=False, max_length=80)

    @property
    def words(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""

    @property
    def is_short(self) -> bool:
        """Something was typed, but too little to look for."""
        return bool(self.words) and len(self.words.replace(" ", "")) < FEWEST


class PreferencesForm(DeskForm):
    """Clean data: pressure ("" or "1" to "5"), oil_free, focus_areas, avoid_areas, caution.

    `seen` is what stood there when the page was opened, so that nobody saves over what somebody else wrote.
    """

    pressure = forms.ChoiceField(
        label=_("Pressure"), required=False, choices=[("", _("Not known")), *((str(n), w) for n, w in PRESSURE.items())]
    )
    focus_areas = forms.MultipleChoiceField(label=_("More on"), required=False, choices=list(AREAS.items()))
    avoid_areas = forms.MultipleChoiceField(label=_("Leave out"), required=False, choices=list(AREAS.items()))
    oil_free = forms.BooleanField(label=_("No oil"), required=False)
    caution = forms.BooleanField(label=_("Caution: the therapist looks before she begins"), required=False)
    seen = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        both = set(words.get("focus_areas", [])) & set(words.get("avoid_areas", []))
        if both:
            names = ", ".join(str(AREAS[area]) for area in AREAS if area in both)
            said = _("%(areas)s: choose “More on” or “Leave out”, not both")
            self.add_error("avoid_areas", ValidationError(said, params={"areas": names}, code="both"))
        return words

    @property
    def preferences(self) -> Preferences:
        words = self.cleaned_data
        pressure = int(words["pressure"]) if words["pressure"] else None
        areas = tuple(words["focus_areas"]), tuple(words["avoid_areas"])
        return Preferences(pressure, words["oil_free"], *areas, words["caution"])

    @classmethod
    def of(cls, client: Client) -> "PreferencesForm":
        """The form as it stands for a client."""
        found = Preferences.of(client)
        words = {name: getattr(found, name) for name in ("oil_free", "caution")}
        words |= {name: list(getattr(found, name)) for name in ("focus_areas", "avoid_areas")}
        return cls(initial=words | {"pressure": str(found.pressure or ""), "seen": as_seen(client)})


class NoteForm(DeskForm):
    text = NoteField(label=_("New note"))


class MergeForm(DeskForm):
    """`other` is the number of the record that is to be merged into this one."""

    other = forms.IntegerField(
        min_value=1,
        max_value=2**62,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Choose the other record of this person")
        ),
    )


def as_seen(client: Client) -> str:
    """The preferences in one line, to tell whether they are still those that somebody saw."""
    found = Preferences.of(client)
    areas = "/".join(found.focus_areas), "/".join(found.avoid_areas)
    return ":".join(map(str, (found.pressure or 0, int(found.oil_free), int(found.caution), *areas)))
