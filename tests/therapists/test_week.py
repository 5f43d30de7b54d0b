"""Weekly hours as one value: what stands in the rows, and which hours would have her work twice at once."""

import pytest
from django.core.exceptions import ValidationError

from tests import factories as make
from therapists.week import first_overlap, read, write

pytestmark = pytest.mark.django_db


def plan(*blocks, place=1, since="2026-01-05", until=None, every=1):
    """A plan of (weekday, from, to)."""
    days = [[[opens, closes] for day, opens, closes in blocks if day == weekday] for weekday in range(7)]
    return {"place": place, "since": since, "until": until, "every": every, "days": days}


def test_what_is_written_is_read_again():
    ana, place = make.therapist(), make.location()
    both = [plan((0, "09:00", "13:00"), (0, "14:00", "18:00"), place=place.pk, until="2026-11-30")]
    both.append(plan((3, "20:00", "02:00"), place=place.pk, since="2026-12-01", every=2))
    write(ana, {"plans": both})
    assert read(ana) == {"plans": both}


def test_what_overlaps_is_not_written():
    ana, place = make.therapist(), make.location()
    make.working_hours(therapist=ana, location=place)
    twice = plan((0, "09:00", "13:00"), (0, "12:55", "18:00"), place=place.pk)
    with pytest.raises(ValidationError, match="Monday 9:00 to 13:00 and Monday 12:55 to 18:00 overlap"):
        write(ana, {"plans": [twice]})
    assert ana.working_hours.count() == 1


@pytest.mark.parametrize(
    ("plans", "overlaps"),
    [
        ([plan((0, "09:00", "13:00"), (0, "13:00", "18:00"))], False),
        ([plan((0, "09:00", "13:00"), (0, "12:55", "18:00"))], True),
        ([plan((0, "20:00", "02:00"), (1, "01:00", "05:00"))], True),
        ([plan((0, "20:00", "02:00"), (1, "02:00", "05:00"))], False),
        ([plan((6, "20:00", "02:00"), (0, "01:00", "05:00"))], True),
        ([plan((0, "00:00", "00:00"), (1, "00:00", "00:00"))], False),
        ([plan((0, "09:00", "13:00")), plan((0, "12:00", "13:00"), place=2)], True),
        ([plan((0, "09:00", "13:00"), until="2026-11-30"), plan((0, "09:00", "13:00"), since="2026-12-01")], False),
        ([plan((0, "09:00", "13:00"), until="2026-12-01"), plan((0, "09:00", "13:00"), since="2026-12-01")], True),
        ([plan((0, "09:00", "13:00"), every=2), plan((0, "09:00", "13:00"), since="2026-01-12", every=2)], False),
        ([plan((0, "09:00", "13:00"), every=2), plan((0, "09:00", "13:00"), since="2026-01-19", every=2)], True),
        ([plan((0, "09:00", "13:00"), every=2), plan((0, "09:00", "13:00"), since="2026-01-12")], True),
    ],
)
def test_hours_overlap_when_she_would_work_twice_at_once(plans, overlaps):
    assert (first_overlap(plans) is not None) == overlaps
