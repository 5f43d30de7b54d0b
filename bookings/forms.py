"""What a client types: her name, where to reach her, and the one safety question."""

import re
import unicodedata
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking

NAME_LENGTH = 80
EMAIL_LENGTH = 254
PHONE_LENGTH = 40
# What mail programs and chat apps would turn into a link; "J. R. Hale" and "Ana-Maria O'Neil" stay names.
LOOKS_LIKE_LINK = re.compile(r"://|www\.|\b[\w-]+\.(com|net|org|info|biz|ru|cn|io|co|xyz|top|site)\b|[<>@]", re.I)
HIDDEN_KINDS = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
# Direction overrides can make a name read backwards in the staff's list.
HIDDEN_SIGNS = set("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


class PlainText(forms.CharField):
    """One line of text without anything invisible. Surrounding and doubled spaces are dropped."""

    def to_python(self, value: Any) -> str:
        text = str(value) if value not in self.empty_values else ""
        if has_hidden(text.strip()):
            raise ValidationError(_("Type this again by hand: it holds signs that cannot be seen."), code="hidden")
        return " ".join(text.split())


class Paragraphs(forms.CharField):
    """Several lines of text without anything invisible; lines end as in Unix."""

    def to_python(self, value: Any) -> str:
        lines = str(value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if any(has_hidden(line.replace("\t", " ")) for line in lines):
            raise ValidationError(_("Type this again by hand: it holds signs that cannot be seen."), code="hidden")
        return "\n".join(line.rstrip() for line in lines).strip()


class DetailsForm(forms.Form):
    """Name, e-mail and mobile of the person who comes, and the answer to the safety question.

    `country`: two letters, for mobiles typed without a country code. Clean data: `name`, `email`, `phone`
    (E.164 or empty), `safe` ("none" or "some").
    """

    use_required_attribute = False
    name = PlainText(label=_("Full name"), error_messages={"required": _("Enter your full name")})
    email = PlainText(
        label=_("E-mail"), error_messages={"required": _("Enter an e-mail address, like name@example.com")}
    )
    phone = PlainText(label=_("Mobile (optional)"), required=False)
    safe = forms.ChoiceField(
        label=_("Does any of these apply to you?"),
        choices=[("none", _("None of these")), ("some", _("One or more, or I am not sure"))],
        error_messages={
            "required": _("Choose “None of these” or “One or more”"),
            "invalid_choice": _("Choose “None of these” or “One or more”"),
        },
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        self.country = country
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if len(name) > NAME_LENGTH:
            raise ValidationError(_("Shorten the name to 80 letters or fewer"), code="long")
        if LOOKS_LIKE_LINK.search(name):
            raise ValidationError(_("Enter your name without a web or e-mail address"), code="link")
        if not any(sign.isalpha() for sign in name):
            raise ValidationError(_("Enter your full name"), code="letters")
        return name

    def clean_email(self) -> str:
        return one_address(self.cleaned_data["email"])

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return e164(typed, self.country) if typed else ""

    def problems(self) -> list[tuple[str, str]]:
        """The summary's lines in the order of the page: id of the field, what to do."""
        return [(f"id_{name}" if name != "safe" else "id_safe_0", errors[0]) for name, errors in self.errors.items()]


class KnownForm(DetailsForm):
    """The safety question alone, for whoever comes by a link: name and contact are known, and not shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "email", "phone"):
            del self.fields[name]


class RestForm(DetailsForm):
    """What the desk did not take down of a booking: the safety question, and whichever of the details is missing.

    Nothing that it knows is asked for or shown, but the first name.
    """

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, country=booking.location.country, initial={"name": booking.first_name}, **kwargs)
        known = {"name": len(booking.name.split()) > 1, "email": bool(booking.email), "phone": bool(booking.phone)}
        for name in [name for name, is_known in known.items() if is_known]:
            del self.fields[name]
        if booking.phone and "email" in self.fields:
            self.fields["email"].required = False
            self.fields["email"].label = _("E-mail (optional)")

    def clean_email(self) -> str:
        return super().clean_email() if self.cleaned_data["email"] else ""


def has_hidden(text: str) -> bool:
    """Whether the text holds control signs, halves of letters or direction overrides."""
    return any(unicodedata.category(sign) in HIDDEN_KINDS or sign in HIDDEN_SIGNS for sign in text)


def one_address(typed: str) -> str:
    """The one e-mail address that was typed, or a sentence that says what to type."""
    if len(typed) > EMAIL_LENGTH:
        raise ValidationError(_("Shorten the e-mail address to 254 letters or fewer"), code="long")
    if typed.count("@") > 1 or "," in typed or ";" in typed:
        raise ValidationError(_("Enter one e-mail address only"), code="several")
    try:
        EmailValidator()(typed)
    except ValidationError:
        raise ValidationError(_("Enter an e-mail address, like name@example.com"), code="shape") from None
    return typed


def e164(typed: str, country: str) -> str:
    """The number in international form, "+447700900123". `country` is assumed when no code was typed."""
    if len(typed) > PHONE_LENGTH:
        raise ValidationError(_("Shorten the phone number: it has too many digits"), code="long")
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        raise ValidationError(
            _("Enter a phone number, like %(example)s, or leave this empty"),
            params={"example": example_number(country)},
            code="shape",
        ) from None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise ValidationError(_("Check the phone number: a digit is missing or there is one too many"), code="digits")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def example_number(country: str) -> str:
    """A mobile number as people of that country write it."""
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    if example is None:
        return "+44 7400 123456"
    return phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
