"""/book/details/<key>/: who comes, the safety question, and the button that books."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import actions, availability, caps, links
from bookings.actions.holding import find_hold, wish_of
from bookings.forms import DetailsForm, KnownForm
from bookings.models import Booking
from bookings.models.status import AGREED, Status
from bookings.views import bots
from bookings.views.answers import SeeOther
from bookings.views.choice import book_again
from bookings.views.hold import just_gone
from bookings.views.known import by_link, forget
from bookings.views.session import draft, holder, keep_draft, remember_booked
from bookings.views.steps import free_until_words, place_of, prepare
from clients.signing import signed_in_as
from locations.speaking import choose_language
from spa import clock, texts


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, key: UUID) -> HttpResponse:
    held = held_or_404(request, key)
    if held.status in AGREED:
        return booked(request, held)
    if request.method != "POST":
        return page(request, held, form_for(held, her(request), initial=draft(request)))
    keep_draft(request, request.POST)
    if "language" in request.POST:
        return choose_language(request)
    try:
        return DEEDS.get(request.POST.get("do", ""), book)(request, held, clock.now())
    except (actions.SlotTaken, actions.NotOffered) as gone:
        return just_gone(request, availability.load_setup(), wish_of(held), held.starts_at, gone, clock.now())


def held_or_404(request: HttpRequest, key: UUID) -> Booking:
    """The time that this browser session holds; whoever else asks learns nothing."""
    if "holder" not in request.session:
        raise Http404
    try:
        return find_hold(key, holder(request))
    except actions.NoSuchHold:
        raise Http404 from None


def book(request: HttpRequest, held: Booking, now: dt.datetime, second_guest: bool = False) -> HttpResponse:
    known = her(request)
    form = form_for(held, known, request.POST)
    if not form.is_valid():
        return page(request, held, form, status=422)
    words = details_of(form, second_guest, request.user, known)
    is_proven = is_signed_in(request.user, words.email)
    if not known and not is_proven and bots.looks_odd(request.POST, held, now):
        return page(request, held, form, status=422, sure=bots.stamp(held, now, "sure"))
    if not is_proven and needs_proof(request, words, now):
        return other(request, held, now) if known else SeeOther(reverse("prove", args=[held.key]))
    try:
        booking = actions.book(key=held.key, holder=holder(request), details=words, now=now)
    except actions.AlreadyThere as there:
        forget(request)  # the second guest has a name and an address of her own
        return page(request, held, form_for(held, None, request.POST), status=409, already=there.booking)
    return booked(request, booking)


def is_signed_in(user: Any, email: str) -> bool:
    """Who has proven this address by a code is no program: her form may come filled in, and be sent at once."""
    return user.is_authenticated and user.email.lower() == email.lower()


def needs_proof(request: HttpRequest, details: actions.Details, now: dt.datetime) -> bool:
    """Whether so much was booked that the address is proven by a code first."""
    who = holder(request)
    return caps.needs_proof(email=details.email, session=who.session, address_mark=who.address_mark, now=now)


def second(request: HttpRequest, held: Booking, now: dt.datetime) -> HttpResponse:
    return book(request, held, now, second_guest=True)


def longer(request: HttpRequest, held: Booking, now: dt.datetime) -> HttpResponse:
    try:
        actions.keep_longer(key=held.key, holder=holder(request), now=now)
    except actions.HoldLimit:
        return page(request, held, form_for(held, her(request), initial=draft(request)), status=409, longest=True)
    return SeeOther(f"{request.path}#kept")


def change(request: HttpRequest, held: Booking, now: dt.datetime) -> HttpResponse:
    return SeeOther(book_again(held))


def other(request: HttpRequest, held: Booking, now: dt.datetime) -> HttpResponse:
    """Somebody else comes than she whose link was opened: the whole form."""
    forget(request)
    return SeeOther(request.path)


DEEDS = {"book": book, "second": second, "longer": longer, "change": change, "other": other}


def her(request: HttpRequest) -> Booking | None:
    """The former booking of whoever came by its link. Who signed in is known already, and may read her details."""
    return None if request.user.is_authenticated else by_link(request, clock.now())


def booked(request: HttpRequest, booking: Booking) -> HttpResponse:
    """On to the page that says so. The one with her address on it is for who typed it."""
    if her(request):
        return SeeOther(f"{reverse('booking', args=[links.make(booking)])}?done=booked")
    remember_booked(request, booking)
    return SeeOther(reverse("booked", args=[links.make(booking, "view")]))


def form_for(held: Booking, known: Booking | None, *args: Any, **kwargs: Any) -> DetailsForm:
    return (KnownForm if known else DetailsForm)(*args, country=held.location.country, **kwargs)


def details_of(form: DetailsForm, second_guest: bool, user: Any, known: Booking | None) -> actions.Details:
    words = form.cleaned_data
    if known:
        words = words | {"name": known.name, "email": known.email, "phone": known.phone}
    outcome = Booking.Screening.CLEAR if words["safe"] == "none" else Booking.Screening.CALL_FIRST
    return actions.Details(
        name=words["name"],
        email=words["email"],
        phone=words["phone"],
        language=get_language() or "en",
        screening=outcome,
        second_guest=second_guest,
        is_proven=known.address_proven_at is not None if known else is_signed_in(user, words["email"]),
        client=None if second_guest else known.client.kept if known else signed_in_as(user, words["email"]),
    )


def page(
    request: HttpRequest,
    held: Booking,
    form: DetailsForm,
    status: int = 200,
    already: Booking | None = None,
    longest: bool = False,
    sure: str = "",
) -> HttpResponse:
    """The form. `sure`: the signed word of the second step, which asks once more without the trap."""
    now = clock.now()
    is_kept = held.status == Status.HELD and held.hold_expires_at > now
    context = {
        "hold": held,
        "form": form,
        "known": her(request) if isinstance(form, KnownForm) else None,
        "problems": form.problems() if form.is_bound else [],
        "already": already,
        "longest": longest,
        "sure": sure,
        "shown": bots.shown(request.POST or draft(request), held, now),
        "kept_until": held.hold_expires_at.astimezone(held.location.zone) if is_kept else None,
        "back": book_again(held),
        "prepare": prepare(held, now),
        "free_until": free_until_words(held, now),
        "call": call(held),
        "place": place_of(held.location),
    }
    return render(request, "bookings/details.html", context, status=status)


def call(held: Booking) -> str:
    """What the button does: "Book Friday 14:20 with Ana"."""
    words = {"day": texts.weekday(held.starts_at), "time": texts.clock(held.starts_at), "name": held.therapist.name}
    return _("Book %(day)s %(time)s with %(name)s") % words
