"""GET /book/: the free times of two weeks, and the filters beside them."""

import datetime as dt
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bookings import availability
from bookings.availability import Answer, Offer
from bookings.views.choice import DAYS_A_PAGE, PARTS, Choice, read_choice
from bookings.views.near import near_groups, pressure_marks, pressure_words
from bookings.views.slots import DayLists, relative_day, slot_value, who, with_whom
from locations.head import head
from locations.house import House, is_demo
from spa import clock, texts
from spa.web import fragment_or_page
from therapists.models import Style
from treatments.models import Length


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    setup = availability.load_setup()
    house = House.of(setup.studio, setup.locations, is_demo(request), setup.number)
    choice = read_choice(request.GET, setup, now)
    if choice is None:
        return render(request, "bookings/nothing.html", {"house": house})
    answer = availability.search(setup, choice.wish(), now)
    context = {"house": house, "choice": choice, **results(choice, answer, now), **filters(choice)}
    context |= head(request.path, house, {"description": description(house), "picture": "start"})
    return fragment_or_page(request, "bookings/choose.html", "bookings/_answer.html", context)


def description(house: House) -> str:
    words = _("See the free times of %(studio)s and book a barefoot back massage in three taps. No account is needed.")
    return words % {"studio": house.studio.name}


def results(choice: Choice, answer: Answer, now: dt.datetime) -> dict[str, Any]:
    """The days with their times, the soonest card, the ways to other days."""
    lists = DayLists(choice.today, choice.query())
    return {
        "heading": heading(choice, answer.total),
        "soonest": soonest_cards(choice, answer),
        "days": [lists.day(found) for found in answer.days],
        "earlier": earlier(choice),
        "later": later(choice),
        "wait_query": "" if answer.total else choice.query(),
        "nearest": near_groups(answer.nearest, choice.wish(), choice.today),
    }


def heading(choice: Choice, total: int) -> str:
    name = choice.therapist.name if choice.therapist else _("anyone")
    words = ngettext("%(total)s free time with %(name)s", "%(total)s free times with %(name)s", total)
    if not total:
        return _("No free time with %(name)s in these two weeks") % {"name": name}
    return words % {"total": total, "name": name}


def soonest_cards(choice: Choice, answer: Answer) -> list[dict[str, str]]:
    """The first three offers; a day is named again only where it is another one."""
    cards = [soonest_words(choice, offer) for offer in answer.soonest]
    for card in cards[1:]:
        if card["when"] == cards[0]["when"]:
            card["short"] = card["short_same_day"]
    return cards


def soonest_words(choice: Choice, offer: Offer) -> dict[str, str]:
    """What the card says about one offer: time, day, sentence, and what its button does."""
    time, when = texts.clock(offer.start), relative_day(offer.start.date(), choice.today)
    several = len(offer.therapists) > 1
    name = who(offer.therapists, _(" or "))
    words = {"time": time, "when": when, "name": name}
    return {
        "value": slot_value(offer),
        "clock": time,
        "when": when,
        "call": _("Book %(time)s") % words if several else _("Book %(time)s with %(name)s") % words,
        "short": _("%(when)s %(time)s with %(name)s") % words,
        "short_same_day": _("%(time)s with %(name)s") % words,
        "sentence": _("%(day)s, %(span)s, %(with)s. %(treatment)s, %(price)s.")
        % {
            "day": texts.day(offer.start),
            "span": texts.span(offer.start, offer.end),
            "with": with_whom(offer.therapists),
            "treatment": choice.length.treatment.name,
            "price": choice.price(choice.length, offer.therapists),
        },
    }


def later(choice: Choice) -> str:
    day = choice.first_day + dt.timedelta(days=DAYS_A_PAGE)
    return choice.query(**{"from": day.isoformat()}) if day <= choice.last_day else ""


def earlier(choice: Choice) -> str:
    if choice.first_day <= choice.today:
        return ""
    day = max(choice.today, choice.first_day - dt.timedelta(days=DAYS_A_PAGE))
    return choice.query(**{"from": day.isoformat()})


def filters(choice: Choice) -> dict[str, Any]:
    """The cards of the filters, made when the template wants them: a process keeps the piece of page they stand in."""
    return {
        "parts": PARTS.items(),
        "treatments": partial(treatment_cards, choice),
        "therapists": partial(therapist_cards, choice),
    }


def treatment_cards(choice: Choice) -> list[dict[str, Any]]:
    return [treatment_card(choice, length) for length in choice.setup.lengths]


def therapist_cards(choice: Choice) -> list[dict[str, Any]]:
    """Who gives what was chosen."""
    return [
        {
            "slug": person.slug,
            "chosen": person == choice.therapist,
            "name": person.name,
            "marks": pressure_marks(person),
            "hint": pressure_words(person),
        }
        for person in choice.setup.givers(choice.length.treatment)
    ]


def treatment_card(choice: Choice, length: Length) -> dict[str, Any]:
    words = {"name": length.treatment.name, "minutes": length.minutes}
    return {
        "slug": length.slug,
        "chosen": length == choice.length,
        "name": _("%(name)s, %(minutes)s min") % words,
        "price": choice.price(length, choice.setup.givers(length.treatment, choice.therapist)),
        "hint": clothing(length.treatment.style),
    }


def clothing(style: Style) -> str:
    """What the client wears for a style, in the studio's words, and whether oil is used."""
    wears = str(style.clothing)
    if style.uses_oil:
        return wears or _("With oil")
    return _("%(clothes)s, no oil") % {"clothes": wears} if wears else _("No oil")
