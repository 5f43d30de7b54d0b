"""What a studio admin types of a therapist: who she is, in each language, and whom clients may look for."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from bookings.views.near import PRESSURE
from locations.languages import language_title
from studio import spoken
from studio.fields import her_name
from studio.office_form import OfficeForm, wrong_choice
from studio.spoken import Spoken
from therapists.models import Style, Therapist

WORDS = (Spoken("headline", gettext_lazy("Short line"), 80), Spoken("bio", gettext_lazy("About her"), 4000, rows=6))
LANGUAGES = [
    *("en", "es", "pt", "fr", "de", "it", "nl", "pl", "ro", "ru", "uk", "el", "tr", "ar", "fa", "he", "hi", "bn", "ur"),
    *("ta", "th", "vi", "id", "fil", "zh", "yue", "ja", "ko"),
]
SAME_ADDRESS = gettext_lazy("Write the address in small letters, digits and hyphens, like ana-silva.")


class ProfileForm(OfficeForm):
    """`languages`: those of the studio, its first one first; `styles`: all of them."""

    name = her_name()
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
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), gettext_lazy("Type a whole number from 0 to 999.")
        ),
    )
    public = forms.BooleanField(label=gettext_lazy("She has a page on the site"), required=False)
    pressure_from = forms.TypedChoiceField(label=gettext_lazy("Pressure from"), coerce=int)
    pressure_to = forms.TypedChoiceField(label=gettext_lazy("Pressure to"), coerce=int)
    gender = forms.ChoiceField(label=gettext_lazy("Clients may look for"), required=False)
    styles = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Styles"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Speaks"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, languages: Sequence[str], styles: Iterable[Style], **kwargs: Any) -> None:
        self.studio_languages = list(languages)
        super().__init__(*args, **kwargs)
        steps = [(str(step), str(words).capitalize()) for step, words in PRESSURE.items()]
        choices = [*LANGUAGES, *(code for code in self.content["languages"] if code not in LANGUAGES)]
        self._offer("pressure_from", steps)
        self._offer("pressure_to", steps)
        self._offer("gender", [("", _("not asked")), *Therapist.Gender.choices])
        self._offer("styles", [(str(style.pk), str(style.name)) for style in styles])
        self._offer("languages", [(code, language_title(code)) for code in choices])
        self.fields |= spoken.fields_of(WORDS, self.studio_languages)

    def begin_with(self, content: Content) -> dict[str, Any]:
        chosen: dict[str, Any] = {name: str(content[name]) for name in ("pressure_from", "pressure_to")}
        chosen["styles"] = [str(pk) for pk in content["styles"]]
        return {**content, **spoken.begin_with(WORDS, content), **chosen}

    def clean_slug(self) -> str:
        """Whoever has an address keeps it when the field is emptied: links to her page stand elsewhere."""
        made = self.content["slug"] or slugify(self.cleaned_data.get("name", ""))
        slug = (self.cleaned_data["slug"] or made).strip().lower()
        if not slug or slug != slugify(slug):
            raise ValidationError(str(SAME_ADDRESS), code="slug")
        return slug

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if {"pressure_from", "pressure_to"} <= data.keys() and data["pressure_from"] > data["pressure_to"]:
            self.add_error("pressure_from", _("Choose the lighter end first, then the deeper one."))
        return data

    @property
    def typed(self) -> Content:
        said = {
            part.name: spoken.typed(self.cleaned_data, part.name, self.studio_languages, self.content[part.name])
            for part in WORDS
        }
        return {**super().typed, **said}

    @property
    def word_pairs(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Language, headline and bio, in the order of the studio's languages."""
        return [(code, self[f"headline_{code}"], self[f"bio_{code}"]) for code in self.studio_languages]

    def field_of(self, name: str) -> str | None:
        is_spoken = any(part.name == name for part in WORDS)
        return super().field_of(f"{name}_{self.studio_languages[0]}" if is_spoken else name)

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices
        self.fields[name].error_messages |= wrong_choice()
