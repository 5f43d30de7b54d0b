"""The therapists as clients meet them: who is shown, in which words, and the filter of their page."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bookings.availability import Setup
from bookings.availability.soonest import NextFree
from bookings.views.near import PRESSURE, pressure_marks, pressure_words
from locations.languages import language_name, language_title
from pages.page import today_at
from pages.times import NextTime, next_time
from therapists.models import Certificate, Style, Therapist

STONES = ("", "b", "c", "d")


@dataclass(frozen=True, slots=True)
class Card:
    """One therapist in words. `stone` is the shape behind the initial; `next` None means nothing free for two weeks."""

    slug: str
    name: str
    initial: str
    stone: str
    photo: str
    photo_small: str
    photo_text: str
    headline: str
    pressure: str
    marks: SafeString
    languages: str
    styles: str
    next: NextTime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filter asks for; what it does not know counts as not asked."""

    style: Style | None
    pressure: int | None
    language: str
    gender: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.style or self.pressure or self.language or self.gender)

    def fits(self, person: Therapist, today: dt.date) -> bool:
        if self.style and not given_styles(person, [self.style], today):
            return False
        if self.pressure and not person.pressure_from <= self.pressure <= person.pressure_to:
            return False
        if self.gender and self.gender != person.gender:
            return False
        return not self.language or self.language in person.languages


def shown(setup: Setup) -> list[Therapist]:
    """Who has a page: the public ones who still take bookings, in the studio's order."""
    return [person for person in setup.therapists if person.public]


def read_wanted(query: Mapping[str, str], styles: Iterable[Style], people: Sequence[Therapist]) -> Wanted:
    spoken = {code for person in people for code in person.languages}
    language, gender = query.get("language", ""), query.get("gender", "")
    return Wanted(
        style=next((style for style in styles if style.slug == query.get("style")), None),
        pressure={str(step): step for step in PRESSURE}.get(query.get("pressure", "")),
        language=language if language in spoken else "",
        gender=gender if gender in {person.gender for person in people} else "",
    )


def given_styles(person: Therapist, styles: Iterable[Style], today: dt.date) -> list[Style]:
    """Of these styles those that she gives today: where one needs a certificate, a certificate holds."""
    papers = person.contract.certified
    held = {pk for pk, since, until in papers if since <= today and (until is None or today <= until)}
    hers = [style for style in styles if style.pk in person.contract.style_ids]
    return [style for style in hers if style.pk in held or not style.needs_certificate]


def filter_fields(
    wanted: Wanted, styles: Sequence[Style], people: Sequence[Therapist], today: dt.date
) -> list[dict[str, Any]]:
    """The three selects of the filter: name, label, and (value, words, chosen) of each choice."""
    given = {style.pk for person in people for style in given_styles(person, styles, today)}
    spoken = sorted({code for person in people for code in person.languages}, key=language_name)
    any_style = [("", _("Any style"), wanted.style is None)]
    any_pressure = [("", _("Any pressure"), wanted.pressure is None)]
    any_language = [("", _("Any language"), not wanted.language)]
    fields = [
        {
            "name": "style",
            "label": _("Style"),
            "choices": any_style
            + [(style.slug, str(style.name), style == wanted.style) for style in styles if style.pk in given],
        },
        {
            "name": "pressure",
            "label": _("Pressure"),
            "choices": any_pressure
            + [(str(step), str(words).capitalize(), step == wanted.pressure) for step, words in PRESSURE.items()],
        },
        {
            "name": "language",
            "label": _("Language"),
            "choices": any_language + [(code, language_title(code), code == wanted.language) for code in spoken],
        },
    ]
    return fields + _gender_field(wanted, {person.gender for person in people})


def _gender_field(wanted: Wanted, told: set[str]) -> list[dict[str, Any]]:
    """Asked only where a therapist says it of herself."""
    choices = Therapist.Gender.choices
    known = [(value, str(label).capitalize(), value == wanted.gender) for value, label in choices if value in told]
    anybody = [("", _("Anybody"), not wanted.gender)]
    return [{"name": "gender", "label": _("Woman or man"), "choices": anybody + known}] if known else []


def cards(
    setup: Setup, people: Iterable[Therapist], styles: Sequence[Style], free: Mapping[int, NextFree], now: dt.datetime
) -> list[Card]:
    """The cards of these therapists. No statement."""
    today = today_at(setup, now)
    several, order = len(setup.locations) > 1, {person.pk: place for place, person in enumerate(setup.therapists)}
    return [
        card(
            person,
            given_styles(person, styles, today),
            order.get(person.pk, 0),
            next_time(free[person.pk], now, several) if person.pk in free else None,
        )
        for person in people
    ]


def card(person: Therapist, given: Iterable[Style], place: int, soonest: NextTime | None = None) -> Card:
    """`given`: the styles to name; `place`: hers in the studio's order."""
    return Card(
        slug=person.slug,
        name=person.name,
        initial=person.name[:1].upper(),
        stone=STONES[place % len(STONES)],
        photo=photo_address(person),
        photo_small=photo_address(person, small=True),
        photo_text=person.photo_text,
        headline=str(person.headline),
        pressure=pressure_words(person),
        marks=pressure_marks(person),
        languages=", ".join(map(language_name, person.languages)),
        styles=", ".join(str(style.name) for style in given),
        next=soonest,
    )


def description(person: Therapist) -> str:
    """One or two sentences for search engines: her own words, else what is known of her."""
    own = f"{person.headline} {person.bio}".strip()
    words = {"name": person.name, "pressure": pressure_words(person).lower()}
    return own or _("%(name)s, therapist. Pressure: %(pressure)s. The next free times.") % words


def pressure_steps(person: Therapist) -> list[tuple[int, str, bool]]:
    """The five words of the scale: step, word, whether she gives it."""
    return [
        (step, str(words).capitalize(), person.pressure_from <= step <= person.pressure_to)
        for step, words in PRESSURE.items()
    ]


def days_here(setup: Setup, person: Therapist, today: dt.date) -> list[str]:
    """Her weekdays at each open place where she has any: "Monday, Wednesday", with several places "Quay Street: …"."""
    lines = []
    for place in setup.locations:
        week = person.contract.weeks.get(place.pk)
        rules = [rule for rule in week.rules if rule.valid_until is None or rule.valid_until >= today] if week else []
        days = ", ".join(str(WEEKDAYS[day]) for day in sorted({rule.weekday for rule in rules}))
        if days:
            lines.append(f"{place.name}: {days}" if len(setup.locations) > 1 else days)
    return lines


def valid_certificates(person: Therapist, today: dt.date) -> list[Certificate]:
    """Her certificates that hold today, the newest first. Two statements."""
    return [
        paper
        for paper in person.certificates.prefetch_related("styles").order_by("-issued_on", "pk")
        if paper.issued_on <= today and (paper.expires_on is None or paper.expires_on >= today)
    ]


def photo_address(person: Therapist, *, small: bool = False) -> str:
    """Where her photo is served, or the small one of a card; empty without one."""
    if not person.photo:
        return ""
    name = PurePosixPath(person.photo.name)
    return reverse("photo", args=[f"{name.stem}-small{name.suffix}" if small else name.name])
