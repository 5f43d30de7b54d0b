"""What suits a client: pressure, areas, oil, language. It stands with the session that she says it for; when she wants
it remembered it stands with her record too, which every session follows for which nothing else was said."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import override

from bookings.models import Booking
from bookings.models.event import Actor, record
from bookings.standing import Standing, standing
from clients.models import Client
from clients.preferences import Preferences, keep
from clients.preferences import keep_likes as write_likes

from .errors import WrongStep
from .locks import in_transaction, locked

TALKABLE = (Standing.AHEAD, Standing.BEGUN)


@dataclass(frozen=True, slots=True)
class Wishes:
    """Pressure 1 to 5 or None, areas by their slugs in `treatments.models.AREAS`, and the language of messages.

    `is_remembered`: her next sessions begin with them.
    """

    pressure: int | None
    focus: tuple[str, ...]
    avoid: tuple[str, ...]
    oil_free: bool
    language: str
    is_remembered: bool = True


def say_wishes(*, booking: Booking, wishes: Wishes, by: Actor, now: datetime) -> Booking:
    """Note what suits the client of a session that is not over. Raises WrongStep when it is."""

    def act() -> Booking:
        current = locked(booking)
        if standing(current, now) not in TALKABLE:
            raise WrongStep(current)
        said = {
            "pressure": wishes.pressure,
            "focus_areas": list(wishes.focus),
            "avoid_areas": list(wishes.avoid),
            "oil_free": wishes.oil_free,
        }
        if wishes.is_remembered:
            Client.objects.filter(pk=current.client_id).update(**said, language=wishes.language)
        Booking.objects.filter(pk=current.pk).update(**said, wishes_said_at=now)
        _speak(current, wishes.language)
        record(booking=current, verb="wishes said", by=by, now=now)
        return current

    return in_transaction(act)


def keep_preferences(*, client: Client, preferences: Preferences, now: datetime) -> None:
    """Write into her record what the desk or her therapist heard last: every session ahead follows it from now on."""

    def act() -> None:
        keep(client=client, preferences=preferences)
        _follow(client, now)

    in_transaction(act)


def keep_likes(*, client: Client, preferences: Preferences, now: datetime) -> None:
    """The same when she says it herself: whether something has to be taken care of stays as it was."""

    def act() -> None:
        write_likes(client=client, preferences=preferences)
        _follow(client, now)

    in_transaction(act)


def _follow(client: Client, now: datetime) -> None:
    ahead = Booking.objects.ahead().filter(client=client, wishes_said_at__isnull=False, during__endswith__gt=now)
    ahead.update(wishes_said_at=None, version=F("version") + 1)


def _speak(booking: Booking, language: str) -> None:
    """What was agreed stays; its name is said in the other language, when it is another one."""
    if booking.language != language:
        with override(language):
            booking.treatment_name = str(booking.length.treatment.name)
    booking.language = language
    booking.version += 1
    booking.save(update_fields=["language", "treatment_name", "version"])
