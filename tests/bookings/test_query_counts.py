"""How many statements a page of times takes, besides session and user: the same for any size and any history."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings import links
from bookings.models import Booking
from spa import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGES = ["/book/", "/book/?part=morning", "/book/?with=ana", "/es/book/"]


@pytest.fixture(params=[(0, 0), (12, 90)], ids=["two therapists, no history", "fourteen therapists, ninety days"])
def cast(request):
    """The small studio, with more therapists and with that many past days of one session each."""
    made, (therapists, days) = make.small_studio(), request.param
    for _number in range(therapists):
        person = make.therapist(styles=(made.mat,))
        make.working_hours(therapist=person, location=made.place, weekday=1)
    nine = clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
    for number in range(1, days + 1):
        start = nine - timedelta(days=number)
        make.booking(therapist=made.ana, length=made.back30, room=made.mat_room, start=start, status="done")
    return made


def statements(visitor: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_times_takes_seven_statements_and_four_when_the_set_up_is_known(client, cast, path):
    assert [statements(client, path), statements(client, path)] == [7, 4]


def test_what_suits_her_takes_four_statements_after_any_history(client, cast):
    her = make.client(user=make.user())
    Booking.objects.update(client=her)
    client.force_login(her.user)
    assert [statements(client, "/my/wishes/"), statements(client, "/my/wishes/")] == [4, 4]


def test_asking_for_an_earlier_time_takes_three_statements_after_any_history(client, cast):
    start = clock.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=14)
    ahead = make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=start)
    Booking.objects.update(client=ahead.client)
    path = f"/b/{links.make(ahead, 'sooner')}/sooner/"
    assert [statements(client, path), statements(client, path)] == [3, 3]


@pytest.mark.parametrize("keys", [0, 1, 4])
def test_passkeys_take_six_statements_however_many_she_has(client, keys):
    user = make.client(user=make.user()).user
    for number in range(keys):
        data = {"name": f"Phone {number}", "credential": {}}
        Authenticator.objects.create(user=user, type="webauthn", data=data)
    client.force_login(user)
    assert statements(client, "/my/passkeys/") == 6


@pytest.mark.parametrize("keys", [0, 1, 4])
def test_the_page_after_signing_out_takes_six_statements_however_many_passkeys_are_left(client, keys):
    user = make.client(user=make.user()).user
    for number in range(keys):
        data = {"name": f"Phone {number}", "credential": {}}
        Authenticator.objects.create(user=user, type="webauthn", data=data)
    client.force_login(user)
    client.post("/my/out/")
    assert statements(client, "/my/signed-out/") == 6


def test_a_session_and_its_user_add_one_statement_each(client, cast):
    client.force_login(make.user())
    statements(client, "/book/")
    assert statements(client, "/book/") == 4 + 2
