"""Making the first owner."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class OwnerForm(forms.Form):
    """Name, e-mail and password of the first owner."""

    use_required_attribute = False
    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        help_text=_("At least 8 characters. Pasting and password managers are welcome."),
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        if "password" in words:
            user = User(email=words.get("email", ""), name=words.get("name", ""))
            try:
                password_validation.validate_password(words["password"], user)
            except ValidationError as problem:
                self.add_error("password", problem)
        return words
