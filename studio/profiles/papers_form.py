"""What a studio admin types of one certificate: who issued it, until when it holds, and for which styles."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from bookings.forms import PlainText
from studio.fields import DayField
from studio.office_form import OfficeForm, wrong_choice
from therapists import paper_file
from therapists.models import Style
from therapists.paper_file import Kept
from therapists.papers import DAYS, WORDS


def _line(label: str, longest: int, **words: Any) -> PlainText:
    told = gettext_lazy("Shorten this to fewer letters.")
    return PlainText(
        label=label, max_length=longest, error_messages={"max_length": told, **words.pop("told", {})}, **words
    )


class PaperForm(OfficeForm):
    """`place`: that of the certificate among hers; None for a new one. `today`: the studio's date.

    `stored`: the name under which the chosen file was kept, once it was.
    """

    body = _line(gettext_lazy("Issued by"), 80, told={"required": gettext_lazy("Write who issued it.")})
    level = _line(gettext_lazy("Level (optional)"), 60, required=False)
    number = _line(gettext_lazy("Number (optional)"), 40, required=False)
    issued_on = DayField(label=gettext_lazy("Issued on"))
    expires_on = DayField(label=gettext_lazy("Last valid day (optional)"), required=False)
    styles = forms.TypedMultipleChoiceField(
        label=gettext_lazy("For these styles"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    file = forms.FileField(
        label=gettext_lazy("File (optional)"),
        required=False,
        allow_empty_file=True,
        error_messages={"invalid": gettext_lazy("Choose the file again: it did not arrive.")},
    )
    no_file = forms.BooleanField(label=gettext_lazy("Delete its file"), required=False)

    def __init__(self, *args: Any, place: int | None, styles: Iterable[Style], today: dt.date, **kwargs: Any) -> None:
        self.place, self.today, self.stored = place, today, ""
        super().__init__(*args, **kwargs)
        self.fields["styles"].choices = [(str(style.pk), str(style.name)) for style in styles]
        self.fields["styles"].error_messages |= wrong_choice() | {"required": _("Choose the styles that it is for.")}

    def begin_with(self, content: Content) -> dict[str, Any]:
        paper = self.paper_in(content)
        return {**paper, "file": None, "styles": [str(pk) for pk in paper["styles"]]} if paper else {}

    def paper_in(self, content: Content) -> dict[str, Any] | None:
        return None if self.place is None else content["papers"][self.place]

    def clean_file(self) -> Kept | None:
        file = self.cleaned_data["file"]
        return paper_file.looked_at(file, file.size) if file else None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        issued, expires = data.get("issued_on"), data.get("expires_on")
        former = (self.paper_in(self.content) or {}).get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("Choose a last day that is not before the first one."))
        elif expires and expires < self.today and expires.isoformat() != former:
            self.add_error(
                "expires_on", _("It has expired by then: type the last valid day of the one that holds now.")
            )
        return data

    @property
    def typed(self) -> Content:
        data = self.cleaned_data
        days = {name: data[name] and data[name].isoformat() for name in DAYS}
        file = self.stored or ("" if data["no_file"] else self.former_file)
        paper = {name: data[name] for name in WORDS} | days | {"styles": sorted(data["styles"]), "file": file}
        return {"papers": [*self.others, paper]}

    @property
    def former_file(self) -> str:
        return (self.paper_in(self.content) or {}).get("file", "")

    @property
    def others(self) -> list[dict[str, Any]]:
        """The certificates beside this one."""
        return [paper for number, paper in enumerate(self.content["papers"]) if number != self.place]


class WithoutPaper(PaperForm):
    """The same page when the certificate is taken away: nothing of what is typed counts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*WORDS, *DAYS, "styles", "file", "no_file"):
            del self.fields[name]

    @property
    def typed(self) -> Content:
        return {"papers": self.others}
