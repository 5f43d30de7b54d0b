"""What a studio admin types of a page: a heading and a text in each language."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from bookings.forms import Paragraphs, PlainText
from pages.models import PageText
from pages.people import language_name

TITLE_LENGTH = 80
TEXT_LENGTH = 20_000
NEWEST = 2**31 - 1


class TextForm(forms.Form):
    """One text. `row`: as it stands, saved or not; `languages`: those of the studio.

    `version`: the version of the row that she reads, to see whether somebody else saved meanwhile.
    """

    use_required_attribute = False
    version = forms.IntegerField(required=False, min_value=0, max_value=NEWEST)

    def __init__(self, *args: Any, row: PageText, languages: Sequence[str], version: int = 0, **kwargs: Any) -> None:
        self.row, self.languages = row, list(languages)
        super().__init__(*args, initial=self._initial() | {"version": version}, **kwargs)
        for code in self.languages:
            words = {"language": language_name(code)}
            self.fields[f"title_{code}"] = PlainText(
                label=_("Heading in %(language)s") % words,
                required=False,
                max_length=TITLE_LENGTH,
                error_messages={"max_length": _("Shorten the heading to 80 letters or fewer.")},
            )
            self.fields[f"text_{code}"] = Paragraphs(
                label=_("Text in %(language)s") % words,
                required=False,
                max_length=TEXT_LENGTH,
                error_messages={"max_length": _("Shorten the text to 20,000 letters or fewer.")},
            )

    def clean(self) -> dict[str, Any]:
        names = [f"title_{code}" for code in self.languages]
        if not any(self.cleaned_data.get(name) or name in self.errors for name in names):
            self.add_error(names[0], _("Write a heading in one language at least."))
        return self.cleaned_data

    @property
    def row_typed(self) -> PageText:
        """A copy of the row with what was typed. Only of a valid form."""
        typed = copy(self.row)
        typed.title, typed.text = self._words("title"), self._words("text")
        return typed

    @property
    def pairs(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Language, heading and text, in the order of the studio's languages."""
        return [(code, self[f"title_{code}"], self[f"text_{code}"]) for code in self.languages]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The summary's lines: id of the field, what to do."""
        first = f"id_title_{self.languages[0]}"
        return [
            (first if name in ("__all__", "version") else f"id_{name}", lines[0]) for name, lines in self.errors.items()
        ]

    def _initial(self) -> dict[str, str]:
        parts = {part: each(getattr(self.row, part), self.languages) for part in ("title", "text")}
        return {f"{part}_{code}": words.get(code, "") for part, words in parts.items() for code in self.languages}

    def _words(self, part: str) -> LazyI18nString:
        """What was typed, beside what is kept in languages that the studio does not offer now."""
        kept = each(getattr(self.row, part), self.languages)
        typed = {code: self.cleaned_data[f"{part}_{code}"] for code in self.languages}
        return LazyI18nString({code: text for code, text in (kept | typed).items() if text})


def each(words: LazyI18nString | str, languages: Sequence[str]) -> dict[str, str]:
    """Language to text. Words without a language are in the studio's first one."""
    data = words.data if isinstance(words, LazyI18nString) else words
    return dict(data) if isinstance(data, dict) else {languages[0]: str(data or "")}
