"""/studio/translations/: which words of the studio are written in one of its languages and not in another."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from locations.house import House
from locations.languages import each, language_name
from locations.models import Closure, Location
from spa import clock
from studio.access import studio_view
from studio.page import languages_of, show
from therapists.models import Style, Therapist
from treatments.models import Guidance, ReminderStep, Treatment


class Gap(NamedTuple):
    """Words of one thing that miss a language: what it is, where it is written, which part, in which languages."""

    what: str
    address: str
    part: str
    missing: str


@studio_view("GET", "HEAD")
def translations(request: HttpRequest) -> HttpResponse:
    house, now = House.load(request), clock.now()
    context = {"gaps": list(gaps(languages_of(house), now))}
    return show(request, "studio/menu/translations.html", context, house)


def gaps(languages: Sequence[str], now: dt.datetime) -> Iterator[Gap]:
    """In the order of the studio's pages. Seven queries."""
    for style in Style.objects.all():
        parts = {"name": _("Name"), "origin": _("Origin"), "surface": _("Surface")}
        parts["clothing"] = _("What the client wears")
        yield from _of(style, str(style.name), "studio_style", parts, languages)
    for treatment in Treatment.objects.all():
        parts = {"name": _("Name"), "description": _("Description")}
        yield from _of(treatment, str(treatment.name), "studio_treatment", parts, languages)
    for person in Therapist.objects.filter(public=True):
        parts = {"headline": _("Short line"), "bio": _("About her")}
        yield from _of(person, person.name, "studio_therapist", parts, languages)
    for place in Location.objects.all():
        yield from _of(place, place.name, "studio_place", {"access": _("How to find the door")}, languages)
    for shut in Closure.objects.filter(during__endswith__gt=now).select_related("location"):
        address = reverse("studio_closures", args=[shut.location_id])
        yield from _in(shut, shut.location.name, address, {"reason": _("Reason")}, languages)
    yield from _around_sessions(languages)


def _around_sessions(languages: Sequence[str]) -> Iterator[Gap]:
    """Advice, and the messages that are switched on."""
    for advice in Guidance.objects.select_related("style", "treatment"):
        what = f"{_scope(advice)}: {advice.get_kind_display()}"
        yield from _in(advice, what, _advice_address(advice), {"title": _("Heading"), "text": _("Text")}, languages)
    for step in ReminderStep.objects.filter(is_on=True).select_related("style", "treatment"):
        what = f"{_scope(step)}: {step.get_kind_display()}"
        yield from _of(step, what, "studio_message", {"subject": _("Subject"), "text": _("Text")}, languages)


def _of(row: Model, what: str, route: str, parts: dict[str, str], languages: Sequence[str]) -> Iterable[Gap]:
    return _in(row, what, reverse(route, args=[row.pk]), parts, languages)


def _in(row: Any, what: str, address: str, parts: dict[str, str], languages: Sequence[str]) -> Iterator[Gap]:
    """What nobody has written in any language is not missed."""
    for name, label in parts.items():
        said = each(getattr(row, name), [settings.LANGUAGE_CODE])
        missing = [language_name(code) for code in languages if not said.get(code, "").strip()]
        if said and missing:
            yield Gap(what, address, label, ", ".join(missing))


def _scope(row: Guidance | ReminderStep) -> str:
    found = row.treatment or row.style
    return str(found.name) if found else _("every treatment")


def _advice_address(row: Guidance) -> str:
    if row.treatment_id:
        return reverse("studio_treatment_advice", args=[row.treatment_id])
    return reverse("studio_style_advice", args=[row.style_id]) if row.style_id else reverse("studio_advice", args=[1])
