"""/studio/places/<pk>/closures/: whole days on which a place, or a room of it, is shut."""

import datetime as dt
import re

import pytest

from locations.models import Closure
from tests import factories as make
from tests.studio.test_hours import next_tuesday, why_not

pytestmark = pytest.mark.django_db


def send(client, cast, status, **changes):
    path = f"/studio/places/{cast.place.pk}/closures/"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    day = next_tuesday(12).date().isoformat()
    typed = {"seen": seen, "room": "", "first_on": day, "last_on": "", "reason_en": "Stocktaking"}
    answer = client.post(path, typed | changes)
    assert answer.status_code == status
    return answer.text


def test_a_day_shut_and_open_again(client, ada, cast):
    start = next_tuesday(12)
    assert why_not(cast, start) is None
    send(client, cast, 303)
    assert (why_not(cast, start), why_not(cast, start + dt.timedelta(days=1))) == ("closed", None)
    assert "Stocktaking" in client.get(f"/studio/places/{cast.place.pk}/closures/").text
    send(client, cast, 303, do="drop-0", first_on="")
    assert (why_not(cast, start), Closure.objects.count()) == (None, 0)


def test_one_room_shut_leaves_the_others(client, ada, cast):
    send(client, cast, 303, room=cast.mat_room.pk)
    assert why_not(cast, next_tuesday(12)) is None
    send(client, cast, 303, room=cast.bar_room.pk)
    assert why_not(cast, next_tuesday(12)) == "room"


def test_what_stays_keeps_its_row(client, ada, cast):
    first = make.closure(location=cast.place, during=make.span(next_tuesday(12), 60))
    send(client, cast, 303, room=cast.mat_room.pk)
    assert Closure.objects.filter(pk=first.pk).exists()
    assert Closure.objects.count() == 2


def test_what_is_booked_then_is_listed_first_and_kept(client, ada, cast):
    booking = make.booking(start=next_tuesday(12), length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    html = send(client, cast, 200)
    assert f'href="/desk/bookings/{booking.pk}/"' in html
    assert Closure.objects.count() == 0
    send(client, cast, 303, do="keep")
    booking.refresh_from_db()
    assert (booking.status, Closure.objects.count()) == ("booked", 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_on": ""}, "Enter a date, like 2026-12-01."),
        ({"last_on": "2020-01-01"}, "Choose a last day that is not before the first one."),
        ({"room": "999999"}, "Choose from the list."),
        ({"reason_en": "x" * 201}, "Shorten this to 200 letters or fewer."),
    ],
)
def test_what_cannot_be_is_told_at_the_field(client, ada, cast, changes, words):
    assert send(client, cast, 422, **changes).count(words) == 2
    assert Closure.objects.count() == 0
