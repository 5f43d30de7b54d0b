"""A second factor for whoever manages the studio: the switch, and the middleware that asks for it at the door."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import roles, staff
from accounts.models import Door, StaffEvent, User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
Answer = Callable[[HttpRequest], HttpResponse]


class SecondFactor:
    """Middleware: lead admins and owners without a second factor to the page that sets one up.

    Whatever page behind the sign-in they ask for; a public page never asks who reads it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        is_public = not getattr(view, "login_required", True)
        if is_public or request.path.startswith(reverse("landing")) or not _must_activate(request):
            return None
        messages.warning(request, _("The studio asks its admins for a second factor. Set it up to go on."))
        return redirect("mfa_activate_totp")


def is_asked() -> bool:
    """Whether admins need one: the studio says so, or whoever runs the server."""
    return settings.REQUIRE_ADMIN_SECOND_FACTOR or studio_asks()


def studio_asks() -> bool:
    """Whether the studio itself says so, whatever the server says."""
    return Door.objects.filter(second_factor=True).exists()


def set_up(*, is_asked: bool) -> None:
    """What the set-up of a studio says where nobody has decided it yet: it may ask, never take back what is asked."""
    if is_asked:
        Door.objects.update_or_create(pk=1, defaults={"second_factor": True})


def ask(*, is_asked: bool, by: User, now: datetime) -> None:
    """Switch it. Holds from the next page on. Raises staff.Refused."""
    with staff.deciding(by):
        door = Door.objects.get_or_create(pk=1)[0]
        if door.second_factor == is_asked:
            return
        door.second_factor = is_asked
        door.save()
        staff.record(StaffEvent.Verb.ASKED if is_asked else StaffEvent.Verb.UNASKED, person=None, by=by, now=now)


def with_factor(people: QuerySet[User]) -> QuerySet[User]:
    """The same people with `has_factor`: an app or a passkey is set up."""
    return people.annotate(has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)))


def _must_activate(request: HttpRequest) -> bool:
    """Whether she is an admin who lacks what is asked for. Staff are asked with the query of their roles."""
    user = request.user
    if not user.is_authenticated or not user.is_staff:
        return False
    lacks = ~Exists(Authenticator.objects.filter(user=user.pk, type__in=FACTORS))
    if not settings.REQUIRE_ADMIN_SECOND_FACTOR:
        lacks &= Exists(Door.objects.filter(second_factor=True))
    if user.is_superuser:
        return User.objects.filter(lacks, pk=user.pk).exists()
    found = dict(user.groups.annotate(lacks=lacks).values_list("name", "lacks"))
    roles.remember(user, found)
    return found.get(roles.STUDIO_ADMIN, False)
