"""The treatments as clients meet them: prices, what one wears, who gives them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from bookings.availability import Setup
from bookings.availability.setup import certified_days, gives
from bookings.views.choose import clothing
from pages.people import shown
from spa import texts
from therapists.models import Therapist
from treatments.models import AREAS, Length, Treatment

DRAWINGS = "components/_draw_{}.html"


@dataclass(frozen=True, slots=True)
class Line:
    """One length: "30 minutes", "£45" or "from £45"."""

    slug: str
    minutes: int
    price: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One treatment in words. `drawing` is the template of the picture beside it."""

    slug: str
    name: str
    style: str
    description: str
    wears: str
    areas: str
    drawing: str
    lines: list[Line]
    is_clothed: bool
    uses_oil: bool


def treatments(setup: Setup) -> list[tuple[Treatment, list[Length]]]:
    """What stands on the menu, each treatment with its lengths, in the studio's order."""
    groups = groupby(setup.lengths, key=lambda length: length.treatment_id)
    found = [list(lengths) for _pk, lengths in groups]
    return [(lengths[0].treatment, lengths) for lengths in found]


def items(setup: Setup, today: dt.date) -> list[Item]:
    """The whole menu in words; empty while no place takes bookings."""
    return [item(setup, given, lengths, today) for given, lengths in treatments(setup)] if setup.locations else []


def item(setup: Setup, treatment: Treatment, lengths: list[Length], today: dt.date) -> Item:
    style = treatment.style
    return Item(
        slug=treatment.slug,
        name=str(treatment.name),
        style=str(style.name),
        description=str(treatment.description),
        wears=clothing(style),
        areas=", ".join(str(AREAS[area]) for area in treatment.areas if area in AREAS),
        drawing=drawing(treatment),
        lines=[line(setup, length, today) for length in lengths],
        is_clothed=style.is_clothed,
        uses_oil=style.uses_oil,
    )


def line(setup: Setup, length: Length, today: dt.date) -> Line:
    """A length with its price; where therapists take different prices, the least one."""
    prices = {setup.price(person, length) for person in givers(setup, length.treatment, today)} or {length.price}
    least = min(prices)
    amount = texts.money(least, setup.locations[0].currency)
    words = _("from %(price)s") % {"price": amount} if len(prices) > 1 else amount
    return Line(length.slug, length.minutes, words, least)


def givers(setup: Setup, treatment: Treatment, today: dt.date) -> list[Therapist]:
    """Who gives a treatment today and has a page."""
    return [person for person in shown(setup) if gives_now(person, treatment, today)]


def given_by(setup: Setup, person: Therapist, today: dt.date) -> list[Treatment]:
    """What one therapist gives today."""
    return [treatment for treatment, _lengths in treatments(setup) if gives_now(person, treatment, today)]


def gives_now(person: Therapist, treatment: Treatment, today: dt.date) -> bool:
    """Whether she gives it, with a certificate that holds where the style needs one."""
    if not gives(person, treatment):
        return False
    papers = certified_days(person, treatment)
    holds = any(since <= today and (until is None or today <= until) for since, until in papers)
    return holds or not treatment.style.needs_certificate


def drawing(treatment: Treatment) -> str:
    """Oil, bamboo or the mat: the thing that tells this treatment from the others."""
    if treatment.style.uses_oil:
        return DRAWINGS.format("oil")
    return DRAWINGS.format("bamboo" if ["bamboo"] in treatment.needed_props else "mat")
