"""POST /b/<token>/reach/: reminders by e-mail, by text or by both. Its form stands on the booking's page."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from bookings import links
from bookings import reach as ways
from bookings.actions.errors import WrongStep
from bookings.actions.reaching import TextsStopped, choose_reach
from bookings.forms import PlainText, e164
from bookings.models import Booking, Message
from bookings.models.event import CLIENT
from bookings.views.answers import SeeOther
from bookings.views.behind import linked_or_404
from bookings.views.often import is_allowed, problems
from clients.models import Reach
from spa import clock


class ReachForm(forms.Form):
    """By which way, and to which number. An empty number keeps the booking's own."""

    use_required_attribute = False
    way = forms.ChoiceField(
        label=_("Reminders before and after your session"),
        error_messages={"required": _("Choose how we reach you"), "invalid_choice": _("Choose how we reach you")},
    )
    phone = PlainText(label=_("Mobile for text messages"), required=False)

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        self.booking = booking
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = Reach.choices if booking.email else [(Reach.SMS, Reach.SMS.label)]

    def clean(self) -> dict[str, str]:
        """`phone` comes out in international form, empty when no texts are wanted."""
        words = super().clean()
        if words.get("way") in (None, Reach.MAIL) or "phone" in self.errors:
            return words | {"phone": ""}
        typed = words["phone"] or self.booking.phone
        try:
            if not typed:
                raise ValidationError(_("Enter a mobile number for text messages"), code="required")
            words["phone"] = e164(typed, self.booking.location.country)
        except ValidationError as problem:
            self.add_error("phone", problem)
        return words


@login_not_required
@cache_control(no_store=True, private=True)
@require_POST
def reach(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = reachable_or_404(request, token, now)
    form = ReachForm(request.POST, booking=seen)
    if form.is_valid() and not is_allowed("reach", seen.pk, now):
        return page(request, seen, form, status=429)
    if form.is_valid():
        seen = choose(form, seen, now)
    if form.errors:
        return page(request, seen, form)
    return SeeOther(f"{reverse('booking', args=[links.make(seen)])}#reach")


def choose(form: ReachForm, seen: Booking, now: datetime) -> Booking:
    """Note what was chosen, or why it cannot be. When the session is over, its page says so by itself."""
    way, number = form.cleaned_data["way"], form.cleaned_data["phone"]
    try:
        return choose_reach(booking=seen, by_way=way, number=number, actor=CLIENT, now=now)
    except TextsStopped:
        form.add_error("phone", _("This number has answered STOP. Send START from it, then choose again."))
    except WrongStep:
        pass
    return seen


def reachable_or_404(request: HttpRequest, token: str, now: datetime) -> Booking:
    """The booking behind a link that was made for this form; other links look like a page that does not exist."""
    if settings.SMS_BACKEND == "off":
        raise Http404
    return linked_or_404(request, token, "reach", now)


def page(request: HttpRequest, seen: Booking, form: ReachForm, status: int = 422) -> HttpResponse:
    """The form on a page of its own, with what is wrong."""
    with override(seen.language):
        own = [(f"id_{name}" if name == "phone" else "id_way_0", words[0]) for name, words in form.errors.items()]
        back = {"back": reverse("booking", args=[links.make(seen)]), "problems": problems(status, own)}
        return render(request, "bookings/reach.html", reach_words(seen, form) | back, status=status)


def reach_words(booking: Booking, form: ReachForm | None = None) -> dict[str, Any]:
    """What the form needs; nothing when there is nothing to choose."""
    if settings.SMS_BACKEND == "off" or not booking.is_ahead:
        return {}
    chosen = {("mail",): Reach.MAIL, ("sms",): Reach.SMS}.get(ways.chosen(booking), Reach.BOTH)
    return {
        "reach_form": form or ReachForm(booking=booking, initial={"way": chosen}),
        "reach_action": reverse("reach", args=[links.make(booking, "reach")]),
        "reach_now": now_by(booking),
        "has_number": bool(booking.phone),
        "can_stop_texts": bool(settings.SMS_INBOUND_SECRET),
    }


def now_by(booking: Booking) -> str:
    """By which way reminders come as things are: a number that has said STOP gets none."""
    said = {
        ("mail",): _("Reminders come by e-mail now."),
        ("sms",): _("Reminders come by text message now."),
        ("mail", "sms"): _("Reminders come by e-mail and by text message now."),
    }
    return said.get(ways.for_steps(booking, ways.addresses(booking), tuple(Message.Channel.values)), "")
