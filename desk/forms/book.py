"""Whom the desk books for: a client it knows, or somebody new."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.actions import NewClient, Tell
from bookings.forms import LOOKS_LIKE_LINK, NAME_LENGTH, PlainText, e164, one_address
from clients.models import Client

from .base import DeskForm
from .fields import ReasonField

SEND = [
    (Tell.SOON.value, _("In 3 minutes, unless you undo it")),
    (Tell.NOW.value, _("Send the confirmation now")),
    (Tell.NOT.value, _("Send nothing")),
]


class WhoForm(DeskForm):
    """`client` is the number of one the desk knows; else a name, and a phone or an e-mail unless she stands there.

    Clean data: `who` (a Client or a NewClient), `tell`, `reason`, `note`, `asked_for`.
    """

    client = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput(attrs={"id": "id_q"}))
    name = PlainText(label=_("First name, or full name"), required=False)
    phone = PlainText(label=_("Phone"), required=False)
    email = PlainText(label=_("E-mail"), required=False)
    asked_for = forms.BooleanField(label=_("Asked for this therapist"), required=False)
    tell = forms.ChoiceField(label=_("Confirmation"), choices=SEND, required=False)
    reason = ReasonField(required=False)

    def __init__(self, *args: Any, country: str, is_here: bool = False, **kwargs: Any) -> None:
        self.country, self.is_here = country, is_here
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if len(name) > NAME_LENGTH:
            raise ValidationError(_("Shorten the name to 80 letters or fewer"), code="long")
        if LOOKS_LIKE_LINK.search(name):
            raise ValidationError(_("Enter a name without a web or e-mail address"), code="link")
        return name

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return e164(typed, self.country) if typed else ""

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"]
        return one_address(typed) if typed else ""

    def clean_tell(self) -> Tell:
        return Tell(self.cleaned_data["tell"] or (Tell.NOW if self.is_here else Tell.SOON))

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        words["who"] = self._known(words["client"]) if words.get("client") else self._new(words)
        return words

    def _known(self, number: str) -> Client | None:
        found = Client.objects.filter(pk=number).first() if number.isdecimal() else None
        if found is None:
            self.add_error("client", ValidationError(_("That client is no longer there. Search again."), code="gone"))
        return found

    def _new(self, words: dict[str, Any]) -> NewClient | None:
        if not {"name", "phone", "email"}.isdisjoint(self.errors):
            return None
        if not any(sign.isalpha() for sign in words["name"]):
            return self.add_error("name", ValidationError(_("Find a client, or enter a first name"), code="required"))
        if not (self.is_here or words["phone"] or words["email"]):
            said = _("Enter a phone number or an e-mail address")
            return self.add_error("phone", ValidationError(said, code="required"))
        return NewClient(words["name"], words["phone"], words["email"])
