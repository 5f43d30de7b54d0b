"""/w/<token>/: a place on the waiting list behind its signed link. GET shows it; POST takes an offer, or lets go."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import actions, links
from bookings.models import Booking, WaitingEntry, WaitingOffer
from bookings.views.answers import SeeOther
from bookings.views.session import remember_booked
from bookings.views.steps import free_until_words, place_of
from bookings.waiting_words import wish_words
from spa import clock, texts


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    try:
        entry = links.read_waiting(token, now)
    except links.BadLink:
        raise Http404 from None
    with override(entry.language):
        if request.method != "POST":
            return page(request, entry, now)
        actions.prove_address(row=entry, now=now)
        return DEEDS.get(request.POST.get("do", ""), nothing)(request, entry, now)


def take(request: HttpRequest, entry: WaitingEntry, now: dt.datetime) -> HttpResponse:
    offer = seen_offer(request, entry)
    if offer is None:
        return page(request, entry, now, _("This offer has ended. You are still on the list, as you see here."), 409)
    try:
        booking = actions.take(offer=offer, now=now)
    except (actions.SlotTaken, actions.NotOffered, actions.NotWaiting, actions.WrongStep):
        entry.refresh_from_db(fields=["state"])
        return page(request, entry, now, _("That time has gone in the meantime, and is not booked for you."), 409)
    if entry.instead_of_id:
        return SeeOther(f"{reverse('booking', args=[links.make(booking)])}?done=moved")
    remember_booked(request, booking)
    return SeeOther(reverse("booked", args=[links.make(booking)]))


def let_go(request: HttpRequest, entry: WaitingEntry, now: dt.datetime) -> HttpResponse:
    if offer := seen_offer(request, entry):
        actions.decline(offer=offer, now=now)
    return SeeOther(request.path)


def leave(request: HttpRequest, entry: WaitingEntry, now: dt.datetime) -> HttpResponse:
    actions.leave(entry=entry, now=now)
    return SeeOther(request.path)


def nothing(request: HttpRequest, entry: WaitingEntry, now: dt.datetime) -> HttpResponse:
    return page(request, entry, now, _("We did not understand what was sent. Press one of the buttons, please."), 422)


DEEDS = {"take": take, "let go": let_go, "leave": leave}


def seen_offer(request: HttpRequest, entry: WaitingEntry) -> WaitingOffer | None:
    """The offer that stood on the page: what is pressed is about that time, and about no later one."""
    related = entry.offers.select_related("entry__client", "booking__location__studio", "booking__length__treatment")
    seen = request.POST.get("seen", "")
    return next((offer for offer in related if str(offer.booking.key) == seen), None)


def page(
    request: HttpRequest, entry: WaitingEntry, now: dt.datetime, refusal: str = "", status: int = 200
) -> HttpResponse:
    words = about(entry, now) | {"refusal": refusal, "place": place_of(entry.location)}
    return render(request, "bookings/waiting.html", words, status=status)


def about(entry: WaitingEntry, now: dt.datetime) -> dict[str, Any]:
    """What the page shows of somebody's place: her wish, and the time that is hers just now."""
    related = entry.offers.select_related("booking__therapist", "booking__location", "booking__length__treatment")
    open_offer = related.filter(outcome=WaitingOffer.Outcome.OPEN, booking__hold_expires_at__gt=now).first()
    held = open_offer.booking if open_offer else None
    taken = related.filter(outcome=WaitingOffer.Outcome.TAKEN).first()
    return {
        "entry": entry,
        "wish": wish_words(entry),
        "held": held,
        "call": call(held, entry) if held else "",
        "kept_until": held.hold_expires_at.astimezone(entry.location.zone) if held else None,
        "free_until": free_until_words(held, now) if held else "",
        "instead_of": entry.instead_of,
        "booked": links.make(entry.instead_of or taken.booking) if taken else "",
        "heading": heading(entry, held is not None),
    }


def call(held: Booking, entry: WaitingEntry) -> str:
    words = {"day": texts.weekday(held.starts_at), "time": texts.clock(held.starts_at), "name": held.therapist.name}
    said = _("Move to %(day)s %(time)s with %(name)s") if entry.instead_of else _("Take %(day)s %(time)s with %(name)s")
    return said % words


def heading(entry: WaitingEntry, has_offer: bool) -> str:
    name = {"name": entry.first_name}
    if has_offer:
        return _("A time is free for you, %(name)s") % name
    return {
        WaitingEntry.State.BOOKED: _("You have a session, %(name)s") % name,
        WaitingEntry.State.LEFT: _("You are not on the waiting list any more"),
        WaitingEntry.State.LAPSED: _("Your place on the waiting list is over"),
    }.get(entry.state, _("You are on the waiting list, %(name)s") % name)
