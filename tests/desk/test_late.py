"""A therapist runs late: the rest of her day moves together."""

import pytest

from bookings.models import Booking, Message
from tests import factories as make
from tests.desk.people import robins
from tests.factories import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]
PATH = "/desk/therapists/ana/late/"


def starts(bookings) -> list:
    return [Booking.objects.get(pk=one.pk).during.lower for one in bookings]


def late(client, bookings, **words):
    seen = [f"{one.pk} {one.version}" for one in bookings]
    return client.post(PATH, {"minutes": 15, "since": at(14).isoformat(), "seen": seen} | words)


def test_a_look_at_who_is_affected_changes_nothing(client, day):
    rows = client.get(PATH, {"minutes": 15}).context["rows"]
    assert [(row["name"], row["after"], row["why"]) for row in rows] == [
        ("Robin Hale", "14:15 to 14:45", ""),
        ("Kim Bell", "15:15 to 15:45", ""),
    ]
    assert starts(day) == [at(14), at(15)]


def test_from_a_session_on(client, day):
    rows = client.get(PATH, {"minutes": 15, "since": at(15).isoformat()}).context["rows"]
    assert [row["name"] for row in rows] == ["Kim Bell"]


def test_the_rest_of_the_day_moves_with_one_message_each(client, day):
    assert late(client, day).status_code == 303
    assert starts(day) == [at(14, 15), at(15, 15)]
    told = Message.objects.filter(kind="moved", therapist=None).values_list("recipient", flat=True)
    assert sorted(told) == sorted(one.email for one in day)


def test_all_of_them_are_taken_back_with_one_button(client, day):
    late(client, day, tell="soon")
    page = client.post(f"/desk/bookings/{day[0].pk}/undo/?version=2", follow=True).text
    assert "Taken back: 2 sessions stand where they were. Robin Hale: The client had not read of it" in page
    assert starts(day) == [at(14), at(15)]


def test_what_is_in_the_way_stops_all_and_is_marked(client, cast, day):
    for start in (at(15, 30),):
        make.booking(therapist=cast.mei, length=cast.back30, room=cast.bar_room, start=start)
    cast.mat_room.props.update(out_from=at(15, 20))
    answer = late(client, day)
    assert (answer.status_code, starts(day)) == (409, [at(14), at(15)])
    assert [row["hard"] for row in answer.context["rows"]] == [False, True]


def test_a_rule_asks_for_a_reason(client, cast):
    last = [robins(cast, start=at(17, 20))]
    assert late(client, last, since=at(17, 20).isoformat()).status_code == 422
    assert late(client, last, since=at(17, 20).isoformat(), reason="Ana stays").status_code == 303


def test_somebody_who_came_meanwhile_is_shown_first(client, cast, day):
    robins(cast, start=at(16), client=make.client())
    answer = late(client, day)
    assert (answer.status_code, len(answer.context["rows"]), starts(day)) == (409, 3, [at(14), at(15)])


@pytest.mark.parametrize("minutes", ["", "x", "0", "-5", "7", "245", "9" * 30])
def test_minutes_that_are_none_move_nothing(client, day, minutes):
    assert late(client, day, minutes=minutes).status_code == 422
    assert starts(day) == [at(14), at(15)]


def test_nobody_has_no_day(client, cast):
    assert client.get("/desk/therapists/nobody/late/").status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_a_whole_day_takes_as_many_queries_however_long(client, cast, others, django_assert_num_queries):
    for number in range(others):
        robins(cast, start=at(13 + number), client=make.client())
    client.get(PATH, {"minutes": 15})
    with django_assert_num_queries(2 + 11):
        client.get(PATH, {"minutes": 15})
