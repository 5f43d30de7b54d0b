"""What a studio admin types of what one therapist gives: which of the menu, at which price, with which minutes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from accounts.sheets import Content
from studio.office_form import OfficeForm
from treatments.models import Treatment

COUNTS = ("price", "before_minutes", "after_minutes")


class Row(NamedTuple):
    """One treatment of the form: its name, whether she gives it, and what is her own of it."""

    name: str
    gives: forms.BoundField
    fields: list[forms.BoundField]


class TreatmentsForm(OfficeForm):
    """`treatments`: those on the menu; `style_ids`: what she gives without a word here.

    A row that says no more than her styles and the menu do is not kept.
    """

    def __init__(self, *args: Any, treatments: Iterable[Treatment], style_ids: set[int], **kwargs: Any) -> None:
        self.treatments, self.style_ids = list(treatments), style_ids
        super().__init__(*args, **kwargs)
        for treatment in self.treatments:
            self._add(treatment)

    def begin_with(self, content: Content) -> dict[str, Any]:
        own = {row["treatment"]: row for row in content["rows"]}
        found: dict[str, Any] = {}
        for treatment in self.treatments:
            row = own.get(treatment.pk, {})
            found[f"gives_{treatment.pk}"] = row.get("gives", self._by_style(treatment))
            found |= {f"{count}_{treatment.pk}": row.get(count) for count in COUNTS}
        return found

    @property
    def typed(self) -> Content:
        shown = {treatment.pk for treatment in self.treatments}
        kept = [row for row in self.content["rows"] if row["treatment"] not in shown]
        typed = [row for treatment in self.treatments if (row := self._row(treatment))]
        return {"rows": sorted([*kept, *typed], key=lambda row: row["treatment"])}

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                str(treatment.name),
                self[f"gives_{treatment.pk}"],
                [self[f"{count}_{treatment.pk}"] for count in COUNTS],
            )
            for treatment in self.treatments
        ]

    def _row(self, treatment: Treatment) -> dict[str, Any] | None:
        data = self.cleaned_data
        own = {count: data[f"{count}_{treatment.pk}"] for count in COUNTS}
        gives, price = data[f"gives_{treatment.pk}"], own["price"]
        if gives == self._by_style(treatment) and set(own.values()) == {None}:
            return None
        return {"treatment": treatment.pk, "gives": gives, **own, "price": None if price is None else f"{price:.2f}"}

    def _by_style(self, treatment: Treatment) -> bool:
        return treatment.style_id in self.style_ids

    def _add(self, treatment: Treatment) -> None:
        name = {"name": str(treatment.name)}
        self.fields[f"gives_{treatment.pk}"] = forms.BooleanField(label=_("She gives %(name)s") % name, required=False)
        price = _("Type a price like 52 or 52.50, or nothing.")
        self.fields[f"price_{treatment.pk}"] = forms.DecimalField(
            label=_("Own price of the longest session"),
            required=False,
            min_value=Decimal(0),
            max_digits=8,
            decimal_places=2,
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"), price
            ),
        )
        minutes = _("Type minutes in fives, up to 120, or nothing.")
        labels = {"before_minutes": _("Own minutes before"), "after_minutes": _("Own minutes after")}
        for count, label in labels.items():
            self.fields[f"{count}_{treatment.pk}"] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=120,
                step_size=5,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "step_size"), minutes),
            )
