"""Somebody the desk writes on the waiting list."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.actions import Waiting
from bookings.availability import Setup
from bookings.forms import LOOKS_LIKE_LINK, NAME_LENGTH, PlainText, e164, one_address
from bookings.models import Booking
from bookings.views.choice import PARTS as PART_NAMES
from bookings.waiting_words import PARTS
from clients.models import Client
from locations.models import Location
from therapists.models import Therapist

from .base import DeskForm
from .fields import DayField


class WaitForm(DeskForm):
    """Name, a phone or an e-mail, what for, with whom, on which days. `client` is the number of a known client.

    Clean data: those, `length` and `therapist` as rows of the set-up (or None for anyone), days as dates.
    """

    client = forms.CharField(required=False, max_length=19, widget=forms.HiddenInput)
    name = PlainText(
        label=_("Name"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Enter a name"), "max_length": _("Shorten the name to 80 letters or fewer")},
    )
    phone = PlainText(label=_("Phone"), required=False)
    email = PlainText(label=_("E-mail"), required=False)
    length = forms.ChoiceField(label=_("Treatment"))
    therapist = forms.ChoiceField(label=_("With"), required=False)
    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"))
    part = forms.ChoiceField(label=_("Time of day"), choices=list(PART_NAMES.items()), required=False)

    def __init__(
        self, *args: Any, setup: Setup, place: Location, people: Iterable[Therapist], today: date, **kwargs: Any
    ) -> None:
        self.setup, self.place, self.today = setup, place, today
        super().__init__(*args, **kwargs)
        words = [(one.slug, f"{one.treatment.name}, {one.minutes}") for one in setup.lengths]
        self.fields["length"].choices = words
        self.fields["therapist"].choices = [("", _("Anyone")), *((one.slug, one.name) for one in people)]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if LOOKS_LIKE_LINK.search(name):
            raise ValidationError(_("Enter a name without a web or e-mail address"), code="link")
        return name

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return e164(typed, self.place.country) if typed else ""

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"]
        return one_address(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        if not (words.get("phone") or words.get("email") or {"phone", "email"} & self.errors.keys()):
            self.add_error("phone", _("Enter a phone number or an e-mail address"))
        first, last = words.get("first_on"), words.get("last_on")
        if last and last < self.today:
            self.add_error("last_on", _("This day is over: enter a later one"))
        elif first and last and last < first:
            self.add_error("last_on", _("Enter a last day that is not before the first"))
        return words

    def waiting(self, now: datetime) -> Waiting:
        """What was typed, for a record that the desk knows or for somebody new."""
        words = self.cleaned_data
        number = words["client"]
        known = Client.objects.filter(pk=number).first() if number.isdecimal() else None
        begins, ends = PARTS[words["part"] or "any"]
        return Waiting(
            name=words["name"],
            email=words["email"],
            phone=words["phone"],
            location=self.place,
            length=self.setup.length(words["length"]),
            therapist=self.setup.therapist(words["therapist"]) if words["therapist"] else None,
            first_on=words["first_on"],
            last_on=words["last_on"],
            from_minute=begins,
            until_minute=ends,
            screening=Booking.Screening.MISSING,
            client=known.kept if known else None,
            language=known.language if known else "en",
        )
