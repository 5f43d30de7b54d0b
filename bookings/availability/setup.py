"""What the studio has set up: places, the menu, who may give what and when, rooms and what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bookings.scheduling.hours import WeeklyHours
from bookings.scheduling.limits import Limit
from bookings.scheduling.offers import Terms
from bookings.scheduling.timeline import TICK_MINUTES
from locations.models import Location, Studio
from therapists.models import Therapist
from treatments.models import Length, Treatment


@dataclass(frozen=True, eq=False, slots=True)
class Week:
    """Weekly blocks of hours: of a place, or of one therapist at a place. Equal only to itself, so quick to look up."""

    rules: tuple[WeeklyHours, ...] = ()


@dataclass(frozen=True, slots=True)
class Contract:
    """What a therapist gives, and when: `therapist.contract`.

    `own` are her rows of the menu by treatment id; `certified` is (style id, first day, last day or None); `weeks`
    are her hours by location id; `shortest_block` is the ticks of the shortest block that she sells: a smaller
    piece of free time is a gap.
    """

    style_ids: frozenset[int]
    own: dict[int, dict]
    certified: tuple[tuple[int, date, date | None], ...]
    limits: tuple[Limit, ...]
    weeks: dict[int, Week]
    shortest_block: int = 1


class PropRow(NamedTuple):
    """A prop serves until its inspection lapses, and not from `out` until `back`; None is never."""

    kind: str
    inspected: date | None
    out: datetime | None
    back: datetime | None


class RoomRow(NamedTuple):
    """A room in use, and what stands in it."""

    id: int
    location_id: int
    props: tuple[PropRow, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Setup:
    """The whole menu: open locations, lengths on the menu, bookable therapists and rooms in use, in the studio's order.

    `number` is its revision: another number, another set-up. `weeks` are the opening hours by location id. Several
    requests share one Setup: never change what is in it.
    """

    number: UUID
    locations: tuple[Location, ...]
    lengths: tuple[Length, ...]
    therapists: tuple[Therapist, ...]
    rooms: tuple[RoomRow, ...]
    weeks: dict[int, Week]

    @property
    def studio(self) -> Studio | None:
        return self.locations[0].studio if self.locations else None

    def location(self, slug: str) -> Location | None:
        return next((place for place in self.locations if place.slug == slug), None)

    def length(self, slug: str) -> Length | None:
        return next((length for length in self.lengths if length.slug == slug), None)

    def therapist(self, slug: str) -> Therapist | None:
        return next((person for person in self.therapists if person.slug == slug), None)

    def asked(self, therapist: Therapist | None) -> tuple[Therapist, ...]:
        """Everybody for None, else the one therapist as read here; nobody when she takes no bookings."""
        return tuple(person for person in self.therapists if therapist in (None, person))

    def givers(self, treatment: Treatment, asked: Therapist | None = None) -> tuple[Therapist, ...]:
        """Those asked for who give a treatment; on which days a certificate holds is seen later."""
        return tuple(person for person in self.asked(asked) if gives(person, treatment))

    def price(self, therapist: Therapist, length: Length) -> Decimal:
        """What this therapist takes for this length.

        Her own price is for the longest length of the treatment; the others differ from it as on the menu.
        """
        row = therapist.contract.own.get(length.treatment_id)
        if not row or row["price"] is None:
            return length.price
        same = [other for other in self.lengths if other.treatment_id == length.treatment_id]
        longest = max(same, key=lambda other: other.minutes)
        return max(Decimal(str(row["price"])) - longest.price + length.price, Decimal(0))


def gives(therapist: Therapist, treatment: Treatment) -> bool:
    """Her own row decides; without one, her styles do."""
    row = therapist.contract.own.get(treatment.pk)
    return row["gives"] if row else treatment.style_id in therapist.contract.style_ids


def certified_days(therapist: Therapist, treatment: Treatment) -> Iterator[tuple[date, date | None]]:
    """The first and last valid day of each certificate of hers for the style of a treatment."""
    for style, since, until in therapist.contract.certified:
        if style == treatment.style_id:
            yield since, until


def terms_of(therapist: Therapist, length: Length) -> Terms:
    """The ticks that a session takes of this therapist and of a room, her own minutes first."""
    return terms_with(therapist.contract.own.get(length.treatment_id), length)


def terms_with(own: dict | None, length: Length) -> Terms:
    """The same, with her own row of the menu or None."""
    treatment = length.treatment
    before, after = (own["before"], own["after"]) if own else (None, None)
    return Terms(
        hands_on=length.minutes // TICK_MINUTES,
        before=(treatment.before_minutes if before is None else before) // TICK_MINUTES,
        after=(treatment.after_minutes if after is None else after) // TICK_MINUTES,
        room_before=treatment.room_before_minutes // TICK_MINUTES,
        room_after=treatment.room_after_minutes // TICK_MINUTES,
    )
