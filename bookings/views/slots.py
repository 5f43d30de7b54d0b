"""The list of free times as ready HTML: a page holds up to 168 of them, and a template loop is its largest cost."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from bookings.availability import DayOffers, Offer
from bookings.models import Booking
from bookings.scheduling.spread import PARTS_OF_DAY
from spa import texts
from therapists.models import Therapist

SLOT = (
    '<li><button class="slot" name="start" value="%s">%s<span class="vh">, %s, %s</span>'
    '<span aria-hidden="true">%s</span></button></li>'
)
OWN = (
    '<li><span class="slot own" aria-current="true" data-start="%s">%s<span class="vh">, %s, %s. </span>'
    "<span>%s</span></span></li>"
)
HEADING = (
    '<h3 id="d%s"><span class="vh">%s</span><span class="numeral" aria-hidden="true">%s</span>'
    '<span aria-hidden="true">%s</span> <span class="count" aria-hidden="true">%s</span></h3>'
)
EMPTY = {
    "over": gettext_lazy("This day is over."),
    "notice": gettext_lazy("Too soon to book here; ring us and we will see."),
    "horizon": gettext_lazy("This day cannot be booked yet."),
    "closed": gettext_lazy("We are closed on this day."),
    "off": gettext_lazy("Nobody you asked for works on this day."),
    "full": gettext_lazy("All taken."),
}
PART = '<div class="part"><h4>%s</h4><ul class="slots">%s</ul></div>'


class DayLists:
    """Writes the days of one page. Words that come again and again are looked up and escaped once."""

    def __init__(self, today: dt.date, query: str, own: Booking | None = None) -> None:
        """`query` is the visitor's choice as a query string, for the links that open every time of a day; the page
        that they open stands before it, when that is another one.

        `own`: the booking that is to be moved; its present time is shown, but not to be chosen.
        """
        self.today, self.query, self.language, self.own = today, f"?{query}".replace("?/", "/"), get_language(), own
        self.parts = [escape(part) for part in (_("Morning"), _("Afternoon"), _("Evening"))]
        self.clocks: dict[int, str] = {}
        self.people: dict[int, str] = {}
        self.names = Names(escape)

    def day(self, found: DayOffers) -> SafeString:
        """One day under its heading: parts of the day with their times, or the reason why there are none."""
        words = texts.day_words(found.day)
        heading = _heading(found, words, self.today)
        if not found.offers:
            reason = EMPTY.get(found.reason, EMPTY["full"])
            return SafeString(f'<section class="day none">{heading}<p class="quiet">{escape(reason)}</p></section>')
        times = self._times(found, escape(words.day))
        more = _more_link(found, words.day, self.query) if len(found.offers) < found.total else ""
        return SafeString(f'<section class="day">{heading}{times}{more}</section>')

    def _times(self, found: DayOffers, day: str) -> SafeString:
        """The offers as buttons: plain joins of escaped pieces, because format_html takes five times as long."""
        parts: list[list[str]] = [[], [], []]
        for offer in found.offers:
            minute = offer.start.hour * 60 + offer.start.minute
            free = [self._name(person) for person in offer.therapists]
            clock = self._clock(minute, offer)
            words = (slot_value(offer), clock, day, self.names.with_whom(free), self.names.short(free))
            slot = OWN % (*words[:4], escape(_("yours"))) if self._is_own(offer) else SLOT % words
            parts[bisect_right(PARTS_OF_DAY, minute)].append(slot)
        lists = (PART % (name, "".join(rows)) for name, rows in zip(self.parts, parts, strict=True) if rows)
        return SafeString("".join(lists))

    def _is_own(self, offer: Offer) -> bool:
        own = self.own
        return own is not None and offer.start == own.during.lower and own.therapist in offer.therapists

    def _clock(self, minute: int, offer: Offer) -> str:
        if minute not in self.clocks:
            self.clocks[minute] = escape(texts.clock_in(self.language, offer.start))
        return self.clocks[minute]

    def _name(self, person: Therapist) -> str:
        if person.id not in self.people:
            self.people[person.id] = escape(person.name)
        return self.people[person.id]


class Names:
    """Says who is free. The words are looked up once: a page of times says it three hundred times."""

    def __init__(self, written: Callable[[str], str] = str) -> None:
        """`written` is what becomes of the words: `escape` when the names are HTML already."""
        self.more, self.with_ = written(_("%(name)s + %(count)s")), written(_("with %(names)s"))
        self.or_ = written(texts.or_words())

    def short(self, names: Sequence[str], between: str = ", ") -> str:
        """Short enough for a button: "Ana", "Ana, Jo", "Ana + 2"."""
        if len(names) <= 2:
            return between.join(names)
        return self.more % {"name": names[0], "count": len(names) - 1}

    def with_whom(self, names: Sequence[str]) -> str:
        """The same in words: "with Ana, Jo or Mei"."""
        return self.with_ % {"names": texts.one_of(names, self.or_)}


def slot_value(offer: Offer) -> str:
    """The instant of a start as forms send it: UTC, so that it is unambiguous when the clocks go back."""
    return _in_utc(offer.start, offer.start.fold)


@lru_cache(maxsize=16_384)
def _in_utc(start: dt.datetime, fold: int) -> str:
    """Every page asks for the same few thousand. Both readings of a repeated hour are equal, but for their `fold`."""
    return start.astimezone(dt.UTC).isoformat()[:16] + "Z"


def who(therapists: Sequence[Therapist], between: str = ", ") -> str:
    """The therapists who are free, short enough for a button: "Ana", "Ana, Jo", "Ana + 2"."""
    return Names().short([therapist.name for therapist in therapists], between)


def with_whom(therapists: Sequence[Therapist]) -> str:
    """The same in words: "with Ana, Jo or Mei"."""
    return Names().with_whom([therapist.name for therapist in therapists])


def relative_day(day: dt.date, today: dt.date) -> str:
    """ "today", "tomorrow" or "Friday"; from a week on the day with its month."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return _("today") if ahead == 0 else _("tomorrow")
    return texts.weekday(day) if ahead < 7 else texts.day(day)


def _heading(found: DayOffers, words: texts.DayWords, today: dt.date) -> str:
    """Eyes get the numeral, the weekday and the count; ears get one plain sentence."""
    count = found.total
    if count:
        amount = ngettext("%(count)s time", "%(count)s times", count) % {"count": count}
    else:
        amount = pgettext("free times of a day", "no times")
    near = [relative_day(found.day, today)] if (found.day - today).days in (0, 1) else []
    heard, seen = ", ".join([words.long_day, *near, amount]), ", ".join([words.weekday, *near])
    count_words = escape(f"{words.month}, {amount}")
    return HEADING % (found.day.isoformat(), escape(heard), found.day.day, escape(seen), count_words)


def _more_link(found: DayOffers, day: str, query: str) -> SafeString:
    iso, words = found.day.isoformat(), _("All %(count)s times of this day") % {"count": found.total}
    return format_html(
        '<p><a href="{}&amp;all={}#d{}">{}<span class="vh">, {}</span></a></p>',
        query, iso, iso, words, day,
    )  # fmt: skip
