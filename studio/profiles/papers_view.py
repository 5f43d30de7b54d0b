"""The tab of certificates: what she may give, and until when."""

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.sheets import Content
from locations.house import House
from spa import clock
from studio.access import studio_view
from studio.page import zone_of
from studio.profiles import listing
from studio.profiles.papers_form import PaperForm, WithoutPaper
from studio.profiles.tabs import TABS, keep_typed, tab_page, therapist_or_404
from studio.profiles.words import Names, paper_name
from therapists import paper_file
from therapists.models import Style, Therapist
from therapists.papers import PAPERS, files_of


@studio_view("GET", "HEAD", "POST")
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    person, house, tab = therapist_or_404(pk), House.load(request), TABS["certificates"]
    form = form_of(request, PAPERS.read(person), house)
    if form.is_bound and form.is_valid() and (saved := keep(request, person, form)):
        return saved
    names = Names()
    extra = {
        "papers": [paper_link(person, form, number, names) for number in range(len(form.content["papers"]))],
        "is_new": form.place is None,
        "file": file_address(person, form.former_file),
        "warnings": listing.papers(person.certificates.all(), form.today),
    }
    return tab_page(request, tab, person, form, house, extra)


def form_of(request: HttpRequest, content: Content, house: House) -> PaperForm:
    asked = request.GET.get("paper", "")
    place = int(asked) if asked in map(str, range(len(content["papers"]))) else None
    today = clock.now().astimezone(zone_of(house)).date()
    form = WithoutPaper if place is not None and request.POST.get("do") == "remove" else PaperForm
    typed = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return form(*typed, content=content, place=place, styles=Style.objects.all(), today=today)


def keep(request: HttpRequest, person: Therapist, form: PaperForm) -> HttpResponse | None:
    """A file stands before the row names it, and goes again when it does not; what it replaces goes at once."""
    file = form.cleaned_data.get("file")
    form.stored = paper_file.store(file) if file else ""
    saved = keep_typed(request, TABS["certificates"], person, form)
    named, stood = files_of(PAPERS.read(person)), files_of(form.content) | {form.stored}
    for name in stood - named - {""}:
        default_storage.delete(name)
    return saved


def file_address(person: Therapist, name: str) -> str:
    """Where staff get the file; empty when there is none."""
    return reverse("studio_certificate_file", args=[person.pk, name.rpartition("/")[2]]) if name else ""


def paper_link(person: Therapist, form: PaperForm, number: int, names: Names) -> tuple[str, str, bool]:
    """Address, words, and whether it is the one that is open."""
    address = f"{reverse('studio_therapist_certificates', args=[person.pk])}?paper={number}"
    return address, paper_name(form.content["papers"][number], names), number == form.place
