"""What the menu is made of, and one way to list, show, keep and restore each thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts import sheets
from accounts.sheets import Content, Page
from bookings.views.answers import SeeOther
from locations.closures import CLOSURES
from locations.house import House
from locations.models import Location, Room, Studio
from locations.pages import OPENING, PLACE, STUDIO
from locations.room_page import ROOM
from spa import clock
from studio.menu import words
from studio.office_form import OfficeForm
from studio.page import show, zone_of
from therapists.models import Style
from therapists.style_page import STYLE
from treatments.advice_page import ADVICE, STYLE_ADVICE, TREATMENT_ADVICE
from treatments.menu_page import TREATMENT
from treatments.models import Treatment

LARGEST = 2**63 - 1
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing. `one` and `all` head a new one and the list; `route` and `list_route` name its addresses;
    `told` says a content in words."""

    key: str
    one: Promise
    all: Promise
    model: type[Model]
    page: Page
    route: str
    list_route: str
    template: str
    told: Callable[[Content, words.Names], words.Lines]


THINGS = {
    thing.key: thing
    for thing in (
        Thing(
            "treatment",
            gettext_lazy("A new treatment"),
            gettext_lazy("All treatments and styles"),
            Treatment,
            TREATMENT,
            "studio_treatment",
            "studio_treatments",
            "studio/menu/treatment.html",
            words.treatment,
        ),
        Thing(
            "style",
            gettext_lazy("A new style"),
            gettext_lazy("All treatments and styles"),
            Style,
            STYLE,
            "studio_style",
            "studio_treatments",
            "studio/menu/style.html",
            words.style,
        ),
        Thing(
            "room",
            gettext_lazy("A new room"),
            gettext_lazy("All rooms"),
            Room,
            ROOM,
            "studio_room",
            "studio_rooms",
            "studio/menu/room.html",
            words.room,
        ),
        Thing(
            "house",
            gettext_lazy("The studio"),
            gettext_lazy("All places"),
            Studio,
            STUDIO,
            "studio_house",
            "studio_places",
            "studio/menu/house.html",
            words.house,
        ),
        Thing(
            "place",
            gettext_lazy("A new place"),
            gettext_lazy("All places"),
            Location,
            PLACE,
            "studio_place",
            "studio_places",
            "studio/menu/place.html",
            words.place,
        ),
        Thing(
            "opening",
            gettext_lazy("Opening hours"),
            gettext_lazy("All places"),
            Location,
            OPENING,
            "studio_opening",
            "studio_places",
            "studio/menu/opening.html",
            words.opening,
        ),
        Thing(
            "closures",
            gettext_lazy("Shut"),
            gettext_lazy("All places"),
            Location,
            CLOSURES,
            "studio_closures",
            "studio_places",
            "studio/menu/closures.html",
            words.closures,
        ),
        Thing(
            "advice",
            gettext_lazy("Advice of the studio"),
            gettext_lazy("All advice"),
            Studio,
            ADVICE,
            "studio_advice",
            "studio_advices",
            "studio/menu/advice.html",
            words.advice,
        ),
        Thing(
            "style-advice",
            gettext_lazy("Advice of a style"),
            gettext_lazy("All advice"),
            Style,
            STYLE_ADVICE,
            "studio_style_advice",
            "studio_advices",
            "studio/menu/advice.html",
            words.advice,
        ),
        Thing(
            "treatment-advice",
            gettext_lazy("Advice of a treatment"),
            gettext_lazy("All advice"),
            Treatment,
            TREATMENT_ADVICE,
            "studio_treatment_advice",
            "studio_advices",
            "studio/menu/advice.html",
            words.advice,
        ),
    )
}


def thing_or_404(key: str) -> Thing:
    if key not in THINGS:
        raise Http404
    return THINGS[key]


def row_or_404(thing: Thing, pk: int) -> Any:
    found = thing.model.objects.filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise Http404
    return found


def keep_typed(request: HttpRequest, thing: Thing, row: Model, form: OfficeForm) -> HttpResponse | None:
    """Save what was typed and lead to its page; None when it cannot be saved, then the form says why."""
    seen = form.cleaned_data["seen"] or ""
    try:
        sheets.keep(page=thing.page, row=row, content=form.typed, by=request.user, now=clock.now(), seen=seen)
    except sheets.ChangedMeanwhile:
        form.taken = True
    except ValidationError as problem:
        form.refuse(problem)
    except IntegrityError:  # two pages at once may choose the same address
        form.add_error("slug", form.taken_address)
    else:
        return SeeOther(f"{reverse(thing.route, args=[row.pk])}?done=saved")
    return None


def kept(request: HttpRequest, thing: Thing, row: Any, form: OfficeForm) -> HttpResponse | None:
    """The way on when what was typed is saved; `row` None for one that is new."""
    if not form.is_bound or not form.is_valid():
        return None
    return keep_typed(request, thing, row or thing.model(), form)


def thing_page(
    request: HttpRequest,
    thing: Thing,
    row: Any,
    form: OfficeForm,
    house: House,
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of one thing, answered as its form deserves; `row` None for one that is new."""
    taken, names = getattr(form, "taken", False), words.Names()
    history = sheets.versions_of(thing.page, row, zone_of(house)) if row else []
    context = {
        "thing": thing,
        "row": row,
        "form": form,
        "seen": sheets.digest(thing.page.read(row)) if taken and row else form["seen"].value(),
        "taken": taken,
        "taken_by": history[0] if taken and history else None,
        "history": [(version, thing.told(version.content, names)) for version in history],
        "list_address": reverse(thing.list_route),
    }
    status = 409 if taken else 422 if form.is_bound and form.errors else 200
    return show(request, thing.template, {**context, **(extra or {})}, house, status)
