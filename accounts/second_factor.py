"""Middleware: where the studio asks for it, whoever manages the studio signs in with a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import roles

Answer = Callable[[HttpRequest], HttpResponse]


def require_second_factor(get_response: Answer) -> Answer:
    """Lead admins and owners without a second factor to the page that sets one up, whatever they asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _must_activate(request):
            messages.warning(request, _("The studio asks its admins for a second factor. Set it up to go on."))
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _must_activate(request: HttpRequest) -> bool:
    if not settings.REQUIRE_ADMIN_SECOND_FACTOR or request.path.startswith(reverse("landing")):
        return False
    user = request.user
    return user.is_authenticated and user.is_staff and user.has_role(roles.STUDIO_ADMIN) and not is_mfa_enabled(user)
