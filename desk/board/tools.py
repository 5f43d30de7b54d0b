"""The tools above a board: other days, other places, and the ways to the pages where things are done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookings.availability import Setup

from .look import ONE_DAY, ROOM, THERAPIST, Look, link

Way = tuple[str, str, bool]
"""Words, address, whether it is the present one."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Addresses; one that is empty has no page yet and is left out. `places` is empty when there is one place."""

    before: str
    after: str
    today: str
    book: str
    walk_in: str
    waiting: str
    find: str
    history: str
    places: list[Way]
    ways: list[Way]


def tools(look: Look, setup: Setup) -> Tools:
    place = look.place.slug
    places = [(one.name, look.address(place=one.slug), one == look.place) for one in setup.locations]
    ways = {THERAPIST: _("By therapist"), ROOM: _("By room")}
    return Tools(
        before=look.address(day=look.day - ONE_DAY),
        after=look.address(day=look.day + ONE_DAY),
        today=look.address(day=""),
        book=link("desk_book", place=place),
        walk_in=link("desk_walk_in", place=place),
        waiting=link("desk_waiting", place=place, day=look.day),
        find=link("desk_clients"),
        history=link("desk_history", day=look.day),
        places=places if len(places) > 1 else [],
        ways=[(words, look.address(by=way), way == look.by) for way, words in ways.items()],
    )
