"""What stands on the pages of the timeline: the form, a session to try it on, its preview, the versions."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import versions
from bookings.outbox.kinds import name_of
from locations.house import House
from studio import preview, timeline, words
from studio.forms import StepForm
from studio.menu import missing
from studio.session_form import SessionForm
from therapists.models import Style
from treatments.models import Length, ReminderStep, Treatment
from treatments.placeholders import PLACEHOLDERS

DONE = ("saved", "restored", "removed")


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], house: House, status: int = 200
) -> HttpResponse:
    done = request.GET.get("done", "")
    extra: dict[str, Any] = {"house": house, "done": done if done in DONE else ""}
    if done == "saved":
        extra["next_step"] = missing.next_step()
    return render(request, template, extra | dict(context), status=status)


def step_page(
    request: HttpRequest, step: ReminderStep, form: StepForm, house: House, now: datetime, *, taken: bool = False
) -> HttpResponse:
    """The page of one step, answered as its form deserves. `taken`: somebody else saved since it was opened."""
    is_understood = not form.is_bound or form.is_valid()
    typed = form.step_typed if form.is_bound and is_understood else step
    session = session_form(request, house, now, style=step.style_id, treatment=step.treatment_id)
    history = timeline.versions_of(step, zone_of(house), languages_of(house))
    context = {
        "step": step,
        "name": name_of(step.kind),
        "scope": words.scope(step),
        "form": form,
        "version": versions.newest(step) if step.pk and (taken or not form.is_bound) else form["version"].value(),
        "taken_by": history[0] if taken and history else None,
        "fallbacks": words.fallbacks(typed, languages_of(house)) if typed.is_on else [],
        "placeholders": [(f"{{{name}}}", meaning) for name, meaning in PLACEHOLDERS.items()],
        "session_form": session,
        "preview": preview.of_step(session.example, typed) if is_understood and session.is_valid() else None,
        "is_understood": is_understood,
        "history": history,
        "can_remove": step.pk and (step.style_id or step.treatment_id),
    }
    status = 409 if taken else 200 if is_understood else 422
    return show(request, "studio/message.html", context, house, status)


def session_form(
    request: HttpRequest,
    house: House,
    now: datetime,
    *,
    style: Style | int | None = None,
    treatment: Treatment | int | None = None,
) -> SessionForm:
    """The session to try words on: as asked for, else a usual one of that treatment, or of one of that style."""
    menu = Length.objects.filter(on_menu=True, treatment__on_menu=True).select_related("treatment__style")
    if treatment:
        menu = menu.filter(treatment=treatment)
    elif style:
        menu = menu.filter(treatment__style=style)
    today = now.astimezone(zone_of(house)).date()
    asked = request.POST if request.method == "POST" else request.GET
    return SessionForm.of(asked, lengths=list(menu), places=house.locations, languages=languages_of(house), today=today)


def languages_of(house: House) -> list[str]:
    """The studio's languages, its first one first; never none."""
    return list(house.studio.languages) or ["en"]


def zone_of(house: House) -> tzinfo:
    return house.locations[0].zone if house.locations else UTC
