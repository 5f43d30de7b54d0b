"""Photos of therapists who have a page. Their names are random and never used again, so browsers may keep them."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from therapists.models import Therapist

FOLDER = "therapists"
A_YEAR = 365 * 24 * 3600
NAME = re.compile(r"[\w-]+\.\w+", re.ASCII)
KINDS = {"webp": "image/webp", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def photo(_request: HttpRequest, name: str) -> FileResponse:
    """Only what a row names is opened, so no address reaches any other file."""
    kind = KINDS.get(name.rpartition(".")[2].lower()) if NAME.fullmatch(name) else None
    person = Therapist.objects.filter(public=True, photo=f"{FOLDER}/{name}").first() if kind else None
    if person is None:
        raise Http404
    try:
        return FileResponse(person.photo.open(), content_type=kind)
    except FileNotFoundError:
        raise Http404 from None
