"""Programs that book: a trap, the time that typing takes, and caps. People lose nothing and are never locked out."""

import re
from datetime import timedelta

import pytest

from bookings import caps
from bookings.models import Booking, Message
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
TYPED = {"name": "Robin Hale", "email": "robin@mail.example", "phone": "", "safe": "none", "do": "book"}


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


def hold(client, start="2026-11-25T09:00Z") -> str:
    words = {"where": "weir-lane", "treatment": "back-30", "with": "", "start": start}
    return client.post("/book/hold/", words)["Location"]


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page)[1]


def booked() -> int:
    return Booking.objects.filter(status="booked").count()


def test_a_filled_trap_gets_one_more_step_and_loses_nothing(client, cast):
    details = hold(client)
    answer = client.post(details, TYPED | {"website": "https://spam.example"})
    assert (answer.status_code, booked()) == (422, 0)
    assert "One more step." in answer.text and 'value="Robin Hale"' in answer.text and "website" not in answer.text
    assert client.post(details, TYPED | {"sure": hidden(answer.text, "sure")}).status_code == 303
    assert booked() == 1


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, 422), (1, 422), (2, 303), (3600, 303), (12 * 3600, 303), (12 * 3600 + 1, 422)]
)
def test_sent_at_once_or_after_half_a_day_gets_one_more_step(client, cast, settings, seconds, status):
    settings.FASTEST_FORM_SECONDS = 2
    details = hold(client)
    shown = hidden(client.get(details).text, "shown")
    set_clock(NOW + timedelta(seconds=seconds))
    assert client.post(details, TYPED | {"shown": shown}).status_code == status


@pytest.mark.parametrize("first", [{"email": ""}, {"do": "longer"}, {"name": "", "do": "second"}])
def test_whoever_corrects_a_mistake_at_once_gets_no_other_step(client, cast, settings, first):
    settings.FASTEST_FORM_SECONDS = 2
    details = hold(client)
    typed = TYPED | {"shown": hidden(client.get(details).text, "shown")}
    set_clock(NOW + timedelta(seconds=40))
    page = client.post(details, typed | first, follow=True).text
    set_clock(NOW + timedelta(seconds=41))
    assert "/booked/" in client.post(details, TYPED | {"shown": hidden(page, "shown")})["Location"]


def test_the_stamp_of_another_time_is_not_carried_over(client, cast, settings):
    settings.FASTEST_FORM_SECONDS = 2
    old = hidden(client.get(hold(client)).text, "shown")
    set_clock(NOW + timedelta(seconds=40))
    page = client.post(hold(client, "2026-11-25T11:00Z"), {"shown": old, "name": "Robin"}).text
    assert hidden(page, "shown") != old


def test_who_signed_in_may_press_at_once_and_whoever_types_her_address_may_not(client, cast, settings):
    settings.FASTEST_FORM_SECONDS = 2
    assert client.post(hold(client), TYPED).status_code == 422
    client.force_login(make.user(email="Robin@mail.example"))
    assert client.post(hold(client), TYPED).status_code == 303


@pytest.mark.parametrize("shown", ["", "1", "1795435200:forged", "\u00e9", "x" * 9000])
def test_a_forged_instant_counts_as_none(client, cast, settings, shown):
    settings.FASTEST_FORM_SECONDS = 2
    details = hold(client)
    set_clock(NOW + timedelta(seconds=30))
    assert client.post(details, TYPED | {"shown": shown}).status_code == 422


def test_the_second_step_of_another_time_is_none(client, cast):
    details = hold(client)
    sure = hidden(client.post(details, TYPED | {"website": "x"}).text, "sure")
    other = hold(client, "2026-11-25T11:00Z")
    assert client.post(other, TYPED | {"website": "x", "sure": sure}).status_code == 422


def book_ahead(cast, count: int, **fields) -> None:
    for number in range(count):
        words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "start": at(9, days=2 + number)}
        booking = make.booking(client=make.client(email=""), **words)
        Booking.objects.filter(pk=booking.pk).update(**{"email": "Robin@mail.example"} | fields)


@pytest.mark.parametrize(("count", "where"), [(5, "booked"), (6, "prove")])
def test_a_typed_address_with_six_sessions_ahead_is_proven_first(client, cast, count, where):
    book_ahead(cast, count)
    answer = client.post(hold(client, "2026-11-24T09:00Z"), TYPED)
    assert (answer.status_code, where in answer["Location"]) == (303, True)


def test_the_code_comes_by_mail_and_then_the_kept_time_is_booked(client, cast):
    book_ahead(cast, caps.AHEAD_OF_AN_ADDRESS)
    details = hold(client, "2026-11-24T09:00Z")
    ask = client.post(details, TYPED)["Location"]
    assert "robin@mail.example" in client.get(ask).text
    onwards = client.post(ask)["Location"]
    mail = Message.objects.get()
    assert (mail.recipient, "Robin" in mail.text, booked()) == ("robin@mail.example", False, caps.AHEAD_OF_AN_ADDRESS)
    code = re.search(r"Your code: (\S+)", mail.text)[1]
    assert client.post(onwards, {"code": code, "next": details}).url == details
    assert 'value="Robin Hale"' in client.get(details).text
    assert "/booked/" in client.post(details, TYPED)["Location"]
    assert Booking.objects.latest("pk").client == Client.objects.get(email="robin@mail.example")


@pytest.mark.parametrize(
    ("mark", "most"), [("held_by", caps.BOOKED_BY_A_BROWSER), ("held_from", caps.BOOKED_FROM_A_NETWORK)]
)
def test_one_browser_and_one_network_are_counted_too(client, cast, mark, most):
    details = hold(client, "2026-11-24T09:00Z")
    held = Booking.objects.get()
    book_ahead(cast, most, email="", held_since=NOW, **{mark: getattr(held, mark)})
    assert "prove" in client.post(details, TYPED)["Location"]
    Booking.objects.filter(status="booked").update(held_since=NOW - timedelta(days=2))
    assert "/booked/" in client.post(details, TYPED)["Location"]


def test_what_is_over_or_cancelled_does_not_count(client, cast):
    book_ahead(cast, 8, status="cancelled")
    assert "/booked/" in client.post(hold(client, "2026-11-24T09:00Z"), TYPED)["Location"]


def test_the_page_is_for_whoever_holds_the_time(client, cast):
    key = Booking.objects.values_list("key", flat=True)
    details = hold(client)
    assert client.get(f"/book/prove/{key.get()}/").url == details  # nothing typed yet
    client.cookies.clear()
    assert client.get(f"/book/prove/{key.get()}/").status_code == 404
