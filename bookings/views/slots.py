"""The list of free times as ready HTML: a page holds up to 168 of them, and a template loop is its largest cost."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bookings.availability import DayOffers, Offer
from bookings.scheduling.offers import PARTS_OF_DAY
from spa import texts

SLOT = (
    '<li><button class="slot" name="start" value="{}">{}<span class="vh">, {}, {}</span>'
    '<span aria-hidden="true">{}</span></button></li>'
)


def day_list(found: DayOffers, today: dt.date, all_of_it: str) -> SafeString:
    """One day under its heading: parts of the day with their times, or the reason why there are none.

    `all_of_it` is the address that opens every time of the day.
    """
    heading = _heading(found, today)
    if not found.offers:
        return format_html('<section class="day none">{}<p class="quiet">{}</p></section>', heading, _reason(found))
    more = _more_link(found, all_of_it) if len(found.offers) < found.total else ""
    return format_html('<section class="day">{}{}{}</section>', heading, _parts(found.offers), more)


def slot_value(offer: Offer) -> str:
    """The instant of a start as forms send it: UTC, so that it is unambiguous when the clocks go back."""
    return f"{offer.start.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}"


def who(therapists: Sequence, between: str = ", ") -> str:
    """The therapists who are free, short enough for a button: "Ana", "Ana, Jo", "Ana + 2"."""
    names = [therapist.name for therapist in therapists]
    if len(names) <= 2:
        return between.join(names)
    return _("%(name)s + %(count)s") % {"name": names[0], "count": len(names) - 1}


def with_whom(therapists: Sequence) -> str:
    """The same in words: "with Ana, Jo or Mei"."""
    return _("with %(names)s") % {"names": texts.one_of([therapist.name for therapist in therapists])}


def relative_day(day: dt.date, today: dt.date) -> str:
    """ "today", "tomorrow" or "Friday"; from a week on the day with its month."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return _("today") if ahead == 0 else _("tomorrow")
    return texts.weekday(day) if ahead < 7 else texts.day(day)


def _parts(offers: Iterable[Offer]) -> SafeString:
    names = [_("Morning"), _("Afternoon"), _("Evening")]
    parts: list[list[Offer]] = [[], [], []]
    for offer in offers:
        parts[sum(_minute(offer) >= edge for edge in PARTS_OF_DAY)].append(offer)
    return format_html_join(
        "",
        '<div class="part"><h4>{}</h4><ul class="slots">{}</ul></div>',
        ((name, _slots(part)) for name, part in zip(names, parts, strict=True) if part),
    )


def _slots(offers: Sequence[Offer]) -> SafeString:
    day = texts.day(offers[0].start)
    words: dict[tuple, tuple[str, str]] = {}
    rows = []
    for offer in offers:
        if offer.therapists not in words:
            words[offer.therapists] = (with_whom(offer.therapists), who(offer.therapists))
        rows.append((slot_value(offer), texts.clock(offer.start), day, *words[offer.therapists]))
    return format_html_join("", SLOT, rows)


def _heading(found: DayOffers, today: dt.date) -> SafeString:
    """Eyes get the numeral, the weekday and the count; ears get one plain sentence."""
    count = found.total
    amount = ngettext("%(count)s time", "%(count)s times", count) % {"count": count}
    amount = amount if count else pgettext("free times of a day", "no times")
    near = [relative_day(found.day, today)] if (found.day - today).days in (0, 1) else []
    return format_html(
        '<h3 id="d{}"><span class="vh">{}</span><span class="numeral" aria-hidden="true">{}</span>'
        '<span aria-hidden="true">{}</span> <span class="count" aria-hidden="true">{}</span></h3>',
        found.day.isoformat(),
        ", ".join([texts.long_day(found.day), *near, amount]),
        found.day.day,
        ", ".join([texts.weekday(found.day), *near]),
        f"{texts.month(found.day)}, {amount}",
    )


def _reason(found: DayOffers) -> str:
    """Why a day has no times, in one line."""
    return {
        "over": _("This day is over."),
        "notice": _("Too soon to book here; ring us and we will see."),
        "horizon": _("This day cannot be booked yet."),
        "closed": _("We are closed on this day."),
        "off": _("Nobody you asked for works on this day."),
    }.get(found.reason, _("All taken."))


def _more_link(found: DayOffers, address: str) -> SafeString:
    words = _("All %(count)s times of this day") % {"count": found.total}
    return format_html('<p><a href="{}">{}<span class="vh">, {}</span></a></p>', address, words, texts.day(found.day))


def _minute(offer: Offer) -> int:
    return offer.start.hour * 60 + offer.start.minute
