"""What suits a client: pressure, areas, oil, language. It stands with her record, so her next session knows it too."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import override

from bookings.models import Booking
from bookings.models.event import Actor, record
from bookings.standing import Standing, standing
from clients.models import Client

from .errors import WrongStep
from .locks import in_transaction, locked

TALKABLE = (Standing.AHEAD, Standing.BEGUN)


@dataclass(frozen=True, slots=True)
class Wishes:
    """Pressure 1 to 5 or None, areas by their slugs in `treatments.models.AREAS`, and the language of messages."""

    pressure: int | None
    focus: tuple[str, ...]
    avoid: tuple[str, ...]
    oil_free: bool
    language: str


def say_wishes(*, booking: Booking, wishes: Wishes, by: Actor, now: datetime) -> Booking:
    """Note what suits the client of a session that is not over. Raises WrongStep when it is."""

    def act() -> Booking:
        current = locked(booking)
        if standing(current, now) not in TALKABLE:
            raise WrongStep(current)
        Client.objects.filter(pk=current.client_id).update(
            pressure=wishes.pressure,
            focus_areas=list(wishes.focus),
            avoid_areas=list(wishes.avoid),
            oil_free=wishes.oil_free,
            language=wishes.language,
        )
        if current.language != wishes.language:
            _speak(current, wishes.language)
        record(booking=current, verb="wishes said", by=by, now=now)
        return current

    return in_transaction(act)


def _speak(booking: Booking, language: str) -> None:
    """What was agreed stays; its name is said in the other language."""
    booking.language = language
    with override(language):
        booking.treatment_name = str(booking.length.treatment.name)
    booking.version += 1
    booking.save(update_fields=["language", "treatment_name", "version"])
