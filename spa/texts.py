"""Words for days, times and money, the same on pages, in mails and in calendar files.

Every function takes local wall-clock values (a date, or a datetime already in the studio's zone) and
answers in the language that is active. The house rule: weekday, month in full, year, "to" in ranges.
"""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

# Django's own locale formats spell dates differently from language to language, and slowly; these are ours.
DAY = {"en": "{weekday} {day} {month}", "es": "{weekday} {day} de {month}"}
LONG_DAY = {"en": "{weekday} {day} {month} {year}", "es": "{weekday} {day} de {month} de {year}"}
TWELVE_HOURS = {"en-us", "en-ca", "en-au", "en-in", "en-ph"}
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "AUD": "A$", "CAD": "C$", "JPY": "¥", "INR": "₹"}
SYMBOL_AFTER = {"es", "de", "fr", "it", "pt"}


class DayWords(NamedTuple):
    """One day in words: "Friday", "November", "Friday 20 November", "Friday 20 November 2026"."""

    weekday: str
    month: str
    day: str
    long_day: str


def day_words(value: dt.date) -> DayWords:
    """All ways to say a day, its names looked up once: a page of times says each of its days five times."""
    words = {"weekday": weekday(value), "day": value.day, "month": month(value), "year": value.year}
    short, whole = _pattern(DAY).format(**words), _pattern(LONG_DAY).format(**words)
    return DayWords(words["weekday"], words["month"], short, whole)


def day(value: dt.date) -> str:
    """The day without its year: "Friday 20 November"."""
    return day_words(value).day


def long_day(value: dt.date) -> str:
    """The whole day: "Friday 20 November 2026"."""
    return day_words(value).long_day


def weekday(value: dt.date) -> str:
    """The day's name: "Friday"."""
    return str(WEEKDAYS[value.weekday()])


def month(value: dt.date) -> str:
    """The month's name: "November"."""
    return str(MONTHS[value.month])


def clock(value: dt.datetime | dt.time) -> str:
    """The time of day as people of this language read it: "14:20", or "2:20 pm"."""
    return clock_in(get_language(), value)


def clock_in(language: str | None, value: dt.datetime | dt.time) -> str:
    """The same for whoever has looked the language up already."""
    if language in TWELVE_HOURS:
        half = pgettext("time", "am") if value.hour < 12 else pgettext("time", "pm")
        return f"{value.hour % 12 or 12}:{value.minute:02} {half}"
    return f"{value.hour}:{value.minute:02}"


def span(start: dt.datetime, end: dt.datetime) -> str:
    """A range of times on one day: "14:20 to 14:50"."""
    return _("%(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}


def moment(value: dt.datetime) -> str:
    """A day and a time: "Thursday 19 November 2026, 14:20"."""
    return f"{long_day(value)}, {clock(value)}"


def whole(start: dt.datetime, end: dt.datetime) -> str:
    """A day and a range: "Friday 20 November 2026, 14:20 to 14:50"."""
    return f"{long_day(start)}, {span(start, end)}"


def money(amount: Decimal, currency: str) -> str:
    """A price, without empty pence: "£45", "£45.50", in Spanish "45,50 €". `currency` is its ISO code."""
    is_whole = amount == amount.to_integral_value()
    number = f"{amount:.0f}" if is_whole else number_format(amount, decimal_pos=2)
    symbol = SYMBOLS.get(currency)
    if symbol and _language() not in SYMBOL_AFTER:
        return f"{symbol}{number}"
    return f"{number}\N{NO-BREAK SPACE}{symbol or currency}"


def one_of(names: list[str], words: str = "") -> str:
    """Names to choose from: "Ana", "Ana or Jo", "Ana, Jo or Mei". `words` spares whoever has them the look-up."""
    if len(names) < 2:
        return "".join(names)
    return (words or or_words()) % {"first": ", ".join(names[:-1]), "last": names[-1]}


def or_words() -> str:
    return _("%(first)s or %(last)s")


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _pattern(patterns: dict[str, str]) -> str:
    return patterns.get(_language(), patterns["en"])
