"""The steps of the timeline as the studio reads them: its own rows, and the usual ones where it has none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from bookings.outbox.kinds import name_of
from bookings.reminder_rules import USUAL_STEPS, Kind
from bookings.reminder_steps import USUAL_WORDS, particular
from spa import texts
from studio import words
from studio.spoken import in_each
from therapists.models import Style
from treatments.models import ReminderStep, Treatment


@dataclass(frozen=True, slots=True)
class Line:
    """A step in words. `url`: where it is edited; `is_particular`: for one style or treatment only."""

    url: str
    name: str
    scope: str
    is_on: bool
    when: str
    ways: str
    subject: str
    edited: str
    is_particular: bool


@dataclass(frozen=True, slots=True)
class Version:
    """What stood in a row from `at` on. `said`: language, subject and text."""

    number: int
    at: datetime
    by: str
    is_on: bool
    when: str
    ways: str
    said: list[tuple[str, str, str]]
    is_newest: bool


def lines(zone: tzinfo, languages: Sequence[str]) -> list[Line]:
    """All steps, each kind with its default first. Two queries."""
    rows = list(ReminderStep.objects.select_related("treatment", "style"))
    last = {one.id: one for one in ReminderStep.history.latest_of_each().select_related("history_user")}
    own = {row.kind for row in rows if not any(particular(row))}
    rows += [usual(kind, languages) for kind in Kind if kind not in own]
    order = list(Kind)
    rows.sort(key=lambda row: (order.index(row.kind), particular(row), words.scope(row)))
    return [_line(row, _edited(last.get(row.pk), zone)) for row in rows]


def versions_of(step: ReminderStep, zone: tzinfo, languages: Sequence[str], most: int = 20) -> list[Version]:
    """The newest versions of a row, the newest first. One query."""
    if step.pk is None:
        return []
    found = step.history.select_related("history_user")[:most]
    return [_version(one, zone, languages, is_newest=place == 0) for place, one in enumerate(found)]


def usual(kind: str, languages: Sequence[str]) -> ReminderStep:
    """An unsaved row with the usual step of a kind, in the languages of the studio that have words for it."""
    rule = next(step for step in USUAL_STEPS if step.kind == kind)
    subject, text = (LazyI18nString(in_each(promise, languages)) for promise in USUAL_WORDS[kind])
    offset = {"anchor": rule.anchor, "offset_minutes": rule.offset_minutes}
    return ReminderStep(kind=kind, channels=list(ReminderStep.Channel), subject=subject, text=text, **offset)


def particular_from(
    kind: str, style: Style | None, treatment: Treatment | None, languages: Sequence[str]
) -> ReminderStep:
    """An unsaved row for a style or treatment that says what its clients get so far. One query."""
    near = Q(treatment=None, style=None)
    if school := style or (treatment and treatment.style):
        near |= Q(style=school)
    rows = sorted(ReminderStep.objects.filter(near, kind=kind), key=particular)
    step = rows[-1] if rows else usual(kind, languages)
    step.pk, step.style, step.treatment = None, style, treatment
    step._state.adding = True
    return step


def _line(row: ReminderStep, edited: str) -> Line:
    is_particular = any(particular(row))
    return Line(
        url=reverse("studio_message", args=[row.pk]) if row.pk else f"{reverse('studio_message_new')}?kind={row.kind}",
        name=name_of(row.kind),
        scope=words.scope(row),
        is_on=row.is_on,
        when=words.when(row),
        ways=words.ways(row),
        subject=str(row.subject),
        edited=edited if row.pk else _("the usual words, nobody changed them"),
        is_particular=is_particular,
    )


def _edited(last: ReminderStep | None, zone: tzinfo) -> str:
    if last is None or last.history_user is None:
        return _("nobody has changed it here")
    moment = texts.moment(last.history_date.astimezone(zone))
    return _("%(name)s, %(moment)s") % {"name": last.history_user, "moment": moment}


def _version(one: ReminderStep, zone: tzinfo, languages: Iterable[str], is_newest: bool) -> Version:
    said = []
    for code in languages:
        subject, text = words.written(one.subject, code), words.written(one.text, code)
        if subject or text:
            said.append((code, subject, text))
    return Version(
        number=one.history_id,
        at=one.history_date.astimezone(zone),
        by=str(one.history_user or _("as it stood before")),
        is_on=one.is_on,
        when=words.when(one),
        ways=words.ways(one),
        said=said,
        is_newest=is_newest,
    )
