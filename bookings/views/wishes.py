"""/b/<token>/wishes/: pressure, where to work more and where not, oil, language. Only its button saves."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import actions, links
from bookings.actions.wishing import TALKABLE
from bookings.models import Booking
from bookings.models.event import CLIENT
from bookings.standing import standing
from bookings.views.answers import SeeOther
from bookings.views.behind import linked_or_404
from bookings.views.near import PRESSURE
from bookings.views.often import is_allowed, problems
from bookings.views.steps import place_of
from clients.preferences import Preferences
from spa import clock
from treatments.models import AREAS

HEAD_TO_FOOT = ("neck", "beside_spine", "lower_back", "hips", "buttocks", "thighs", "calves")
ANY_PRESSURE = _("No wish: we find out together")


class BodyForm(forms.Form):
    """How deep, where and without oil. `areas`: those of `works_on` (all when empty), in the order of the body."""

    use_required_attribute = False
    pressure = forms.TypedChoiceField(label=_("How deep?"), required=False, coerce=int, empty_value=None)
    focus = forms.MultipleChoiceField(required=False)
    avoid = forms.MultipleChoiceField(required=False)
    oil_free = forms.BooleanField(label=_("No oil on me, please"), required=False)

    def __init__(self, *args: Any, works_on: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = [(slug, AREAS[slug]) for slug in HEAD_TO_FOOT if slug in works_on or not works_on]
        self.fields["pressure"].choices = [("", ANY_PRESSURE), *PRESSURE.items()]
        self.fields["focus"].choices = self.fields["avoid"].choices = self.areas

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        both = set(words.get("focus", ())) & set(words.get("avoid", ()))
        if both:
            self.add_error("avoid", _("Tick only one of the two for each area: more, or leave out."))
        return words


class WishesForm(BodyForm):
    """What suits a client in one session, and the language of its messages."""

    language = forms.ChoiceField(label=_("Write to me in"), required=False)
    remember = forms.BooleanField(label=_("Remember this for my next sessions"), required=False)

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, works_on=booking.length.treatment.areas, **kwargs)
        self.own_language = booking.language
        spoken = booking.location.studio.languages
        languages = [(code, name) for code, name in settings.LANGUAGES if code in spoken or code == booking.language]
        self.fields["language"].choices = languages

    def wishes(self) -> actions.Wishes:
        words = self.cleaned_data
        language = words["language"] or self.own_language
        areas = {name: tuple(words[name]) for name in ("focus", "avoid")}
        kept = {"language": language, "is_remembered": words["remember"]}
        return actions.Wishes(words["pressure"], **areas, oil_free=words["oil_free"], **kept)


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "wishes", now)
    if standing(seen, now) not in TALKABLE:
        return SeeOther(reverse("booking", args=[links.make(seen)]))
    if request.method != "POST":
        return page(request, seen, WishesForm(booking=seen, initial=known(seen)))
    form = WishesForm(request.POST, booking=seen)
    if not form.is_valid():
        return page(request, seen, form, status=422)
    if not is_allowed("wishes", seen.pk, now):
        return page(request, seen, form, status=429)
    return saved(form, seen, now)


def saved(form: WishesForm, seen: Booking, now: datetime) -> HttpResponse:
    """Back to the booking's page; when the session is over by now, that page says so by itself."""
    with suppress(actions.WrongStep):
        actions.say_wishes(booking=seen, wishes=form.wishes(), by=CLIENT, now=now)
    return SeeOther(f"{reverse('booking', args=[links.make(seen)])}?done=wishes")


def known(booking: Booking) -> dict[str, Any]:
    """What she has said for this session, or else before."""
    return ticked(booking.preferences) | {"language": booking.language, "remember": True}


def ticked(suits: Preferences) -> dict[str, Any]:
    areas = {"focus": suits.focus_areas, "avoid": suits.avoid_areas}
    return areas | {"pressure": suits.pressure or "", "oil_free": suits.oil_free}


def page(request: HttpRequest, seen: Booking, form: WishesForm, status: int = 200) -> HttpResponse:
    with override(seen.language):
        words = {
            "booking": seen,
            "back": reverse("booking", args=[links.make(seen)]),
            "place": place_of(seen.location),
        }
        return render(request, "bookings/wishes.html", words | form_words(form, status), status=status)


def form_words(form: BodyForm, status: int = 200) -> dict[str, Any]:
    """What a template needs for the form, its drawing and its summary of errors."""
    own = [(TARGETS[name], errors[0]) for name, errors in form.errors.items()]
    return {"form": form, "areas": area_rows(form), "problems": problems(status, own)}


TARGETS = {
    "pressure": "id_pressure_0",
    "focus": "areas",
    "avoid": "areas",
    "oil_free": "id_oil_free",
    "language": "id_language",
}


def area_rows(form: BodyForm) -> list[dict[str, Any]]:
    """The areas with what is ticked, each with the drawing of its part of the body."""
    more, less = (set(form[name].value() or ()) for name in ("focus", "avoid"))
    return [
        {
            "slug": slug,
            "name": name,
            "more": slug in more,
            "less": slug in less,
            "drawing": f"components/_body_{slug}.html",
        }
        for slug, name in form.areas
    ]
