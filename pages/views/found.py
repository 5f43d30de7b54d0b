"""What robots, previews and home screens ask for: robots.txt, sitemap.xml and the manifest."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from bookings import availability
from bookings.availability import Setup
from locations.head import Alternate, address
from locations.languages import spoken
from pages.menu import treatments
from pages.page import house_of
from pages.people import shown

SIMPLE = (
    ("start", "choose", "therapists", "treatments", "prepare", "ashiatsu", "reports", "questions", "ask_first")
    + ("privacy", "accessibility")
)  # fmt: skip
# What belongs to one person or to the staff. A link that somebody posts must not make it searchable.
PRIVATE = ("/b/", "/w/", "/my/", "/calendar/", "/desk/", "/studio/", "/accounts/", "/admin/")
PRIVATE_IN_EACH_LANGUAGE = ("/book/hold/", "/book/details/", "/book/prove/")


@login_not_required
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    starts = ["", *(f"/{code}" for code in codes)]
    private = [*PRIVATE, *(start + path for path in PRIVATE_IN_EACH_LANGUAGE for start in starts)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private), f"Sitemap: {address(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    setup = availability.load_setup()
    codes = spoken(house_of(request, setup).studio.languages)
    pages = [[Alternate(code, _in(code, name, args)) for code in codes] for name, args in _pages(setup)]
    return render(request, "pages/sitemap.xml", {"pages": pages}, content_type="application/xml; charset=utf-8")


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    house = house_of(request, availability.load_setup())
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    words = {"name": house.studio.name, "short_name": house.studio.name[:12].strip(), "icons": icons}
    looks = {"display": "browser", "background_color": "#fafbfb", "theme_color": "#bd8f5c"}
    return JsonResponse(
        words | looks | {"start_url": reverse("start"), "scope": "/"}, content_type="application/manifest+json"
    )


def _pages(setup: Setup) -> list[tuple[str, list[str]]]:
    """Every public page by route and arguments."""
    found: list[tuple[str, list[str]]] = [(name, []) for name in SIMPLE]
    found += [("therapist", [person.slug]) for person in shown(setup)]
    if setup.locations:
        found += [("treatment", [given.slug]) for given, _lengths in treatments(setup)]
    return found + [("place", [place.slug]) for place in setup.locations]


def _in(code: str, name: str, args: list[str]) -> str:
    with override(code):
        return address(reverse(name, args=args))
