"""Two admins who switch each other off at once leave one of them."""

from collections import Counter
from collections.abc import Iterator

import pytest

from accounts import roles, staff
from accounts.models import User
from tests import factories as make
from tests.factories import NOW

from .databases import fresh_database, own_name
from .test_at_the_desk import all_at_once

ROUNDS = 20


@pytest.fixture
def admins(django_db_blocker) -> Iterator[list[User]]:
    with django_db_blocker.unblock(), fresh_database(own_name("admins")):
        yield [make.user(role=roles.STUDIO_ADMIN) for _number in range(2)]


def switch_each_other_off(admins: list[User]) -> Counter:
    """Both are on, then each presses the other's button; what they saw."""
    User.objects.update(is_active=True)

    def press(number: int) -> str:
        try:
            staff.switch_off(person=admins[1 - number], by=admins[number], now=NOW)
        except staff.Refused:
            return "refused"
        return "done"

    return all_at_once(press, times=2)


def test_one_admin_is_left_however_often_they_try(admins, figures):
    for _round in range(ROUNDS):
        assert switch_each_other_off(admins) == Counter(done=1, refused=1)
        assert staff.keepers().count() == 1
    figures(f"{ROUNDS} rounds, one admin left in each")


def test_without_the_lock_nobody_is_left(admins, figures, monkeypatch):
    monkeypatch.setattr(staff, "lock", lambda: None)
    needed = next(
        (turn for turn in range(1, ROUNDS + 1) if switch_each_other_off(admins) and not staff.keepers().exists()), None
    )
    assert needed
    figures(f"nobody left in round {needed}")
