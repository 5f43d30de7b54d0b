"""What the desk types: which messages to see, and who was rung."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.forms import PlainText
from bookings.models import Message
from bookings.outbox.kinds import KINDS

ANY = [("", _("Any"))]
YEARS = range(2000, 2101)
NOTE_LENGTH = 140


class FilterForm(forms.Form):
    """Which messages to show. Clean data: state, kind, channel, q (each may be empty) and since (a date or None)."""

    use_required_attribute = False
    state = forms.ChoiceField(label=_("State"), required=False, choices=ANY + Message.State.choices)
    kind = forms.ChoiceField(label=_("Message"), required=False, choices=[*ANY, *KINDS.items()])
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=ANY + Message.Channel.choices)
    q = PlainText(label=_("Reference, name or e-mail"), required=False, max_length=80)
    since = forms.DateField(
        label=_("From date"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Enter a date, like 2026-11-20")},
    )

    def clean_since(self) -> date | None:
        since = self.cleaned_data["since"]
        if since and since.year not in YEARS:
            raise ValidationError(_("Enter a date between the years 2000 and 2100"), code="far")
        return since

    @property
    def wishes(self) -> dict[str, object]:
        """What was chosen and understood."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Id of the field and what to do, in the order of the page."""
        return [(f"id_{name}", errors[0]) for name, errors in self.errors.items()]


class CallForm(forms.Form):
    """Who was rung in place of a message."""

    use_required_attribute = False
    note = PlainText(
        label=_("Who did you ring, and what did you agree?"),
        max_length=NOTE_LENGTH,
        error_messages={
            "required": _("Write whom you rang, like “Robin, comes at 14:20”"),
            "max_length": _("Shorten the note to 140 letters or fewer"),
        },
    )

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(f"id_{name}", errors[0]) for name, errors in self.errors.items()]
