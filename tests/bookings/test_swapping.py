"""Two sessions change places, and the rest of a day moves. Monday 23 November 2026, 12:00, is now."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import actions
from bookings.actions import Change, Tell
from bookings.availability import load_setup, shift_preview
from bookings.models import Booking, Message
from bookings.models.event import CLIENT, Actor
from bookings.scheduling.offers import Reason
from tests import factories as make
from tests.factories import NOW, at, span
from tests.races.databases import overlaps

pytestmark = pytest.mark.django_db
STAFF = Change(by=Actor("staff"), now=NOW)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def cast():
    return make.small_studio()


def session(cast, **fields) -> Booking:
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "start": at(9, days=1)}
    made = make.booking(**words | fields)
    make.message(booking=made, key=f"booking/{made.pk}/confirmation/mail/1", state="sent", sent_at=NOW)
    return made


def place(booking) -> tuple:
    booking.refresh_from_db()
    return booking.during.lower, booking.therapist, booking.room, booking.minutes


def late(cast, minutes=15, from_=None, change=STAFF, **words):
    words |= {"therapist": cast.ana, "location": cast.place, "day": TUESDAY}
    return actions.shift(minutes=minutes, from_=from_ or at(9, days=1), change=change, **words)


def test_two_sessions_change_time_therapist_and_room(cast):
    one = session(cast)
    other = session(cast, therapist=cast.mei, room=cast.bar_room, start=at(11, days=1), length=cast.back20)
    with CaptureQueriesContext(connection) as queries:
        actions.swap(first=one, second=other, change=STAFF)
    assert place(one) == (at(11, days=1), cast.mei, cast.bar_room, 30)
    assert place(other) == (at(9, days=1), cast.ana, cast.mat_room, 20)
    assert sum('SET "during"' in query["sql"] for query in queries) == 1
    assert (one.version, one.edition, Message.objects.filter(kind="moved").count()) == (2, 2, 2)


def test_neighbours_of_one_therapist_change_places(cast):
    one, other = session(cast), session(cast, start=at(9, 40, days=1))
    actions.swap(first=one, second=other, change=STAFF)
    assert (one.during.lower, place(one)[0], place(other)[0]) == (at(9, days=1), at(9, 40, days=1), at(9, days=1))


def test_at_the_same_time_each_keeps_the_room_that_its_treatment_needs(cast):
    jo = make.therapist(name="Jo", styles=(cast.mat, cast.bars))
    make.certificate(therapist=jo, styles=(cast.bars,))
    make.working_hours(therapist=jo, location=cast.place, weekday=1)
    oil, back = session(cast, length=cast.oil30, room=cast.bar_room), session(cast, therapist=jo)
    actions.swap(first=back, second=oil, change=STAFF)
    assert (place(oil)[1:3], place(back)[1:3]) == ((jo, cast.bar_room), (cast.ana, cast.mat_room))


def test_a_swap_that_does_not_fit_changes_neither(cast):
    oil = session(cast, length=cast.oil30, room=cast.bar_room)
    hers = session(cast, therapist=cast.mei, start=at(11, days=1))
    with pytest.raises(actions.NotOffered) as refused:
        actions.swap(first=oil, second=hers, change=replace(STAFF, reason="please"))
    assert refused.value.explanation.reason == Reason.STYLE
    assert (place(oil)[0], place(hers)[0], oil.version) == (at(9, days=1), at(11, days=1), 1)


def test_a_longer_session_does_not_push_the_next_one(cast):
    short, long = session(cast, length=cast.back20), session(cast, start=at(11, days=1))
    session(cast, start=at(9, 30, days=1))
    with pytest.raises(actions.SlotTaken):
        actions.swap(first=short, second=long, change=STAFF)
    assert (place(short)[0], place(long)[0]) == (at(9, days=1), at(11, days=1))


def test_hours_ask_for_a_reason(cast):
    one, outside = session(cast), session(cast, therapist=cast.mei, start=at(18, days=1))
    with pytest.raises(actions.NeedsReason) as asked:
        actions.swap(first=one, second=outside, change=STAFF)
    assert asked.value.explanation.reason == Reason.CLOSED
    actions.swap(first=one, second=outside, change=replace(STAFF, reason="Mei stays"))
    assert (place(one)[0], place(outside)[0]) == (at(18, days=1), at(9, days=1))


def test_either_card_may_be_stale(cast):
    one, other = session(cast), session(cast, start=at(11, days=1), version=3)
    with pytest.raises(actions.Stale):
        actions.swap(first=one, second=other, change=replace(STAFF, version=2))
    with pytest.raises(actions.Stale) as stale:
        actions.swap(first=one, second=other, change=replace(STAFF, version=1), second_version=2)
    assert stale.value.booking == other
    actions.swap(first=one, second=other, change=replace(STAFF, version=1), second_version=3)


@pytest.mark.parametrize("status", ["in_session", "cancelled", "done"])
def test_what_has_begun_or_is_off_changes_places_with_nobody(cast, status):
    one, other = session(cast), session(cast, start=at(11, days=1), status=status)
    with pytest.raises(actions.WrongStep):
        actions.swap(first=one, second=other, change=STAFF)
    with pytest.raises(actions.WrongStep):
        actions.swap(first=one, second=one, change=STAFF)


def test_undo_takes_back_both_sides_of_a_swap_and_nobody_hears_of_it(cast):
    one, other = session(cast), session(cast, therapist=cast.mei, start=at(11, days=1))
    actions.swap(first=one, second=other, change=replace(STAFF, tell=Tell.SOON))
    actions.undo(booking=other, change=STAFF)
    assert (place(one)[:2], place(other)[:2]) == ((at(9, days=1), cast.ana), (at(11, days=1), cast.mei))
    assert not Message.objects.filter(kind="moved", state="queued").exists()


def test_a_swap_is_not_undone_when_one_side_has_moved_on(cast):
    one, other = session(cast), session(cast, start=at(11, days=1))
    _one, now = actions.swap(first=one, second=other, change=STAFF)
    actions.change_length(booking=now, length=cast.back20, change=STAFF)
    with pytest.raises(actions.NothingToUndo):
        actions.undo(booking=one, change=STAFF)


def test_running_late_moves_the_rest_of_the_day_in_one_statement(cast):
    gone = session(cast, status="in_session")
    rest = [session(cast, start=at(9, 40, days=1)), session(cast, start=at(10, 20, days=1), status="arrived")]
    hers = session(cast, therapist=cast.mei, room=cast.bar_room, start=at(11, days=1))
    with CaptureQueriesContext(connection) as queries:
        moved = late(cast)
    assert [row.during.lower for row in moved] == [at(9, 55, days=1), at(10, 35, days=1)]
    assert [place(row)[0] for row in (gone, *rest, hers)] == [
        *(at(9, days=1), at(9, 55, days=1), at(10, 35, days=1), at(11, days=1))
    ]
    assert sum('SET "during"' in query["sql"] for query in queries) == 1
    assert Message.objects.filter(kind="moved").count() == 2


def test_only_what_starts_from_then_on_moves_and_undo_brings_all_of_it_back(cast):
    early, later = session(cast), session(cast, start=at(10, days=1))
    last = session(cast, start=at(12, days=1))
    late(cast, from_=at(10, days=1), change=replace(STAFF, tell=Tell.SOON))
    assert [place(row)[0] for row in (early, later, last)] == [at(9, days=1), at(10, 15, days=1), at(12, 15, days=1)]
    actions.undo(booking=last, change=STAFF)
    assert [place(row)[0] for row in (early, later, last)] == [at(9, days=1), at(10, days=1), at(12, days=1)]


def test_a_shifted_session_takes_another_room_when_its_own_is_taken(cast):
    mine = session(cast)
    session(cast, therapist=cast.mei, start=at(9, 40, days=1))
    late(cast)
    assert (place(mine)[2], overlaps()) == (cast.bar_room, 0)


def test_the_preview_says_what_is_in_the_way_and_nothing_moves(cast):
    one, other = session(cast), session(cast, start=at(12, days=1))
    make.time_off(therapist=cast.ana, during=span(at(12, 50, days=1), 60))
    words = {"therapist": cast.ana, "location": cast.place, "day": TUESDAY, "from_": at(9, days=1), "now": NOW}
    seen = shift_preview(load_setup(), minutes=15, **words)
    assert [(row.booking, row.start, row.is_impossible) for row in seen] == [
        (one, at(9, 15, days=1), False),
        (other, at(12, 15, days=1), True),
    ]
    assert seen[1].why.reason == Reason.AWAY
    with pytest.raises(actions.InTheWay) as stopped:
        late(cast, change=replace(STAFF, reason="please"))
    assert (stopped.value.shifted == seen, place(one)[0]) == (True, at(9, days=1))


def test_closing_time_asks_for_a_reason(cast):
    last = session(cast, start=at(17, 20, days=1))
    with pytest.raises(actions.NeedsReason):
        late(cast)
    late(cast, change=replace(STAFF, reason="Ana stays"))
    assert place(last)[0] == at(17, 35, days=1)


def test_what_somebody_else_changed_meanwhile_is_looked_at_first(cast):
    one = session(cast)
    other = session(cast, start=at(11, days=1))
    for seen in ({one.pk: 1}, {one.pk: 1, other.pk: 2}):
        with pytest.raises(actions.Stale):
            late(cast, seen=seen)
    assert len(late(cast, seen={one.pk: 1, other.pk: 1})) == 2


@pytest.mark.parametrize("minutes", [0, -10, 7])
def test_a_day_moves_later_and_in_fives(cast, minutes):
    with pytest.raises(actions.WrongTimes):
        late(cast, minutes=minutes)
    assert late(cast, minutes=5) == []


def test_a_preview_takes_three_statements_at_any_size(cast):
    for number in range(8):
        session(cast, start=at(9, days=1) + timedelta(minutes=40 * number))
    words = {"therapist": cast.ana, "location": cast.place, "day": TUESDAY, "from_": at(9, days=1), "now": NOW}
    setup = load_setup()
    with CaptureQueriesContext(connection) as queries:
        assert len(shift_preview(setup, minutes=10, **words)) == 8
    assert len(queries) == 3


def test_a_length_is_changed_of_the_session_that_was_seen(cast):
    seen, other = session(cast), session(cast, start=at(11, days=1))
    actions.swap(first=seen, second=other, change=STAFF)
    for act in ({"length": cast.back20}, {"therapist": cast.mei}):
        verb = actions.change_length if "length" in act else actions.reassign
        with pytest.raises(actions.Stale):
            verb(booking=seen, change=STAFF, **act)


def test_a_client_swaps_and_shifts_nothing_that_needs_a_reason(cast):
    one, outside = session(cast), session(cast, therapist=cast.mei, start=at(18, days=1))
    with pytest.raises(actions.NotOffered):
        actions.swap(first=one, second=outside, change=Change(by=CLIENT, now=NOW))
