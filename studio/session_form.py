"""The session that a preview is for: which treatment, where, when, in which language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bookings.reminder_rules import wall_instant
from locations.languages import language_title
from locations.models import Location
from treatments.models import Length

YEARS = range(2000, 2101)
DAYS_AHEAD = 7
USUAL_TIME = "14:20"


@dataclass(frozen=True, slots=True)
class Example:
    """A session that nobody has booked."""

    place: Location
    length: Length
    start: datetime
    language: str

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.length.minutes)


class SessionForm(forms.Form):
    """Clean data: length and place as chosen, day, time and language. `example` puts them together."""

    use_required_attribute = False
    length = forms.ChoiceField(
        label=gettext_lazy("Treatment"), error_messages={"invalid_choice": gettext_lazy("Choose a treatment.")}
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Place"), error_messages={"invalid_choice": gettext_lazy("Choose a place.")}
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Enter a date, like 2026-11-20"),
            "invalid": gettext_lazy("Enter a date, like 2026-11-20"),
        },
    )
    time = forms.TimeField(
        label=gettext_lazy("Start"),
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={
            "required": gettext_lazy("Enter a time, like 14:20"),
            "invalid": gettext_lazy("Enter a time, like 14:20"),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), error_messages={"invalid_choice": gettext_lazy("Choose a language.")}
    )

    def __init__(
        self, typed: Mapping[str, str], *, lengths: Sequence[Length], places: Sequence[Location], languages: list[str]
    ) -> None:
        self.lengths = {length.slug: length for length in lengths}
        self.places = {place.slug: place for place in places}
        super().__init__(typed)
        self.fields["length"].choices = [(slug, _name(length)) for slug, length in self.lengths.items()]
        self.fields["place"].choices = [(slug, place.name) for slug, place in self.places.items()]
        self.fields["language"].choices = [(code, language_title(code)) for code in languages]

    @classmethod
    def of(
        cls,
        asked: QueryDict,
        *,
        lengths: Sequence[Length],
        places: Sequence[Location],
        languages: list[str],
        today: date,
    ) -> "SessionForm":
        """A form with what was asked for; what was not is the first treatment, a week from today."""
        spoken = get_language()
        usual = {
            "length": lengths[0].slug if lengths else "",
            "place": places[0].slug if places else "",
            "day": (today + timedelta(days=DAYS_AHEAD)).isoformat(),
            "time": USUAL_TIME,
            "language": spoken if spoken in languages else languages[0],
        }
        typed = {name: asked.get(name, standard) for name, standard in usual.items()}
        return cls(typed, lengths=lengths, places=places, languages=languages)

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day.year not in YEARS:
            raise ValidationError(_("Enter a date between the years 2000 and 2100"), code="far")
        return day

    @property
    def example(self) -> Example:
        """Only of a valid form."""
        data = self.cleaned_data
        place = self.places[data["place"]]
        start = wall_instant(data["day"], data["time"], place.zone)
        return Example(place, self.lengths[data["length"]], start, data["language"])

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(f"id_{name}", errors[0]) for name, errors in self.errors.items()]


def _name(length: Length) -> str:
    return _("%(treatment)s, %(minutes)s minutes") % {"treatment": length.treatment.name, "minutes": length.minutes}
