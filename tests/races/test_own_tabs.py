"""One booking, many hands at once: who acts on what is no longer true, in a tab or at the desk, changes nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bookings import actions
from bookings.actions import Change
from bookings.availability import Wish
from bookings.models import Booking, Message, WaitingOffer
from bookings.models.event import CLIENT, Actor
from tests import factories as make
from tests.factories import NOW, at

from .databases import fresh_database, overlaps, own_name
from .fixtures import in_words
from .test_at_the_desk import AT_ONCE, all_at_once


@pytest.fixture
def cast(django_db_blocker) -> Iterator[make.SmallStudio]:
    with django_db_blocker.unblock(), fresh_database(own_name("tabs")):
        yield make.small_studio()


def session(cast: make.SmallStudio) -> Booking:
    """Robin's, on Friday 27 November 2026 at 14:20, as every tab has read it."""
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room}
    return make.booking(start=at(14, 20, days=4), client=make.client(), **words)


def move(seen: Booking, cast: make.SmallStudio, number: int, change: Change | None = None) -> str:
    """Move it to a time of this tab's own; in a word what came of it."""
    start = at(9, days=2) + timedelta(minutes=40 * number)
    wish = Wish(cast.place, cast.back30, None, start.date(), days=1)
    try:
        if change:
            actions.move(booking=seen, wish=wish, start=start, change=change)
        else:
            actions.move_own(booking=seen, wish=wish, start=start, now=NOW)
    except (actions.Stale, actions.WrongStep):
        return "stale"
    return "moved"


def cancel(seen: Booking) -> str:
    try:
        actions.cancel_own(booking=seen, now=NOW)
    except (actions.Stale, actions.WrongStep):
        return "stale"
    return "cancelled"


def test_of_many_tabs_one_moves(cast, figures):
    seen = session(cast)
    outcome = all_at_once(lambda number: move(seen, cast, number))
    assert outcome == Counter(moved=1, stale=AT_ONCE - 1)
    assert (Booking.objects.get().edition, overlaps()) == (2, 0)
    figures(in_words(outcome))


def test_the_client_moves_while_the_desk_moves(cast, figures):
    seen, desk = session(cast), Change(by=Actor("staff"), now=NOW, version=1)
    outcome = all_at_once(lambda number: move(seen, cast, number, desk if number % 2 else None))
    assert outcome == Counter(moved=1, stale=AT_ONCE - 1)
    figures(in_words(outcome))


def test_moving_in_one_tab_and_cancelling_in_another_is_one_of_the_two(cast, figures):
    total = Counter()
    for _round in range(5):
        seen = session(cast)
        outcome = all_at_once(lambda number, seen=seen: cancel(seen) if number % 2 else move(seen, cast, number))
        total += outcome
        waiting = Message.objects.filter(booking=seen, state="queued", kind__in=["cancelled", "confirmation", "moved"])
        assert (outcome["moved"] + outcome["cancelled"], waiting.count()) == (1, 1)
        Booking.objects.filter(pk=seen.pk).update(status="cancelled")
    figures(in_words(total))


def offered(cast, seen: Booking, **fields) -> WaitingOffer:
    """A time on Tuesday that is held for whoever would come earlier than on Friday."""
    day = at(9, days=1).date()
    words = {"length": cast.back30, "location": cast.place, "client": seen.client, "instead_of": seen}
    entry = make.waiting(**words | {"first_on": day, "last_on": day} | fields)
    return actions.offer(entry=entry, start=at(9, days=1), by=CLIENT, now=NOW)


def take(offer: WaitingOffer) -> str:
    try:
        actions.take(offer=WaitingOffer.objects.select_related("entry", "booking").get(pk=offer.pk), now=NOW)
    except actions.NotWaiting:
        return "stale"
    return "taken"


def test_taking_an_earlier_time_while_the_desk_moves_leaves_one_session(cast, figures):
    total, desk = Counter(), Change(by=Actor("staff"), now=NOW, version=1)
    for _round in range(5):
        seen = session(cast)
        offer = offered(cast, seen)
        total += all_at_once(lambda n, one=seen, it=offer: move(one, cast, n, desk) if n % 2 else take(it))
        hers = Booking.objects.get(status="booked", client=seen.client)
        assert (hers.during.lower, hers.edition, overlaps()) == (at(9, days=1), 1 + hers.events.count(), 0)
        Booking.objects.filter(pk=hers.pk).update(status="cancelled")
    figures(in_words(total))


def test_an_offer_that_moves_nothing_gives_her_a_second_session(cast):
    seen = session(cast)
    offer = offered(cast, seen, instead_of=None)
    assert all_at_once(lambda number: take(offer)) == Counter(taken=AT_ONCE)
    assert Booking.objects.filter(status="booked").count() == 2


@pytest.mark.parametrize("other", [CLIENT, Actor("staff")])
def test_without_looking_at_the_version_every_tab_and_the_desk_move(cast, other):
    seen, blind = session(cast), [Change(by=CLIENT, now=NOW), Change(by=other, now=NOW)]
    outcome = all_at_once(lambda number: move(seen, cast, number, blind[number % 2]))
    assert outcome["moved"] > 1
