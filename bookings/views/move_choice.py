"""What a client chooses while she moves her session: a therapist, a part of the day, a first day, and then a time."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import actions, availability, links
from bookings.actions.placing import gone
from bookings.availability import Answer, DayOffers, Offer, Setup, Suggestion, Wish
from bookings.availability.search import SHORT_LIST
from bookings.models import Booking
from bookings.scheduling.spread import spread
from bookings.standing import may_move
from bookings.views.choice import PARTS, Choice, read_choice
from bookings.views.choose import DAYS_A_PAGE, heading, therapist_cards
from bookings.views.hold import LONGEST, SHAPE
from bookings.views.near import near_groups
from bookings.views.slots import DayLists, slot_value
from spa import texts

FIRST_YEAR, LAST_YEAR = 1970, 9998
"""Days around them stay within the calendar."""


@dataclass(frozen=True)
class MoveChoice:
    """A choice of times for one booking, whose own time counts as free. Place and length stay as they are."""

    choice: Choice
    booking: Booking

    @property
    def setup(self) -> Setup:
        return self.choice.setup

    @property
    def today(self) -> dt.date:
        return self.choice.today

    def of(self, booking: Booking) -> "MoveChoice":
        return replace(self, booking=booking)

    def wish(self) -> Wish:
        """What to search for. All times of her own day are read, so that her own is among those that are shown."""
        wish = replace(self.choice.wish(), length=self.booking.length, but=self.booking.pk)
        return replace(wish, open_day=wish.open_day or self.own_day)

    @property
    def own_day(self) -> dt.date:
        return self.booking.starts_at.date()

    def shown(self, found: DayOffers) -> DayOffers:
        """Her own day as short as the others, with her own time kept."""
        if found.day != self.own_day or self.choice.all_day == self.own_day:
            return found
        minutes = [offer.start.hour * 60 + offer.start.minute for offer in found.offers]
        own = {place for place, offer in enumerate(found.offers) if offer.start == self.booking.during.lower}
        places = sorted(own.union(spread(minutes, SHORT_LIST)))
        return replace(found, offers=tuple(found.offers[place] for place in places))

    def at(self, start: dt.datetime) -> Wish:
        """The wish for one start: its day, with all its times."""
        day = start.astimezone(self.booking.location.zone).date()
        return replace(self.wish(), first_day=day, days=1, part="", open_day=day)

    def offer(self, start: dt.datetime, now: dt.datetime) -> Offer | None:
        """Who is free at this start; None when nobody is."""
        if not self.today <= start.astimezone(self.booking.location.zone).date() <= self.choice.last_day:
            return None
        days = availability.search(self.setup, self.at(start), now).days
        return next((offer for day in days for offer in day.offers if offer.start == start), None)

    def gone(self, start: dt.datetime, now: dt.datetime) -> actions.SlotTaken | actions.NotOffered:
        return gone(self.setup, self.at(start), start, now)

    def query(self, **changes: str) -> str:
        """The query string of this choice, with changes. Anyone is said as well: nothing said is her therapist."""
        person = self.choice.therapist
        words = {"part": self.choice.part, "from": self.choice.from_text} | changes
        said = {name: value for name, value in words.items() if value and value != "any"}
        return urlencode({"with": person.slug if person else "", **said})

    def near(self, suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
        return near_groups(suggestions, self.wish(), self.today)

    def lists(self, answer: Answer) -> dict[str, Any]:
        """The days with their times and the ways to other days."""
        lists = DayLists(self.today, self.query(), self.booking)
        later = self.choice.first_day + dt.timedelta(days=DAYS_A_PAGE)
        earlier = max(self.today, self.choice.first_day - dt.timedelta(days=DAYS_A_PAGE))
        return {
            "heading": heading(self.choice, answer.total),
            "days": [lists.day(self.shown(found)) for found in answer.days],
            "later": self.query(**{"from": later.isoformat()}) if later <= self.choice.last_day else "",
            "earlier": self.query(**{"from": earlier.isoformat()}) if self.choice.first_day > self.today else "",
            "nearest": self.near(answer.nearest),
            "parts": PARTS.items(),
            "therapists": therapist_cards(self.choice),
        }


def read_move(typed: Mapping[str, str], booking: Booking, setup: Setup, now: dt.datetime) -> MoveChoice | None:
    """The choice that the query string or form makes; None when the studio no longer offers this session online."""
    place, length = setup.location(booking.location.slug), setup.length(booking.length.slug)
    if booking.at_home or place != booking.location or length != booking.length or not setup.givers(length.treatment):
        return None
    words = typed.get("start", "")[:LONGEST].split(" ")
    usual = booking.therapist.slug if booking.asked_for_therapist else ""
    asked = {
        "where": place.slug,
        "treatment": length.slug,
        "with": words[2] if len(words) == 3 else typed.get("with", usual),
        **{name: typed.get(name, "") for name in ("part", "from", "all")},
    }
    choice = read_choice(asked, setup, now)
    return MoveChoice(choice, booking) if choice else None


def asked_start(typed: Mapping[str, str]) -> dt.datetime | None:
    """The instant of a pressed button; None for what is none."""
    try:
        start = dt.datetime.strptime(typed.get("start", "")[:LONGEST].split(" ")[0], SHAPE).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return start if FIRST_YEAR <= start.year <= LAST_YEAR else None


def seen_start(offer: Offer, booking: Booking, choice: MoveChoice) -> dict[str, Any]:
    """What the page says of one chosen time: with whom, and what its button does."""
    stays = booking.therapist in offer.therapists
    names = [booking.therapist.name] if stays else [person.name for person in offer.therapists]
    words = {"day": texts.weekday(offer.start), "time": texts.clock(offer.start), "name": texts.one_of(names)}
    return {
        "offer": offer,
        "start_value": slot_value(offer),
        "with_value": choice.choice.therapist.slug if choice.choice.therapist else "",
        "with_whom": words["name"],
        "is_own": stays and offer.start == booking.during.lower,
        "call": _("Move to %(day)s %(time)s with %(name)s") % words,
        "again": f"?{choice.query()}#results",
    }


def own_day(booking: Booking, now: dt.datetime) -> dict[str, Any]:
    """The free times of the session's own day, for the booking's page; nothing when it cannot be moved here."""
    if not may_move(booking, now):
        return {}
    setup = availability.load_setup()
    choice = read_move({}, booking, setup, now)
    if choice is None:
        return {}
    answer = availability.search(setup, choice.at(booking.during.lower), now)
    move_url = reverse("move", args=[links.make(booking, "move")])
    lists = DayLists(choice.today, f"{move_url}?{choice.query()}", booking)
    return {
        "move_url": move_url,
        "wait_url": reverse("sooner", args=[links.make(booking, "sooner")]) if booking.email or booking.phone else "",
        "move_with": choice.choice.therapist.slug if choice.choice.therapist else "",
        "own_day": [lists.day(choice.shown(found)) for found in answer.days],
    }
