"""A stranger may type any name beside any address: mails greet by name only where the address has shown to be hers."""

import re
from uuid import uuid4

import pytest

from bookings import actions, links, reminder_rows
from bookings.actions.details import Rest, complete_details
from bookings.availability import Wish
from bookings.models import Booking, Message, WaitingEntry
from bookings.models.event import CLIENT, Actor
from bookings.outbox.compose import compose
from bookings.outbox.wording import hello
from bookings.reminder_rules import AFTER
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
STAFF = Actor("staff")
TYPED = {"name": "Cheap Pills", "email": "victim@mail.example", "phone": "", "safe": "none", "do": "book", "note": ""}
WAITS = TYPED | {
    **{"where": "weir-lane", "treatment": "back-30", "with": ""},
    **{"first_on": "2026-11-24", "last_on": "2026-11-25", "part": "any"},
}


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


def book(client, **typed) -> Booking:
    words = {"where": "weir-lane", "treatment": "back-30", "with": "", "start": "2026-11-25T09:00Z"}
    client.post(client.post("/book/hold/", words)["Location"], TYPED | typed)
    return Booking.objects.latest("pk")


def stranger(**fields) -> Booking:
    """Booked by somebody who typed a name and the address of another."""
    typed = {"name": "Cheap Pills", "email": "victim@mail.example", "address_proven_at": None}
    return make.booking(**{"start": at(14, 20, days=4)} | typed | fields)


def all_of(booking) -> str:
    """Everything that any mail about a booking would say: subjects, texts, HTML, calendar files."""
    said = []
    for kind in (*reminder_rows.TIMELINE, "confirmation", "moved", "cancelled", "details"):
        letter = compose(make.message(booking=booking, kind=kind))
        files = [content.decode() for _name, content, _kind in letter.attachments]
        said += [letter.subject, letter.text, letter.html, *files]
    return " ".join(said)


def press(client, row, do="confirm"):
    """Open the page and press its button, by the link of this row as it is."""
    if isinstance(row, WaitingEntry):
        address, words = f"/w/{links.make_waiting(row)}/", {"do": "let go"}
    else:
        address, words = f"/b/{links.make(row, do)}/{do}/", {"edition": row.edition}
    client.get(address)
    row.refresh_from_db()
    before = row.address_proven_at
    client.post(address, words)
    row.refresh_from_db()
    return before, row.address_proven_at


def test_no_mail_says_the_name_that_a_stranger_typed(client, cast):
    words = {"subject": "{name}, {time}!", "text": "{name}: soon.\nUntil then, {name}."}
    for kind in reminder_rows.TIMELINE:
        when = {"anchor": "end", "offset_minutes": 60} if kind in AFTER else {}
        make.reminder_step(kind=kind, **words, **when)
    booking = book(client, note="Buy cheap pills")
    said = all_of(booking)
    assert ("heap" in said, "ills" in said, said.count("Hello,") >= 16, "Until then." in said) == (
        False,
        False,
        True,
        True,
    )


def test_the_same_mails_greet_by_name_once_the_address_is_hers(cast):
    said = all_of(stranger(address_proven_at=NOW))
    assert ("Hello Cheap," in said, "Hello," in said) == (True, False)


def test_a_button_behind_a_mailed_link_shows_it_and_looking_does_not(client, cast):
    assert press(client, make.mailed(stranger())) == (None, NOW)


@pytest.mark.parametrize("do", ["confirm", "cancel", "wishes", "contact", "move"])
def test_the_links_on_the_page_of_whoever_typed_it_show_nothing(client, cast, do):
    assert press(client, stranger(length=cast.back30), do) == (None, None)


def test_every_link_on_a_page_that_was_opened_by_mail_is_by_mail(client, cast):
    booking = make.mailed(stranger(length=cast.back30, therapist=cast.ana, room=cast.mat_room))
    page = client.get(f"/b/{links.make(booking)}/").text
    tokens = re.findall(r"/b/([^/\"]+)/", page)
    assert len(set(tokens)) >= 6 and all(".m." in token for token in tokens)
    assert max(map(len, tokens)) <= 60


def test_a_code_shows_it(client, cast):
    client.force_login(make.user(email="victim@mail.example"))
    assert book(client).address_proven_at == NOW


def test_typing_an_address_that_somebody_else_has_shown_shows_nothing(client, cast):
    make.booking(client=make.client(name="Vic Tim", email="victim@mail.example"), start=at(11, days=2))
    assert book(client).address_proven_at is None


def test_what_staff_write_down_greets_by_name(cast):
    kim = actions.NewClient("Kim Roe", email="kim@mail.example")
    wish, change = Wish(cast.place, cast.back30, None, at(9, days=2).date(), days=1), actions.Change(by=STAFF, now=NOW)
    booking = actions.book_at_desk(wish=wish, start=at(9, days=2), client=kim, change=change, key=uuid4())
    assert hello(booking) == "Hello Kim,"


@pytest.mark.parametrize(("by", "greets"), [(CLIENT, "Hello,"), (STAFF, "Hello Cheap,")])
def test_another_address_starts_anew_unless_the_desk_heard_it(cast, by, greets):
    booking = stranger(address_proven_at=at(9))
    new = actions.Contact(email="new@mail.example")
    assert hello(actions.change_contact(booking=booking, contact=new, by=by, now=NOW)) == greets


def test_an_address_that_is_typed_behind_a_texted_link_starts_anew(cast):
    booking = stranger(email="", address_proven_at=NOW, screening="missing")
    rest = Rest(screening="clear", email="victim@mail.example")
    assert hello(complete_details(booking=booking, rest=rest, now=NOW)) == "Hello,"


def test_a_place_on_the_list_that_a_stranger_typed_greets_nobody(client, cast):
    client.post("/book/waiting/", WAITS)
    entry = WaitingEntry.objects.get()
    letter = compose(Message.objects.get(kind="waiting_joined"))
    assert ("Cheap" in letter.text + letter.html, letter.text[:6], press(client, entry)) == (
        False,
        "Hello,",
        (None, None),
    )
    assert press(client, make.mailed(entry)) == (None, NOW)


def test_a_time_that_is_taken_from_the_list_keeps_what_is_known(client, cast):
    client.post("/book/waiting/", WAITS)
    actions.plan_offers(NOW)
    assert actions.take(offer=WaitingEntry.objects.get().offers.get(), now=NOW).address_proven_at is None


def test_the_links_on_request_are_by_mail(client, cast):
    stranger()
    client.post("/b/", {"email": "victim@mail.example"})
    assert re.findall(r"/b/\w+\.\w+(\.m\.)", Message.objects.get(kind="links").text) == [".m."]
