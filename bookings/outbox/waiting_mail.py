"""What people on the waiting list read, in their language: that they are on it, and the time that is held for them."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from bookings import links
from bookings.models import Message, WaitingOffer
from bookings.outbox.short import short_text
from bookings.outbox.wording import hello
from bookings.waiting_notices import offer_of
from bookings.waiting_words import wish_words
from locations.house import phone_link


def write(message: Message) -> tuple[str, str, str, str, str]:
    """Recipient, subject, text, HTML and reply address of a message whose kind is one of waiting_notices.KINDS."""
    entry = message.waiting
    entry.by_mail = message.channel == Message.Channel.MAIL
    with translation.override(entry.language):
        words = _context(message)
        if message.channel == Message.Channel.SMS:
            return message.recipient, "", short_text(message.kind, words), "", ""
        subject, text, html = (
            render_to_string(f"emails/{message.kind}.{part}", words) for part in ("subject.txt", "txt", "html")
        )
    return message.recipient, subject, text, html, entry.location.studio.email


def _context(message: Message) -> dict[str, Any]:
    entry = message.waiting
    place, offer = entry.location, _offer(message)
    return {
        "entry": entry,
        "hello": hello(entry),
        "wish": wish_words(entry),
        "instead_of": entry.instead_of,
        "held": offer.booking if offer else None,
        "until": offer.booking.hold_expires_at.astimezone(place.zone) if offer else None,
        "place": place,
        "studio": place.studio,
        "language": entry.language,
        "phone_link": phone_link(place.phone, place.country),
        "link": links.waiting_url(entry),
    }


def _offer(message: Message) -> WaitingOffer | None:
    return offer_of(message) if message.kind == "waiting_offer" else None
