"""My bookings: a code by mail opens them, and what is in them is hers alone."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from bookings import links, returning
from bookings.availability import load_setup
from bookings.models import Booking, Message
from bookings.views.my_data import as_table
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
SIGN_IN, CODE = "/my/sign-in/", "/my/code/"


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


@pytest.fixture
def robin(cast) -> Client:
    """Robin came to Ana two and four weeks ago, on Mondays at nine, and has a session on Friday."""
    her = make.client(name="Robin Hale", email="robin@mail.example", phone="+447700900123")
    words = {"client": her, "therapist": cast.ana, "length": cast.back30, "room": cast.mat_room}
    for days, status in ((-28, "done"), (-14, "done"), (4, "booked")):
        make.booking(start=at(9, days=days), status=status, **words)
    return her


def ask(client, email="robin@mail.example", **extra):
    return client.post(SIGN_IN, {"email": email}, **extra)


def code() -> str:
    return re.search(r"Your code: (\S+)", Message.objects.latest("pk").text)[1]


@pytest.fixture
def signed_in(client, robin):
    ask(client)
    assert client.post(CODE, {"code": code(), "next": "/my/"}).url == "/my/"
    return client


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


def test_a_code_by_mail_opens_her_bookings(signed_in, robin):
    page = text(signed_in.get("/my/"))
    assert "Your bookings, Robin" in page
    assert "Friday 27 November 2026, 9:00 to 9:30" in page and "Monday 9 November 2026" in page
    user = User.objects.get()
    assert (user.email, user.is_staff, user.has_usable_password(), user.client) == (robin.email, False, False, robin)


def test_the_mail_is_secret_and_goes_to_her_alone(client, robin):
    ask(client, "ROBIN@mail.example")
    mail = Message.objects.get()
    assert (mail.recipient.lower(), mail.is_secret, mail.kind) == ("robin@mail.example", True, "account")


def test_known_and_unknown_addresses_get_the_same_answer(client, robin):
    answers = [ask(client, email) for email in ("robin@mail.example", "nobody@mail.example")]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/my/code/?next=/my/")] * 2
    assert "If we know nobody@mail.example" in text(client.get(CODE))
    assert (Message.objects.count(), User.objects.count()) == (1, 1)


def test_staff_have_their_own_door(client, cast):
    desk = make.user(email="desk@mail.example", role="front desk")
    make.client(email=desk.email)
    assert ask(client, desk.email).status_code == 302
    assert not Message.objects.exists()


def test_a_guessed_code_opens_nothing_and_three_end_it(client, robin):
    ask(client)
    good = code()
    answers = [client.post(CODE, {"code": "ABCDEF"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert client.post(CODE, {"code": good}).status_code == 302
    assert client.get("/my/").url == SIGN_IN


def test_codes_are_counted_by_address_and_by_network(client, robin):
    assert [ask(client).status_code for _ in range(6)] == [302] * 6
    assert Message.objects.count() == 4
    assert [ask(client, f"a{n}@mail.example").status_code for n in range(7)] == [302] * 6 + [429]
    assert ask(client, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_a_code_of_another_browser_opens_nothing(client, robin):
    ask(client)
    assert Browser().post(CODE, {"code": code()}).status_code == 302
    assert client.get("/my/").status_code == 302


@pytest.mark.parametrize("typed", ["", "x", "a@b.example,c@d.example"])
def test_what_is_no_address_is_said(client, cast, typed):
    assert ask(client, typed).status_code == 422


def test_sessions_under_her_address_are_hers_and_others_are_not(signed_in, robin, cast):
    typed = make.booking(client=make.client(email=""), start=at(11, days=5), therapist=cast.mei, length=cast.back30)
    Booking.objects.filter(pk=typed.pk).update(email="Robin@mail.example")
    make.booking(client=make.client(), start=at(13, days=5), therapist=cast.mei, length=cast.back30)
    page = text(signed_in.get("/my/"))
    assert "Saturday 28 November 2026, 11:00" in page and "13:00" not in page


def test_the_same_again_is_proposed_at_her_rhythm(signed_in, robin):
    page = signed_in.get("/my/")
    assert "About 2 weeks after the last one" in text(page)
    assert 'name="start" value="2026-12-11T09:00Z"' in page.text


def test_the_proposal_is_booked_with_two_taps_and_no_field(signed_in, robin):
    last = Booking.objects.filter(status="done").latest("start_tick")
    held = signed_in.post("/my/again/", {"booking": last.reference, "start": "2026-11-30T09:00Z"})
    page = signed_in.get(held["Location"])
    typed = dict(re.findall(r'name="(name|email|phone)"[^>]*? value="([^"]*)"', page.text))
    assert typed == {"name": "Robin Hale", "email": "robin@mail.example", "phone": "+447700900123"}
    assert re.search(r'name="safe" value="none" checked', page.text)
    signed_in.post(held["Location"], typed | {"safe": "none", "do": "book"})
    assert Booking.objects.latest("pk").client == robin


def test_without_a_start_the_times_are_shown(signed_in):
    last = Booking.objects.filter(status="done").latest("start_tick")
    answer = signed_in.post("/my/again/", {"booking": last.reference})
    assert answer["Location"] == "/book/?where=weir-lane&treatment=back-30&with=ana"


def test_a_proposal_that_has_just_gone_gives_the_nearest(signed_in, cast):
    make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=at(9, days=7))
    last = Booking.objects.filter(status="done").latest("start_tick")
    answer = signed_in.post("/my/again/", {"booking": last.reference, "start": "2026-11-30T09:00Z"})
    assert (answer.status_code, "That time has just gone" in answer.text) == (409, True)


@pytest.mark.parametrize("reference", ["", "SS NOPE"])
def test_the_same_as_somebody_elses_is_not_found(signed_in, reference):
    other = make.booking(client=make.client(), start=at(9, days=-3), status="done")
    for named in (reference, other.reference):
        assert signed_in.post("/my/again/", {"booking": named}).status_code == 404


def test_a_booking_joins_her_record_only_when_she_signed_in(client, robin):
    details = client.post(
        "/book/hold/", {"where": "weir-lane", "treatment": "back-30", "with": "", "start": "2026-11-25T09:00Z"}
    )["Location"]
    client.post(details, {"name": "R", "email": robin.email, "phone": "", "safe": "none", "do": "book"})
    assert Booking.objects.latest("pk").client != robin


@pytest.mark.parametrize("has_password", [False, True])
def test_signing_out_everywhere_ends_every_session(signed_in, robin, has_password):
    if has_password:
        user = User.objects.get()
        user.set_password("walk-slowly-2")
        user.save()
        signed_in.force_login(user)
    other = Browser()
    other.force_login(User.objects.get())
    assert signed_in.post("/my/out/").url == "/my/signed-out/"
    assert [browser.get("/my/").status_code for browser in (signed_in, other)] == [302, 302]


def test_who_signed_in_and_is_nobodys_client_finds_nothing(client, cast):
    client.force_login(make.user())
    assert {client.get(path).status_code for path in ("/my/", "/my/data/", "/my/data.json", "/my/erase/")} == {404}


def test_her_data_comes_as_json_and_as_a_table(signed_in):
    told = json.loads(signed_in.get("/my/data.json").text)
    rows = list(csv.reader(io.StringIO(signed_in.get("/my/data.csv").text)))
    assert {row["name"] for row in told["bookings.Booking"]} == {"Robin Hale"}
    assert rows[0] == ["table", "row", "field", "value"]
    assert ["clients.Client", "1", "name", "Robin Hale"] in rows


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(sign):
    rows = list(csv.reader(io.StringIO(as_table({"t": [{"f": f"{sign}1+1"}]}))))
    assert rows[1] == ["t", "1", "f", f"'{sign}1+1"]


def test_she_is_erased_once_nothing_is_ahead(signed_in, robin):
    assert "Yes, erase everything" in signed_in.get("/my/erase/").text
    assert signed_in.post("/my/erase/").status_code == 409
    Booking.objects.filter(status="booked").update(status="cancelled")
    assert "Your data is erased." in signed_in.post("/my/erase/").text
    assert (Client.objects.get(pk=robin.pk).name, User.objects.count()) == ("-", 0)
    assert signed_in.get("/my/").status_code == 302


def test_the_page_says_how_long_what_is_kept(signed_in):
    page = text(signed_in.get("/my/data/"))
    assert "3 years after your last session" in page and "90 days after its last day" in page


@pytest.mark.parametrize(("gaps", "weeks"), [((), 2), ((14, 14), 2), ((7, 7, 7), 1), ((28,), 4), ((90,), 6), ((2,), 2)])
def test_her_rhythm_is_whole_weeks_from_one_to_six(cast, gaps, weeks):
    sessions, start = [], at(9, days=-1)
    for days in (0, *gaps):
        start -= timedelta(days=days)
        sessions.append(make.new_booking(start=start, status="done"))
    assert returning.rhythm(sessions) == weeks


def test_the_hour_on_the_wall_stays_over_a_change_of_the_clock(cast):
    type(cast.place).objects.update(horizon_days=366)
    set_clock(now := at(12, days=110))  # Saturday 13 March 2027; the clock changes on the 28th
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "status": "done"}
    last = make.booking(start=at(9, days=106), **words)
    proposal = returning.propose([last, make.new_booking(start=at(9, days=85), **words)], load_setup(), now)
    assert (proposal.weeks, proposal.offer.start.isoformat()) == (3, "2027-03-30T09:00:00+01:00")


def test_two_people_with_one_address_see_whose_session_is_whose(signed_in, robin, cast):
    sam = make.client(name="Sam Hale", email="")
    words = {"therapist": cast.mei, "length": cast.back30, "room": cast.bar_room, "start": at(15, days=4)}
    session = make.booking(client=sam, **words)
    Booking.objects.filter(pk=session.pk).update(email="Robin@mail.example")
    page = text(signed_in.get("/my/"))
    assert ("Your bookings, Robin" in page, page.count("For Sam"), page.count("For Robin")) == (True, 1, 0)
    assert signed_in.get(f"/b/{links.make(session)}/").status_code == 200
    signed_in.post("/my/again/", {"booking": Booking.objects.filter(client=robin).latest("pk").reference})
    assert Client.objects.get(pk=sam.pk).email == ""


def test_before_erasing_she_reads_whose_sessions_go_too(signed_in, robin, cast):
    assert "other people" not in text(signed_in.get("/my/erase/"))
    words = {"therapist": cast.mei, "length": cast.back30, "room": cast.bar_room, "status": "done"}
    make.booking(
        client=make.client(name="Sam Hale", email=""), start=at(15, days=-3), email="Robin@mail.example", **words
    )
    make.waiting(name="Kim Roe", email="robin@mail.example")
    said = "name other people too: Kim, Sam. Everything under this address is erased, theirs as well."
    assert said in text(signed_in.get("/my/erase/"))


def test_what_suits_her_is_changed_from_her_list_while_a_session_is_ahead(signed_in, robin):
    way = f'href="/b/{links.make(Booking.objects.get(status="booked"), "wishes")}/wishes/"'
    assert way in signed_in.get("/my/").text
    Booking.objects.filter(status="booked").update(status="cancelled")
    Client.objects.filter(pk=robin.pk).update(pressure=4)
    page = signed_in.get("/my/").text
    assert (way in page, 'href="/my/wishes/"' in page) == (False, True)


def test_the_link_in_the_list_opens_the_booking(signed_in):
    ahead = Booking.objects.get(status="booked")
    assert f'href="{reverse("booking", args=[links.make(ahead)])}"' in signed_in.get("/my/").text


def test_the_page_takes_the_same_statements_for_any_history(signed_in, robin, cast, django_assert_num_queries):
    signed_in.get("/my/")
    with django_assert_num_queries(10):
        signed_in.get("/my/")
    for number in range(3, 9):
        words = {"therapist": cast.mei, "length": cast.back30, "room": cast.mat_room, "status": "done"}
        make.booking(client=robin, start=at(9, days=-14 * number), **words)
    with django_assert_num_queries(10):
        signed_in.get("/my/")
