"""The tabs of a therapist: which there are, and one way to show, keep and restore each of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import sheets
from accounts.sheets import Content, Page
from bookings.models import Booking
from bookings.views.answers import SeeOther
from locations.house import House
from spa import clock
from studio.office_form import OfficeForm
from studio.page import show, zone_of
from studio.profiles import foresight, words
from therapists.extra import EXTRA
from therapists.limits import LIMITS
from therapists.models import Therapist
from therapists.papers import PAPERS
from therapists.photo import PHOTO
from therapists.profile import PROFILE
from therapists.staff_note import STAFF_NOTE
from therapists.week import HOURS
from treatments.own_menu import OWN_MENU

LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a profile. `route` names its address, `told` says a content in words: label and value.

    `within`: the tab that leads to it, when it has none of its own. `outside`: the sessions that a content would leave
    without hours. Time off has no page of versions: who took it and gave it back stands in the journal of the desk.
    """

    key: str
    name: Promise
    route: str
    template: str
    page: Page | None = None
    told: Callable[[Content, words.Names], words.Lines] | None = None
    within: str = ""
    outside: Callable[[Therapist, Content, datetime], list[Booking]] | None = None


def _tab(key: str, name: Promise, page: Page | None = None, told: Callable | None = None, **more: Any) -> Tab:
    """A tab whose address and template are called after it."""
    word = key.replace("-", "_")
    return Tab(key, name, f"studio_therapist_{word}", f"studio/profiles/{word}.html", page, told, **more)


TABS = {
    tab.key: tab
    for tab in (
        Tab("profile", _("Profile"), "studio_therapist", "studio/profiles/profile.html", PROFILE, words.profile),
        _tab("photo", _("Photo"), PHOTO, words.photo),
        _tab("treatments", _("Treatments"), OWN_MENU, words.treatments),
        _tab("hours", _("Hours"), HOURS, words.hours, outside=foresight.outside_hours),
        _tab("time-off", _("Exceptions and time off")),
        _tab(
            "extra-hours",
            _("Extra hours"),
            EXTRA,
            words.extra,
            within="time-off",
            outside=foresight.outside_extra,
        ),
        _tab("limits", _("Limits"), LIMITS, words.limits),
        _tab("certificates", _("Certificates"), PAPERS, words.certificates),
        _tab("notes", _("Staff notes"), STAFF_NOTE, words.note),
    )
}


def tab_links(tab: Tab, person: Therapist) -> list[tuple[Promise, str, str]]:
    """Name, address, and "page" or "true" for the one that is open or leads to it, of each tab."""
    state = {tab.key: "page", tab.within: "true"}
    shown = [one for one in TABS.values() if not one.within]
    return [(one.name, reverse(one.route, args=[person.pk]), state.get(one.key, "")) for one in shown]


def therapist_or_404(pk: int) -> Therapist:
    found = Therapist.objects.filter(pk=min(pk, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found


def tab_or_404(key: str) -> Tab:
    if key not in TABS or TABS[key].page is None:
        raise Http404
    return TABS[key]


def keep_typed(
    request: HttpRequest, tab: Tab, person: Therapist, form: OfficeForm, back: str = ""
) -> HttpResponse | None:
    """Save what was typed and lead back to the tab, or to `back`; None when it cannot be saved: the form says why."""
    seen = form.cleaned_data["seen"] or ""
    try:
        sheets.keep(page=tab.page, row=person, content=form.typed, by=request.user, now=clock.now(), seen=seen)
    except sheets.ChangedMeanwhile:
        form.taken = True
        return None
    except ValidationError as problem:
        form.refuse(problem)
        return None
    return SeeOther(f"{back or reverse(tab.route, args=[person.pk])}?done=saved")


def tab_page(
    request: HttpRequest,
    tab: Tab,
    person: Therapist,
    form: OfficeForm,
    house: House,
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of one tab, answered as its form deserves."""
    taken = getattr(form, "taken", False)
    names = words.Names()
    history = sheets.versions_of(tab.page, person, zone_of(house)) if tab.page and person.pk else []
    context = {
        "person": person,
        "tab": tab,
        "tabs": tab_links(tab, person) if person.pk else [],
        "form": form,
        "seen": sheets.digest(tab.page.read(person)) if taken else form["seen"].value(),
        "taken_by": history[0] if taken and history else None,
        "taken": taken,
        "history": [(version, tab.told(version.content, names)) for version in history],
    }
    status = 409 if taken else 422 if form.is_bound and form.errors else 200
    return show(request, tab.template, {**context, **(extra or {})}, house, status)
