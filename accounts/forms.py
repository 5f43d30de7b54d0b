"""Making the first owner, a password for whoever was invited, and passkeys that cannot be read."""

import struct
from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class NewPasswordForm(forms.Form):
    """A password that is hard to guess, also for whoever knows her name and address: `email` and `name`."""

    use_required_attribute = False
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        help_text=_("At least 8 characters. Pasting and password managers are welcome."),
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str = "", name: str = "", **kwargs: Any) -> None:
        self.known = {"email": email, "name": name}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        if "password" in words:
            user = User(**{part: words.get(part, known) for part, known in self.known.items()})
            try:
                password_validation.validate_password(words["password"], user)
            except ValidationError as problem:
                self.add_error("password", problem)
        return words


class OwnerForm(NewPasswordForm):
    """Name, e-mail and password of the first owner."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    field_order = ["name", "email", "password"]


# What the passkey library raises when an answer has the wrong shape: it expects a browser, not a stranger.
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError, struct.error)


class PasskeyField(forms.JSONField):
    """A browser's answer about a passkey. Brackets too deep for the reader are refused like any other nonsense."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):
            raise _unreadable() from None


class ReadablePasskey(forms.Form):
    """Turns an answer that cannot be read into a problem of the form."""

    credential = PasskeyField()

    def clean_credential(self) -> Any:
        checked = getattr(super(), "clean_credential", None)
        return _readable(checked) if checked else self.cleaned_data["credential"]

    def clean(self) -> dict[str, Any]:
        return _readable(super().clean)


class AddPasskeyForm(ReadablePasskey, AddWebAuthnForm):
    credential = PasskeyField()


class PasskeyForm(ReadablePasskey, AuthenticateWebAuthnForm):
    credential = PasskeyField()


class PasskeySignInForm(ReadablePasskey, LoginWebAuthnForm):
    credential = PasskeyField()


class PasskeyAgainForm(ReadablePasskey, ReauthenticateWebAuthnForm):
    credential = PasskeyField()


def _readable(check: Any) -> Any:
    try:
        return check()
    except ValidationError:
        raise
    except UNREADABLE:
        raise _unreadable() from None


def _unreadable() -> ValidationError:
    return ValidationError(_("That passkey could not be read. Try again, or sign in with your password."), code="shape")
