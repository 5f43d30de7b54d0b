"""The one door: every password that is tried passes here, from the sign-in page or to confirm who is there."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import throttle
from spa import clock


class FactorAdapter(DefaultMFAAdapter):
    """For staff a passkey is a second factor. For clients it is another key to the same door: a code never asks for it,
    so that who loses her device loses nothing."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        return getattr(user, "is_staff", False) and super().is_mfa_enabled(user, types)


class DoorAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail or password is wrong. Check both, or set a new password."),
        "too_many_login_attempts": _("Too many tries. Wait ten minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Staff are invited by the owner; clients need no account."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse before the password is looked at: too many tries, or a demo's sign-in on a public host."""
        account = str(credentials.get("email", ""))
        if not throttle.allow_sign_in(account, request.client_address, clock.now()):
            raise ValidationError(_("Too many tries. Wait ten minutes, then try again."), code="throttled")
        if account.lower().endswith(".example") and not settings.LOCAL:
            raise self.validation_error("email_password_mismatch")
