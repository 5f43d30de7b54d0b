"""Negative controls: with a guard taken away the fault appears, so the races above do look where it would be."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from bookings.models import Booking, BookingEvent
from tests import factories as make

from . import scripts
from .databases import overlaps
from .fixtures import Races, in_words

ROUNDS = 12
CLIENTS = 8


def take_rounds(races: Races) -> Iterator[Counter]:
    """The same clients all want one time, then another; what they saw."""
    visitors = races.arrived(CLIENTS)
    for start in races.studio.starts(ROUNDS):
        visitors, words = races.play(scripts.take, [(one, {"start": start, "therapist": "ana"}) for one in visitors])
        yield words


def test_without_locks_and_constraints_times_are_given_away_twice(controls, figures):
    with controls(locks=False, constraints=False) as races:
        needed = next((number for number, _ in enumerate(take_rounds(races), 1) if overlaps()), None)
        assert needed, races.site.log()
        figures(f"{overlaps()} overlapping pairs in round {needed}")


def test_without_locks_the_constraints_alone_hold(controls, figures):
    with controls(locks=False) as races:
        seen = list(islice(take_rounds(races), 3))
        booked = Booking.objects.ahead().count()
        assert (overlaps(), sum(words["booked"] for words in seen)) == (0, booked), races.site.log()
        figures(f"{in_words(sum(seen, Counter()))}, 0 overlapping pairs")


def test_without_constraints_the_locks_alone_hold(controls, figures):
    with controls(constraints=False) as races:
        seen = list(islice(take_rounds(races), 3))
        assert (seen, overlaps()) == ([Counter(booked=1, taken=CLIENTS - 1)] * 3, 0), races.site.log()
        figures(f"{in_words(sum(seen, Counter()))}, 0 overlapping pairs")


def test_without_locks_a_form_sent_four_times_is_booked_more_than_once(controls, figures):
    with controls(locks=False) as races:
        needed = next((number for number in range(1, ROUNDS + 1) if submit_round(races)), None)
        assert needed, races.site.log()
        figures(f"booked again in round {needed}")


def submit_round(races: Races) -> bool:
    """Everybody sends her form four times at once; whether a form was booked more than once.

    Their addresses are known: of new ones the unique e-mail of clients would stop the second, locks or not.
    """
    visitors = races.holding(races.studio.starts(8))
    for visitor in visitors:
        make.client(email=visitor.words["email"])
    races.fleet.run(scripts.submit_often, [(visitor, {"times": 4}) for visitor in visitors])
    return BookingEvent.objects.filter(verb="booked").count() > Booking.objects.ahead().count()


def test_without_the_same_key_a_form_sent_twice_makes_two_bookings(races, figures):
    start = races.studio.starts(1)[0]
    first, again = races.holding([start, start])
    again.words = first.words
    _, seen = races.play(scripts.book, [(first, {}), (again, {})])
    assert (seen, Booking.objects.filter(email=first.words["email"]).count()) == (Counter(booked=2), 2)
    figures("2 keys, 2 bookings")
