"""What stood on a page of the menu, in words: label and value, for its versions."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from i18nfield.strings import LazyI18nString

from accounts.sheets import Content
from locations.languages import language_name
from locations.models import Location, Prop, Room
from spa import texts
from therapists.models import Style
from treatments.models import AREAS, Guidance

Lines = list[tuple[str, str]]


class Names:
    """What things are called by their ids, each list read once for all versions of a page."""

    @cached_property
    def styles(self) -> dict[int, str]:
        return {style.pk: str(style.name) for style in Style.objects.all()}

    @cached_property
    def rooms(self) -> dict[int, str]:
        return dict(Room.objects.values_list("pk", "name"))

    @cached_property
    def zone(self) -> dt.tzinfo:
        """The wall of the studio's first place, on which former closures are told."""
        first = Location.objects.first()
        return first.zone if first else dt.UTC

    @cached_property
    def places(self) -> dict[int, str]:
        return dict(Location.objects.values_list("pk", "name"))


def style(content: Content, names: Names) -> Lines:
    lines = _spoken(content, (("name", _("Name")), ("origin", _("Origin"))))
    lines += _spoken(content, (("surface", _("Surface")), ("clothing", _("What the client wears"))))
    said = [_("the client stays dressed") if content["is_clothed"] else _("under a sheet")]
    said += [_("with oil")] if content["uses_oil"] else []
    said += [_("needs a certificate")] if content["needs_certificate"] else []
    return [*lines, (_("How"), ", ".join(said))]


def treatment(content: Content, names: Names) -> Lines:
    lines = _spoken(content, (("name", _("Name")), ("description", _("Description"))))
    lines += [
        (_("State"), _("on the menu") if content["on_menu"] else _("off the menu")),
        (_("Style"), names.styles.get(content["style_id"], "")),
        (_("Lengths and prices"), "\n".join(map(_length, content["lengths"]))),
        (_("Needs"), needs(content["needed_props"])),
        (_("Areas"), ", ".join(str(AREAS[area]) for area in content["areas"] if area in AREAS)),
        (_("Her minutes"), _both(content["before_minutes"], content["after_minutes"])),
        (_("The room's minutes"), _both(content["room_before_minutes"], content["room_after_minutes"])),
    ]
    return [(label, value) for label, value in lines if value]


def needs(groups: list[list[str]]) -> str:
    """ "ceiling bars; table or floor mat"."""
    kinds = dict(Prop.Kind.choices)
    return "; ".join(_(" or ").join(str(kinds.get(kind, kind)) for kind in group) for group in groups)


def _spoken(content: Content, parts: tuple[tuple[str, str], ...]) -> Lines:
    return [(f"{label}, {language_name(code)}", text) for part, label in parts for code, text in content[part].items()]


def _length(length: Content) -> str:
    said = ngettext("%(count)s minute: %(price)s", "%(count)s minutes: %(price)s", length["minutes"])
    said = said % {"count": length["minutes"], "price": length["price"]}
    return said if length["on_menu"] else _("%(length)s, off the menu") % {"length": said}


def _both(before: int, after: int) -> str:
    return _("%(before)s before, %(after)s after") % {"before": before, "after": after}


def room(content: Content, names: Names) -> Lines:
    state = _("in use") if content["in_use"] else _("not in use")
    lines = [(_("Name"), content["name"]), (_("Place"), names.places.get(content["location_id"], ""))]
    return [*lines, (_("State"), state), *((_("In it"), prop_words(prop)) for prop in content["props"])]


def prop_words(prop: dict[str, Any]) -> str:
    """ "Ceiling bars, inspected until …, out of service from …: …", of a prop as the page of its room keeps it."""
    said = [prop["name"] or str(dict(Prop.Kind.choices).get(prop["kind"], ""))]
    if prop["inspected_until"]:
        day = texts.long_day(dt.date.fromisoformat(prop["inspected_until"]))
        said.append(_("inspected until %(day)s") % {"day": day})
    if prop["out_from"]:
        since = texts.long_day(dt.datetime.fromisoformat(prop["out_from"]))
        out = _("out of service from %(day)s") % {"day": since}
        said.append(f"{out}: {prop['out_reason']}" if prop["out_reason"] else out)
    return ", ".join(said)


def house(content: Content, names: Names) -> Lines:
    languages = ", ".join(map(language_name, content["languages"]))
    own = [(_("Name"), content["name"]), (_("Reference"), content["reference_prefix"])]
    return [*own, (_("E-mail"), content["email"]), (_("Languages"), languages)]


def place(content: Content, names: Names) -> Lines:
    lines = [(_("Name"), content["name"]), (_("Address"), content["address"]), (_("Phone"), content["phone"])]
    lines += _spoken(content, (("access", _("How to find the door")),))
    lines += [(_("Time zone"), content["zone_name"]), (_("Currency"), content["currency"])]
    return [*lines, (_("What clients read"), "\n".join(policies(content)))]


def policies(content: Content) -> list[str]:
    """The policies of a place in plain words."""
    if not content["is_open"]:
        return [_("It takes no bookings.")]
    return [
        _("A session can be booked until %(lead_minutes)s minutes before it starts, up to %(horizon_days)s days ahead.")
        % content,
        _("Sessions start every %(start_step_minutes)s minutes.") % content,
        _("A chosen time is kept for %(hold_minutes)s minutes, one from the waiting list for %(offer_minutes)s.")
        % content,
        _("Cancelling is free until %(free_cancel_hours)s hours before.") % content,
        _("No messages from %(quiet_from)s to %(quiet_until)s.") % content,
    ]


def opening(content: Content, names: Names) -> Lines:
    lines = []
    for weekday, blocks in enumerate(content["days"]):
        spans = [texts.span(*map(dt.time.fromisoformat, block)) for block in blocks]
        lines.append((str(WEEKDAYS[weekday]), ", ".join(spans) or _("closed")))
    return lines


def closures(content: Content, names: Names) -> Lines:
    lines = [closure(told, names, names.zone) for told in content["closures"]]
    return lines or [(_("Shut"), _("never"))]


def closure(told: dict[str, Any], names: Names, zone: dt.tzinfo) -> tuple[str, str]:
    """What is shut, and when: whole days, or from one moment to another."""
    start, end = (dt.datetime.fromisoformat(told[part]).astimezone(zone) for part in ("start", "end"))
    where = names.rooms.get(told["room"], "") or _("the whole place")
    ends = [texts.moment(start), texts.moment(end)]
    if start.time() == end.time() == dt.time():
        last = end.date() - dt.timedelta(days=1)
        ends = [texts.long_day(start), texts.long_day(last)]
    said = ends[0] if ends[0] == ends[1] else _("%(start)s to %(end)s") % {"start": ends[0], "end": ends[1]}
    reason = str(LazyI18nString(told["reason"]))
    return where, f"{said}: {reason}" if reason else said


def advice(content: Content, names: Names) -> Lines:
    kinds = dict(Guidance.Kind.choices)
    lines = []
    for row in content["rows"]:
        spoken = {**row["text"], **row["title"]}
        said = [f"{row['title'].get(code, '')}\n{row['text'].get(code, '')}".strip() for code in spoken]
        minutes = ngettext("%(count)s minute", "%(count)s minutes", abs(row["offset_minutes"]))
        head = f"{kinds.get(row['kind'], row['kind'])}, {minutes % {'count': abs(row['offset_minutes'])}}"
        lines.append((head, "\n".join(said)))
    return lines or [(_("Advice"), _("none"))]
