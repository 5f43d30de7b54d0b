"""Another address for a session: it goes there from now on, and the links that were sent before open nothing."""

import re

import pytest

from bookings import actions, links, reminders
from bookings.models import Booking, Message
from bookings.models.event import CLIENT
from bookings.outbox.compose import compose
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
NEW = "robin@new.example"
SCOPES = ("view", "confirm", "move", "cancel", "wishes", "reach", "details", "mail", "contact")


@pytest.fixture
def booking() -> Booking:
    """Robin, who mistyped her address, on Friday 27 November 2026 at 14:20; her confirmation has left."""
    set_clock(NOW)
    robin = make.client(name="Robin Hale", email="robin@mial.example")
    booking = make.booking(start=at(14, 20, days=4), client=robin)
    reminders.plan(booking=booking, now=NOW)
    Message.objects.filter(kind="confirmation").update(state="sent", sent_at=NOW)
    return booking


def address(booking, scope="contact") -> str:
    return f"/b/{links.make(booking, scope)}/" + {"view": ""}.get(scope, f"{scope}/")


def change(client, booking, **typed):
    answer = client.post(address(booking), {"email": "", "phone": ""} | typed)
    booking.refresh_from_db()
    return answer


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


def queued() -> list[tuple[str, str]]:
    waiting = Message.objects.filter(state="queued", therapist=None).order_by("kind")
    return list(waiting.values_list("kind", "recipient"))


def test_the_new_address_gets_the_confirmation_and_the_former_one_a_word(client, booking):
    answer = change(client, booking, email=NEW)
    assert (answer.status_code, booking.email, booking.link_version) == (303, NEW, 2)
    assert {kind: to for kind, to in queued() if kind != "elsewhere"} == dict.fromkeys(
        ["aftercare", "before_meal", "confirmation", "day_before", "next_day"], NEW
    )
    farewell = Message.objects.get(kind="elsewhere")
    assert (farewell.recipient, "Robin" in farewell.text, "/b/" in farewell.text) == (
        "robin@mial.example",
        False,
        False,
    )
    assert links.url(make.mailed(booking)) in compose(Message.objects.get(kind="confirmation", state="queued")).text
    assert "Saved." in words(client.get(answer["Location"]))


def test_all_links_that_were_sent_before_die_with_a_page_that_offers_new_ones(client, booking):
    old = [address(booking, scope) for scope in SCOPES if scope != "reach"]
    change(client, booking, email=NEW)
    pages = [client.get(path) for path in old]
    assert [page.status_code for page in pages] == [404] * len(old)
    assert all("This link does not open" in page.text and "Mail me my links" in page.text for page in pages)
    client.post("/b/", {"email": NEW})
    assert links.url(make.mailed(booking)) in Message.objects.get(kind="links").text


def test_only_a_new_number_leaves_the_mails_as_they_are(client, booking):
    before = queued()
    assert change(client, booking, phone="07700 900456").status_code == 303
    assert (booking.phone, booking.link_version, queued()) == ("+447700900456", 2, before)


def test_the_same_again_changes_nothing(client, booking):
    before = queued()
    assert change(client, booking, email="robin@mial.example").status_code == 303
    assert (booking.link_version, booking.version, queued()) == (1, 1, before)


@pytest.mark.parametrize(
    "typed", [{}, {"email": "x"}, {"email": "a@b.example,c@d.example"}, {"phone": "12"}, {"email": "a@\u202eb.example"}]
)
def test_nonsense_is_said_beside_the_field_and_changes_nothing(client, booking, typed):
    answer = change(client, booking, **typed)
    assert (answer.status_code, booking.link_version) == (422, 1)
    assert "There is a problem" in answer.text and "robin@" not in answer.text


def test_the_page_shows_nothing_of_what_is_known(client, booking):
    Booking.objects.update(phone="+447700900123")
    page = client.get(address(booking)).text
    assert [known in page for known in ("Robin", "mial.example", "900123")] == [False] * 3


def test_a_record_that_only_this_session_made_follows(client, booking):
    change(client, booking, email=NEW, phone="07700 900456")
    her = Client.objects.get()
    assert (her.email, her.phone) == (NEW, "+447700900456")


@pytest.mark.parametrize("reason", ["signs in", "came before", "address is known"])
def test_a_typed_address_never_takes_a_record_over(client, booking, reason):
    her = booking.client
    if reason == "signs in":
        Client.objects.filter(pk=her.pk).update(user=make.user(email=her.email))
    elif reason == "came before":
        make.booking(client=her, start=at(9, days=-7), status="done")
    else:
        make.client(email=NEW)
    change(client, booking, email=NEW)
    her.refresh_from_db()
    assert her.email == ("" if reason == "address is known" else "robin@mial.example")


def test_of_two_tabs_the_second_learns_nothing_of_the_new_link(client, booking):
    seen = Booking.objects.get(pk=booking.pk)
    old = address(booking)
    change(client, booking, email=NEW)
    assert client.post(old, {"email": "other@mail.example"}).status_code == 404
    with pytest.raises(actions.Stale):
        actions.change_contact(booking=seen, contact=actions.Contact(email="x@mail.example"), by=CLIENT, now=NOW)


@pytest.mark.parametrize("status", ["cancelled", "done", "no_show"])
def test_what_is_over_leads_to_its_page(client, booking, status):
    Booking.objects.update(status=status)
    for look in (client.get, client.post):
        assert look(address(booking), {"email": NEW})["Location"] == address(booking, "view")
    with pytest.raises(actions.WrongStep):
        actions.change_contact(booking=booking, contact=actions.Contact(email=NEW), by=CLIENT, now=NOW)


def test_new_addresses_are_counted_by_session_and_by_network(client, booking):
    for number in range(5):
        assert change(client, booking, email=f"a{number}@mail.example").status_code == 303
    assert change(client, booking, email="a6@mail.example").status_code == 429


def test_another_number_for_texts_ends_the_former_links_too(client, booking):
    old = address(booking, "view")
    for number, status in (("07700 900456", 200), ("07700 900789", 404)):
        answer = client.post(address(booking, "reach"), {"way": "both", "phone": number})
        assert client.get(answer["Location"]).status_code == 200
        assert client.get(old).status_code == status
        booking.refresh_from_db()


@pytest.mark.parametrize("state", ["failed", "sent", "queued"])
@pytest.mark.parametrize("kind", ["confirmation", "moved", "stands"])
def test_an_address_that_bounces_is_said_on_her_page_with_the_way_on(client, booking, kind, state):
    Message.objects.filter(kind="confirmation").update(state=state, kind=kind)
    page = client.get(address(booking, "view"))
    assert ("Our mail to you did not arrive." in page.text) == (state == "failed")
    assert f'href="{address(booking)}"' in page.text


def test_after_a_new_address_nothing_is_said_of_the_bounce(client, booking):
    Message.objects.filter(kind="confirmation").update(state="failed", failed_at=NOW)
    page = client.get(change(client, booking, email=NEW)["Location"])
    assert "did not arrive" not in page.text
    assert ("confirmation", NEW) in queued()


def test_the_statements_of_the_page_are_few(client, booking, django_assert_num_queries):
    client.get(address(booking))
    with django_assert_num_queries(3):
        client.get(address(booking))
