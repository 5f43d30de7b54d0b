"""Which message to write: its kind, and the one style or treatment that it is for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.outbox.kinds import name_of
from bookings.reminder_rules import Kind
from studio.timeline import particular_from
from therapists.models import Style
from treatments.models import ReminderStep, Treatment

NONE = ("", gettext_lazy("None"))


class WhichForm(forms.Form):
    """Neither a style nor a treatment: the studio's default. `found` and `blank` are only for a valid form."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("Message"),
        error_messages={
            "required": gettext_lazy("Choose one of the four messages."),
            "invalid_choice": gettext_lazy("Choose one of the four messages."),
        },
    )
    style = forms.ChoiceField(
        label=gettext_lazy("For one style"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a style from the list.")},
    )
    treatment = forms.ChoiceField(
        label=gettext_lazy("Or for one treatment"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a treatment from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.styles = {style.slug: style for style in Style.objects.all()}
        self.treatments = {given.slug: given for given in Treatment.objects.select_related("style")}
        self.fields["kind"].choices = [(kind.value, name_of(kind)) for kind in Kind]
        self.fields["style"].choices = [NONE, *((slug, str(style.name)) for slug, style in self.styles.items())]
        self.fields["treatment"].choices = [NONE, *((slug, str(one.name)) for slug, one in self.treatments.items())]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("style") and self.cleaned_data.get("treatment"):
            raise ValidationError(_("Choose a style or a treatment, not both."))
        return self.cleaned_data

    @property
    def found(self) -> ReminderStep | None:
        """The row that there is already for this."""
        kind, style, treatment = self._chosen
        return ReminderStep.objects.filter(kind=kind, style=style, treatment=treatment).first()

    def blank(self, languages: list[str]) -> ReminderStep:
        """An unsaved row that says what these clients get so far."""
        return particular_from(*self._chosen, languages)

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [("id_style" if name == "__all__" else f"id_{name}", lines[0]) for name, lines in self.errors.items()]

    @property
    def _chosen(self) -> tuple[str, Style | None, Treatment | None]:
        data = self.cleaned_data
        return data["kind"], self.styles.get(data["style"]), self.treatments.get(data["treatment"])
