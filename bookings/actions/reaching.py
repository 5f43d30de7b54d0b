"""How a client wants to be reached: what she chooses on her booking's page, and what her phone answers."""

from datetime import datetime

from bookings import reach, rerouting
from bookings.models import Booking
from bookings.models.event import Actor, record
from bookings.models.status import AHEAD
from clients import consent
from clients.models import Client, Reach

from .errors import WrongStep
from .locks import in_transaction, locked


class TextsStopped(Exception):
    """This number has answered STOP: only the phone itself can begin again."""


def choose_reach(*, booking: Booking, by_way: str, number: str, actor: Actor, now: datetime) -> Booking:
    """Send reminders by mail, by text or by both from now on. `number` (E.164) agrees to texts; empty for mail.

    Known for this booking, and for the client's next ones when the record is her own. Raises TextsStopped, WrongStep.
    """

    def act() -> Booking:
        current = locked(booking)
        if current.status not in AHEAD:
            raise WrongStep(current)
        if by_way != Reach.MAIL and not consent.agree_to_texts(number, now):
            raise TextsStopped
        if number and current.phone not in ("", number):
            current.link_version += 1  # the former number was sent links
        current.reach, current.phone = by_way, number or current.phone
        current.version += 1
        current.save(update_fields=["reach", "phone", "link_version", "version"])
        _remember(current)
        rerouting.reroute(booking=current, now=now)
        record(booking=current, verb="reach chosen", by=actor, now=now)
        return current

    return in_transaction(act)


def stop_texts(*, number: str, now: datetime) -> None:
    """The phone sent STOP: no text leaves any more, and what waits goes by mail where there is an address."""

    def act() -> None:
        consent.stop_texts(number, now)
        for booking in Booking.objects.ahead().filter(phone=number).order_by("pk"):
            rerouting.reroute(booking=locked(booking), now=now)

    in_transaction(act)


def start_texts(*, number: str, now: datetime) -> None:
    """The phone sent START: those who chose texts get them again."""

    def act() -> None:
        consent.start_texts(number, now)
        for booking in Booking.objects.ahead().filter(phone=number).order_by("pk"):
            rerouting.reroute(booking=locked(booking), now=now)

    in_transaction(act)


def _remember(booking: Booking) -> None:
    """Keep the wish with the client's record, when that is hers and not a name that somebody typed."""
    if not reach.is_own_record(booking):
        return
    words = {"reach": booking.reach} | ({} if booking.client.phone else {"phone": booking.phone})
    Client.objects.filter(pk=booking.client_id).update(**words)
