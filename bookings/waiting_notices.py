"""What somebody on the waiting list is told: that she is on it, and that a time is hers for a while.

Written in the transaction that adds her or holds the time, and sent at once: an offer is an answer to what somebody
just gave back, so no quiet hours delay it. Words are put in when it leaves, if it is still true then.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from bookings.models import Message, WaitingEntry, WaitingOffer
from clients.consent import SmsConsent, may_text

JOINED = "waiting_joined"
OFFER = "waiting_offer"
KINDS = (JOINED, OFFER)


def addresses(entry: WaitingEntry) -> dict[str, str]:
    """Where she can be told of an offer, by channel: by mail, and by text when her number agreed to texts."""
    found = {Message.Channel.MAIL: entry.email} if entry.email else {}
    if settings.SMS_BACKEND != "off" and entry.phone and may_text(entry.phone):
        found[Message.Channel.SMS] = entry.phone
    return {str(channel): address for channel, address in found.items()}


def can_be_told(entries: Sequence[WaitingEntry]) -> set[int]:
    """The ids of those whom an offer would reach. One query."""
    texts = settings.SMS_BACKEND != "off"
    agreed = SmsConsent.objects.filter(given_at__isnull=False, stopped_at__isnull=True)
    numbers = set(agreed.filter(number__in=[entry.phone for entry in entries]).values_list("number", flat=True))
    return {entry.pk for entry in entries if entry.email or texts and entry.phone in numbers}


def joined(*, entry: WaitingEntry, now: datetime) -> None:
    """Say by mail that she is on the list, with the link to leave it."""
    if entry.email:
        until = now + timedelta(days=1)
        _write(entry, JOINED, Message.Channel.MAIL, entry.email, now, until, f"waiting/{entry.pk}/joined")


def offered(*, entry: WaitingEntry, offer: WaitingOffer, now: datetime) -> None:
    """Tell her of the time that is held for her, by every way there is: it is hers for minutes only."""
    for channel, address in addresses(entry).items():
        key = f"waiting/{entry.pk}/offer/{offer.booking_id}/{channel}"
        _write(entry, OFFER, channel, address, now, offer.booking.hold_expires_at, key)


def withdraw(*, entry: WaitingEntry) -> None:
    """What has not left yet is not true any more."""
    entry.messages.filter(state=Message.State.QUEUED, kind=OFFER).update(state=Message.State.WITHDRAWN)


def why_not(message: Message) -> str:
    """Why it must not leave as things are now, in a sentence for the desk; empty when it should."""
    entry = message.waiting
    if not entry.is_open:
        return _("The waiting list: %(state)s.") % {"state": entry.get_state_display()}
    if message.kind == OFFER and offer_of(message) is None:
        return _("The offer has ended.")
    return ""


def offer_of(message: Message) -> WaitingOffer | None:
    """The open offer that a message is about; its key names the held time."""
    held = int(message.original_key.split("/")[3])
    offers = message.waiting.offers.filter(outcome=WaitingOffer.Outcome.OPEN, booking=held)
    return offers.select_related("booking__therapist", "booking__location", "booking__length__treatment").first()


def _write(
    entry: WaitingEntry, kind: str, channel: str, address: str, now: datetime, until: datetime, key: str
) -> None:
    Message.objects.create(
        key=key,
        kind=kind,
        waiting=entry,
        client=entry.client,
        channel=channel,
        recipient=address,
        due_at=now,
        useful_until=until,
        created_at=now,
    )
