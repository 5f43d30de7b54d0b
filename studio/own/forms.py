"""What a therapist types of herself: the parts that the studio lets her edit, and nothing else."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.sheets import Content
from locations.languages import language_name
from studio import spoken
from studio.profiles.profile_form import WORDS, ProfileForm

FIELDS = {"languages": ("languages",), "pressure": ("pressure_from", "pressure_to")}


class OwnProfileForm(ProfileForm):
    """`parts`: those she edits, by the names of OwnParts.Part. Whatever else is sent is not read."""

    def __init__(self, *args: Any, parts: Collection[str], **kwargs: Any) -> None:
        self.parts = parts
        super().__init__(*args, styles=(), **kwargs)
        plain = {field for part in parts for field in FIELDS.get(part, ())}
        said = {f"{part.name}_{code}" for part in self.words for code in self.studio_languages}
        for name in self.fields.keys() - plain - said - {"seen"}:
            del self.fields[name]
        for code in self.studio_languages if "bio" in parts else ():
            self.fields[f"bio_{code}"].label = _("About you in %(language)s") % {"language": language_name(code)}
        if "languages" in parts:
            self.fields["languages"].label = _("You speak")

    @property
    def words(self) -> list[spoken.Spoken]:
        return [part for part in WORDS if part.name in self.parts]

    @property
    def typed(self) -> Content:
        names = [name for part in self.parts for name in FIELDS.get(part, ())]
        said = {
            part.name: spoken.typed(self.cleaned_data, part.name, self.studio_languages, self.content[part.name])
            for part in self.words
        }
        return {**self.content, **{name: self.cleaned_data[name] for name in names}, **said}

    @property
    def lines(self) -> list[forms.BoundField]:
        """The fields of one line, in the order of the studio's languages."""
        return self._said("headline")

    @property
    def texts(self) -> list[forms.BoundField]:
        return self._said("bio")

    def _said(self, part: str) -> list[forms.BoundField]:
        return [self[f"{part}_{code}"] for code in self.studio_languages if f"{part}_{code}" in self.fields]
