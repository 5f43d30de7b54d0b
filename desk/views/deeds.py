"""Small changes of one booking, each a form of its own: cancel, restore, another length, take the last change back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings import actions
from bookings.availability import load_setup
from bookings.models import Booking
from bookings.views.answers import SeeOther
from desk.access import actor, desk_view
from desk.card import asks, booking_or_404, day_of
from desk.forms.booking import CardForm
from desk.forms.deeds import CancelForm, LengthForm, NewsForm, NoteForm, RestoreForm, SettleForm
from desk.page import show
from desk.refusals import ERRORS, Refusal, refusal_of
from desk.said import news_waits, pressed, say, told, told_of_end, told_of_undo, unbook, way_back
from desk.views.booking import answer as card_again
from locations.house import House
from spa import clock

Words = dict[str, Any]
TOLD = {
    actions.Tell.NOW: _("The message leaves now."),
    actions.Tell.NOT: _("Nobody is told."),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do with a booking: the words of its page, what it asks, what it does, and what takes it `back`."""

    title: Promise
    call: Promise
    done: Promise
    form: Callable[..., CardForm]
    act: Callable[[Booking, Words, actions.Change], Booking]
    back: str = ""


def cancelled(booking: Booking, words: Words, change: actions.Change) -> Booking:
    return actions.cancel(
        booking=booking,
        by=change.by,
        now=change.now,
        reason=change.reason,
        version=change.version,
        cause=words["cause"],
        is_slip=words["slip"],
    )


def restored(booking: Booking, words: Words, change: actions.Change) -> Booking:
    return actions.restore(booking=booking, change=change)


def resized(booking: Booking, words: Words, change: actions.Change) -> Booking:
    return actions.change_length(booking=booking, length=words["length"], change=change)


def noted(booking: Booking, words: Words, change: actions.Change) -> Booking:
    actions.add_note(text=words["note"], change=change, booking=booking)
    return booking


def settled(booking: Booking, words: Words, change: actions.Change) -> Booking:
    return actions.settle_call_first(booking=booking, note=words["note"], outcome=words["outcome"], change=change)


CANCEL = Deed(
    title=_("Cancel the session of %(name)s"),
    call=_("Cancel this session"),
    done=_("Cancelled the session of %(name)s."),
    form=CancelForm,
    act=cancelled,
    back="desk_restore",
)
RESTORE = Deed(
    title=_("Take the cancellation of %(name)s back"),
    call=_("Book it again"),
    done=_("Booked the session of %(name)s again."),
    form=RestoreForm,
    act=restored,
)
LENGTH = Deed(
    title=_("Another length for %(name)s"),
    call=_("Change it all the same"),
    done=_("Changed the length of %(name)s."),
    form=LengthForm,
    act=resized,
    back="desk_undo",
)
NOTE = Deed(
    title=_("A note on the session of %(name)s"),
    call=_("Save the note"),
    done=_("Noted on the session of %(name)s."),
    form=NoteForm,
    act=noted,
)
SETTLE = Deed(
    title=_("Settle the call with %(name)s"),
    call=_("The call is settled"),
    done=_("The call with %(name)s is settled."),
    form=SettleForm,
    act=settled,
)


def page_of(deed: Deed) -> Callable[..., HttpResponse]:
    """The view of a deed: GET asks, POST does it or says why not."""

    @desk_view("GET", "HEAD", "POST")
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        now, seen = clock.now(), booking_or_404(pk)
        if request.method != "POST":
            return ask(request, deed, seen, deed.form(initial={"version": seen.version}), now)
        return do(request, deed, seen, deed.form(pressed(request)), now)

    return view


def do(request: HttpRequest, deed: Deed, seen: Booking, form: CardForm, now: datetime) -> HttpResponse:
    if not form.is_valid():
        return ask(request, deed, seen, form, now, status=422)
    words = form.cleaned_data
    change = change_of(request, words, now)
    try:
        done = deed.act(seen, words, change)
    except ERRORS as error:
        seen = booking_or_404(seen.pk)
        return ask(request, deed, seen, form, now, refusal_of(error, seen, words["version"]))
    said = f"{deed.done % {'name': done.name}} {told_by(deed, done, words)}".strip()
    say(request, said, undo=way_back(deed.back, done) if deed.back else "")
    return SeeOther(day_of(done))


def told_by(deed: Deed, done: Booking, words: Words) -> str:
    """When the client hears of it; nothing about deeds that are no business of hers."""
    if deed is CANCEL or deed is RESTORE and words["tell"] != actions.Tell.NOT and not news_waits(done):
        return told_of_end(done)
    return told(done, words["tell"]) if "tell" in words else ""


def ask(
    request: HttpRequest,
    deed: Deed,
    seen: Booking,
    form: CardForm,
    now: datetime,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = asks(seen, form, refusal) | {"title": deed.title % {"name": seen.name}, "call": deed.call}
    status = refusal.status if refusal else status
    return show(request, "desk/deed.html", context, house=House.load(request), now=now, status=status)


def change_of(request: HttpRequest, words: Words, now: datetime) -> actions.Change:
    tell = words.get("tell", actions.Tell.NOW)
    return actions.Change(actor(request), now, words["version"], words.get("reason", ""), tell)


cancel = page_of(CANCEL)
restore = page_of(RESTORE)
note = page_of(NOTE)
settle = page_of(SETTLE)


@desk_view("POST")
def length(request: HttpRequest, pk: int) -> HttpResponse:
    """Longer or shorter in one tap from the card; a rule of the studio asks for a reason first."""
    now, seen, setup = clock.now(), booking_or_404(pk), load_setup()
    form = LengthForm(request.POST, setup=setup, booking=seen)
    return do(request, LENGTH, seen, form, now)


@desk_view("POST")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last change of time, therapist, place or length back."""
    now, seen, form = clock.now(), booking_or_404(pk), CardForm(pressed(request))
    if not form.is_valid():
        return card_again(request, seen, now, form=form, status=422)
    version, count = form.cleaned_data["version"], actions.how_many_changed(seen)
    try:
        done = actions.undo(booking=seen, change=actions.Change(actor(request), now, version))
    except ERRORS as error:
        seen = booking_or_404(pk)
        return card_again(request, seen, now, refusal_of(error, seen, version))
    words = {"name": done.name, "count": count, "told": told_of_undo(done)}
    if count > 1:
        say(request, _("Taken back: %(count)s sessions stand where they were. %(name)s: %(told)s") % words)
    else:
        say(request, _("Taken back: the session of %(name)s stands where it was. %(told)s") % words)
    return SeeOther(day_of(done))


@desk_view("POST")
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits to be told of the last change leaves now, or not at all."""
    now, seen, form = clock.now(), booking_or_404(pk), NewsForm(pressed(request))
    if not form.is_valid():
        return card_again(request, seen, now, form=form, status=422)
    version, when = form.cleaned_data["version"], form.cleaned_data["tell"]
    try:
        waited = actions.tell_instead(booking=seen, change=actions.Change(actor(request), now, version, tell=when))
    except ERRORS as error:
        seen = booking_or_404(pk)
        return card_again(request, seen, now, refusal_of(error, seen, version))
    deed = actions.last_deed(seen)
    way = {"booked": unbook(seen), actions.TAKEN_BACK: ""}.get(deed.verb if deed else "", way_back("desk_undo", seen))
    say(request, TOLD[when] if waited else _("Nothing waits to be told any more."), undo=way)
    return SeeOther(day_of(seen))
