"""/studio/advice/: what clients are asked to do before and after a session, for all, for a style, for a treatment."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bookings import advice
from locations.house import House
from locations.models import Studio
from spa import clock
from studio.access import studio_view
from studio.menu.advice_form import TOLD, AdviceForm, usual
from studio.menu.things import THINGS, Thing, kept, row_or_404, thing_page
from studio.page import languages_of, session_form, show
from studio.preview import booking_of
from studio.session_form import Example
from therapists.models import Style
from treatments.advice_page import Owner, rows_of, scope_of
from treatments.models import Guidance, Treatment


@studio_view("GET", "HEAD")
def advices(request: HttpRequest) -> HttpResponse:
    owner, rows = Studio.objects.first(), list(Guidance.objects.values_list("style_id", "treatment_id"))
    styles, treatments = ({row[place] for row in rows} for place in (0, 1))
    context = {
        "owner": owner,
        "is_written": (None, None) in rows,
        "styles": [(style, style.pk in styles) for style in Style.objects.all()],
        "treatments": [(one, one.pk in treatments) for one in Treatment.objects.all()],
    }
    return show(request, "studio/menu/advices.html", context, House.load(request))


@studio_view("GET", "HEAD", "POST")
def studio_advice(request: HttpRequest, pk: int) -> HttpResponse:
    """It begins with the usual words; once saved, what stands here is what clients read."""
    return work_on(request, THINGS["advice"], row_or_404(THINGS["advice"], pk))


@studio_view("GET", "HEAD", "POST")
def style_advice(request: HttpRequest, pk: int) -> HttpResponse:
    return particular(request, THINGS["style-advice"], pk)


@studio_view("GET", "HEAD", "POST")
def treatment_advice(request: HttpRequest, pk: int) -> HttpResponse:
    return particular(request, THINGS["treatment-advice"], pk)


def particular(request: HttpRequest, thing: Thing, pk: int) -> HttpResponse:
    """Only beside advice of the studio's own: with some words of its own alone, all usual ones would be gone."""
    row = row_or_404(thing, pk)
    if not Guidance.objects.filter(style=None, treatment=None).exists():
        return redirect("studio_advices")
    return work_on(request, thing, row)


def work_on(request: HttpRequest, thing: Thing, row: Owner) -> HttpResponse:
    house, now = House.load(request), clock.now()
    languages, content = languages_of(house), thing.page.read(row)
    typed = request.POST if request.method == "POST" else None
    begin = usual(languages) if isinstance(row, Studio) and not content["rows"] else None
    form = AdviceForm(typed, content=content, begin=begin, languages=languages, is_whole=isinstance(row, Studio))
    if request.POST.get("do") == "save" and (saved := kept(request, thing, row, form)):
        return saved
    session = session_form(request, house, now, **scope_of(row))
    said = form.typed if form.is_bound and form.is_valid() else begin or content
    extra = {
        "session_form": session,
        "steps": steps_of(session.example, row, said) if session.is_valid() and not form.errors else [],
        "places": [(f"{{{name}}}", told) for name, told in TOLD.items()],
        "is_own": isinstance(row, Studio),
    }
    return thing_page(request, thing, row, form, house, extra)


def steps_of(example: Example, row: Owner, content: dict[str, Any]) -> Sequence[advice.Step]:
    """The day of an example session as its client reads it, with these words in place of the standing ones."""
    booking, scope = booking_of(example), scope_of(row)
    others = advice.rows_for(example.length.pk).exclude(**{name: part for name, part in scope.items() if part})
    if isinstance(row, Studio):
        others = others.exclude(style=None, treatment=None)
    rows = advice.chosen([*others, *rows_of(row, content)])
    return advice.steps_of(booking, advice.moments_of(booking, rows))
