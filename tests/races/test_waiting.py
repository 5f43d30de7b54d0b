"""Offers of the waiting list against each other, against clients who book, and against a desk that cancels."""

import time
from collections import Counter

from django.db import transaction

from bookings.models import Booking, WaitingOffer
from tests import factories as make
from tests.bookings.procfile import wait_for

from . import scripts
from .databases import WITHOUT_CONSTRAINTS, fresh_database, overlaps, own_name, run_sql
from .fixtures import Races, in_words, instant, new_studio
from .staff import at_work

ROUNDS = 12
PATIENCE_SECONDS = 60
TWO_AT_ONCE = "DROP INDEX offer_one_at_a_time;"


def queue(studio, day, number: int) -> None:
    """That many people wait for any time of a day with Ana; whoever looks sees all of them or none."""
    words = {"length": studio.cast.back30, "location": studio.cast.place, "therapist": studio.cast.ana}
    with transaction.atomic():
        for _ in range(number):
            make.waiting(first_on=day, last_on=day, **words)


def open_offers() -> int:
    return WaitingOffer.objects.filter(outcome="open").count()


def test_offers_against_clients_who_book(races: Races, figures):
    starts = races.studio.starts(4)
    visitors = races.arrived(12)
    queue(races.studio, instant(starts[0]).date(), 8)
    with at_work("offer") as desk, at_work("offer") as beat:
        results = races.fleet.run(scripts.come_and_go, [(one, {"starts": starts, "times": 2}) for one in visitors])
    seen = Counter(word for _, words in results for word in words)
    assert set(seen) <= {"booked", "taken"}, (seen, races.site.log())
    assert (overlaps(), desk.done + beat.done) == (0, open_offers())
    figures(f"{in_words(seen)}, offered: {open_offers()}")


def test_offers_while_the_desk_cancels(races: Races, figures):
    starts = races.studio.starts(3)
    queue(races.studio, instant(starts[0]).date(), 6)
    before = open_offers()
    tasks = [(one, {"starts": starts, "times": 3}) for one in races.arrived(8)]
    with at_work("cancel", starts[0][:10]) as desk, at_work("offer") as beat:
        results = races.fleet.run(scripts.come_and_go, tasks)
    seen = Counter(word for _, words in results for word in words)
    assert set(seen) <= {"booked", "taken"}, (seen, races.site.log())
    assert (overlaps(), beat.done) == (0, open_offers() - before)
    figures(f"{in_words(seen)}, cancelled: {desk.done}, offered: {beat.done}")


def test_two_who_offer_at_once_give_no_time_twice(races: Races, figures):
    day, before = races.studio.day(), open_offers()
    with at_work("offer") as one, at_work("offer") as other:
        queue(races.studio, day, 10)
        offer_until_quiet(before + 10)
    held = Booking.objects.filter(status="held", offer__outcome="open", during__startswith__date=day)
    assert (held.count(), overlaps(), one.done + other.done) == (10, 0, open_offers() - before)
    figures(f"10 wait, {one.done} and {other.done} offers")


def offer_until_quiet(offers: int) -> None:
    """Until so many offers are open, and then until no more come."""
    wait_for(lambda: open_offers() >= offers, PATIENCE_SECONDS)
    seen = -1
    while seen != open_offers():
        seen = open_offers()
        time.sleep(2)


def test_without_guards_one_time_is_offered_twice(django_db_blocker, figures):
    with django_db_blocker.unblock(), fresh_database(own_name("offers")):
        run_sql(WITHOUT_CONSTRAINTS)
        run_sql(TWO_AT_ONCE)
        studio = new_studio()
        needed = next((number for number in range(1, ROUNDS + 1) if offered_twice(studio)), None)
        assert needed
        figures(f"{overlaps()} overlapping pairs in round {needed}")


def offered_twice(studio) -> bool:
    before = open_offers()
    with at_work("unguarded"), at_work("unguarded"):
        queue(studio, studio.day(), 10)
        offer_until_quiet(before + 10)
    return overlaps() > 0
