"""/studio/rooms/: what stands in a room, and when that is in service."""

import datetime as dt
import re

import pytest

from locations.models import Prop, Room
from spa import clock
from tests import factories as make
from tests.studio.test_hours import next_tuesday, why_not

pytestmark = pytest.mark.django_db


def send(client, path, status, **typed):
    html = client.get(path).text
    kept = dict(re.findall(r'name="(p\d_\w+)" type="\w+" autocomplete="off" value="([^"]*)"', html))
    kept |= dict(re.findall(r'<select id="id_(p\d_kind)".*?<option value="(\w*)" selected', html))
    kept["seen"] = re.search(r'name="seen" value="(\w+)"', html)[1]
    answer = client.post(path, kept | {"in_use": "on", "order": "1"} | typed)
    assert answer.status_code == status
    return answer.text


def send_mat(client, cast, status, **typed):
    given = {"name": "Mat room", "location_id": cast.place.pk} | typed
    return send(client, f"/studio/rooms/{cast.mat_room.pk}/", status, **given)


@pytest.fixture
def one_mat(cast):
    """Only the mat room has a mat."""
    Prop.objects.filter(room=cast.bar_room, kind="mat").delete()
    return cast


def test_the_list_says_what_stands_where(client, ada, cast):
    html = client.get("/studio/rooms/").text
    assert "Mat room" in html and "bars, table, mat" in html


def test_an_inspection_that_lapses_soon_is_announced(client, ada, cast):
    today = clock.now().astimezone(cast.place.zone).date()
    Prop.objects.filter(kind="bars").update(inspected_until=today + dt.timedelta(days=60))
    Prop.objects.filter(kind="table").update(inspected_until=today + dt.timedelta(days=61))
    html = client.get("/studio/rooms/").text
    assert "bars: the inspection lapses after " in html
    assert "table: the inspection" not in html


def test_a_lapsed_inspection_takes_it_out_at_once(client, ada, one_mat):
    assert why_not(one_mat, next_tuesday(12)) is None
    send_mat(client, one_mat, 303, p0_inspected="2026-01-05")
    assert why_not(one_mat, next_tuesday(12)) == "prop"
    assert "not inspected since Monday 5 January 2026" in client.get("/studio/rooms/").text


def test_out_of_service_for_some_days_and_what_needs_it(client, ada, one_mat):
    start = next_tuesday(12)
    make.booking(start=start, length=one_mat.back30, therapist=one_mat.mei, room=one_mat.mat_room)
    day = start.date().isoformat()
    send_mat(client, one_mat, 303, p0_out_on=day, p0_last_on=day, p0_reason="torn")
    assert why_not(one_mat, start) == "room"
    assert why_not(one_mat, start + dt.timedelta(days=1)) is None
    html = client.get(f"/studio/rooms/{one_mat.mat_room.pk}/").text
    assert "1 session needs what is out of service then" in html and 'value="torn"' in html


def test_an_hour_that_was_set_elsewhere_stays(client, ada, cast):
    since = next_tuesday(12)
    Prop.objects.filter(room=cast.mat_room).update(out_from=since, out_until=since + dt.timedelta(hours=2))
    send_mat(client, cast, 303, p0_reason="torn")
    mat = Prop.objects.get(room=cast.mat_room)
    assert (mat.out_from, mat.out_until, mat.out_reason) == (since, since + dt.timedelta(hours=2), "torn")


def test_a_prop_comes_and_goes(client, ada, cast):
    send_mat(client, cast, 303, p1_kind="rope")
    assert sorted(cast.mat_room.props.values_list("kind", "name")) == [("mat", "mat"), ("rope", "rope")]
    send_mat(client, cast, 303, p0_kind="")
    assert [prop.kind for prop in cast.mat_room.props.all()] == ["rope"]


def test_a_room_that_is_not_in_use_is_not_offered(client, ada, one_mat):
    send_mat(client, one_mat, 303, in_use="")
    assert why_not(one_mat, next_tuesday(12)) == "prop"


def test_a_new_room_and_its_former_version(client, ada, cast):
    send(client, "/studio/rooms/new/", 303, name="Rope room", location_id=cast.place.pk, p0_kind="rope")
    room = Room.objects.get(name="Rope room")
    path = f"/studio/rooms/{room.pk}/"
    send(client, path, 303, name="Rope and mat", location_id=cast.place.pk, p1_kind="mat")
    number = re.search(r'name="version" value="(\d+)"', client.get(path).text)[1]
    assert client.post(f"/studio/menu/room/{room.pk}/restore/", {"version": number}).status_code == 303
    room.refresh_from_db()
    assert (room.name, [prop.kind for prop in room.props.all()]) == ("Rope room", ["rope"])


@pytest.mark.parametrize(
    ("typed", "words", "times"),
    [
        ({"name": ""}, "Write the name of the room.", 2),
        ({"name": "Bar room"}, "This location already has a room of that name.", 1),
        ({"order": "x"}, "Type a whole number from 0 to 999.", 2),
        ({"p0_kind": "trampoline"}, "Choose from the list.", 2),
        ({"p0_inspected": "soon"}, "Enter a date, like 2026-12-01.", 2),
        ({"p0_last_on": "2026-12-01"}, "Type since when it is out of service.", 2),
        ({"p0_out_on": "2026-12-02", "p0_last_on": "2026-12-01"}, "Choose a last day that is not before the first", 2),
        ({"p0_reason": "x" * 121}, "Shorten this to fewer letters.", 2),
    ],
)
def test_what_cannot_stand_is_told(client, ada, cast, typed, words, times):
    assert send_mat(client, cast, 422, **typed).count(words) == times
    assert Prop.objects.get(room=cast.mat_room).name == "mat"
