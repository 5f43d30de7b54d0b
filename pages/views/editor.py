"""/studio/words/: the words of the public pages, with a preview, every version, and the way back to each."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts import versions
from accounts.access import page_for
from accounts.roles import STUDIO_ADMIN
from bookings.views.answers import SeeOther
from locations.house import House
from locations.languages import spoken
from pages.editor import lines
from pages.editor.form import TextForm
from pages.models import PageText
from pages.texts import usual
from spa import clock

words_view = page_for(STUDIO_ADMIN)
LONGEST_NUMBER = 9
DONE = ("saved", "restored")


@words_view("GET", "HEAD")
def texts(request: HttpRequest) -> HttpResponse:
    house = House.load(request)
    found = lines.lines(zone_of(house), spoken(house.studio.languages))
    return show(request, "pages/editor/texts.html", house, {"lines": found})


@words_view("GET", "HEAD", "POST")
def text(request: HttpRequest, key: str) -> HttpResponse:
    """Show a text, try what was typed or save it. Whatever goes wrong, nothing typed is lost."""
    house = House.load(request)
    row = row_or_404(house, key)
    typed = request.POST if request.method == "POST" else None
    form = TextForm(typed, row=row, languages=spoken(house.studio.languages))
    if not form.is_bound or not form.is_valid() or request.POST.get("do") != "save":
        return text_page(request, row, form, house)
    try:
        versions.keep(row=form.row_typed, by=request.user, now=clock.now(), seen=form.cleaned_data["version"] or 0)
    except (versions.ChangedMeanwhile, IntegrityError):  # two first versions at once: one row per key
        return text_page(request, row_or_404(house, key), form, house, taken=True)
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return text_page(request, row, form, house)
    return SeeOther(f"{reverse('studio_text', args=[key])}?done=saved")


@words_view("POST")
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """An older version becomes the newest one; version 0 is what came with the product."""
    house, number = House.load(request), request.POST.get("version", "")
    row = row_or_404(house, key)
    if row.pk is None or not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise Http404
    try:
        bring_back(row, int(number), house, request)
    except (LookupError, versions.ChangedMeanwhile, ValidationError):
        raise Http404 from None
    return SeeOther(f"{reverse('studio_text', args=[key])}?done=restored")


def bring_back(row: PageText, number: int, house: House, request: HttpRequest) -> None:
    if number:
        versions.restore(row=row, version=number, by=request.user, now=clock.now())
        return
    shipped = usual(row.key, spoken(house.studio.languages))
    row.title, row.text = shipped.title, shipped.text
    versions.keep(row=row, by=request.user, now=clock.now())


def row_or_404(house: House, key: str) -> PageText:
    if key not in PageText.Key.values:
        raise Http404
    return lines.row_of(key, spoken(house.studio.languages))


def text_page(
    request: HttpRequest, row: PageText, form: TextForm, house: House, *, taken: bool = False
) -> HttpResponse:
    """The page of one text, answered as its form deserves. `taken`: somebody else saved since it was opened."""
    languages, is_understood = spoken(house.studio.languages), not form.is_bound or form.is_valid()
    typed = form.row_typed if form.is_bound and is_understood else row
    history = lines.versions_of(row, zone_of(house), languages)
    context = {
        "row": row,
        "name": PageText.Key(row.key).label,
        "form": form,
        "version": versions.newest(row) if row.pk and (taken or not form.is_bound) else form["version"].value(),
        "taken_by": history[0] if taken and history else None,
        "missing": lines.missing(typed, languages),
        "preview": lines.preview(typed, languages) if is_understood else [],
        "history": history,
    }
    return show(
        request, "pages/editor/text.html", house, context, status=409 if taken else 200 if is_understood else 422
    )


def show(
    request: HttpRequest, template: str, house: House, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    done = request.GET.get("done", "")
    extra = {"house": house, "done": done if done in DONE else ""}
    return render(request, template, extra | dict(context), status=status)


def zone_of(house: House) -> tzinfo:
    return house.locations[0].zone if house.locations else UTC
