"""Everybody at the desk books at once: one time is given away once, and one form is one booking."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.db import connection

from bookings import actions
from bookings.actions import Change, desk_booking
from bookings.availability import Wish
from bookings.models import Booking
from bookings.models.event import Actor
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at

from .databases import WITHOUT_CONSTRAINTS, fresh_database, overlaps, own_name, run_sql
from .fixtures import in_words

STAFF = Change(by=Actor("staff"), now=NOW)
AT_ONCE = 12


@pytest.fixture
def cast(django_db_blocker) -> Iterator[make.SmallStudio]:
    with django_db_blocker.unblock(), fresh_database(own_name("desk")):
        yield make.small_studio()


def all_at_once(act: Callable[[int], str], times: int = AT_ONCE) -> Counter:
    """The same in as many threads; what each saw."""
    together, seen = threading.Barrier(times), []

    def one(number: int) -> None:
        together.wait(60)
        seen.append(act(number))
        connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(seen)


def call(cast: make.SmallStudio, key=None, hour: int = 9, therapist=None) -> str:
    """Book for somebody new; in a word what came of it."""
    start = at(hour, days=1)
    wish = Wish(cast.place, cast.back30, therapist, start.date(), days=1)
    new = actions.NewClient("Kim", email="kim@mail.example")
    try:
        actions.book_at_desk(wish=wish, start=start, client=new, change=STAFF, key=key or uuid4())
    except (actions.SlotTaken, actions.NotOffered):
        return "taken"
    return "booked"


def test_one_therapist_is_booked_once_and_anyone_as_often_as_there_are_people_and_rooms(cast, figures):
    of_ana = all_at_once(lambda _number: call(cast, therapist=cast.ana))
    of_anyone = all_at_once(lambda _number: call(cast, hour=11))
    assert (of_ana["booked"], of_anyone["booked"], overlaps()) == (1, 2, 0)
    assert (of_ana.total(), set(of_ana + of_anyone)) == (AT_ONCE, {"booked", "taken"})
    assert Client.objects.filter(email="kim@mail.example").count() == 1
    figures(in_words(of_ana + of_anyone))


def test_a_form_sent_many_times_at_once_is_one_booking(cast, figures):
    key = uuid4()
    seen = all_at_once(lambda _number: call(cast, key))
    assert (seen, Booking.objects.count(), Client.objects.count()) == (Counter(booked=AT_ONCE), 1, 1)
    figures(in_words(seen))


def test_without_locks_and_constraints_a_time_is_given_away_twice(cast, figures, monkeypatch):
    monkeypatch.setattr(desk_booking, "lock", lambda **_all: None)
    run_sql(WITHOUT_CONSTRAINTS)
    hours = iter(range(9, 17))
    needed = next((hour for hour in hours if all_at_once(lambda _n, h=hour: call(cast, hour=h)) and overlaps()), None)
    assert needed
    figures(f"{overlaps()} overlapping pairs in round {needed - 8}")
