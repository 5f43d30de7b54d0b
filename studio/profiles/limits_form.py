"""What a studio admin types of a therapist's limits: one row for every day, and one for each weekday that differs."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from studio.office_form import OfficeForm
from therapists.limits import COUNTS

ROWS = (None, *range(7))
LARGEST = {"sessions": 50, "hands_on_minutes": 720, "run_minutes": 720, "rest_minutes": 240}
LABELS = {
    "sessions": gettext_lazy("Sessions"),
    "hands_on_minutes": gettext_lazy("Minutes of massage"),
    "run_minutes": gettext_lazy("Longest run, minutes"),
    "rest_minutes": gettext_lazy("Rest after it, minutes"),
}


class LimitsForm(OfficeForm):
    """Nothing typed is no limit. A row of a weekday stands in place of the one for every day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in ROWS:
            for count in COUNTS:
                self._add(row, count)

    def begin_with(self, content: Content) -> dict[str, Any]:
        return {name_of(row["weekday"], count): row[count] or "" for row in content["limits"] for count in COUNTS}

    def clean(self) -> dict[str, Any]:
        for row in ROWS:
            run, rest = name_of(row, "run_minutes"), name_of(row, "rest_minutes")
            if {run, rest} & self.errors.keys():
                continue
            if self.cleaned_data[run] and not self.cleaned_data[rest]:
                self.add_error(rest, _("A longest run needs a rest after it: type how long."))
            elif self.cleaned_data[rest] and not self.cleaned_data[run]:
                self.add_error(run, _("A rest comes after a longest run: type how long that is."))
        return self.cleaned_data

    @property
    def typed(self) -> Content:
        found = []
        for row in ROWS:
            counts = {count: self.cleaned_data[name_of(row, count)] for count in COUNTS}
            if any(counts.values()):
                found.append({"weekday": row, **counts, "rest_minutes": counts["rest_minutes"] or 0})
        return {"limits": found}

    @property
    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The name of each row and its fields."""
        return [(row_name(row), [self[name_of(row, count)] for count in COUNTS]) for row in ROWS]

    def _add(self, row: int | None, count: str) -> None:
        step, most = (1 if count == "sessions" else 5), LARGEST[count]
        told = _("Type a whole number from %(least)s to %(most)s, or nothing.") % {"least": step, "most": most}
        if step == 5:
            told = _("Type minutes in fives, up to %(most)s, or nothing.") % {"most": most}
        self.fields[name_of(row, count)] = forms.IntegerField(
            label=LABELS[count],
            required=False,
            min_value=step,
            max_value=most,
            step_size=step,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "step_size"), told),
        )


def row_name(row: int | None) -> str:
    return _("Every day") if row is None else str(WEEKDAYS[row])


def name_of(row: int | None, count: str) -> str:
    return f"{'all' if row is None else f'd{row}'}_{count}"
