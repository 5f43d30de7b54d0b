"""/my/sign-in/: a code by mail opens "my bookings". Known and unknown addresses get the same answer."""

from datetime import timedelta

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accounts import throttle
from bookings.views.lost import AddressForm
from clients.signing import user_for
from spa import clock

FROM_HERE, FOR_ADDRESS, PER = 12, 4, timedelta(hours=1)
MY_CODE = "account_confirm_login_code"


# Public: whoever wants to sign in as a client types her address.
@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, form, 422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    logout(request)
    return send_code(request, email, reverse("my"))


def send_code(request: HttpRequest, email: str, onwards: str) -> HttpResponse:
    """Mail a code to an address that a client has, and show the page that asks for it, whoever has the address."""
    now = clock.now()
    if not throttle.allow("codes from", request.client_address, FROM_HERE, PER, now):
        return render(request, "429.html", status=429)
    user = user_for(email) if throttle.allow("code of", email, FOR_ADDRESS, PER, now) else None
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=email)
    return redirect(f"{reverse(MY_CODE)}?next={onwards}")


def page(request: HttpRequest, form: AddressForm, status: int) -> HttpResponse:
    problems = [("id_email", words[0]) for words in form.errors.values()]
    return render(request, "my/sign_in.html", {"form": form, "problems": problems}, status=status)
