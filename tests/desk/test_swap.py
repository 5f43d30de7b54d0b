"""Two sessions change places at the desk, both or neither."""

import pytest
from django.urls import reverse

from bookings.models import Booking
from tests import factories as make
from tests.desk.people import robins
from tests.factories import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]


@pytest.fixture
def robin(cast) -> Booking:
    return robins(cast)


@pytest.fixture
def kim(cast) -> Booking:
    """Kim's session with Mei, today at 16:00."""
    client = make.client(name="Kim Bell")
    return make.booking(client=client, therapist=cast.mei, length=cast.back30, room=cast.mat_room, start=at(16))


def post(client, one, second, **words):
    pressed = {"version": one.version, "other": f"{second.pk} {second.version}", "tell": "not"}
    return client.post(reverse("desk_swap", args=[one.pk]), pressed | words)


def starts(*bookings) -> list:
    return [Booking.objects.get(pk=one.pk).during.lower for one in bookings]


def test_the_other_sessions_of_the_day_are_listed(client, cast, robin, kim):
    make.booking(therapist=cast.mei, length=cast.back30, room=cast.mat_room, start=at(16, days=1))
    make.booking(therapist=cast.mei, length=cast.back30, room=cast.mat_room, start=at(9), status="done")
    rows = client.get(reverse("desk_swap", args=[robin.pk])).context["rows"]
    assert [(row["when"], row["words"]) for row in rows] == [
        ("16:00 to 16:30", f"Kim Bell, {kim.treatment_name}, with Mei")
    ]


def test_only_those_are_listed_that_can_change_places(client, cast, robin, kim):
    """Mei gives no bars, so Kim does not change places with a session that needs them."""
    lee = make.booking(therapist=cast.ana, length=cast.oil30, room=cast.bar_room, start=at(12))
    rows = client.get(reverse("desk_swap", args=[kim.pk])).context["rows"]
    assert [row["value"] for row in rows] == [f"{robin.pk} 1"]
    assert post(client, kim, lee).status_code == 409
    assert [row["value"] for row in client.get(reverse("desk_swap", args=[robin.pk])).context["rows"]] == [
        f"{lee.pk} 1",
        f"{kim.pk} 1",
    ]


def test_a_rule_that_a_reason_overrules_leaves_a_session_in_the_list(client, cast, robin, kim):
    make.limit(therapist=cast.mei, sessions=0)
    rows = client.get(reverse("desk_swap", args=[robin.pk])).context["rows"]
    assert [row["value"] for row in rows] == [f"{kim.pk} 1"]
    assert post(client, robin, kim).status_code == 422
    assert post(client, robin, kim, reason="Both asked for it").status_code == 303


def test_when_none_can_the_page_says_so(client, cast, kim):
    oil = make.booking(therapist=cast.ana, length=cast.oil30, room=cast.bar_room, start=at(14))
    page = client.get(reverse("desk_swap", args=[oil.pk])).text
    assert "No other session of this day can change places with this one. Move it instead." in page
    assert f'href="{reverse("desk_move", args=[oil.pk])}"' in page


def test_two_sessions_swap_and_one_button_takes_it_back(client, cast, robin, kim):
    page = client.post(reverse("desk_swap", args=[robin.pk]), {"version": 1, "other": f"{kim.pk} 1"}, follow=True).text
    assert starts(robin, kim) == [at(16), at(14)]
    assert "Swapped: Robin Hale at 16:00 with Mei, Kim Bell at 14:00 with Ana." in page
    assert client.post(f"{reverse('desk_undo', args=[robin.pk])}?version=2").status_code == 303
    assert starts(robin, kim) == [at(14), at(16)]


def test_a_swap_that_one_of_them_cannot_make_moves_neither(client, cast, kim):
    oil = make.booking(therapist=cast.ana, length=cast.oil30, room=cast.bar_room, start=at(14))
    assert (post(client, oil, kim).status_code, starts(oil, kim)) == (409, [at(14), at(16)])


def test_a_stale_other_side_says_what_changed(client, cast, robin, kim):
    client.post(reverse("desk_step", args=[kim.pk]), {"to": "arrived", "version": 1})
    answer = post(client, robin, kim)
    assert (answer.status_code, "Dee Moss noted that the client is here." in answer.text) == (409, True)
    kim.refresh_from_db()
    assert post(client, robin, kim).status_code == 303


@pytest.mark.parametrize("other", ["", "x", "999999 1", "1", "\x00 1"])
def test_a_session_that_is_not_there_swaps_nothing(client, cast, robin, kim, other):
    assert post(client, robin, kim, other=other).status_code == 422
    assert starts(robin, kim) == [at(14), at(16)]


def test_what_is_over_leads_to_its_card(client, cast):
    done = robins(cast, status="done", start=at(9))
    assert client.get(reverse("desk_swap", args=[done.pk])).url == reverse("desk_booking", args=[done.pk])


@pytest.mark.parametrize("others", [1, 8])
def test_the_list_takes_as_many_queries_however_long(client, cast, robin, others, django_assert_num_queries):
    for number in range(others):
        make.booking(therapist=cast.mei, length=cast.back20, room=cast.bar_room, start=at(9 + number))
    client.get(reverse("desk_swap", args=[robin.pk]))
    with django_assert_num_queries(2 + 11):
        client.get(reverse("desk_swap", args=[robin.pk]))
