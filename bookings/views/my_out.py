"""/my/out/: end every session of a client. Her passkeys stay hers; who has lost a device removes all of them here."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from bookings.views.answers import SeeOther
from bookings.views.my import for_clients
from bookings.views.my_passkeys import keys_of
from clients.models import Client
from spa import clock

SIGNED_OUT = "signed_out"
FOR = timedelta(minutes=15)
"""How long the browser that signed out may still remove the passkeys."""


@for_clients
@require_POST
def sign_out_everywhere(request: HttpRequest, client: Client) -> HttpResponse:
    """Staff who are clients as well keep their sessions: they end here only."""
    user = request.user
    if not user.is_staff:
        end_sessions(user)
    logout(request)
    if not user.is_staff:
        request.session[SIGNED_OUT] = [user.pk, int(clock.now().timestamp())]
    return redirect("my_signed_out")


def end_sessions(user: User) -> None:
    """End them all: they hang on the hash of a password, and that is another one now."""
    user.set_unusable_password()
    user.save(update_fields=["password"])


# Public: nobody is signed in any more; the browser that signed out is known by its session.
@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def signed_out(request: HttpRequest) -> HttpResponse:
    """The passkeys that still open the door, and one button that removes them, with what they have opened meanwhile."""
    user = who_signed_out(request)
    if user is None:
        return redirect("account_request_login_code")
    keys = keys_of(user)
    if request.method != "POST":
        return render(request, "my/signed_out.html", {"keys": keys})
    keys.delete()
    end_sessions(user)
    messages.success(request, _("Removed. No passkey opens your bookings any more; a code by mail does."))
    return SeeOther(reverse("my_signed_out"))


def who_signed_out(request: HttpRequest) -> User | None:
    """The client who has just signed out everywhere in this browser, and nobody has signed in since."""
    pk, since = request.session.get(SIGNED_OUT, (None, 0))
    is_over = clock.now().timestamp() - since > FOR.total_seconds()
    if is_over or request.user.is_authenticated:
        return None
    return User.objects.filter(pk=pk, is_staff=False).first()
