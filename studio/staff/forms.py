"""What a studio admin types of somebody who works here: name, roles, which therapist she is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.staff import Refused
from bookings.forms import PlainText
from studio.fields import her_name
from studio.office_form import OfficeForm, wrong_choice
from studio.staff.words import ROLES
from therapists.models import Therapist

NEW = {"name": "", "roles": [], "therapist": None}
LONGEST_ADDRESS = 254


class StaffForm(OfficeForm):
    """`is_owner`: an owner may do everything, so she needs no role."""

    name = her_name()
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("What she may do"), required=False, widget=forms.CheckboxSelectMultiple
    )
    therapist = forms.TypedChoiceField(
        label=gettext_lazy("Which therapist she is"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, therapists: list[Therapist], is_owner: bool = False, **kwargs: Any) -> None:
        self.therapists = {person.pk: person for person in therapists}
        self.is_owner = is_owner
        super().__init__(*args, **kwargs)
        named = [(str(person.pk), person.name) for person in therapists]
        self.fields["roles"].choices = list(ROLES.items())
        self.fields["therapist"].choices = [("", _("none of them")), *named]
        for name in ("roles", "therapist"):
            self.fields[name].error_messages |= wrong_choice()

    def begin_with(self, content: dict[str, Any]) -> dict[str, Any]:
        return content | {"therapist": str(content["therapist"] or "")}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not {"roles", "therapist"} <= data.keys():
            return data
        gives = roles.THERAPIST in data["roles"]
        if not data["roles"] and not self.is_owner:
            self.add_error("roles", _("Choose at least one. To let her in no more, switch her off instead."))
        elif gives and data["therapist"] is None:
            self.add_error("therapist", _("Choose which therapist she is, or take the role of therapist away."))
        elif data["therapist"] is not None and not gives:
            self.add_error("roles", _("Tick therapist as well, or choose that she is none of them."))
        return data

    @property
    def words(self) -> dict[str, Any]:
        """What the acts take. Only of a valid form."""
        data = self.cleaned_data
        therapist = self.therapists.get(data["therapist"])
        return {"name": data["name"], "roles": data["roles"], "therapist": therapist}

    def say(self, refused: Refused) -> None:
        """What the act refused, at its field."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.reason)


class InviteForm(StaffForm):
    """The same for somebody new, and where to write to her."""

    email = PlainText(
        label=gettext_lazy("E-mail"),
        error_messages={"required": gettext_lazy("Write her e-mail address, like name@example.com.")},
    )
    field_order = ["seen", "email", "name", "roles", "therapist"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, content=NEW, **kwargs)

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        try:
            validate_email(address)
        except ValidationError:
            address = ""
        if not address or len(address) > LONGEST_ADDRESS:
            raise ValidationError(_("Write one e-mail address, like name@example.com."), code="invalid")
        return address

    @property
    def words(self) -> dict[str, Any]:
        return super().words | {"email": self.cleaned_data["email"]}
