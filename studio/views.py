"""/studio/messages/: the steps of the timeline, what they say and when they leave."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import versions
from bookings.views.answers import SeeOther
from locations.house import House
from locations.models import Studio
from spa import clock
from studio import preview, timeline
from studio.access import studio_view
from studio.forms import StepForm
from studio.page import languages_of, session_form, show, step_page, zone_of
from studio.which_form import WhichForm
from treatments.models import ReminderStep

LONGEST_NUMBER = 9


@studio_view("GET", "HEAD")
def messages(request: HttpRequest) -> HttpResponse:
    now, house = clock.now(), House.load(request)
    session = session_form(request, house, now)
    context = {
        "lines": timeline.lines(zone_of(house), languages_of(house)),
        "session_form": session,
        "preview": preview.of_timeline(session.example) if session.is_valid() else None,
    }
    return show(request, "studio/messages.html", context, house)


@studio_view("POST")
def digest(request: HttpRequest) -> HttpResponse:
    """Whether the studio reads each morning what could not be sent."""
    wanted = request.POST.get("do")
    if wanted not in ("on", "off"):
        raise Http404
    Studio.objects.update(failure_digest=wanted == "on")
    return SeeOther(f"{reverse('studio_messages')}?done={wanted}#digest")


@studio_view("GET", "HEAD", "POST")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    return work_on(request, step_or_404(pk), House.load(request))


@studio_view("GET", "HEAD", "POST")
def new_message(request: HttpRequest) -> HttpResponse:
    """A step for one style or treatment, or the studio's own instead of a usual one."""
    house, which = House.load(request), WhichForm(request.GET or None)
    if not which.is_valid():
        return show(
            request, "studio/new_message.html", {"form": which}, house, 422 if request.method == "POST" else 200
        )
    found = which.found
    if found and request.method != "POST":
        return redirect("studio_message", found.pk)
    return work_on(request, found or which.blank(languages_of(house)), house)


@studio_view("POST")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    step, number = step_or_404(pk), request.POST.get("version", "")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise Http404
    try:
        versions.restore(row=step, version=int(number), by=request.user, now=clock.now())
    except (LookupError, versions.ChangedMeanwhile):
        raise Http404 from None
    except ValidationError as problem:
        house = House.load(request)
        return show(request, "studio/not_restored.html", {"step": step, "problems": problem.messages}, house, 409)
    return SeeOther(f"{reverse('studio_message', args=[pk])}?done=restored")


@studio_view("POST")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Only what is for one style or treatment: without the studio's default there would be nothing to send."""
    step = step_or_404(pk)
    if not (step.style_id or step.treatment_id):
        raise Http404
    versions.remove(row=step, by=request.user, now=clock.now())
    return SeeOther(f"{reverse('studio_messages')}?done=removed")


def step_or_404(pk: int) -> ReminderStep:
    found = ReminderStep.objects.select_related("style", "treatment__style").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def work_on(request: HttpRequest, step: ReminderStep, house: House) -> HttpResponse:
    """Show a step, try what was typed or save it. Whatever goes wrong, nothing typed is lost."""
    now, typed = clock.now(), request.POST if request.method == "POST" else None
    form = StepForm(typed, step=step, languages=languages_of(house))
    if typed is None or not form.is_valid() or typed.get("do") != "save":
        return step_page(request, step, form, house, now)
    saved, seen = form.step_typed, form.cleaned_data["version"] or 0
    try:
        versions.keep(row=saved, by=request.user, now=now, seen=seen)
    except versions.ChangedMeanwhile:
        return step_page(request, step, form, house, now, taken=True)
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return step_page(request, step, form, house, now)
    return SeeOther(f"{reverse('studio_message', args=[saved.pk])}?done=saved")
