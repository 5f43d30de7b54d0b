"""/b/<token>/contact/: another address or number for a session. What is known is not shown; the button changes it."""

from datetime import datetime

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import actions, links
from bookings.forms import PlainText, e164, one_address
from bookings.models import Booking
from bookings.models.event import CLIENT
from bookings.views.answers import SeeOther
from bookings.views.behind import linked_or_404
from bookings.views.often import is_allowed, problems
from bookings.views.steps import place_of
from spa import clock


class ContactForm(forms.Form):
    """What changes; what is left empty stays. Clean data: `email`, and `phone` in international form."""

    use_required_attribute = False
    email = PlainText(label=_("New e-mail address"), required=False)
    phone = PlainText(label=_("New mobile"), required=False)

    def __init__(self, *args, booking: Booking, **kwargs) -> None:
        self.country = booking.location.country
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"]
        return one_address(typed) if typed else ""

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return e164(typed, self.country) if typed else ""

    def clean(self) -> dict[str, str]:
        words = super().clean()
        if not self.errors and not any(words.values()):
            self.add_error("email", ValidationError(_("Enter a new e-mail address or a new mobile number")))
        return words


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    seen = linked_or_404(request, token, "contact", now)
    if not seen.is_ahead:
        return SeeOther(reverse("booking", args=[links.make(seen)]))
    if request.method != "POST":
        return page(request, seen, ContactForm(booking=seen))
    form = ContactForm(request.POST, booking=seen)
    if not form.is_valid():
        return page(request, seen, form, status=422)
    if not (is_allowed("contact", seen.pk, now) and is_allowed("contact from", request.client_address, now)):
        return page(request, seen, form, status=429)
    return changed(form, seen, now)


def changed(form: ContactForm, seen: Booking, now: datetime) -> HttpResponse:
    """On to the page behind the new link. A link that has died meanwhile leads nowhere, least of all to the new one."""
    new = actions.Contact(**form.cleaned_data)
    try:
        seen = actions.change_contact(booking=seen, contact=new, by=CLIENT, now=now)
    except actions.Stale:
        raise Http404 from None
    except actions.WrongStep as over:
        return SeeOther(reverse("booking", args=[links.make(over.booking)]))
    return SeeOther(f"{reverse('booking', args=[links.make(seen)])}?done=contact")


def page(request: HttpRequest, seen: Booking, form: ContactForm, status: int = 200) -> HttpResponse:
    with override(seen.language):
        words = {
            "booking": seen,
            "form": form,
            "problems": problems(status, [(f"id_{name}", errors[0]) for name, errors in form.errors.items()]),
            "back": reverse("booking", args=[links.make(seen)]),
            "place": place_of(seen.location),
        }
        return render(request, "bookings/contact.html", words, status=status)
