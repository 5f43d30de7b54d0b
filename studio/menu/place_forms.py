"""What a studio admin types of the studio, of a place with its policies, and of its opening hours."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sheets import Content
from bookings.forms import PlainText
from locations.pages import OF_STUDIO
from spa import texts
from studio.fields import WallTimeField
from studio.menu.spoken_form import SpokenForm
from studio.office_form import OfficeForm, wrong_choice
from studio.spoken import Spoken
from therapists.week import WEEK, first_overlap, overlap_words

PARTS = 2
BOUNDS = {
    "lead_minutes": (0, 10_080, gettext_lazy("Least notice, minutes")),
    "horizon_days": (1, 366, gettext_lazy("Bookable days ahead")),
    "hold_minutes": (5, 30, gettext_lazy("A chosen time is held for, minutes")),
    "offer_minutes": (10, 240, gettext_lazy("A waiting list offer is held for, minutes")),
    "free_cancel_hours": (0, 336, gettext_lazy("Free cancellation until, hours before")),
}
STEPS = (5, 10, 15, 20, 30, 60)


def _line(label: str, longest: int, told: str, **words: Any) -> PlainText:
    messages = {"required": told, "max_length": gettext_lazy("Shorten this to fewer letters.")}
    return PlainText(label=label, max_length=longest, error_messages=messages, **words)


def _code(label: str, letters: int, told: str) -> forms.RegexField:
    pattern = rf"^[A-Z]{{{letters}}}\Z"
    return forms.RegexField(pattern, label=label, error_messages=dict.fromkeys(("required", "invalid"), told))


class StudioForm(OfficeForm):
    name = _line(gettext_lazy("Name of the studio"), 80, gettext_lazy("Write the name of the studio."))
    reference_prefix = forms.RegexField(
        r"^[A-Z]{1,3}\Z",
        label=gettext_lazy("Letters before each booking's reference"),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Use one to three capital letters.")),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_length"), gettext_lazy("Type an e-mail address, like hello@example.com.")
        ),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of its words"),
        widget=forms.CheckboxSelectMultiple,
        choices=settings.LANGUAGES,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_list"), gettext_lazy("Choose one language at least.")
        ),
    )

    @property
    def typed(self) -> Content:
        """The first language stays the first: words without one are in it."""
        data, former = self.cleaned_data, self.content["languages"]
        chosen = [code for code in former if code in data["languages"]]
        chosen += [code for code in data["languages"] if code not in former]
        return {name: data[name] for name in OF_STUDIO} | {"languages": chosen}


class PlaceForm(SpokenForm):
    """`booked`: how many sessions are ahead there. Another zone is asked about while there are any."""

    spoken = (Spoken("access", gettext_lazy("How to find the door"), 200),)
    name = _line(gettext_lazy("Name"), 80, gettext_lazy("Write the name of the place."))
    address = _line(gettext_lazy("Address"), 200, gettext_lazy("Write where it is."))
    phone = _line(gettext_lazy("Phone"), 20, gettext_lazy("Write the number that clients ring."))
    country = _code(gettext_lazy("Country"), 2, gettext_lazy("Type two capital letters, like GB."))
    currency = _code(gettext_lazy("Currency"), 3, gettext_lazy("Type three capital letters, like GBP."))
    zone_name = forms.ChoiceField(label=gettext_lazy("Time zone"))
    change_zone = forms.BooleanField(
        label=gettext_lazy("Change the zone all the same: booked sessions keep their instant"), required=False
    )
    is_open = forms.BooleanField(label=gettext_lazy("It takes bookings"), required=False)
    gap_rule = forms.BooleanField(label=gettext_lazy("Avoid gaps that nobody can book"), required=False)
    start_step_minutes = forms.TypedChoiceField(
        label=gettext_lazy("Sessions start every … minutes"), coerce=int, choices=[(str(step), step) for step in STEPS]
    )
    quiet_from = WallTimeField(label=gettext_lazy("No messages from"))
    quiet_until = WallTimeField(label=gettext_lazy("No messages until"))

    def __init__(self, *args: Any, booked: int, **kwargs: Any) -> None:
        self.booked = booked
        super().__init__(*args, **kwargs)
        zones = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
        self.fields["zone_name"].choices = [(name, name) for name in sorted({*zones, self.content["zone_name"]})]
        for name in ("zone_name", "start_step_minutes"):
            self.fields[name].error_messages |= wrong_choice()
        for name, (least, most, label) in BOUNDS.items():
            told = _("Type a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
            messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), told)
            self.fields[name] = forms.IntegerField(
                label=label, min_value=least, max_value=most, error_messages=messages
            )

    def begin_with(self, content: Content) -> dict[str, Any]:
        return super().begin_with(content) | {"start_step_minutes": str(content["start_step_minutes"])}

    @property
    def names(self) -> list[str]:
        return ["name"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_other = self.booked and data.get("zone_name") not in (None, self.content["zone_name"])
        if is_other and not data.get("change_zone"):
            asked = _(
                "Sessions are booked here: they keep their instant, and the clock shows another hour then. Tick that."
            )
            self.add_error("zone_name", asked)
        return data

    @property
    def typed(self) -> Content:
        quiet = {name: f"{self.cleaned_data[name]:%H:%M}" for name in ("quiet_from", "quiet_until")}
        return super().typed | quiet

    @property
    def asks_zone(self) -> bool:
        return "zone_name" in self.errors or bool(self["change_zone"].value())

    @property
    def counts(self) -> list[forms.BoundField]:
        return [self[name] for name in BOUNDS]


class OpeningForm(OfficeForm):
    """Up to two blocks a day."""

    midnight = forms.BooleanField(label=gettext_lazy("These hours run past midnight"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in WEEK:
            for part in range(PARTS):
                words = {"day": WEEKDAYS[weekday], "part": part + 1}
                labels = _("%(day)s, from, part %(part)s") % words, _("%(day)s, to, part %(part)s") % words
                for end, label in zip(("from", "to"), labels, strict=True):
                    self.fields[f"d{weekday}_{part}_{end}"] = WallTimeField(label=label, required=False)

    def begin_with(self, content: Content) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for weekday, blocks in enumerate(content["days"]):
            for part, (opens, closes) in enumerate(blocks[:PARTS]):
                found |= {f"d{weekday}_{part}_from": opens, f"d{weekday}_{part}_to": closes}
                found["midnight"] = found.get("midnight", False) or closes <= opens
        return found

    def clean(self) -> dict[str, Any]:
        for weekday in WEEK:
            for part in range(PARTS):
                self._check(weekday, f"d{weekday}_{part}_")
        if not self.errors and (clash := first_overlap([self.plan])):
            self.add_error(f"d{clash[1].weekday}_0_from", overlap_words([self.plan], clash))
        return self.cleaned_data

    @property
    def typed(self) -> Content:
        return {"days": [sorted(self._blocks(weekday)) for weekday in WEEK]}

    @property
    def plan(self) -> dict[str, Any]:
        """The hours as a plan of a week (see therapists.week)."""
        return {"place": 0, "since": "2000-01-03", "until": None, "every": 1, **self.typed}

    @property
    def days(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        return [
            (str(WEEKDAYS[day]), [(self[f"d{day}_{part}_from"], self[f"d{day}_{part}_to"]) for part in range(PARTS)])
            for day in WEEK
        ]

    @property
    def asks_midnight(self) -> bool:
        return bool(self["midnight"].value()) or any(name.endswith("_to") for name in self.errors)

    def _blocks(self, weekday: int) -> Iterator[list[str]]:
        for part in range(PARTS):
            opens, closes = (self.cleaned_data[f"d{weekday}_{part}_{end}"] for end in ("from", "to"))
            if opens is not None:
                yield [f"{opens:%H:%M}", f"{closes:%H:%M}"]

    def _check(self, weekday: int, stem: str) -> None:
        if {f"{stem}from", f"{stem}to"} & self.errors.keys():
            return
        opens, closes = self.cleaned_data[f"{stem}from"], self.cleaned_data[f"{stem}to"]
        if (opens is None) != (closes is None):
            self.add_error(f"{stem}to", _("Type both times, or none."))
        elif opens is not None and closes <= opens and not self.cleaned_data.get("midnight"):
            words = {"next": WEEKDAYS[(weekday + 1) % 7], "time": texts.clock(closes)}
            asked = _("This ends before it begins. If it runs past midnight, until %(next)s %(time)s, tick that below.")
            self.add_error(f"{stem}to", asked % words)
