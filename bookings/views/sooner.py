"""/b/<token>/sooner/: "tell me if an earlier time frees up". Nothing is typed: the time she takes moves this one."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import actions, links
from bookings.models import Booking
from bookings.models.event import CLIENT
from bookings.standing import may_move
from bookings.views.answers import SeeOther
from bookings.views.behind import linked_or_404
from bookings.views.choice import PARTS as PART_NAMES
from bookings.views.often import is_allowed, problems
from bookings.views.steps import place_of
from bookings.waiting_words import PARTS
from spa import clock

OF_HER_SESSION = ("name", "email", "phone", "location", "length", "language", "client", "screening")
ANYONE, SAME = "anyone", "same"


class SoonerForm(forms.Form):
    """With whom, and at which part of the day. Both have an answer already."""

    use_required_attribute = False
    who = forms.ChoiceField(label=gettext_lazy("With"), choices=[(ANYONE, ""), (SAME, "")])
    part = forms.ChoiceField(label=gettext_lazy("Time of day"), choices=list(PART_NAMES.items()))

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(ANYONE, _("anyone")), (SAME, booking.therapist.name)]


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def sooner(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "sooner", now)
    if not can_wait(seen, now):
        return SeeOther(reverse("booking", args=[links.make(seen)]))
    with override(seen.language):
        if request.method != "POST":
            chosen = {"who": SAME if seen.asked_for_therapist else ANYONE, "part": "any"}
            return page(request, seen, SoonerForm(booking=seen, initial=chosen))
        form = SoonerForm(request.POST, booking=seen)
        if not form.is_valid():
            return page(request, seen, form, 422)
        if not is_allowed("sooner", seen.pk, now):
            return page(request, seen, form, 429)
        return wait(request, seen, form, now)


def can_wait(booking: Booking, now: dt.datetime) -> bool:
    """While she may move it herself, and we can tell her of a time."""
    return may_move(booking, now) and not booking.at_home and bool(booking.email or booking.phone)


def wait(request: HttpRequest, seen: Booking, form: SoonerForm, now: dt.datetime) -> HttpResponse:
    try:
        entry = actions.join(waiting=wanted(seen, form, now), by=CLIENT, now=now)
    except actions.TooManyWaiting:
        form.add_error("who", _("This address is on the list three times already: ring us to change that"))
        return page(request, seen, form, 422)
    entry.by_mail = seen.by_mail
    return SeeOther(reverse("waiting", args=[links.make_waiting(entry)]))


def wanted(seen: Booking, form: SoonerForm, now: dt.datetime) -> actions.Waiting:
    """From today to the day of the session that she has; all that is known of her comes from it."""
    words = form.cleaned_data
    return actions.Waiting(
        **{name: getattr(seen, name) for name in OF_HER_SESSION},
        therapist=seen.therapist if words["who"] == SAME else None,
        first_on=now.astimezone(seen.location.zone).date(),
        last_on=seen.starts_at.date(),
        from_minute=PARTS[words["part"]][0],
        until_minute=PARTS[words["part"]][1],
        instead_of=seen,
        is_proven=seen.address_proven_at is not None,
    )


def page(request: HttpRequest, seen: Booking, form: SoonerForm, status: int = 200) -> HttpResponse:
    words = {
        "booking": seen,
        "form": form,
        "minutes": seen.location.offer_minutes,
        "problems": problems(status, [(f"id_{name}", errors[0]) for name, errors in form.errors.items()]),
        "back": reverse("booking", args=[links.make(seen)]),
        "place": place_of(seen.location),
    }
    return render(request, "bookings/sooner.html", words, status=status)
