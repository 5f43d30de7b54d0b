"""What a studio admin types of a style and of a treatment."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from locations.models import Prop
from studio.menu.spoken_form import SpokenForm
from studio.office_form import wrong_choice
from studio.spoken import Spoken
from therapists.models import Style
from treatments.menu_page import MINUTES
from treatments.models import AREAS

LENGTHS = (20, 25, 30)
GROUPS = 3
FIVES = gettext_lazy("Type minutes in fives, from 0 to 120.")
PRICE = gettext_lazy("Type a price like 45 or 45.50, or nothing.")
LABELS = {
    "before_minutes": gettext_lazy("Her minutes before"),
    "after_minutes": gettext_lazy("Her minutes after"),
    "room_before_minutes": gettext_lazy("The room's minutes before"),
    "room_after_minutes": gettext_lazy("The room's minutes after"),
}


class StyleForm(SpokenForm):
    spoken = (
        Spoken("name", gettext_lazy("Name"), 80),
        Spoken("origin", gettext_lazy("Origin"), 80),
        Spoken("surface", gettext_lazy("Surface"), 80),
        Spoken("clothing", gettext_lazy("What the client wears"), 120),
    )
    is_clothed = forms.BooleanField(label=gettext_lazy("The client stays dressed"), required=False)
    uses_oil = forms.BooleanField(label=gettext_lazy("With oil"), required=False)
    needs_certificate = forms.BooleanField(label=gettext_lazy("Only with a valid certificate"), required=False)


class TreatmentForm(SpokenForm):
    """`styles`: all of them. A length without a price is not offered; `needs_0` to `needs_2` are groups of props."""

    spoken = (
        Spoken("name", gettext_lazy("Name"), 80),
        Spoken("description", gettext_lazy("Description"), 4000, rows=4),
    )
    style_id = forms.TypedChoiceField(label=gettext_lazy("Style"), coerce=int)
    on_menu = forms.BooleanField(label=gettext_lazy("It can be booked"), required=False)
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Areas"),
        required=False,
        choices=list(AREAS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_list"), gettext_lazy("Choose from the list.")),
    )

    def __init__(self, *args: Any, styles: Iterable[Style], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["style_id"].choices = [(str(style.pk), str(style.name)) for style in styles]
        self.fields["style_id"].error_messages |= wrong_choice()
        for minutes in LENGTHS:
            self._add_price(minutes)
        for name in MINUTES:
            self._add_minutes(name)
        for group in range(GROUPS):
            self._add_needs(group)

    def begin_with(self, content: Content) -> dict[str, Any]:
        prices = {f"price_{row['minutes']}": row["price"] for row in content["lengths"] if row["on_menu"]}
        needs = {f"needs_{number}": group for number, group in enumerate(content["needed_props"][:GROUPS])}
        return super().begin_with(content) | prices | needs | {"style_id": str(content["style_id"] or "")}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        names = [f"price_{minutes}" for minutes in LENGTHS]
        lacks = not any(data.get(name) is not None or name in self.errors for name in names)
        if data.get("on_menu") and lacks:
            self.add_error(names[0], _("Type the price of one length at least, or take it off the menu."))
        return data

    @property
    def typed(self) -> Content:
        needs = [self.cleaned_data[f"needs_{group}"] for group in range(GROUPS)]
        return super().typed | {"lengths": self._lengths(), "needed_props": [group for group in needs if group]}

    @property
    def prices(self) -> list[forms.BoundField]:
        return [self[f"price_{minutes}"] for minutes in LENGTHS]

    @property
    def minutes(self) -> list[forms.BoundField]:
        return [self[name] for name in MINUTES]

    @property
    def needs(self) -> list[forms.BoundField]:
        return [self[f"needs_{group}"] for group in range(GROUPS)]

    def _lengths(self) -> list[dict[str, Any]]:
        """What has a price is on the menu; what had one keeps it, off the menu."""
        former = {row["minutes"]: row["price"] for row in self.content["lengths"]}
        found = []
        for minutes in LENGTHS:
            price = self.cleaned_data[f"price_{minutes}"]
            if price is not None:
                found.append({"minutes": minutes, "price": f"{price:.2f}", "on_menu": True})
            elif minutes in former:
                found.append({"minutes": minutes, "price": former[minutes], "on_menu": False})
        return found

    def _add_price(self, minutes: int) -> None:
        told = ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits")
        self.fields[f"price_{minutes}"] = forms.DecimalField(
            label=_("Price of %(count)s minutes") % {"count": minutes},
            required=False,
            min_value=Decimal(0),
            max_digits=8,
            decimal_places=2,
            error_messages=dict.fromkeys(told, str(PRICE)),
        )

    def _add_minutes(self, name: str) -> None:
        self.fields[name] = forms.IntegerField(
            label=LABELS[name],
            min_value=0,
            max_value=120,
            step_size=5,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value", "step_size"), str(FIVES)),
        )

    def _add_needs(self, group: int) -> None:
        label = _("It needs one of these") if group == 0 else _("And one of these")
        self.fields[f"needs_{group}"] = forms.MultipleChoiceField(
            label=label,
            required=False,
            choices=Prop.Kind.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages=wrong_choice(),
        )
