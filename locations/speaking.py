"""Which language a page speaks: its address says it, else the visitor's choice, else the browser, else the site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.urls import translate_url
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from locations.languages import spoken
from locations.models import Studio


class InTheirLanguage(LocaleMiddleware):
    """Django's own, but the choice and the browser count as well where an address names no language.

    Each public page has an address in each language, so whoever asks for one without a language and reads another one
    of the studio's is sent to that address. What has no language in its address (a person's own pages, the desk) is
    shown in the language that its reader understands.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        super().process_request(request)
        wished = translation.get_language_from_request(request)
        if translation.get_language_from_path(request.path_info) or wished == translation.get_language():
            return None
        path = request.get_full_path()
        if (other := translate_url(path, wished)) != path:
            return self.send_to(other, wished) if request.method in ("GET", "HEAD") else None
        translation.activate(wished)
        request.LANGUAGE_CODE = wished
        return None

    def send_to(self, address: str, language: str) -> HttpResponse | None:
        """Lead to the page in this language when the studio speaks it."""
        studio = Studio.objects.first()
        if not studio or language not in spoken(studio.languages):
            return None
        answer = HttpResponseRedirect(address)
        patch_vary_headers(answer, ["Accept-Language", "Cookie"])
        return answer


# Public: whoever reads a page chooses its language.
@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The same page in the chosen language. Its address says which one it speaks now: the browser may speak another,
    and then Django would not know the address and send her back to the very page."""
    shown = translation.get_language_from_path(request.POST.get("next", "")) or settings.LANGUAGE_CODE
    with translation.override(shown):
        return set_language(request)
