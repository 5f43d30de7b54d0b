"""Forms of the menu: words in each language of the studio beside plain fields."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from studio import spoken
from studio.office_form import OfficeForm
from studio.spoken import Spoken

ORDER = gettext_lazy("Type a whole number from 0 to 999.")


class SpokenForm(OfficeForm):
    """`spoken` are the parts in words; the first of them is the name, and is written in one language at least."""

    spoken: tuple[Spoken, ...] = ()
    taken_address = gettext_lazy("Something else has this address: choose another one.")
    slug = forms.CharField(
        label=gettext_lazy("Address on this site"),
        required=False,
        max_length=50,
        error_messages={"max_length": gettext_lazy("Shorten the address to 50 letters or fewer.")},
    )
    order = forms.IntegerField(
        label=gettext_lazy("Place in the list"),
        min_value=0,
        max_value=999,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), ORDER),
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        self.languages = list(languages)
        super().__init__(*args, **kwargs)
        self.fields |= spoken.fields_of(self.spoken, self.languages)

    def begin_with(self, content: Content) -> dict[str, Any]:
        return {**content, **spoken.begin_with(self.spoken, content)}

    def clean(self) -> dict[str, Any]:
        data, names = self.cleaned_data, self.names
        if not any(data.get(name) or name in self.errors for name in names):
            self.add_error(names[0], _("Write a name in one language at least."))
        if "slug" not in self.errors:
            said = next((data[name] for name in names if data.get(name)), "")
            data["slug"] = (data.get("slug") or slugify(said)).strip().lower()
            if not data["slug"] or data["slug"] != slugify(data["slug"]):
                told = _("Write the address in small letters, digits and hyphens, like back-walking.")
                self.add_error("slug", ValidationError(told))
        return data

    @property
    def names(self) -> list[str]:
        """The fields of its name, which an address is made of."""
        return [f"{self.spoken[0].name}_{code}" for code in self.languages]

    @property
    def typed(self) -> Content:
        return {**super().typed, **{part.name: self._words(part.name) for part in self.spoken}}

    @property
    def words(self) -> list[tuple[str, list[tuple[forms.BoundField, int]]]]:
        """Language, and its fields with the rows of each."""
        return [(code, [(self[f"{part.name}_{code}"], part.rows) for part in self.spoken]) for code in self.languages]

    def field_of(self, name: str) -> str | None:
        spoken = f"{name}_{self.languages[0]}"
        return spoken if spoken in self.fields else super().field_of(name)

    def _words(self, part: str) -> dict[str, str]:
        return spoken.typed(self.cleaned_data, part, self.languages, self.content[part])
