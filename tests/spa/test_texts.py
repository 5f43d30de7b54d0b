"""Days, times and money read the same everywhere: weekday, full month, year, "to" in ranges."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from spa import texts

START = datetime(2026, 11, 20, 14, 20, tzinfo=ZoneInfo("Europe/London"))
END = START.replace(minute=50)


def test_a_session_reads_as_the_house_rule_says():
    assert texts.whole(START, END) == "Friday 20 November 2026, 14:20 to 14:50"
    assert texts.moment(START) == "Friday 20 November 2026, 14:20"


def test_the_same_in_spanish():
    with override("es"):
        assert texts.long_day(START) == "viernes 20 de noviembre de 2026"


def test_hours_below_ten_have_no_leading_nought():
    assert texts.clock(START.replace(hour=9, minute=5)) == "9:05"


@pytest.mark.parametrize(("hour", "reads"), [(0, "12:20 am"), (9, "9:20 am"), (12, "12:20 pm"), (14, "2:20 pm")])
def test_some_places_count_twice_to_twelve(hour, reads):
    with override("en-us"):
        assert texts.clock(START.replace(hour=hour)) == reads


@pytest.mark.parametrize(
    ("amount", "currency", "language", "reads"),
    [
        ("45.00", "GBP", "en", "£45"),
        ("45.50", "GBP", "en", "£45.50"),
        ("45.50", "EUR", "es", "45,50\N{NO-BREAK SPACE}€"),
        ("45.00", "CHF", "en", "45\N{NO-BREAK SPACE}CHF"),
    ],
)
def test_money_has_no_empty_pence(amount, currency, language, reads):
    with override(language):
        assert texts.money(Decimal(amount), currency) == reads


@pytest.mark.parametrize(
    ("names", "reads"),
    [([], ""), (["Ana"], "Ana"), (["Ana", "Jo"], "Ana or Jo"), (["Ana", "Jo", "Mei"], "Ana, Jo or Mei")],
)
def test_names_to_choose_from(names, reads):
    assert texts.one_of(names) == reads
