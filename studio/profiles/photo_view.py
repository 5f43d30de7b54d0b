"""The tab of the photo: chosen or dropped, cut square, and described for those who cannot see it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from bookings.forms import PlainText
from locations.house import House
from studio.access import studio_view
from studio.office_form import OfficeForm
from studio.profiles.tabs import TABS, keep_typed, tab_page, therapist_or_404
from therapists import photo as photos
from therapists.photo import PHOTO


class PhotoForm(OfficeForm):
    """`stored`: the name under which the chosen file was kept, once it was. `is_away`: the photo is taken away."""

    file = forms.FileField(
        label=gettext_lazy("Photo"),
        required=False,
        allow_empty_file=True,
        error_messages={"invalid": gettext_lazy("Choose the file again: it did not arrive.")},
    )
    photo_text = PlainText(
        label=gettext_lazy("What the photo shows"),
        required=False,
        max_length=120,
        error_messages={"max_length": gettext_lazy("Shorten this to 120 letters or fewer.")},
    )

    def __init__(self, *args: Any, is_away: bool = False, **kwargs: Any) -> None:
        self.stored, self.is_away = "", is_away
        super().__init__(*args, **kwargs)

    def clean_file(self) -> dict[str, bytes] | None:
        file = None if self.is_away else self.cleaned_data["file"]
        return photos.squares(file, file.size) if file else None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        has_photo = data.get("file") or self.content["photo"] or "file" in self.errors
        if has_photo and not self.is_away and not data.get("photo_text") and "photo_text" not in self.errors:
            self.add_error("photo_text", _("Say what the photo shows, for those who cannot see it."))
        return data

    @property
    def typed(self) -> Content:
        if self.is_away:
            return {"photo": "", "photo_text": ""}
        photo = self.stored or self.content["photo"]
        return {"photo": photo, "photo_text": self.cleaned_data["photo_text"] if photo else ""}


@studio_view("GET", "HEAD", "POST")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    person, tab, is_post = therapist_or_404(pk), TABS["photo"], request.method == "POST"
    given = (request.POST, request.FILES) if is_post else (None, None)
    form = PhotoForm(*given, content=PHOTO.read(person), is_away=request.POST.get("do") == "remove")
    if form.is_bound and form.is_valid() and (saved := keep(request, person, form)):
        return saved
    return tab_page(request, tab, person, form, House.load(request), {"address": address_of(person)})


def address_of(person: Any) -> str:
    """Where her photo is shown; empty while there is none, or none that the site shows."""
    name = person.photo.name.rpartition("/")[2] if person.photo and person.public else ""
    return reverse("photo", args=[name]) if name else ""


def keep(request: HttpRequest, person: Any, form: PhotoForm, back: str = "") -> HttpResponse | None:
    """The files stand before the row names them, and go again when it does not."""
    files = form.cleaned_data["file"]
    form.stored = photos.store(files) if files else ""
    saved = keep_typed(request, TABS["photo"], person, form, back)
    if form.stored and saved is None:
        photos.discard(form.stored)
    return saved
