"""How a client is reached, corrected at the desk: a slip in an address is heard on the phone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.forms import PlainText, e164, one_address
from bookings.models import Booking

from .booking import CardForm


class ContactForm(CardForm):
    """What stands there now, to be corrected; what is left empty stays. `phone` comes out in international form."""

    email = PlainText(label=_("E-mail"), required=False)
    phone = PlainText(label=_("Phone"), required=False)

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        self.country = booking.location.country
        known = {"email": booking.email, "phone": booking.phone, "version": booking.version}
        super().__init__(*args, initial=known, **kwargs)

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"]
        return one_address(typed) if typed else ""

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return e164(typed, self.country) if typed else ""

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        is_whole = not {"email", "phone"} & self.errors.keys()
        if is_whole and all(words[name] in ("", self.initial[name]) for name in ("email", "phone")):
            self.add_error("email", ValidationError(_("Correct the e-mail address or the number first"), code="same"))
        return words
