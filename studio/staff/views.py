"""/studio/staff/: who works here, inviting somebody, what each may do, and the second factor of admins."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts import second_factor, sheets, staff
from accounts.models import User
from bookings.actions import staffing
from bookings.views.answers import SeeOther
from locations.house import House
from spa import clock
from studio.access import studio_view
from studio.page import show, zone_of
from studio.staff import listing
from studio.staff.forms import InviteForm, StaffForm
from therapists.models import Therapist

LARGEST = 2**63 - 1
STEPS = {
    "again": staffing.invite_again,
    "withdraw": staffing.withdraw_invitation,
    "off": staff.switch_off,
    "on": staff.switch_on,
}


@studio_view("GET", "HEAD")
def people(request: HttpRequest) -> HttpResponse:
    return list_page(request)


@studio_view("GET", "HEAD", "POST")
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None, therapists=free_therapists())
    if form.is_bound and form.is_valid():
        try:
            made = staffing.invite(**form.words, by=request.user, now=clock.now())
            return SeeOther(f"{reverse('studio_person', args=[made.pk])}?done=invited")
        except staff.Refused as refused:
            form.say(refused)
            form.taken_by = getattr(refused, "person", None)
    status = 422 if form.is_bound else 200
    return page(request, "studio/staff/invite.html", {"form": form}, House.load(request), status)


@studio_view("GET", "HEAD", "POST")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    whose = person_or_404(pk)
    form = form_of(request, whose)
    if not form.is_bound or not form.is_valid():
        return person_page(request, whose, form)
    seen, now = form.cleaned_data["seen"] or "", clock.now()
    try:
        staffing.change_staff(person=whose, **form.words, by=request.user, now=now, seen=seen)
    except sheets.ChangedMeanwhile:
        form.taken = True
        return person_page(request, whose, form)
    except staff.Refused as refused:
        form.say(refused)
        return person_page(request, whose, form)
    return SeeOther(f"{reverse('studio_person', args=[pk])}?done=saved")


@studio_view("POST")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation again, withdraw it, switch her off or on."""
    whose, do = person_or_404(pk), request.POST.get("do", "")
    if do not in STEPS:
        raise Http404
    try:
        STEPS[do](person=whose, by=request.user, now=clock.now())
    except staff.Refused as refused:
        return person_page(request, person_or_404(pk), form_of(request, whose, typed=False), refused.reason)
    if do == "withdraw":
        return SeeOther(f"{reverse('studio_staff')}?done=withdraw")
    return SeeOther(f"{reverse('studio_person', args=[pk])}?done={do}")


@studio_view("POST")
def second(request: HttpRequest) -> HttpResponse:
    """Whether admins sign in with a second factor."""
    do = request.POST.get("do", "")
    if do not in ("ask", "leave"):
        raise Http404
    try:
        second_factor.ask(is_asked=do == "ask", by=request.user, now=clock.now())
    except staff.Refused as refused:
        return list_page(request, refused.reason)
    return SeeOther(f"{reverse('studio_staff')}?done={do}")


def list_page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    house = House.load(request)
    zone = zone_of(house)
    context = {
        "lines": listing.lines(clock.now(), zone),
        "deeds": listing.deeds(zone),
        "is_asked": second_factor.is_asked(),
        "is_fixed": settings.REQUIRE_ADMIN_SECOND_FACTOR,
        "refusal": refusal,
    }
    return page(request, "studio/staff/list.html", context, house, 409 if refusal else 200)


def person_page(request: HttpRequest, whose: User, form: StaffForm, refusal: str = "") -> HttpResponse:
    """The page of somebody, answered as its form deserves."""
    house, now = House.load(request), clock.now()
    taken = getattr(form, "taken", False)
    context = {
        "person": whose,
        "line": listing.line(whose, now, zone_of(house)),
        "form": form,
        "seen": sheets.digest(staffing.read_staff(whose)) if taken else form["seen"].value(),
        "taken": taken,
        "refusal": refusal,
        "may_change": request.user.is_superuser or not whose.is_superuser,
        "deeds": listing.deeds(zone_of(house), whose),
    }
    status = 409 if refusal or taken else 422 if form.is_bound and form.errors else 200
    return page(request, "studio/staff/person.html", context, house, status)


def form_of(request: HttpRequest, whose: User, typed: bool = True) -> StaffForm:
    data = request.POST if typed and request.method == "POST" else None
    own = getattr(whose, "therapist", None)
    therapists = [*([own] if own else []), *free_therapists()]
    content = staffing.read_staff(whose)
    return StaffForm(data, content=content, therapists=therapists, is_owner=whose.is_superuser)


def free_therapists() -> list[Therapist]:
    """Those as whom nobody signs in yet."""
    return list(Therapist.objects.filter(user=None))


def person_or_404(pk: int) -> User:
    found = second_factor.with_factor(staff.people()).select_related("invitation", "therapist")
    whose = found.filter(pk=min(pk, LARGEST)).first()
    if whose is None:
        raise Http404
    return whose


def page(request: HttpRequest, template: str, context: dict[str, Any], house: House, status: int = 200) -> HttpResponse:
    return show(request, template, context | {"told": request.GET.get("done", "")}, house, status)
