"""What the desk wants to book, as an address or a form says it: where, what, with whom, when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bookings.availability import Setup, Wish
from bookings.availability.setup import terms_of
from bookings.scheduling.timeline import TICK_MINUTES
from desk.forms.fields import DayField, InstantField
from locations.models import Location
from spa import texts
from therapists.models import ExtraHours, Therapist
from treatments.models import Length


@dataclass(frozen=True, slots=True)
class Ask:
    """`start` None: no time chosen yet; `day`: whose times to list. `wrong`: why something asked for is not there."""

    setup: Setup
    place: Location
    length: Length
    therapist: Therapist | None
    start: datetime | None
    day: date
    wrong: str = ""

    @property
    def wish(self) -> Wish:
        return Wish(self.place, self.length, self.therapist, self.day, days=1)

    def people(self, now: datetime) -> tuple[Therapist, ...]:
        """Whom to choose from: those who give this and have hours at this place. One query."""
        asked = [self.therapist] if self.therapist else []
        return working_at(self.setup.givers(self.length.treatment), self.place, now, *asked)

    @property
    def lengths(self) -> list[Length]:
        """What can be asked for: with somebody in mind, only what she gives."""
        given = self.setup.givers
        return [one for one in self.setup.lengths if self.therapist is None or given(one.treatment, self.therapist)]

    @property
    def moment(self) -> str:
        """The start in words: "Friday 20 November 2026, 14:20"."""
        return texts.moment(self.start.astimezone(self.place.zone)) if self.start else ""

    @property
    def start_value(self) -> str:
        return self.start.isoformat() if self.start else ""

    def query(self, **changes: object) -> str:
        words = {"place": self.place.slug, "length": self.length.pk, "start": self.start_value}
        words |= {"therapist": self.therapist.pk if self.therapist else ""} | changes
        return urlencode({name: value for name, value in words.items() if value})


def read_ask(words: Mapping[str, str], setup: Setup, now: datetime) -> Ask | None:
    """What these words ask for, with the first of the list for what they leave open; None while nothing is offered."""
    wrong: list[str] = []
    place = _picked(setup.locations, words.get("place", ""), wrong, _("That place takes no bookings now."))
    place = place or next(iter(setup.locations), None)
    person = _picked(setup.therapists, words.get("therapist", ""), wrong, _("That therapist takes no bookings now."))
    lengths = [one for one in setup.lengths if person is None or setup.givers(one.treatment, person)]
    length = _picked(setup.lengths, words.get("length", ""), wrong, _("That treatment is no longer on the menu."))
    length = length or _fitting(lengths, person, words.get("free", "")) or next(iter(lengths or setup.lengths), None)
    if place is None or length is None:
        return None
    start = _read(InstantField(required=False), words.get("start", "").split(" ")[0], wrong)
    day = start.astimezone(place.zone).date() if start else _read(DayField(required=False), words.get("day", ""), wrong)
    return Ask(setup, place, length, person, start, day or now.astimezone(place.zone).date(), " ".join(wrong))


def working_at(people: Iterable[Therapist], place: Location, now: datetime, *also: Therapist) -> tuple[Therapist, ...]:
    """Those who have hours at a place, weekly or on some day to come, and `also` whoever is asked for. One query."""
    guests = ExtraHours.objects.filter(location=place, during__endswith__gt=now).values_list("therapist_id", flat=True)
    here = set(guests) | {person.pk for person in also}
    return tuple(person for person in people if place.pk in person.contract.weeks or person.pk in here)


def read_key(typed: str) -> UUID | None:
    """The key that makes a form count once."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def _fitting(lengths: Iterable[Length], person: Therapist | None, free: str) -> Length | None:
    """The first of the menu that fits into so many free minutes, with the time before and after it."""
    if person is None or not (free.isascii() and free.isdecimal()) or len(free) > 3:
        return None
    for length in lengths:
        terms = terms_of(person, length)
        if (terms.before + terms.hands_on + terms.after) * TICK_MINUTES <= int(free):
            return length
    return None


def _picked(rows, number: str, wrong: list[str], complaint: str):
    """The row with this number, or with this address on the site."""
    found = next((row for row in rows if number in (str(row.pk), row.slug)), None)
    if number and found is None:
        wrong.append(complaint)
    return found


def _read(field, typed: str, wrong: list[str]):
    try:
        return field.clean(typed)
    except ValidationError as error:
        wrong += error.messages
        return None
