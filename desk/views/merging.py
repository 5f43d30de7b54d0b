"""/desk/clients/<pk>/merge/: two records of one person become one."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import actions
from bookings.actions.merging import preview
from bookings.views.answers import SeeOther
from clients.finding import MOST, find
from clients.models import Client
from desk.access import actor, desk_view
from desk.page import show
from desk.people.forms import MergeForm, SearchForm
from desk.people.reading import client_or_404
from desk.said import say
from desk.views.clients import country_of
from locations.house import House
from spa import clock

NAMES = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "reach": gettext_lazy("Reminders by"),
}


@desk_view("GET", "HEAD", "POST")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the other record, look at what would move, and press."""
    keep, now = client_or_404(pk), clock.now()
    if keep.merged_into_id:
        return redirect("desk_client", keep.merged_into_id)
    form = MergeForm(request.POST if request.method == "POST" else request.GET)
    other = chosen(form, keep)
    if request.method != "POST":
        return answer(request, keep, other, now)
    if other is None:
        return answer(request, keep, other, now, form.problems or nobody(), 422)
    try:
        actions.merge(keep=keep, other=other, by=actor(request), now=now)
    except actions.CannotMerge:
        return answer(request, keep, None, now, nobody(), 409)
    say(request, _("%(other)s and %(name)s are one record now.") % {"other": other.name, "name": keep.name})
    return SeeOther(reverse("desk_client", args=[keep.pk]))


def chosen(form: MergeForm, keep: Client) -> Client | None:
    """The other record, while it is another one and stands for itself."""
    if not form.is_valid():
        return None
    others = Client.objects.filter(pk=form.cleaned_data["other"], merged_into__isnull=True)
    return others.exclude(pk=keep.pk).first()


def nobody() -> list[tuple[str, str]]:
    return [("id_q", _("That record is gone, or merged already. Choose another one."))]


def answer(
    request: HttpRequest,
    keep: Client,
    other: Client | None,
    now: datetime,
    problems: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The search for the other record, or what would move from it."""
    house, form = House.load(request), SearchForm(request.GET)
    words = form.words or keep.name
    found = [] if other else [one for one in find(words, country_of(house)) if one != keep][:MOST]
    looked = preview(keep=keep, other=other) if other else None
    context = {
        "client": keep,
        "other": other,
        "form": SearchForm({"q": words}),
        "found": found,
        "moves": looked,
        "takes": named(looked.takes) if looked else [],
        "stays": named(looked.stays) if looked else [],
        "problems": problems or [],
    }
    return show(request, "desk/merge.html", context, house=house, now=now, status=status)


def named(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(str(NAMES[name]), said) for name, said in words.items()]
