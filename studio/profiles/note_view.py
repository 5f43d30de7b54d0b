"""The tab of staff notes: hints about whom and what suits her, for staff only."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from bookings.forms import Paragraphs
from locations.house import House
from studio.access import studio_view
from studio.office_form import OfficeForm
from studio.profiles.tabs import TABS, keep_typed, tab_page, therapist_or_404
from therapists.staff_note import STAFF_NOTE


class NoteForm(OfficeForm):
    note = Paragraphs(
        label=gettext_lazy("Notes for staff"),
        required=False,
        max_length=4000,
        error_messages={"max_length": gettext_lazy("Shorten the text to 4,000 letters or fewer.")},
    )


@studio_view("GET", "HEAD", "POST")
def staff_note(request: HttpRequest, pk: int) -> HttpResponse:
    person, tab = therapist_or_404(pk), TABS["notes"]
    form = NoteForm(request.POST if request.method == "POST" else None, content=STAFF_NOTE.read(person))
    if form.is_bound and form.is_valid() and (saved := keep_typed(request, tab, person, form)):
        return saved
    return tab_page(request, tab, person, form, House.load(request))
