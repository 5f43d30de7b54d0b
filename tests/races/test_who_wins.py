"""Races in which more than one start, therapist, room or act is in play."""

from collections import Counter

from bookings.models import Booking, BookingEvent
from tests import factories as make

from . import scripts
from .databases import overlaps
from .fixtures import Races, in_words, instant, start_on
from .staff import DESK, at_work


def take_at_once(races: Races, wanted: list[tuple[str, str]]) -> Counter:
    """One client for each wanted start and therapist, all at one moment."""
    tasks = [
        (visitor, {"start": start, "therapist": therapist})
        for visitor, (start, therapist) in zip(races.arrived(len(wanted)), wanted, strict=True)
    ]
    return races.play(scripts.take, tasks)[1]


def test_of_starts_that_overlap_each_other_one_wins(races, figures):
    day = races.studio.day()
    starts = [start_on(day, minutes) for minutes in (60, 70, 80, 90)]
    seen = take_at_once(races, [(start, "ana") for start in starts] * 4)
    assert seen == Counter(booked=1, taken=15), races.site.log()
    assert overlaps() == 0
    figures(in_words(seen))


def test_two_therapists_and_one_room_make_one_session(races, figures):
    start = races.studio.starts(1)[0]
    make.closure(
        location=races.studio.cast.place, room=races.studio.cast.bar_room, during=make.span(instant(start), 60)
    )
    seen = take_at_once(races, [(start, "ana"), (start, "mei")] * 8)
    assert seen == Counter(booked=1, taken=15), races.site.log()
    assert overlaps() == 0
    figures(in_words(seen))


def test_anyone_means_as_many_as_there_are_therapists(races, figures):
    start = races.studio.starts(1)[0]
    seen = take_at_once(races, [(start, "")] * 16)
    given = Booking.objects.ahead().filter(during__startswith=instant(start)).values_list("therapist", "room")
    assert seen == Counter(booked=2, taken=14), races.site.log()
    assert (len({who for who, _ in given}), len({where for _, where in given}), overlaps()) == (2, 2, 0)
    figures(in_words(seen))


def test_hold_against_book_against_cancel(races, figures):
    starts = races.studio.starts(2)
    tasks = [(visitor, {"starts": starts, "times": 4}) for visitor in races.arrived(12)]
    with at_work("cancel", starts[0][:10]) as staff:
        results = races.fleet.run(scripts.come_and_go, tasks)
    seen = Counter(word for _, words in results for word in words)
    at_these = BookingEvent.objects.filter(booking__during__startswith__in=map(instant, starts))
    cancelled = at_these.filter(verb="cancelled").count()
    assert set(seen) <= {"booked", "taken"}, (seen, races.site.log())
    assert (overlaps(), staff.done) == (0, cancelled), races.site.log()
    for start in starts:
        assert_given_and_taken_back_by_turns(start)
    figures(f"{in_words(seen)}, cancelled by staff: {cancelled}")


def test_a_desk_that_moves_against_clients_who_book(races, figures):
    cast, starts = races.studio.cast, races.studio.starts(26)
    make.booking(therapist=cast.ana, room=cast.mat_room, length=cast.back30, start=instant(starts[0]), source=DESK)
    tasks = [(visitor, {"starts": starts, "times": 2}) for visitor in races.arrived(12)]
    with at_work("move", *starts) as staff:
        results = races.fleet.run(scripts.come_and_go, tasks)
    seen = Counter(word for _, words in results for word in words)
    there = Booking.objects.ahead().filter(therapist=cast.ana, during__startswith__in=map(instant, starts))
    assert set(seen) <= {"booked", "taken"}, (seen, races.site.log())
    assert (overlaps(), there.count(), staff.done > 0) == (0, seen["booked"] + 1, True)
    figures(f"{in_words(seen)}, moved by staff: {staff.done}, refused to staff: {staff.refused}")


def assert_given_and_taken_back_by_turns(start: str) -> None:
    """A time was booked, cancelled, booked ... and never booked twice in a row."""
    verbs = BookingEvent.objects.filter(booking__during__startswith=instant(start)).order_by("id")
    told = list(verbs.values_list("verb", flat=True))
    assert told == (["booked", "cancelled"] * len(told))[: len(told)]
