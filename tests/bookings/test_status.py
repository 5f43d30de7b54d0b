from itertools import product

import pytest

from bookings.models.status import AGREED, AHEAD, OCCUPYING, OVER, STEPS, Status, may_step

# From the state of the row to the state of the column: "x" is a legal step.
TABLE = """
            held booked arrived in_session done no_show cancelled expired
held         .    x      .       .          .    .       .         x
booked       .    .      x       x          .    x       x         .
arrived      .    x      .       x          .    x       x         .
in_session   .    .      x       .          x    .       .         .
done         .    .      .       x          .    .       .         .
no_show      .    x      x       .          .    .       .         .
cancelled    .    x      .       .          .    .       .         .
expired      x    x      .       .          .    .       .         .
"""
_columns, *_rows = [line.split() for line in TABLE.strip().splitlines()]
LEGAL = {
    (row[0], column) for row in _rows for column, mark in zip(_columns, row[1:], strict=True) if mark == "x"
}  # fmt: skip


@pytest.mark.parametrize("before, after", list(product(Status.values, repeat=2)))
def test_a_booking_takes_only_the_steps_of_the_table(before, after):
    assert may_step(before, after) is ((before, after) in LEGAL)


def test_every_state_has_a_way_on():
    assert set(STEPS) == set(Status.values)
    assert all(STEPS.values())


def test_only_cancelled_and_expired_take_no_time():
    assert set(Status) - set(OCCUPYING) == {Status.CANCELLED, Status.EXPIRED}


def test_the_named_sets_belong_together():
    assert set(AHEAD) | set(OVER) | {Status.CANCELLED} == set(AGREED)
