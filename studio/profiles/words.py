"""What stood on a tab, in words: label and value, for its versions."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.sheets import Content
from bookings.views.near import PRESSURE
from locations.languages import language_name
from locations.models import Location
from spa import texts
from therapists.extra import Extra, during, ends_of
from therapists.models import Style, Therapist
from therapists.week import Plan, blocks_of
from treatments.models import Treatment

Lines = list[tuple[str, str]]


class Names:
    """What things are called by their ids, each list read once for all versions of a page."""

    @cached_property
    def styles(self) -> dict[int, str]:
        return {style.pk: str(style.name) for style in Style.objects.all()}

    @cached_property
    def locations(self) -> dict[int, Location]:
        return {place.pk: place for place in Location.objects.all()}

    def place(self, pk: int) -> str:
        return self.locations[pk].name if pk in self.locations else ""

    def zone(self, pk: int) -> dt.tzinfo:
        return self.locations[pk].zone if pk in self.locations else dt.UTC

    @cached_property
    def treatments(self) -> dict[int, str]:
        return {row.pk: str(row.name) for row in Treatment.objects.all()}


def profile(content: Content, names: Names) -> Lines:
    styles = [names.styles.get(pk, "") for pk in content["styles"]]
    pressure = {"light": PRESSURE[content["pressure_from"]], "deep": PRESSURE[content["pressure_to"]]}
    lines = [
        (_("Name"), content["name"]),
        (_("Address on this site"), content["slug"]),
        (_("State"), state(content["bookable"], content["public"])),
        (_("Styles"), ", ".join(styles)),
        (_("Pressure"), _("%(light)s to %(deep)s") % pressure),
        (_("Speaks"), ", ".join(map(language_name, content["languages"]))),
        (_("Clients may look for"), str(dict(Therapist.Gender.choices).get(content["gender"], ""))),
        (_("Place in the list"), str(content["order"])),
    ]
    for label, part in ((_("Short line"), "headline"), (_("About her"), "bio")):
        lines += [(f"{label}, {language_name(code)}", text) for code, text in content[part].items()]
    return [(label, value) for label, value in lines if value]


def state(bookable: bool, public: bool) -> str:
    """Whether she takes bookings, and whether the site shows her."""
    if not bookable:
        return _("takes no bookings")
    return _("bookable online") if public else _("bookable, not shown on the site")


def hours(content: Content, names: Names) -> Lines:
    lines = [(plan_name(plan, names), _plan_lines(plan)) for plan in content["plans"]]
    return lines or [(_("Hours"), _("none"))]


def plan_name(plan: Plan, names: Names) -> str:
    """ "Weir Lane, every week from Monday 5 January 2026"."""
    since = texts.long_day(dt.date.fromisoformat(plan["since"]))
    rhythm = _("every week from %(day)s") if plan["every"] == 1 else _("every 2nd week from %(day)s")
    said = f"{names.place(plan['place'])}, {rhythm % {'day': since}}"
    if plan["until"]:
        said = _("%(plan)s to %(day)s") % {"plan": said, "day": texts.long_day(dt.date.fromisoformat(plan["until"]))}
    return said


def _plan_lines(plan: Plan) -> str:
    found: dict[int, list[str]] = {}
    for weekday, opens, closes in blocks_of(plan):
        found.setdefault(weekday, []).append(texts.span(opens, closes))
    return "\n".join(f"{WEEKDAYS[weekday]} {', '.join(spans)}" for weekday, spans in found.items())


def extra(content: Content, names: Names) -> Lines:
    return [(names.place(row["place"]), extra_words(row, names)) for row in content["extra"]] or [
        (_("Extra hours"), _("none"))
    ]


def extra_words(row: Extra, names: Names) -> str:
    """ "Friday 20 November 2026, 9:00 to 13:00", at the clock of the place."""
    zone = names.zone(row["place"])
    return texts.whole(*(at.astimezone(zone) for at in ends_of(during(row))))


def limits(content: Content, names: Names) -> Lines:
    lines = [
        (_("Every day") if row["weekday"] is None else str(WEEKDAYS[row["weekday"]]), row) for row in content["limits"]
    ]
    return [(name, _limit_words(row)) for name, row in lines] or [(_("Every day"), _("no limit"))]


def _limit_words(row: dict[str, int | None]) -> str:
    said = []
    if row["sessions"]:
        said.append(ngettext("%(count)s session", "%(count)s sessions", row["sessions"]) % {"count": row["sessions"]})
    if row["hands_on_minutes"]:
        said.append(_("%(count)s minutes of massage") % {"count": row["hands_on_minutes"]})
    if row["run_minutes"]:
        counts = {"rest": row["rest_minutes"], "run": row["run_minutes"]}
        said.append(_("%(rest)s minutes of rest after %(run)s minutes") % counts)
    return ", ".join(said)


def treatments(content: Content, names: Names) -> Lines:
    lines = [(names.treatments.get(row["treatment"], ""), _own_words(row)) for row in content["rows"]]
    return lines or [(_("Treatments"), _("as her styles and the menu say"))]


def _own_words(row: dict[str, Any]) -> str:
    said = [_("gives it") if row["gives"] else _("does not give it")]
    if row["price"] is not None:
        said.append(_("own price %(price)s") % {"price": row["price"]})
    if row["before_minutes"] is not None:
        said.append(_("%(count)s minutes before") % {"count": row["before_minutes"]})
    if row["after_minutes"] is not None:
        said.append(_("%(count)s minutes after") % {"count": row["after_minutes"]})
    return ", ".join(said)


def certificates(content: Content, names: Names) -> Lines:
    lines = [(_("Certificate"), paper_name(paper, names)) for paper in content["papers"]]
    return lines or [(_("Certificates"), _("none"))]


def paper_name(paper: dict[str, Any], names: Names) -> str:
    """ "Barefoot School, Two bars, no. 12: Bar therapy, to Sunday 1 November 2026"."""
    styles = ", ".join(names.styles.get(pk, "") for pk in paper["styles"])
    said = ", ".join(part for part in (paper["body"], paper["level"], paper["number"]) if part)
    said = f"{said}: {styles}" if styles else said
    if paper["expires_on"]:
        day = texts.long_day(dt.date.fromisoformat(paper["expires_on"]))
        said = _("%(paper)s, to %(day)s") % {"paper": said, "day": day}
    return _("%(paper)s, with its file") % {"paper": said} if paper.get("file") else said


def note(content: Content, names: Names) -> Lines:
    return [(_("Notes for staff"), content["note"] or _("none"))]


def photo(content: Content, names: Names) -> Lines:
    return [(_("Photo"), content["photo_text"] or _("none"))]
