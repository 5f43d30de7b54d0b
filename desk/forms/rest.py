"""By which way the client is asked for what nobody took down."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking, Message

from .booking import CardForm


class RestForm(CardForm):
    """`channel`, of those that lead somewhere for this booking; the first one is chosen unless told."""

    channel = forms.ChoiceField(
        label=_("Send it by"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose e-mail or text message; without either, ask on the phone")
        ),
    )

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = settings.SMS_BACKEND != "off" and booking.phone
        ways = {Message.Channel.MAIL: booking.email, Message.Channel.SMS: texts}
        choices = [(way.value, way.label) for way, leads_somewhere in ways.items() if leads_somewhere]
        self.fields["channel"].choices = choices
        self.fields["channel"].initial = choices[0][0] if choices else ""
