"""The pages that are words: what ashiatsu is, what people report, questions, who should ask first, the statements."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bookings import availability
from pages.page import show
from pages.texts import words_of


@login_not_required
@require_safe
def words(request: HttpRequest, key: str) -> HttpResponse:
    setup, said = availability.load_setup(), words_of(key)[key]
    context = {"said": said, "description": said.plain or " ".join(one.heading for one in said.sections), "key": key}
    return show(request, "pages/words.html", setup, context)
