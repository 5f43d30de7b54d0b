"""/book/waiting/: join the waiting list, from a page on which nothing was free."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accounts import throttle
from bookings import actions, availability, links
from bookings.forms import DetailsForm, PlainText
from bookings.models import Booking
from bookings.models.event import CLIENT
from bookings.views.answers import SeeOther
from bookings.views.bots import TRAP
from bookings.views.choice import DAYS_A_PAGE, Choice, read_choice, read_day
from bookings.views.choice import PARTS as PART_NAMES
from bookings.views.details import is_signed_in
from bookings.views.session import draft, keep_draft
from bookings.waiting_words import PARTS
from clients import consent
from locations.house import House, is_demo
from locations.speaking import choose_language
from spa import clock, texts

TRIES, PER = 8, dt.timedelta(hours=1)
"""Places on the list that one network address may ask for."""


class JoinForm(DetailsForm):
    """Who waits, on which days and at which part of them. Clean data: DetailsForm's, `first_on` and `last_on` (dates),
    `part` (a key of PARTS) and `texts` (whether offers may come by text to `phone`)."""

    first_on = PlainText(label=gettext_lazy("First day"))
    last_on = PlainText(label=gettext_lazy("Last day"))
    part = forms.ChoiceField(label=gettext_lazy("Time of day"), choices=list(PART_NAMES.items()))
    texts = forms.BooleanField(label=gettext_lazy("Send me offers by text message too"), required=False)

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        self.choice = choice
        super().__init__(*args, country=choice.location.country, **kwargs)

    def clean_first_on(self) -> dt.date:
        return max(self._day("first_on"), self.choice.today)

    def clean_last_on(self) -> dt.date:
        last = self._day("last_on")
        if last < self.choice.today:
            raise ValidationError(_("This day is over: enter a later one"), code="over")
        if last > self.choice.last_day:
            words = {"day": texts.long_day(self.choice.last_day)}
            raise ValidationError(_("We plan until %(day)s: enter an earlier day"), params=words, code="far")
        return last

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        if words.get("first_on") and words.get("last_on") and words["last_on"] < words["first_on"]:
            self.add_error("last_on", _("Enter a last day that is not before the first"))
        if words.get("texts") and not words.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Enter a mobile number for text messages"))
        return words

    def _day(self, name: str) -> dt.date:
        day = read_day(self.cleaned_data[name])
        if day is None:
            raise ValidationError(_("Enter a day, like 24/11/2026"), code="shape")
        return day


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def join_waiting(request: HttpRequest) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    choice = read_choice(request.POST if request.method == "POST" else request.GET, setup, now)
    if choice is None:
        return SeeOther(reverse("choose"))
    if request.method != "POST":
        return page(request, choice, JoinForm(choice=choice, initial=first_words(request, choice)))
    keep_draft(request, request.POST)
    if "language" in request.POST:
        return choose_language(request)
    form = JoinForm(request.POST, choice=choice)
    if request.POST.get(TRAP):
        return page(request, choice, form, 422, is_sure=True)
    if not form.is_valid():
        return page(request, choice, form, 422)
    return join(request, choice, form, now)


def join(request: HttpRequest, choice: Choice, form: JoinForm, now: dt.datetime) -> HttpResponse:
    """Put her on the list, and show her place."""
    if not throttle.allow("waiting", request.client_address, TRIES, PER, now):
        return render(request, "429.html", status=429)
    try:
        entry = actions.join(waiting=wanted(choice, form.cleaned_data, request.user), by=CLIENT, now=now)
    except actions.TooManyWaiting:
        form.add_error("email", _("This address is on the list three times already: ring us to change that"))
        return page(request, choice, form, 422)
    if form.cleaned_data["texts"]:
        consent.agree_to_texts(entry.phone, now)
    return SeeOther(reverse("waiting", args=[links.make_waiting(entry)]))


def wanted(choice: Choice, words: Mapping[str, Any], user: Any) -> actions.Waiting:
    outcome = Booking.Screening.CLEAR if words["safe"] == "none" else Booking.Screening.CALL_FIRST
    return actions.Waiting(
        name=words["name"],
        email=words["email"],
        phone=words["phone"],
        location=choice.location,
        length=choice.length,
        therapist=choice.therapist,
        first_on=words["first_on"],
        last_on=words["last_on"],
        from_minute=PARTS[words["part"]][0],
        until_minute=PARTS[words["part"]][1],
        language=get_language() or "en",
        screening=outcome,
        is_proven=is_signed_in(user, words["email"]),
    )


def first_words(request: HttpRequest, choice: Choice) -> dict[str, Any]:
    """The two weeks that had nothing, and what was typed before."""
    first = max(choice.first_day, choice.today)
    last = min(first + dt.timedelta(days=DAYS_A_PAGE - 1), choice.last_day)
    days = {"first_on": first.isoformat(), "last_on": last.isoformat(), "part": choice.part}
    return {name: word for name, word in draft(request).items() if name != "safe"} | days


def page(
    request: HttpRequest, choice: Choice, form: JoinForm, status: int = 200, is_sure: bool = False
) -> HttpResponse:
    """The form. `is_sure`: the second step of whoever filled the trap: nothing is lost, and the trap is gone."""
    setup = choice.setup
    house = House.of(setup.studio, setup.locations, is_demo(request), setup.number)
    context = {
        "house": house,
        "place": next(place for place in house.places if place["name"] == choice.location.name),
        "choice": choice,
        "form": form,
        "problems": [("join", _("Press the button once more, please"))] if is_sure else form.problems(),
        "has_trap": not is_sure,
        "minutes": choice.location.offer_minutes,
        "who": choice.therapist.name if choice.therapist else _("anyone"),
        "back": f"{reverse('choose')}?{choice.query()}#results",
    }
    return render(request, "bookings/join.html", context, status=status)
