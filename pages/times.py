"""Free times as the public pages say them: the next one of a card, and the days of one therapist or treatment."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.availability import Answer, DayOffers, Setup, search
from bookings.availability.soonest import NextFree
from bookings.views.choice import Choice
from bookings.views.choose import soonest_cards
from bookings.views.slots import relative_day, slot_value, with_whom
from spa import texts
from therapists.models import Therapist

DAYS_SHOWN = 3


class NextTime(NamedTuple):
    """The next free time in words, "today 14:20", and the address where it is booked."""

    words: str
    address: str


def next_time(free: NextFree, now: dt.datetime, several_places: bool) -> NextTime:
    """A card's next free time; with several places it says at which one."""
    offer, place = free.offer, free.location
    today = now.astimezone(place.zone).date()
    words = {
        "day": relative_day(offer.start.date(), today),
        "time": texts.clock(offer.start),
        "place": place.name,
    }
    said = _("%(day)s %(time)s, %(place)s") if several_places else _("%(day)s %(time)s")
    query = {"where": place.slug, "treatment": free.length.slug, "with": offer.therapists[0].slug}
    return NextTime(said % words, f"{reverse('choose')}?{urlencode(query)}")


def earliest(found: Iterable[NextFree]) -> NextFree | None:
    """The soonest of all; of those at the same instant the first."""
    return min(found, key=lambda free: free.offer.start, default=None)


def times_of(setup: Setup, free: NextFree | None, therapist: Therapist | None, now: dt.datetime) -> dict[str, Any]:
    """The soonest card and the next days with free times, for the place and length of `free`. Two statements."""
    if free is None:
        return {"choice": None, "soonest": [], "days": []}
    today = now.astimezone(free.location.zone).date()
    choice = Choice(setup, free.location, free.length, therapist, "any", today, today)
    answer = search(setup, choice.wish(), now)
    return {"choice": choice, "soonest": soonest_cards(choice, answer), "days": day_lists(answer)}


def day_lists(answer: Answer) -> list[dict[str, Any]]:
    """The first days that have free times, each under its day and their number."""
    return [_day(found) for found in answer.days if found.offers][:DAYS_SHOWN]


def _day(found: DayOffers) -> dict[str, Any]:
    day = texts.day(found.day)
    words = ngettext("%(day)s, %(count)s time", "%(day)s, %(count)s times", found.total)
    slots = [
        {
            "value": slot_value(offer),
            "clock": texts.clock(offer.start),
            "spoken": f"{day}, {with_whom(offer.therapists)}",
        }
        for offer in found.offers
    ]
    return {"heading": words % {"day": day, "count": found.total}, "slots": slots}
