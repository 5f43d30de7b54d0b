"""/my/passkeys/: a passkey opens "my bookings" without waiting for a code. The code always opens it too."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import AddPasskeyForm
from accounts.models import User
from bookings.views.answers import SeeOther
from bookings.views.my import for_clients
from bookings.views.my_door import send_code
from bookings.views.often import TOO_OFTEN, is_allowed
from clients.models import Client
from spa import clock

FRESH = timedelta(minutes=15)
"""How long after signing in a passkey is added: who finds an open browser makes no key for ever."""
MOST = 5
REFUSALS = {422: gettext_lazy("The passkey could not be added. Nothing has changed; try again."), 429: TOO_OFTEN}


@for_clients
@require_http_methods(["GET", "HEAD", "POST"])
def my_passkeys(request: HttpRequest, client: Client) -> HttpResponse:
    """The passkeys of a client, and a new one. Staff who are clients as well have their own page."""
    if request.user.is_staff:
        return redirect("mfa_list_webauthn")
    if request.method != "POST":
        return page(request)
    if not is_fresh(request):
        return prove_again(request)
    form = AddPasskeyForm(request.POST, user=request.user)
    if keys_of(request.user).count() >= MOST or not form.is_valid():
        return page(request, 422)
    if not is_allowed("my passkeys", request.user.pk, clock.now()):
        return page(request, 429)
    auth.WebAuthn.add(request.user, form.cleaned_data["name"][:60], form.cleaned_data["credential"])
    messages.success(request, _("Added. Next time you can sign in with it."))
    return SeeOther(request.path)


@for_clients
@require_POST
def my_passkey_remove(request: HttpRequest, client: Client, pk: int) -> HttpResponse:
    if request.user.is_staff:
        return redirect("mfa_list_webauthn")
    get_object_or_404(keys_of(request.user), pk=pk).delete()
    messages.success(request, _("Removed. It opens nothing any more."))
    return SeeOther(reverse("my_passkeys"))


def keys_of(user: User) -> QuerySet[Authenticator]:
    own = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return own.order_by("created_at", "pk")


def is_fresh(request: HttpRequest) -> bool:
    """Whether she has signed in a few minutes ago, in this browser."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < FRESH.total_seconds()


def prove_again(request: HttpRequest) -> HttpResponse:
    """A new code first; it leads back here."""
    email = request.user.email
    logout(request)
    return send_code(request, email, reverse("my_passkeys"))


def page(request: HttpRequest, status: int = 200) -> HttpResponse:
    words = {"keys": keys_of(request.user), "is_fresh": is_fresh(request), "refusal": REFUSALS.get(status, "")}
    if words["is_fresh"] and len(words["keys"]) < MOST:
        words["js_data"] = {"creation_options": auth.begin_registration(request.user, passwordless=True)}
        words["name"] = request.POST.get("name", _("My device"))
    return render(request, "my/passkeys.html", words, status=status)


# Public: whoever has a passkey signs in with it.
@method_decorator(login_not_required, name="dispatch")
@method_decorator(cache_control(no_store=True, private=True), name="dispatch")
class PasskeyDoor(LoginWebAuthnView):
    """The door of clients for a passkey. What fails leads back to it, and not to that of staff."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().get(request, *args, **kwargs)
        return redirect("account_request_login_code") if answer.status_code == 302 else answer

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("That passkey did not open the door. Ask for a code instead, please."))
        return HttpResponseRedirect(reverse("account_request_login_code"))
