"""Who may open the pages of the desk: one decorator, worn by every view under /desk/. A test looks at each route."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accounts.roles import FRONT_DESK, STUDIO_ADMIN, may
from bookings.models.event import Actor

View = Callable[..., HttpResponse]


def desk_view(*methods: str) -> Callable[[View], View]:
    """For the front desk, studio admins and the owner; to everybody else who signed in there is no such page."""

    def wear(view: View) -> View:
        guarded = cache_control(no_store=True, private=True)(require_http_methods(methods)(view))

        @wraps(view)
        def at_the_desk(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not may(request, FRONT_DESK, STUDIO_ADMIN):
                raise Http404
            return guarded(request, *args, **kwargs)

        at_the_desk.is_for_the_desk = True
        return at_the_desk

    return wear


def actor(request: HttpRequest) -> Actor:
    """Whoever signed in, as the one who acts."""
    return Actor("staff", request.user.pk)
