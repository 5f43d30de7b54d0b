"""Who may open the pages of the desk and the studio: one decorator, worn by every view of theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accounts.roles import STUDIO_ADMIN, may

View = Callable[..., HttpResponse]


def page_for(*roles: str) -> Callable[..., Callable[[View], View]]:
    """Make a decorator for the pages of these roles and the owner; it takes the methods that a view answers.

    To everybody else who signed in there is no such page. A view tells by `for_roles` whom it is for.
    """

    def answering(*methods: str) -> Callable[[View], View]:
        def wear(view: View) -> View:
            guarded = cache_control(no_store=True, private=True)(require_http_methods(methods)(view))

            @wraps(view)
            def for_them(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
                if not may(request, *roles):
                    raise Http404
                return guarded(request, *args, **kwargs)

            for_them.for_roles = roles
            return for_them

        return wear

    return answering


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `is_staff` and `may_edit_studio`, looked up only by pages behind the sign-in.

    A public page never asks who reads it: that would be a query for every client.
    """
    return {
        "is_staff": SimpleLazyObject(lambda: _is_behind_the_door(request) and request.user.is_staff),
        "may_edit_studio": SimpleLazyObject(lambda: _is_behind_the_door(request) and may(request, STUDIO_ADMIN)),
    }


def _is_behind_the_door(request: HttpRequest) -> bool:
    match = getattr(request, "resolver_match", None)
    return bool(match) and getattr(match.func, "login_required", True)
