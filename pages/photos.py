"""Photos of therapists who have a page. Their names are random and never used again, so browsers may keep them."""

import re

from django.contrib.auth.decorators import login_not_required
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from therapists.models import Therapist

FOLDER = "therapists"
SMALL = "-small."
A_YEAR = 365 * 24 * 3600
NAME = re.compile(r"[\w-]+\.\w+", re.ASCII)
KINDS = {"webp": "image/webp", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def photo(_request: HttpRequest, name: str) -> FileResponse:
    """Only what a row names is opened, or the small one beside it, so no address reaches any other file."""
    kind = KINDS.get(name.rpartition(".")[2].lower()) if NAME.fullmatch(name) else None
    large = f"{FOLDER}/{name.replace(SMALL, '.')}"
    person = Therapist.objects.filter(public=True, photo=large).first() if kind else None
    if person is None:
        raise Http404
    try:
        return FileResponse(_opened(person, f"{FOLDER}/{name}"), content_type=kind)
    except FileNotFoundError:
        raise Http404 from None


def _opened(person: Therapist, name: str) -> File:
    """The file of that name; a photo from before there were small ones stands in for its own."""
    storage = person.photo.storage
    return storage.open(name if storage.exists(name) else person.photo.name)
