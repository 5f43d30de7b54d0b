"""One client who presses twice, loses the answer, or comes back after her hold ran out."""

from collections import Counter
from datetime import timedelta

from bookings.models import Booking, BookingEvent, Message
from spa import clock

from . import scripts
from .databases import overlaps
from .fixtures import in_words, instant

TIMES = 4


def once_each(starts: list[str]) -> tuple[int, int, int, int]:
    """Bookings, first confirmations, events and clients of these starts."""
    rows = Booking.objects.ahead().filter(during__startswith__in=[instant(start) for start in starts])
    events = BookingEvent.objects.filter(booking__in=rows, verb="booked")
    emails = {booking.email for booking in rows.select_related("client")}
    confirmations = Message.objects.filter(booking__in=rows, kind="confirmation")
    return rows.count(), confirmations.count(), events.count(), len(emails)


def test_a_form_sent_four_times_at_once_makes_one_booking(races, figures):
    starts = races.studio.starts(8)
    tasks = [(visitor, {"times": TIMES}) for visitor in races.holding(starts)]
    results = races.fleet.run(scripts.submit_often, tasks)
    assert [len(seen) for _, seen in results] == [TIMES] * 8
    assert [len(set(seen)) for _, seen in results] == [1] * 8, (results, races.site.log())
    assert all(status == 303 and reference for _, seen in results for status, _, reference in seen)
    assert once_each(starts) == (8, 8, 8, 8)
    figures(f"{8 * TIMES} forms sent, 8 bookings")


def test_a_lost_answer_and_a_second_try_make_one_booking(races, figures):
    starts = races.studio.starts(8)
    results = races.fleet.run(scripts.lose_reply, [(visitor, {}) for visitor in races.holding(starts)])
    references = Booking.objects.filter(during__startswith__in=[instant(start) for start in starts], status="booked")
    assert {reference for _, (_, reference) in results} == set(references.values_list("reference", flat=True))
    assert once_each(starts) == (8, 8, 8, 8)
    figures("8 answers lost, 8 bookings")


def test_an_owner_whose_hold_ran_out_against_others_who_want_the_time(races, figures):
    starts, elsewhere = races.studio.starts(4), races.studio.starts(4)
    owners = races.holding(starts, "ana")
    Booking.objects.live_holds(clock.now()).filter(held_by__isnull=False).update(hold_expires_at=clock.now())
    rivals = races.arrived(12)
    tasks = [(owner, {"again": start}) for owner, start in zip(owners, elsewhere, strict=True)]
    tasks += [(rival, {"start": starts[place % 4]}) for place, rival in enumerate(rivals)]
    results = races.fleet.run(scripts.owner_or_rival, tasks)
    seen = Counter(word for _, word in results)
    assert seen == Counter(booked=4, taken=12), (seen, races.site.log())
    assert overlaps() == 0
    won = sum(word == "booked" for _, word in results[:4])
    figures(f"{in_words(seen)}, of these {won} times the owner of the hold")


def test_a_hold_that_ran_out_is_free_at_the_same_instant(races):
    start = races.studio.starts(1)[0]
    races.holding([start], "ana")
    long_ago = clock.now() - timedelta(minutes=1)
    Booking.objects.filter(during__startswith=instant(start)).update(hold_expires_at=long_ago)
    _, seen = races.play(
        scripts.take, [(visitor, {"start": start, "therapist": "ana"}) for visitor in races.arrived(1)]
    )
    assert seen == Counter(booked=1), races.site.log()
