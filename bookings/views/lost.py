"""Links that no longer open: the page that says so, and the form that mails new ones."""

from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from django.views.defaults import page_not_found

from accounts import throttle
from bookings import finding
from bookings.forms import PlainText, one_address
from spa import clock

BEHIND_LINKS = ("/b/", "/w/")
GUESSES, GUESSES_PER = 200, timedelta(minutes=10)
"""Dead links that one network may open; a family with an old calendar opens a handful."""
ASKED_FROM_HERE, ASKED_FOR, ASKED_PER = 12, 3, timedelta(hours=1)


class AddressForm(forms.Form):
    """The one address that links or codes go to."""

    use_required_attribute = False
    email = PlainText(
        label=_("E-mail"), error_messages={"required": _("Enter an e-mail address, like name@example.com")}
    )

    def clean_email(self) -> str:
        return one_address(self.cleaned_data["email"])


# Public: whoever lost her link types her address, and gets the same answer whether we know it or not.
@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, form, 422 if form.is_bound else 200)
    now, email = clock.now(), form.cleaned_data["email"]
    if not throttle.allow("lost links", request.client_address, ASKED_FROM_HERE, ASKED_PER, now):
        return render(request, "429.html", status=429)
    if throttle.allow("links of", email, ASKED_FOR, ASKED_PER, now):
        with transaction.atomic():
            finding.mail_links(email=email, now=now)
    return render(request, "bookings/links_sent.html")


def page(request: HttpRequest, form: AddressForm, status: int) -> HttpResponse:
    problems = [("id_email", words[0]) for words in form.errors.values()]
    return render(request, "bookings/lost.html", {"form": form, "problems": problems}, status=status)


# Public: it is what everybody sees who opens an address that does not exist.
@login_not_required
def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """One answer for every dead link, forged, cut off, old or revoked, with a way to a new one."""
    if not request.path.startswith(BEHIND_LINKS):
        return page_not_found(request, exception)
    if not throttle.allow("link", request.client_address, GUESSES, GUESSES_PER, clock.now()):
        return render(request, "429.html", status=429)
    return render(request, "bookings/dead_link.html", {"form": AddressForm()}, status=404)
