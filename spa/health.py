"""/healthz and the answers that need no database."""

import sys
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.models import Heartbeat, Message
from spa import clock

UNAVAILABLE = (OperationalError, InterfaceError)


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Say whether bookings can be made; with the secret also how the sender of messages does."""
    try:
        now = clock.now()
    except DatabaseError:
        return JsonResponse({"status": "down"}, status=503)
    body: dict[str, Any] = {"status": "ok"}
    if _knows_the_secret(request):
        body |= {"database": "ok", "last_tick": _last_tick(), "oldest_overdue": _oldest_overdue(now)}
    return JsonResponse(body)


def _knows_the_secret(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    return bool(settings.HEALTH_SECRET) and constant_time_compare(given, f"Bearer {settings.HEALTH_SECRET}")


def _last_tick() -> datetime | None:
    return Heartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()


def _oldest_overdue(now: datetime) -> datetime | None:
    return Message.objects.due(now).order_by("due_at").values_list("due_at", flat=True).first()


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503 with the studio's number; asks the database for nothing."""
    connection.close()
    page = render_to_string("503.html", {"phone": settings.STUDIO_PHONE})
    return HttpResponse(page, status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what went wrong outside of a view: 503 when it was the database, else 500."""
    if isinstance(sys.exc_info()[1], UNAVAILABLE):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html", {"phone": settings.STUDIO_PHONE}), status=500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400. Django's own page for it reads the body once more, which may be what could not be read."""
    return HttpResponse(render_to_string("400.html"), status=400)
