"""What a studio admin types of a step: whether it leaves, when, by which way, and its words in each language."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from bookings.guidance import Anchor
from bookings.reminder_rules import AFTER
from studio import spoken
from studio.spoken import Spoken
from studio.words import DAY, HOUR
from treatments import placeholders
from treatments.models import ReminderStep

LONGEST_MINUTES = 14 * DAY
WORDS = (Spoken("subject", gettext_lazy("Subject"), 200), Spoken("text", gettext_lazy("Text"), 4000, rows=8))


class Whole(forms.IntegerField):
    """A whole number in a small range; nothing typed is 0. The rules of the step say which sums are right."""

    default_error_messages = {"invalid": gettext_lazy("Type a whole number, like 3.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> int:
        if len(str(value or "")) > len("-20160"):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().clean(value) or 0


class StepForm(forms.Form):
    """One step of the timeline. `step`: the row as it stands, saved or not; `languages`: those of the studio.

    `version`: the version of the row that she reads, to see whether somebody else saved meanwhile.
    """

    use_required_attribute = False
    is_on = forms.BooleanField(label=gettext_lazy("This message is sent"), required=False)
    days = Whole(label=gettext_lazy("Days"))
    hours = Whole(label=gettext_lazy("Hours"))
    minutes = Whole(label=gettext_lazy("Minutes"))
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("May go by"),
        required=False,
        choices=ReminderStep.Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose e-mail, text message or both.")},
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, step: ReminderStep, languages: Sequence[str], version: int = 0, **kwargs: Any):
        self.step, self.languages = step, list(languages)
        super().__init__(*args, initial=_initial(step, self.languages) | {"version": version}, **kwargs)
        self.fields |= spoken.fields_of(WORDS, self.languages)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not {"days", "hours", "minutes"} & self.errors.keys() and (problem := self._offset_problem()):
            self.add_error("days", problem)
        self._check_words()
        if data.get("is_on"):
            self._look_for_what_is_missing()
        return data

    @property
    def step_typed(self) -> ReminderStep:
        """A copy of the row with what was typed. Only of a valid form."""
        data, typed = self.cleaned_data, copy(self.step)
        typed.is_on, typed.channels = data["is_on"], data["channels"]
        typed.anchor = Anchor.END if self.is_after else Anchor.START
        typed.offset_minutes = self._minutes() if self.is_after else -self._minutes()
        typed.subject, typed.text = self._words("subject"), self._words("text")
        return typed

    @property
    def is_after(self) -> bool:
        return self.step.kind in AFTER

    @property
    def word_pairs(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Language, subject and text, in the order of the studio's languages."""
        return [(code, self[f"subject_{code}"], self[f"text_{code}"]) for code in self.languages]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The summary's lines: id of the field, what to do."""
        first = {"channels": "id_channels_0", "__all__": "id_is_on"}
        return [(first.get(name, f"id_{name}"), errors[0]) for name, errors in self.errors.items()]

    def _minutes(self) -> int:
        data = self.cleaned_data
        return data["days"] * DAY + data["hours"] * HOUR + data["minutes"]

    def _offset_problem(self) -> str:
        """See also the constraints of ReminderStep."""
        least = min(self.cleaned_data[name] for name in ("days", "hours", "minutes"))
        total = self._minutes()
        if self.is_after and not (least >= 0 and total <= LONGEST_MINUTES):
            return _("This message leaves after the end: type how long after, from 0 minutes to 14 days.")
        if not self.is_after and not (least >= 0 and 0 < total <= LONGEST_MINUTES):
            return _("This message leaves before the start: type how long before, from 1 minute to 14 days.")
        return ""

    def _look_for_what_is_missing(self) -> None:
        if not self.cleaned_data.get("channels") and "channels" not in self.errors:
            self.add_error("channels", _("Choose e-mail, text message or both, or switch this message off."))
        for part, problem in (
            ("subject", _("Write a subject in one language at least, or switch this message off.")),
            ("text", _("Write a text in one language at least, or switch this message off.")),
        ):
            names = [f"{part}_{code}" for code in self.languages]
            if not any(self.cleaned_data.get(name) or name in self.errors for name in names):
                self.add_error(names[0], problem)

    def _check_words(self) -> None:
        for name in [f"{part}_{code}" for code in self.languages for part in ("subject", "text")]:
            try:
                placeholders.check(self.cleaned_data.get(name, ""))
            except placeholders.BadWords as problem:
                self.add_error(name, str(problem))

    def _words(self, part: str) -> LazyI18nString:
        kept = _each(getattr(self.step, part), self.languages)
        return LazyI18nString(spoken.typed(self.cleaned_data, part, self.languages, kept))


def _initial(step: ReminderStep, languages: list[str]) -> dict[str, Any]:
    minutes = abs(step.offset_minutes)
    found = {"is_on": step.is_on, "channels": step.channels}
    found |= {"days": minutes // DAY, "hours": minutes % DAY // HOUR, "minutes": minutes % HOUR}
    for part in ("subject", "text"):
        texts = _each(getattr(step, part), languages)
        found |= {f"{part}_{code}": texts.get(code, "") for code in languages}
    return found


def _each(words: LazyI18nString | str, languages: list[str]) -> dict[str, str]:
    """Language to text. Words without a language are in the studio's first one."""
    data = words.data if isinstance(words, LazyI18nString) else words
    return dict(data) if isinstance(data, dict) else {languages[0]: str(data or "")}
