"""Finding a client by the first letters of a name, an e-mail address or a phone number, by index."""

import re

import phonenumbers
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet
from django.db.models.functions import Reverse

from clients.models import Client

FEWEST = 3
MOST = 20


def find(typed: str, country: str, most: int = MOST) -> list[Client]:
    """At most `most` clients in the order of their names, and one more when there are more. One query.

    Every word that was typed begins a word of the name or the e-mail address; or the digits begin the phone number,
    as people of `country` write it, or end it. Nobody before FEWEST signs are there. A merged record leads to the
    kept one.
    """
    words = re.findall(r"\w[\w.@+-]*", typed.replace("\x00", "")[:80])
    if sum(map(len, words)) < FEWEST:
        return []
    # A union of three: joined by "or", no index would answer.
    ways = [by_words(words), *by_digits(typed, country)]
    rows = Client.objects.filter(pk__in=ways[0].union(*ways[1:])).select_related("merged_into")
    found = {row.kept.pk: row.kept for row in rows.order_by("name", "pk")[: 2 * most]}
    return list(found.values())[: most + 1]


class Prefixes(SearchQuery):
    """Words as they stand in the index, taken as beginnings. PostgreSQL would take "r.hale@po" to pieces again."""

    template = "%(expressions)s::tsquery"

    def __init__(self, words: list[str]) -> None:
        super().__init__(" & ".join(f"'{word.lower()}':*" for word in words), search_type="raw")


def by_words(words: list[str]) -> QuerySet:
    """The ids of those whose name or address has words that begin so."""
    searched = Client.objects.alias(words=SearchVector("name", "email", config="simple"))
    return searched.filter(words=Prefixes(words)).values("pk")


def by_digits(typed: str, country: str) -> list[QuerySet]:
    """The ids of those whose number begins or ends so; nothing to ask for fewer than three digits."""
    digits = re.sub(r"\D", "", typed)
    if len(digits) < FEWEST:
        return []
    begins = Client.objects.filter(phone__startswith=f"+{_with_country(digits, typed, country)}")
    ends = Client.objects.alias(backwards=Reverse("phone")).filter(backwards__startswith=digits[::-1])
    return [begins.values("pk"), ends.values("pk")]


def _with_country(digits: str, typed: str, country: str) -> str:
    """The digits as they stand in an international number: "07700" and "0044 7700" are both 447700."""
    if typed.strip().startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    return f"{phonenumbers.country_code_for_region(country)}{digits.lstrip('0')}"
