"""The next free time of each therapist, over all places and lengths at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bookings.scheduling.offers import therapist_starts
from bookings.scheduling.timeline import TICK_MINUTES
from locations.models import Location
from therapists.models import Therapist
from treatments.models import Length

from .rows import Rows, read_rows
from .search import Offer, wall_clock
from .setup import Setup, gives
from .window import paint

DAYS = 14


class NextFree(NamedTuple):
    """The first offer of one therapist, and where and what it is."""

    offer: Offer
    location: Location
    length: Length


def soonest_of_each(
    setup: Setup,
    now: datetime,
    *,
    people: Iterable[Therapist] | None = None,
    lengths: Iterable[Length] | None = None,
) -> dict[int, NextFree]:
    """The first free time within two weeks by therapist id; who has none is not in it.

    Of these people and lengths, or of everybody and the whole menu. Two statements per place, however many they are.
    Of two lengths at the same start the one that stands first on the menu is given.
    """
    asked = list(setup.therapists if people is None else people)
    menu = list(setup.lengths if lengths is None else lengths)
    found: dict[int, NextFree] = {}
    for place in setup.locations:
        rows = read_rows(place, now.astimezone(place.zone).date(), DAYS, now)
        for length in menu:
            givers = [person for person in asked if gives(person, length.treatment)]
            for person, first in _firsts(setup, rows, place, length, givers, now):
                known = found.get(person.pk)
                if known is None or first.offer.start < known.offer.start:
                    found[person.pk] = first
    return found


def _firsts(
    setup: Setup, rows: Rows, place: Location, length: Length, givers: list[Therapist], now: datetime
) -> Iterable[tuple[Therapist, NextFree]]:
    if not givers:
        return
    window = paint(setup, rows, location=place, length=length, therapists=givers, now=now)
    end = window.rules.days[-1].end
    for person, state in zip(givers, window.states, strict=True):
        starts = therapist_starts(state, window.rooms, window.rules)
        start = (starts & -starts).bit_length() - 1
        if 0 <= start < end:
            yield person, NextFree(_offer(window.origin + start, length, place, person), place, length)


def _offer(tick: int, length: Length, place: Location, person: Therapist) -> Offer:
    lasts = length.minutes // TICK_MINUTES
    return Offer(wall_clock(tick, place.zone), wall_clock(tick + lasts, place.zone), (person,))
