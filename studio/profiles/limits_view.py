"""The tab of limits: how much she gives in a day."""

from django.http import HttpRequest, HttpResponse

from locations.house import House
from studio.access import studio_view
from studio.profiles.limits_form import LimitsForm
from studio.profiles.tabs import TABS, keep_typed, tab_page, therapist_or_404
from therapists.limits import LIMITS


@studio_view("GET", "HEAD", "POST")
def limits(request: HttpRequest, pk: int) -> HttpResponse:
    person, tab = therapist_or_404(pk), TABS["limits"]
    form = LimitsForm(request.POST if request.method == "POST" else None, content=LIMITS.read(person))
    if form.is_bound and form.is_valid() and (saved := keep_typed(request, tab, person, form)):
        return saved
    return tab_page(request, tab, person, form, House.load(request))
