"""/studio/styles/presets/: a style to begin with, and on to its first treatment."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts import sheets
from bookings.views.answers import SeeOther
from locations.house import House
from spa import clock
from studio.access import studio_view
from studio.menu import words
from studio.menu.presets import PRESETS
from studio.page import languages_of, show
from therapists.models import Style
from therapists.style_page import STYLE


@studio_view("GET", "HEAD", "POST")
def presets(request: HttpRequest) -> HttpResponse:
    """Six styles to choose from. One that stands already is not made again: its treatment is next."""
    house, key = House.load(request), request.POST.get("preset", "")
    if request.method != "POST":
        return show(request, "studio/menu/presets.html", {"lines": lines()}, house)
    if key not in PRESETS:
        raise Http404
    if not Style.objects.filter(slug=key).exists():
        content = PRESETS[key].style(languages_of(house), order=list(PRESETS).index(key))
        sheets.keep(page=STYLE, row=Style(), content=content, by=request.user, now=clock.now())
    return SeeOther(f"{reverse('studio_treatment_new')}?preset={key}")


def lines() -> list[dict[str, object]]:
    """One query."""
    taken = set(Style.objects.values_list("slug", flat=True))
    return [
        {"preset": preset, "needs": words.needs([list(group) for group in preset.needs]), "is_there": key in taken}
        for key, preset in PRESETS.items()
    ]
