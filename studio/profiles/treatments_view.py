"""The tab of treatments: what she gives of the menu."""

from django.http import HttpRequest, HttpResponse

from locations.house import House
from studio.access import studio_view
from studio.profiles.tabs import TABS, keep_typed, tab_page, therapist_or_404
from studio.profiles.treatments_form import TreatmentsForm
from treatments.models import Treatment
from treatments.own_menu import OWN_MENU


@studio_view("GET", "HEAD", "POST")
def treatments(request: HttpRequest, pk: int) -> HttpResponse:
    person, tab = therapist_or_404(pk), TABS["treatments"]
    form = TreatmentsForm(
        request.POST if request.method == "POST" else None,
        content=OWN_MENU.read(person),
        treatments=Treatment.objects.filter(on_menu=True),
        style_ids=set(person.styles.values_list("pk", flat=True)),
    )
    if form.is_bound and form.is_valid() and (saved := keep_typed(request, tab, person, form)):
        return saved
    return tab_page(request, tab, person, form, House.load(request))
