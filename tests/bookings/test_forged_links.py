"""Forged, cut off, expired and foreign links open nothing and all look the same; mail scanners change nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from random import Random

import pytest
from django.core.signing import Signer
from django.db import connection

import bookings.urls
from bookings import actions, links
from bookings.models import Booking
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-:"
# What each address behind a link was signed for.
SCOPES = {
    "booking": "view",
    "booked": "view",
    "calendar": "view",
    "complete": "details",
    "fewer_mails": "mail",
    "same_again": "again",
}
SCOPES |= {name: name for name in ("confirm", "move", "cancel", "wishes", "reach", "contact", "sooner")}
PATHS = {one.name: f"/{one.pattern}" for one in bookings.urls.urlpatterns if "<str:token>" in str(one.pattern)}
SCANNERS = ["Barracuda Sentinel", "Mozilla/5.0 (compatible; MSOffice 16)", "GoogleImageProxy", "Slackbot", "curl/8"]
LONG = (pytest.mark.faults, pytest.mark.timeout(1800))


@pytest.fixture
def booking() -> Booking:
    """Robin on Friday 27 November 2026 at 14:20; two old sessions and a place on the waiting list beside it."""
    set_clock(NOW)
    cast = make.small_studio()
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room}
    for days in (-31, -60):
        make.booking(start=at(9, days=days), status="done", **words)
    make.held(start=at(9, days=5), **words)
    make.waiting(length=cast.back30, location=cast.place)
    return make.booking(start=at(14, 20, days=4), **words)


def path(name: str, token: str) -> str:
    return PATHS[name].replace("<str:token>", token)


def forged(booking: Booking, scope: str, draw: Random) -> Iterator[str]:
    """Tokens that must open nothing under this scope, in turns of every kind; never the same few again."""
    own = links.make(booking, scope)
    number, signature = own.rsplit(".", 1)
    others = [one for one in (*SCOPES.values(), "waiting", "") if one != scope]
    old = [links.make(one, scope) for one in Booking.objects.exclude(pk=booking.pk)]
    while True:
        place = draw.randrange(len(own))
        yield own[:place]
        yield own[:place] + draw.choice(LETTERS.replace(own[place], "")) + own[place + 1 :]
        yield own + draw.choice(LETTERS)
        yield links.make(booking, draw.choice(others))
        yield links.make(Booking(pk=booking.pk, link_version=draw.randrange(2, 9**9)), scope)
        yield draw.choice(old)
        yield f"{links.make(Booking(pk=draw.randrange(9**9), link_version=1), scope).rsplit('.', 1)[0]}.{signature}"
        yield Signer(key=f"not the secret {draw.random()}", salt=f"booking.{scope}", sep=".").sign(number)
        yield "".join(draw.choices(LETTERS, k=draw.randrange(1, 70)))


def drawn(booking: Booking, count: int) -> Iterator[tuple[str, str]]:
    """That many pairs of an address and a token that must not open it, over all addresses behind links."""
    sources = {name: forged(booking, SCOPES[name], Random(name)) for name in SCOPES}
    return ((name, next(sources[name])) for name in islice(cycle(sources), count))


def test_every_address_behind_a_link_is_tried():
    assert sorted({*PATHS} - {"waiting"}) == sorted(SCOPES)


@pytest.mark.parametrize("count", [1_800, pytest.param(20_000, marks=LONG)])
def test_tokens_that_were_never_made_are_bad_links(booking, count):
    opened = Counter()
    for name, token in drawn(booking, count):
        try:
            opened[links.read(token, SCOPES[name], NOW).pk] += 1
        except links.BadLink:
            opened["none"] += 1
    assert opened == {"none": count}
    assert all(links.read(links.make(booking, scope), scope, NOW) == booking for scope in SCOPES.values())


def answers(client, booking: Booking, count: int) -> set[tuple[int, str]]:
    """What so many of them see, from ever new networks: the page without what is new on every request."""
    seen = set()
    for number, (name, token) in enumerate(drawn(booking, count)):
        where = f"10.{number // 25_600 % 256}.{number // 100 % 256}.9"
        knock = client.post if name in ("reach", "same_again") else client.get
        answer = knock(path(name, token.replace("/", "")), REMOTE_ADDR=where)
        seen.add((answer.status_code, re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.text)))
    return seen


def test_all_of_them_get_one_answer(client, booking):
    """`tests/races/test_forged.py` knocks 20,000 times, at the real site."""
    ((status, page),) = answers(client, booking, 198)
    assert (status, "This link does not open" in page) == (404, True)


def test_a_dead_place_on_the_waiting_list_gets_the_same_answer_and_is_counted(client, booking):
    own = links.make_waiting(make.waiting())
    for token in (own[:-1], own + "a", links.make(booking), "nothing"):
        assert "This link does not open" in client.get(f"/w/{token}/").text
    for _ in range(200):
        answer = client.get("/w/nothing/")
    assert (answer.status_code, client.get(f"/w/{own}/").status_code) == (429, 200)


def whole_state() -> list[str]:
    """Every row of what a client can change."""
    tables = ("booking", "bookingevent", "message", "waitingentry", "waitingoffer")
    names = [*(f"bookings_{table}" for table in tables), "clients_client", "clients_mailoptout", "clients_smsconsent"]
    with connection.cursor() as cursor:
        said = []
        for name in names:
            cursor.execute(f"SELECT t::text FROM {name} t ORDER BY 1")  # noqa: S608 - our own tables
            said += [row[0] for row in cursor.fetchall()]
    return said


@pytest.mark.parametrize("name", PATHS)
def test_what_a_mail_scanner_fetches_five_times_changes_nothing(client, booking, name):
    entry = make.waiting(length=booking.length, location=booking.location)
    actions.plan_offers(NOW)
    token = links.make_waiting(entry) if name == "waiting" else links.make(booking, SCOPES[name])
    before = whole_state()
    for agent in SCANNERS:
        for look in (client.get, client.head):
            words = {"do": "off", "edition": "1", "start": "2026-11-26T11:00Z", "List-Unsubscribe": "One-Click"}
            for query in ({}, words):
                assert look(path(name, token), query, HTTP_USER_AGENT=agent).status_code < 500
    assert whole_state() == before


def test_what_a_post_changes_is_seen_by_that_comparison(client, booking):
    before = whole_state()
    client.post(path("fewer_mails", links.make(booking, "mail")), {"do": "off"})
    assert whole_state() != before


def test_expired_is_thirty_days_after_the_session_and_not_before(client, booking):
    for seconds, status in ((-1, 200), (0, 404)):
        set_clock(booking.during.upper + links.OPEN_AFTER_END + timedelta(seconds=seconds))
        assert client.get(path("booking", links.make(booking))).status_code == status
