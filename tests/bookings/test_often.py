"""Over the cap of what a client may change in an hour nothing changes; the page says so and keeps her words."""

import re

import pytest

from bookings import links
from bookings.models import Booking
from bookings.urls import urlpatterns
from bookings.views.often import MOST, TOO_OFTEN, is_allowed
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
COUNTED = {
    "wishes": "wishes",
    "my_wishes": "my wishes",
    "my_passkeys": "my passkeys",
    "sooner": "sooner",
    "complete": "details",
    "reach": "reach",
    "contact": "contact",
    "move": "move",
}
UNCOUNTED = {
    "cancel": "a session is cancelled once",
    "confirm": "her coming is noted once",
    "fewer_mails": "whoever wants no mail is always heard",
    "same_again": "times that are held are counted",
    "my_again": "times that are held are counted",
    "my_out": "signs out",
    "my_signed_out": "all her passkeys go at once",
    "my_erase": "a person is erased once",
    "my_passkey_remove": "each key goes once, and coming by another is counted",
    "my_passkey_door": "counted by the library that checks the key",
    "account_request_login_code": "codes are counted by address and by network",
    "account_confirm_login_code": "the third wrong code ends it",
}
ONLY_READ = {"booking", "booked", "calendar", "my", "my_data", "my_export"}
FORMS = [  # kind, scope or own address, what is sent, what the page keeps of it
    ("wishes", "wishes", {"pressure": "4", "focus": ["hips"]}, ['value="4" checked', 'value="hips" checked']),
    ("my wishes", "/my/wishes/", {"pressure": "2", "oil_free": "on"}, ['value="2" checked', 'name="oil_free" checked']),
    ("sooner", "sooner", {"who": "same", "part": "evening"}, ['value="same" selected', 'value="evening" selected']),
    ("contact", "contact", {"email": "new@mail.example"}, ['value="new@mail.example"']),
    ("contact from", "contact", {"email": "new@mail.example"}, ['value="new@mail.example"']),
    ("reach", "reach", {"way": "both", "phone": "07700 900456"}, ['value="both" checked', 'value="07700 900456"']),
    ("details", "details", {"name": "Robin Hale", "phone": "07700 900456", "safe": "none"}, ["Hale", 'none" checked']),
]


@pytest.fixture
def booking(client, settings) -> Booking:
    """Robin, signed in, with a session on Friday of whom the desk knows the first name and the address."""
    settings.SMS_BACKEND = "http"
    set_clock(NOW)
    cast, user = make.small_studio(), make.user(email="robin@mail.example")
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "screening": "missing"}
    robin = make.client(name="Robin", email=user.email, user=user)
    client.force_login(user)
    return make.booking(start=at(14, 20, days=4), client=robin, **words)


def send(client, booking: Booking, where: str, said: dict):
    path = where if where.startswith("/") else f"/b/{links.make(booking, where)}/{where}/"
    return client.post(path, said)


def use_up(kind: str, booking: Booking) -> None:
    subject = {"my wishes": booking.client_id, "contact from": "127.0.0.1"}.get(kind, booking.pk)
    while is_allowed(kind, subject, NOW):
        pass


@pytest.mark.parametrize(("kind", "where", "said", "kept"), FORMS)
def test_over_the_cap_nothing_changes_and_nothing_typed_is_lost(client, booking, kind, where, said, kept):
    use_up(kind, booking)
    before = Booking.objects.values().get(), Client.objects.values().get()
    answer = send(client, booking, where, said)
    assert (answer.status_code, Booking.objects.values().get(), Client.objects.values().get()) == (429, *before)
    assert f'<a href="#send">{TOO_OFTEN}</a>' in answer.text and "<title>Error:" in answer.text
    assert [words for words in (*kept, 'id="send"') if words not in answer.text] == []


@pytest.mark.parametrize(("kind", "where", "said", "kept"), FORMS)
def test_the_last_one_within_the_cap_is_taken(client, booking, kind, where, said, kept):
    assert send(client, booking, where, said).status_code in (302, 303)


def test_a_mistake_is_not_counted(client, booking):
    wrong = {"focus": ["hips"], "avoid": ["hips"]}
    answers = [send(client, booking, "/my/wishes/", wrong).status_code for _ in range(MOST["my wishes"] + 1)]
    assert answers == [422] * (MOST["my wishes"] + 1)
    assert send(client, booking, "/my/wishes/", {}).status_code == 303


def test_the_page_of_times_says_it_too(client, booking):
    use_up("move", booking)
    answer = send(client, booking, "move", {"start": "2026-11-28T09:00Z", "edition": "1"})
    assert (answer.status_code, Booking.objects.get().starts_at) == (429, at(14, 20, days=4))
    assert str(TOO_OFTEN) in answer.text and 'name="start"' in answer.text


def test_every_change_of_a_client_is_counted_or_has_a_reason(client, booking):
    hers = {route.name for route in urlpatterns if re.match(r"\^?(b/<|my/)", str(route.pattern))}
    assert hers == COUNTED.keys() | UNCOUNTED.keys() | ONLY_READ
    assert set(COUNTED.values()) | {"contact from"} == MOST.keys()
    view = f"/b/{links.make(booking)}/"
    pages = (view, f"{view}booked/", f"{view}calendar.ics", "/my/", "/my/data/", "/my/data.json")
    assert [client.post(page).status_code for page in pages] == [405] * len(ONLY_READ)
