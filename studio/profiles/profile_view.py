"""The first tab: who she is."""

from django.http import HttpRequest, HttpResponse

from locations.house import House
from studio.access import studio_view
from studio.page import languages_of
from studio.profiles.profile_form import ProfileForm
from studio.profiles.tabs import TABS, keep_typed, tab_page, therapist_or_404
from therapists.models import Style
from therapists.profile import PROFILE


@studio_view("GET", "HEAD", "POST")
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    person, house, tab = therapist_or_404(pk), House.load(request), TABS["profile"]
    typed = request.POST if request.method == "POST" else None
    form = ProfileForm(typed, content=PROFILE.read(person), languages=languages_of(house), styles=Style.objects.all())
    if form.is_bound and form.is_valid() and (saved := keep_typed(request, tab, person, form)):
        return saved
    return tab_page(request, tab, person, form, house)
