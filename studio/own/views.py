"""/desk/mine/profile/ and /desk/mine/photo/: what a therapist edits of herself, kept in the versions of the office."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts import sheets
from locations.house import House
from studio.access import own_view
from studio.office_form import OfficeForm
from studio.own.forms import OwnProfileForm
from studio.page import languages_of, show
from studio.profiles.photo_view import PhotoForm, address_of, keep
from studio.profiles.tabs import TABS, Tab, keep_typed
from therapists.models import OwnParts, Therapist
from therapists.own_parts import standing
from therapists.photo import PHOTO
from therapists.profile import PROFILE
from therapists.sign_in import therapist_of


@own_view("GET", "HEAD", "POST")
def own_profile(request: HttpRequest) -> HttpResponse:
    person, house, tab = own_or_404(request), House.load(request), TABS["profile"]
    parts, typed = standing().parts, request.POST if request.method == "POST" else None
    form = OwnProfileForm(typed, content=PROFILE.read(person), languages=languages_of(house), parts=parts)
    back = reverse("own_profile")
    if form.is_bound and form.is_valid() and (saved := keep_typed(request, tab, person, form, back)):
        return saved
    extra = {"parts": parts, "edits": set(parts) - {OwnParts.Part.PHOTO}}
    return page(request, "studio/own/profile.html", tab, person, form, house, extra)


@own_view("GET", "HEAD", "POST")
def own_photo(request: HttpRequest) -> HttpResponse:
    person, is_post = own_or_404(request), request.method == "POST"
    if OwnParts.Part.PHOTO not in standing().parts:
        raise Http404
    given = (request.POST, request.FILES) if is_post else (None, None)
    form = PhotoForm(*given, content=PHOTO.read(person), is_away=request.POST.get("do") == "remove")
    if form.is_bound and form.is_valid() and (saved := keep(request, person, form, reverse("own_photo"))):
        return saved
    extra = {"address": address_of(person)}
    return page(request, "studio/own/photo.html", TABS["photo"], person, form, House.load(request), extra)


def page(
    request: HttpRequest,
    template: str,
    tab: Tab,
    person: Therapist,
    form: OfficeForm,
    house: House,
    extra: dict[str, Any],
) -> HttpResponse:
    """A page of hers, answered as its form deserves."""
    taken = getattr(form, "taken", False)
    context = {
        "person": person,
        "form": form,
        "taken": taken,
        "seen": sheets.digest(tab.page.read(person)) if taken else form["seen"].value(),
    }
    status = 409 if taken else 422 if form.is_bound and form.errors else 200
    return show(request, template, context | extra, house, status)


def own_or_404(request: HttpRequest) -> Therapist:
    """Whoever signed in, as a therapist; for everybody else there is no such page."""
    found = therapist_of(request.user)
    if found is None:
        raise Http404
    return found
