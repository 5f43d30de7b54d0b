"""A link that does not open says so in one way, and leads to a new one that only the right address gets."""

import re
from datetime import timedelta

import pytest

from bookings import links
from bookings.models import Booking, Message
from bookings.outbox.compose import compose
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking() -> Booking:
    """Robin on Friday 27 November 2026 at 14:20."""
    set_clock(NOW)
    return make.booking(start=at(14, 20, days=4), client=make.client(name="Robin Hale", email="robin@mail.example"))


def plain(answer) -> str:
    """The page without what is new on every request."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.text)


def forged(booking, count: int) -> list[str]:
    """Tokens that were never made: cut off, changed by one letter, of another purpose, of another version."""
    token = links.make(booking)
    swapped = [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in range(len(token))]
    cut = [token[:n] for n in range(1, len(token))]
    other = [links.make(booking, scope) for scope in ("move", "cancel", "confirm", "mail", "reach", "wishes", "")]
    return (swapped + cut + other + ["é", "%00", "." * 60, "a" * 61])[:count]


def test_every_token_that_is_none_gets_the_same_answer(client, booking):
    answers = [client.get(f"/b/{token}/") for token in forged(booking, 120)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({plain(answer) for answer in answers}) == 1
    assert "This link does not open" in answers[0].text


def test_an_expired_link_and_one_of_former_contact_data_look_the_same(client, booking):
    token, dead = links.make(booking), plain(client.get("/b/nothing/"))
    Booking.objects.update(link_version=2)
    assert plain(client.get(f"/b/{token}/")) == dead
    Booking.objects.update(link_version=1)
    set_clock(booking.during.upper + links.OPEN_AFTER_END)
    assert plain(client.get(f"/b/{token}/")) == dead


def test_guessing_is_counted_by_network_and_ends_by_itself(client, booking):
    for _ in range(200):
        client.get("/b/nothing/")
    assert client.get("/b/nothing/").status_code == 429
    assert client.get(f"/b/{links.make(booking)}/").status_code == 200
    assert client.get("/b/nothing/", REMOTE_ADDR="203.0.113.9").status_code == 404
    set_clock(NOW + timedelta(minutes=11))
    assert client.get("/b/nothing/").status_code == 404


def test_other_missing_pages_stay_as_they_were(client, booking):
    assert "There is no page here" in client.get("/nothing/").text


def test_a_known_address_gets_its_links_and_a_stranger_sees_the_same_page(client, booking):
    pages = [client.post("/b/", {"email": email}) for email in ("ROBIN@mail.example", "nobody@mail.example")]
    assert plain(pages[0]) == plain(pages[1])
    mail = Message.objects.get()
    assert (mail.kind, mail.recipient, mail.is_secret) == ("links", "robin@mail.example", True)
    text = compose(mail).text
    assert links.url(make.mailed(booking)) in text and "Friday 27 November 2026, 14:20 to 14:50" in text
    assert "Robin" not in text


def test_a_place_on_the_waiting_list_is_linked_too(client, booking):
    entry = make.waiting(email="Sam@mail.example")
    make.waiting(email="sam@mail.example", state="left")
    client.post("/b/", {"email": "sam@mail.example"})
    text = compose(Message.objects.get()).text
    assert re.findall(r"/w/[^/]+/", text) == [f"/w/{links.make_waiting(make.mailed(entry))}/"]
    assert client.get(f"/w/{links.make_waiting(entry)}/").status_code == 200


@pytest.mark.parametrize("change", [{"status": "cancelled"}, {"status": "done"}])
def test_what_is_over_is_not_linked(client, booking, change):
    Booking.objects.update(**change)
    assert client.post("/b/", {"email": "robin@mail.example"}).status_code == 200
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "typed", ["", "x", "a@b.example,c@d.example", "a@b\u202e.example", "x" * 300 + "@mail.example"]
)
def test_what_is_no_address_is_said_beside_the_field(client, booking, typed):
    answer = client.post("/b/", {"email": typed})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_one_address_is_written_to_three_times_an_hour_and_hears_nothing_of_it(client, booking):
    answers = [client.post("/b/", {"email": "robin@mail.example"}) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert Message.objects.count() == 3


def test_one_network_asks_twelve_times_an_hour(client, booking):
    answers = [client.post("/b/", {"email": f"a{n}@mail.example"}).status_code for n in range(13)]
    assert answers == [200] * 12 + [429]
