"""/prepare/: what to do before and after, and the hours of one's own session."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bookings import availability
from pages import timeline
from pages.page import show
from pages.texts import words_of
from spa import clock


@login_not_required
@require_safe
def prepare(request: HttpRequest) -> HttpResponse:
    now, setup, said = clock.now(), availability.load_setup(), words_of("prepare")["prepare"]
    asked = timeline.read_asked(request.GET, setup, now)
    context = {"picture": "prepare", "said": said, "description": said.plain, "asked": asked}
    if asked is not None:
        context["fields"] = timeline.fields(asked, setup)
    if asked is not None and asked.start is not None:
        context |= {"heading": timeline.heading(asked), "steps": timeline.steps(asked)}
    return show(request, "pages/prepare.html", setup, context)
