"""/studio/staff/own-profile/: which parts of her own profile a therapist edits herself."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts import sheets
from accounts.sheets import Content
from bookings.views.answers import SeeOther
from locations.house import House
from spa import clock
from studio.access import studio_view
from studio.office_form import OfficeForm, wrong_choice
from studio.page import show, zone_of
from therapists.models import OwnParts
from therapists.own_parts import OWN_PARTS, standing


class OwnPartsForm(OfficeForm):
    """The parts by the names of OwnParts.Part; what is not ticked only the office edits."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("A therapist edits of her own profile"),
        required=False,
        choices=OwnParts.Part.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].error_messages |= wrong_choice()

    @property
    def typed(self) -> Content:
        return {"parts": sorted(self.cleaned_data["parts"])}


@studio_view("GET", "HEAD", "POST")
def own_parts(request: HttpRequest) -> HttpResponse:
    row, house = standing(), House.load(request)
    form = OwnPartsForm(request.POST if request.method == "POST" else None, content=OWN_PARTS.read(row))
    taken = form.is_bound and form["seen"].value() != sheets.digest(form.content)
    if form.is_bound and form.is_valid() and not taken:
        kept = OwnParts.objects.get_or_create(pk=1)[0]
        sheets.keep(page=OWN_PARTS, row=kept, content=form.typed, by=request.user, now=clock.now())
        return SeeOther(f"{reverse('studio_own_parts')}?done=saved")
    history = sheets.versions_of(OWN_PARTS, OwnParts(pk=1), zone_of(house))
    context = {
        "form": form,
        "taken": taken,
        "seen": sheets.digest(form.content),
        "history": [(version, in_words(version.content)) for version in history],
        "told": request.GET.get("done", ""),
    }
    return show(request, "studio/own/setting.html", context, house, 409 if taken else 422 if form.is_bound else 200)


def in_words(content: Content) -> list[str]:
    """What stood in a version, in words."""
    return [str(OwnParts.Part(part).label) for part in content["parts"]]
