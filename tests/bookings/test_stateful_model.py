"""Holds, bookings and the steps of a session in any order, on PostgreSQL, against a plain list of who has which time.

Hypothesis draws the orders, always the same ones, so a run says the same thing every time.
"""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bookings import actions
from bookings.availability import Wish
from bookings.models import Booking
from bookings.models.event import CLIENT, Actor
from tests import factories as make
from tests.factories import NOW, at, span
from tests.races.databases import overlaps

from .plain_model import PlainStudio, Session

STAFF = Actor("staff")
SHORT = {"max_examples": 100, "stateful_step_count": 16}
EVERY_OUTCOME = {
    *("hold: True", "hold: False", "book: True", "book: False"),
    *("keep longer: kept", "keep longer: longest", "keep longer: gone"),
    *("move: moved", "move: wrong", "move: gone"),
    *("swap: swapped", "swap: wrong", "swap: gone"),
    *("restore: restored", "restore: wrong", "restore: gone"),
    *("step: done", "step: wrong", "step: taken"),
}
USUAL_OUTCOMES = {"hold: True", "hold: False", "book: True", "step: done"}
FULL = {"max_examples": 1000, "stateful_step_count": 20}
STARTS = [at(9 + minutes // 60, minutes % 60, days=1) for minutes in range(0, 90, 10)]
owners = st.sampled_from(["Robin", "Sam", "Kim", "Lee"])
pauses = st.sampled_from([1, 4, 9, 10, 25, 60, 60 * 20, 60 * 21, 60 * 22])
asked_for = st.sampled_from([None, None, "ana", "mei"])
numbers = st.integers(0, 1000)
STEPS = {
    "arrived": actions.check_in,
    "in_session": actions.start,
    "done": actions.finish,
    "no_show": actions.no_show,
    "cancelled": actions.cancel,
}


class Studio(RuleBasedStateMachine):
    """Every rule does one thing to the database and the same to the plain model, and compares what came of it."""

    cast: make.SmallStudio
    seen: Counter

    @initialize()
    def open(self):
        self.now, self.plain, self.rows = NOW, PlainStudio(), []
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @rule(owner=owners, start=st.sampled_from(STARTS), asked=asked_for,
          sold=st.sampled_from(["back20", "back30", "back30", "oil30"]))  # fmt: skip
    def hold(self, owner, start, asked, sold):
        length = getattr(self.cast, sold)
        wish = Wish(self.cast.place, length, asked and getattr(self.cast, asked), start.date(), days=1)
        expected = self.plain.hold(owner, sold[:-2], length.minutes, asked, start, self.now)
        try:
            held = actions.hold(wish=wish, start=start, holder=holder(owner), now=self.now)
        except (actions.SlotTaken, actions.NotOffered):
            held = None
        self.compare("hold", held is not None, expected is not None)
        if held:
            self.rows.append(held)

    @precondition(lambda self: self.rows)
    @rule(number=numbers)
    def book(self, number):
        row, session = self.pick(number)
        expected = self.plain.book(session, self.now)
        words = actions.Details(name=session.owner, email=f"{session.owner}@mail.example", second_guest=True)
        try:
            actions.book(key=row.key, holder=holder(session.owner), details=words, now=self.now)
            booked = True
        except (actions.SlotTaken, actions.NotOffered):
            booked = False
        self.compare("book", booked, expected)

    @precondition(lambda self: self.rows)
    @rule(number=numbers)
    def keep_longer(self, number):
        row, session = self.pick(number)
        expected = self.plain.keep_longer(session, self.now)
        try:
            actions.keep_longer(key=row.key, holder=holder(session.owner), now=self.now)
            kept = "kept"
        except actions.HoldLimit:
            kept = "longest"
        except (actions.SlotTaken, actions.NotOffered):
            kept = "gone"
        self.compare("keep longer", kept, expected)

    @precondition(lambda self: self.rows)
    @rule(number=numbers, to=st.sampled_from(list(STEPS)))
    def step(self, number, to):
        row, session = self.pick(number)
        expected = self.plain.step(session, to, self.now)
        try:
            STEPS[to](booking=row, by=STAFF, now=self.now)
            done = "done"
        except actions.WrongStep:
            done = "wrong"
        except actions.SlotTaken:
            done = "taken"
        self.compare("step", done, expected)

    @precondition(lambda self: self.rows)
    @rule(number=numbers, start=st.sampled_from(STARTS), asked=asked_for)
    def move(self, number, start, asked):
        self.book(number)
        row, session = self.pick(number)
        expected = self.plain.move(session, asked, start, self.now)
        wish = Wish(self.cast.place, row.length, asked and getattr(self.cast, asked), start.date(), days=1)
        try:
            actions.move(booking=row, wish=wish, start=start, change=actions.Change(by=CLIENT, now=self.now))
            moved = "moved"
        except actions.WrongStep:
            moved = "wrong"
        except (actions.SlotTaken, actions.NotOffered):
            moved = "gone"
        self.compare("move", moved, expected)

    @precondition(lambda self: len(self.rows) > 1)
    @rule(number=numbers, other=numbers)
    def swap(self, number, other):
        self.book(number)
        self.book(other)
        (one, session), (two, its) = self.pick(number), self.pick(other)
        expected = self.plain.swap(session, its, self.now)
        try:
            actions.swap(first=fresh(one), second=fresh(two), change=actions.Change(by=STAFF, now=self.now))
            swapped = "swapped"
        except actions.WrongStep:
            swapped = "wrong"
        except (actions.SlotTaken, actions.NotOffered, actions.NeedsReason):
            swapped = "gone"
        self.compare("swap", swapped, expected)

    @precondition(lambda self: self.rows)
    @rule(number=numbers)
    def restore(self, number):
        row, session = self.pick(number)
        expected = self.plain.restore(session, self.now)
        try:
            actions.restore(booking=fresh(row), change=actions.Change(by=STAFF, now=self.now))
            restored = "restored"
        except actions.WrongStep:
            restored = "wrong"
        except (actions.SlotTaken, actions.NotOffered):
            restored = "gone"
        self.compare("restore", restored, expected)

    @precondition(lambda self: self.rows)
    @rule(number=numbers, owner=owners)
    def restore_too_late(self, number, owner):
        session = self.pick(number)[1]
        self.book(number)
        self.step(number, "cancelled")
        self.hold(owner, session.start, session.who, "back20")
        self.restore(number)

    @precondition(lambda self: self.rows)
    @rule(number=numbers)
    def keep_on_and_on(self, number):
        for minutes in (9, 9, 9, 1):
            self.wait(minutes)
            self.keep_longer(number)

    @precondition(lambda self: self.rows)
    @rule(number=numbers, owner=owners)
    def undo_an_end_too_late(self, number, owner):
        session = self.pick(number)[1]
        self.book(number)
        for to in ("in_session", "done"):
            self.step(number, to)
        self.hold(owner, session.start + timedelta(minutes=10), session.who, "back20")
        self.step(number, "in_session")

    @rule(minutes=pauses)
    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(who=st.sampled_from(["ana", "mei"]), start=st.sampled_from(STARTS))
    def take_time_off(self, who, start):
        make.time_off(therapist=getattr(self.cast, who), during=span(start, 30))
        self.plain.off.append((who, start, start + timedelta(minutes=30)))

    @rule(room=st.sampled_from([None, "mat_room", "bar_room"]), start=st.sampled_from(STARTS))
    def close(self, room, start):
        closed = room and getattr(self.cast, room)
        make.closure(location=self.cast.place, room=closed, during=span(start, 20))
        self.plain.closed.append((closed and closed.name, start, start + timedelta(minutes=20)))

    @invariant()
    def both_agree(self):
        found = [
            as_session(row) for row in Booking.objects.order_by("pk").select_related("therapist", "room", "length")
        ]
        assert found == [as_tuple(session) for session in self.plain.sessions]
        assert overlaps() == 0

    def compare(self, act: str, found: object, expected: object) -> None:
        assert found == expected
        self.seen[f"{act}: {found}"] += 1

    def pick(self, number: int) -> tuple[Booking, Session]:
        place = number % len(self.rows)
        return self.rows[place], self.plain.sessions[place]


def fresh(row: Booking) -> Booking:
    """The row as the desk sees it now."""
    return Booking.objects.select_related("location", "length__treatment__style", "therapist").get(pk=row.pk)


def as_tuple(row: Session) -> tuple:
    held_until = row.until if row.status == "held" else None
    return row.who, row.room, row.start, row.minutes, row.status, held_until, row.her_end, row.room_end


def as_session(row: Booking) -> tuple:
    held_until = row.hold_expires_at if row.status == "held" else None
    ends = row.therapist_block.upper, row.room_block.upper
    return row.therapist.slug, row.room.name, row.during.lower, row.minutes, str(row.status), held_until, *ends


def holder(owner: str) -> actions.Holder:
    return actions.Holder(uuid5(NAMESPACE_OID, owner), "192.0.2.1")


def agree(**amount: Any) -> Counter:
    """Play that many days; how often each act came out in each way."""
    quiet = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
    Studio.cast, Studio.seen = make.small_studio(lead_minutes=60), Counter()
    run_state_machine_as_test(Studio, settings=settings(**quiet | amount))
    return Studio.seen


@pytest.mark.django_db
def test_a_hundred_days_agree_with_the_plain_model():
    assert set(agree(**SHORT)) >= USUAL_OUTCOMES


@pytest.mark.faults
@pytest.mark.django_db
def test_a_thousand_days_agree_with_the_plain_model():
    assert set(agree(**FULL)) == EVERY_OUTCOME


@pytest.mark.django_db
def test_a_plain_model_that_forgets_the_turnover_is_found_out(monkeypatch):
    monkeypatch.setattr("tests.bookings.plain_model.TURNOVER", timedelta())
    with pytest.raises(AssertionError):
        agree(**SHORT, phases=[Phase.generate])
