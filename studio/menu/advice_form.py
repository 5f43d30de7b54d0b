"""What a studio admin types of the advice around a session: of each kind when it is for, and its words."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from bookings import guidance
from bookings.guidance import PLACES
from studio import spoken
from studio.office_form import OfficeForm
from studio.spoken import Spoken, in_each
from treatments.models import Guidance

MOST_MINUTES = 7 * 24 * 60
AFTER = (Guidance.Kind.WATER_AFTER, Guidance.Kind.AFTERCARE)
_PLACE = re.compile(r"\{([^{}]*)\}")
TOLD = {
    "time": gettext_lazy("the moment it is for"),
    "day": gettext_lazy("the day of that moment"),
    "start_time": gettext_lazy("when the session begins"),
    "end_time": gettext_lazy("when the session ends"),
    "start_day": gettext_lazy("the day of the session"),
    "meal_time": gettext_lazy("when the last light meal should be over"),
}


class Part(NamedTuple):
    """One kind on the page: its head, its minutes, and its fields in each language."""

    kind: str
    head: str
    minutes: forms.BoundField
    words: list[tuple[forms.BoundField, int]]


class AdviceForm(OfficeForm):
    """`begin`: the content to begin with, where another than the standing one; `is_whole`: it is the studio's own.

    A kind without a heading is left out.
    """

    def __init__(
        self, *args: Any, languages: Sequence[str], is_whole: bool, begin: Content | None = None, **kwargs: Any
    ) -> None:
        self.languages, self.is_whole, self.begin = list(languages), is_whole, begin
        super().__init__(*args, **kwargs)
        for kind in Guidance.Kind:
            self.fields[f"{kind}_minutes"] = _minutes(kind)
            self.fields |= spoken.fields_of(_spoken(kind), self.languages)

    def begin_with(self, content: Content) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in (self.begin or content)["rows"]:
            words = {f"{row['kind']}_{part}": row[part] for part in ("title", "text")}
            found |= spoken.begin_with(_spoken(row["kind"]), words)
            found[f"{row['kind']}_minutes"] = abs(row["offset_minutes"])
        return found

    def clean(self) -> dict[str, Any]:
        for kind in Guidance.Kind:
            self._look_at(kind)
        if self.is_whole and not self.errors and not self.typed["rows"]:
            first = f"{Guidance.Kind.WATER_BEFORE}_title_{self.languages[0]}"
            self.add_error(first, _("Write one heading at least: without any, clients read the usual advice."))
        return self.cleaned_data

    @property
    def typed(self) -> Content:
        return {"rows": [row for kind in Guidance.Kind if (row := self._row(kind))["title"]]}

    @property
    def parts(self) -> list[Part]:
        kinds = dict(Guidance.Kind.choices)
        return [
            Part(
                kind,
                str(kinds[kind]).capitalize(),
                self[f"{kind}_minutes"],
                [(self[f"{part.name}_{code}"], part.rows) for code in self.languages for part in _spoken(kind)],
            )
            for kind in Guidance.Kind
        ]

    def _row(self, kind: str) -> Content:
        former = next((row for row in self.content["rows"] if row["kind"] == kind), None)
        usual = Guidance.Anchor.END if kind in AFTER else Guidance.Anchor.START
        anchor = former["anchor"] if former else str(usual)
        minutes = self.cleaned_data[f"{kind}_minutes"] or 0
        offset = minutes if anchor == Guidance.Anchor.END else -minutes
        said = {part: self._words(kind, part, former) for part in ("title", "text")}
        return {"kind": str(kind), "anchor": anchor, "offset_minutes": offset, **said}

    def _words(self, kind: str, part: str, former: Content | None) -> dict[str, str]:
        return spoken.typed(self.cleaned_data, f"{kind}_{part}", self.languages, former[part] if former else {})

    def _look_at(self, kind: str) -> None:
        said = {
            (part, code): self.cleaned_data.get(f"{kind}_{part}_{code}", "")
            for part in ("title", "text")
            for code in self.languages
        }
        for (part, code), words in said.items():
            if problem := _brace_problem(words):
                self.add_error(f"{kind}_{part}_{code}", ValidationError(problem))
        if any(said.values()) and not any(said["title", code] for code in self.languages):
            name = f"{kind}_title_{self.languages[0]}"
            if name not in self.errors:
                self.add_error(name, _("Write a heading, or empty the text as well: then it is left out."))


def usual(languages: Sequence[str]) -> Content:
    """The usual advice, in the languages of the studio that have words for it."""
    return {
        "rows": [
            {
                "kind": str(one.kind),
                "anchor": str(one.anchor),
                "offset_minutes": one.offset_minutes,
                "title": in_each(gettext_lazy(one.title), languages),
                "text": in_each(gettext_lazy(one.text), languages),
            }
            for one in guidance.DEFAULT_ADVICE
        ]
    }


def _spoken(kind: str) -> tuple[Spoken, Spoken]:
    return (
        Spoken(f"{kind}_title", gettext_lazy("Heading"), 80),
        Spoken(f"{kind}_text", gettext_lazy("Text"), 1000, rows=3),
    )


def _minutes(kind: str) -> forms.IntegerField:
    told = gettext_lazy("Type a whole number of minutes, from 0 to 10080 (a week).")
    label = _("Minutes after the end") if kind in AFTER else _("Minutes before the start")
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_MINUTES,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), told),
    )


def _brace_problem(words: str) -> str:
    known = ", ".join(f"{{{name}}}" for name in PLACES)
    for name in _PLACE.findall(words):
        if name not in PLACES:
            return _("{%(name)s} is not known. Use one of these: %(known)s.") % {"name": name, "known": known}
    rest = _PLACE.sub("", words)
    return _("A brace stands alone. A placeholder has one on each side, like {time}.") if set(rest) & set("{}") else ""
