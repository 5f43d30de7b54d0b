"""The free times of a day as the desk offers them: the client's own list, whole."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.safestring import SafeString

from bookings.availability import Setup, Suggestion, Wish, search
from bookings.views.near import near_groups
from bookings.views.slots import DayLists


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """One day with its times as buttons named `start`; when there are none, `near` are ways on under their titles."""

    day: SafeString
    near: list[dict[str, Any]]
    earlier: date | None
    later: date


def free_times(setup: Setup, wish: Wish, now: datetime) -> FreeTimes:
    """All times of the wish's first day, or of today when that is over. Two queries, three when there are none."""
    today = now.astimezone(wish.location.zone).date()
    first = max(wish.first_day, today)
    answer = search(setup, replace(wish, first_day=first, days=1, open_day=first), now)
    day = DayLists(today, "").day(answer.days[0])
    earlier = first - timedelta(days=1) if first > today else None
    return FreeTimes(day, near_times(answer.nearest, wish, now), earlier, first + timedelta(days=1))


def near_times(suggestions: Iterable[Suggestion], wish: Wish, now: datetime) -> list[dict[str, Any]]:
    """Times near one that cannot be had, of the same length, under their titles."""
    today = now.astimezone(wish.location.zone).date()
    return near_groups([one for one in suggestions if one.kind != "length"], wish, today)
