"""Finding a client by the first letters of a name, an e-mail address or a phone number, by index."""

import re

import phonenumbers
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from clients.models import Client

FEWEST = 3
MOST = 20


def find(typed: str, country: str, most: int = MOST) -> list[Client]:
    """At most `most` clients in the order of their names, and one more when there are more. One query.

    Every word that was typed begins a word of the name or the e-mail address; or the digits begin the phone number,
    as people of `country` write it. Nobody before FEWEST signs are there. A merged record leads to the kept one.
    """
    words = re.findall(r"\w[\w.@+-]*", typed.replace("\x00", "")[:80])
    if sum(map(len, words)) < FEWEST:
        return []
    rows = Client.objects.filter(_in_words(words) | _in_digits(typed, country)).select_related("merged_into")
    found = {row.kept.pk: row.kept for row in rows.order_by("name", "pk")[: 2 * most]}
    return list(found.values())[: most + 1]


class Prefixes(SearchQuery):
    """Words as they stand in the index, taken as beginnings. PostgreSQL would take "r.hale@po" to pieces again."""

    template = "%(expressions)s::tsquery"

    def __init__(self, words: list[str]) -> None:
        super().__init__(" & ".join(f"'{word.lower()}':*" for word in words), search_type="raw")


def _in_words(words: list[str]) -> Q:
    return Q(pk__in=_searched().filter(words=Prefixes(words)).values("pk"))


def _searched() -> QuerySet[Client]:
    return Client.objects.alias(words=SearchVector("name", "email", config="simple"))


def _in_digits(typed: str, country: str) -> Q:
    digits = re.sub(r"\D", "", typed)
    if len(digits) < FEWEST:
        return Q(pk__in=[])
    return Q(phone__startswith=f"+{_with_country(digits, typed, country)}")


def _with_country(digits: str, typed: str, country: str) -> str:
    """The digits as they stand in an international number: "07700" and "0044 7700" are both 447700."""
    if typed.strip().startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    return f"{phonenumbers.country_code_for_region(country)}{digits.lstrip('0')}"
