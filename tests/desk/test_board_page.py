"""The page of the day board: who lands on it, what it remembers, what it costs, and when its digest changes."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import roles
from bookings.actions import check_in
from bookings.availability import load_setup
from bookings.models import Booking, WaitingEntry
from bookings.models.event import SYSTEM
from desk.board import day as day_module
from desk.board.look import look_at
from desk.board.pulse import digest as digest_of
from spa import clock
from tests import factories as make
from tests.factories import NOW, at, span
from tests.studio_clock import set_clock
from therapists.models import WorkingHours

pytestmark = pytest.mark.django_db
MONDAY = "/desk/?day=2026-11-23"
SESSION_AND_USER = 3
"""The session, the user, her roles."""


@pytest.fixture
def cast():
    return make.small_studio()


@pytest.fixture
def dee(client):
    person = make.user(role=roles.FRONT_DESK)
    client.force_login(person)
    return person


def full_house(cast, therapists: int, sessions: int, days: int = 0) -> None:
    for number in range(therapists):
        person = make.therapist(name=f"Therapist {number}", styles=(cast.mat,), order=number + 3)
        make.working_hours(therapist=person, location=cast.place)
        make.limit(therapist=person, sessions=16, hands_on_minutes=480)
        room = make.room(location=cast.place, props=("mat",))
        for turn in range(sessions):
            words = {"client": make.client(pressure=3), "start": at(9, days=days) + timedelta(minutes=30 * turn)}
            make.booking(therapist=person, room=room, length=cast.back20, **words)


def all_asked() -> None:
    """Every client of the day is to choose another time, and has not answered."""
    bookings = list(Booking.objects.all())
    Booking.objects.update(free_cancel_until=F("during__startswith"))
    for one in bookings:
        make.message(
            booking=one, key=f"booking/{one.pk}/other_time/mail/1", kind="other_time", state="sent", sent_at=NOW
        )


def statements(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries) - SESSION_AND_USER


@pytest.mark.parametrize("size", [(0, 0), (12, 16)])
def test_a_board_takes_the_same_few_statements_at_any_size(client, cast, dee, size):
    full_house(cast, *size)
    client.get("/desk/")  # what it remembers is written once
    make.style()
    assert [statements(client, MONDAY), statements(client, MONDAY)] == [12, 9]


@pytest.mark.parametrize("size", [(0, 0), (12, 16)])
def test_a_look_at_the_digest_costs_one_read_of_the_day(client, cast, dee, size):
    full_house(cast, *size)
    client.get("/desk/")
    assert statements(client, "/desk/pulse/?day=2026-11-23") == 3  # the clock, the set-up's number, the day


def test_a_full_board_weighs_less_than_sixty_kilobytes(client, cast, dee):
    full_house(cast, 12, 16, days=7)
    cast.place.opening_hours.update(opens="07:00", closes="21:00")  # two shut stretches in each column
    for person in (cast.ana, cast.mei):
        person.working_hours.all().delete()
    page = client.get("/desk/?day=2026-11-30")
    assert (page.text.count("data-v="), page.text.count('class="why"')) == (192, 24)
    assert len(page.content) <= 60_000


def test_also_when_every_client_is_asked_for_another_time(client, cast, dee):
    full_house(cast, 12, 16, days=7)
    WorkingHours.objects.filter(therapist__in=(cast.ana, cast.mei)).delete()
    address = "/desk/?day=2026-11-30"
    plain = client.get(address)
    all_asked()
    make.style()
    assert [statements(client, address), statements(client, address)] == [12, 9]
    page = client.get(address)
    heavier = len(page.content) - len(plain.content)
    assert (page.text.count("is-asked"), heavier <= 192 * 24) == (193, True)


def test_the_fragment_is_the_very_one_that_the_page_holds(client, cast, dee):
    set_clock(NOW)  # both are printed at the same minute
    page, fragment = client.get(MONDAY), client.get(MONDAY, headers={"HX-Request": "true"})
    assert fragment["Vary"].count("HX-Request") == page["Vary"].count("HX-Request") == 1
    assert fragment.text.startswith('<div id="day"')
    assert fragment.text.split("Updated")[0] in page.text


def test_place_and_columns_are_remembered(client, cast, dee):
    other = make.location(slug="quay", name="Quay Street")
    client.get("/desk/?place=quay&by=room")
    look = client.get("/desk/").context["board"].look
    assert (look.place, look.by) == (other, "room")


@pytest.mark.parametrize("words", ["day=nonsense", "day=9999-12-31", "place=x", "by=x", "who=x", "group=99", "group=²"])
def test_whatever_the_address_says_a_board_comes(client, cast, dee, words):
    assert client.get(f"/desk/?{words}").status_code == 200


def test_a_day_that_nobody_can_read_is_said_and_today_is_shown(client, cast, dee):
    page = client.get("/desk/?day=30.2.2026")
    assert "“30.2.2026” is no day" in page.text
    assert page.context["board"].look.is_today


def test_without_a_place_the_board_says_what_is_missing(client, dee):
    assert "There is no open location yet." in client.get("/desk/").text
    assert client.get("/desk/pulse/").json() == {"digest": "", "clock": ""}


def test_a_day_without_anybody_says_so(client, cast, dee):
    assert "Nobody works at Weir Lane on Sunday 22 November." in client.get("/desk/?day=2026-11-22").text


def test_the_board_names_clients_in_short_only(client, cast, dee):
    booking = make.booking(therapist=cast.ana, room=cast.mat_room, length=cast.back30, start=at(14))
    page = client.get(MONDAY).text
    assert "Robin H." in page
    assert [word in page for word in ("Hale", booking.email, booking.reference)] == [False] * 3


@pytest.mark.parametrize(
    ("role", "name"),
    [(roles.FRONT_DESK, "desk_day"), (roles.STUDIO_ADMIN, "desk_day"), (roles.THERAPIST, "desk_own_day")],
)
def test_whoever_signs_in_lands_at_her_work(client, role, name):
    client.force_login(make.user(role=role))
    assert client.get(reverse("landing")).url == reverse(name)


def digest(client) -> str:
    return client.get("/desk/pulse/?day=2026-11-23").json()["digest"]


def make_waiting(cast, **fields) -> WaitingEntry:
    words = {
        "name": "Yusuf Park",
        "email": "yusuf@mail.example",
        "location": cast.place,
        "length": cast.back30,
        "created_at": NOW,
    }
    monday = NOW.date()
    return WaitingEntry.objects.create(**words | {"first_on": monday, "last_on": monday} | fields)


def test_whoever_waits_for_this_day_stands_beside_the_board(client, cast, dee):
    make_waiting(cast, until_minute=12 * 60)
    make_waiting(cast, name="Bea Cole", therapist=cast.ana, from_minute=15 * 60)
    make_waiting(cast, name="Lin Zhou", first_on=NOW.date() + timedelta(days=1), last_on=NOW.date() + timedelta(days=1))
    queue = client.get(MONDAY).context["queue"]
    assert [(one.name, one.wish, one.hours) for one in queue.first] == [
        ("Yusuf P.", "Back on the mat, 30 min, anyone", "before 12:00"),
        ("Bea C.", "Back on the mat, 30 min, Ana", "after 15:00"),
    ]


CHANGES = {
    "a session": lambda cast, one: make.booking(therapist=cast.mei, length=cast.back30, start=at(9)),
    "a held time": lambda cast, one: make.held(length=cast.back30, start=at(9), until=clock.now() + timedelta(hours=1)),
    "an arrival": lambda cast, one: check_in(booking=one, by=SYSTEM, now=NOW),
    "a failed message": lambda cast, one: make.message(booking=one, state="failed"),
    "a client's pressure": lambda cast, one: type(one.client).objects.update(pressure=5),
    "time off": lambda cast, one: make.time_off(therapist=cast.ana, during=span(at(9), 60)),
    "extra hours": lambda cast, one: make.extra_hours(therapist=cast.ana, location=cast.place, during=span(at(18), 60)),
    "a closure": lambda cast, one: make.closure(location=cast.place, during=span(at(9), 60)),
    "somebody who waits": lambda cast, one: make_waiting(cast),
    "working hours": lambda cast, one: make.working_hours(therapist=cast.ana, location=cast.place, opens="08:00"),
}


@pytest.fixture
def one(cast):
    return make.booking(therapist=cast.ana, room=cast.mat_room, length=cast.back30, start=at(14))


@pytest.mark.parametrize("change", CHANGES)
def test_the_digest_changes_with_all_that_the_board_shows(client, cast, dee, one, change):
    before = digest(client)
    CHANGES[change](cast, one)
    assert digest(client) != before


def test_the_digest_stays_while_nothing_on_this_day_changes(client, cast, dee, one):
    before = digest(client)
    make.booking(therapist=cast.mei, room=cast.bar_room, length=cast.back30, start=at(9, days=2))
    make.message(booking=one, state="sent", sent_at=NOW)
    assert digest(client) == before


def test_at_midnight_the_digest_of_today_changes_though_nothing_else_does(cast):
    setup = load_setup()
    looks = [look_at({"day": "2026-11-23"}, {}, setup, at(23, 59, days=days)) for days in (-1, 0, 1)]
    before, today, after = [digest_of(look, NOW) for look in looks]
    assert before == after != today


def test_a_change_that_is_taken_back_leaves_the_digest_as_it_was(client, cast, dee, one):
    before = digest(client)
    with transaction.atomic():
        check_in(booking=one, by=SYSTEM, now=NOW)
        transaction.set_rollback(True)
    assert digest(client) == before


def test_what_changes_while_a_board_is_read_shows_at_the_next_look(client, cast, dee, one, monkeypatch):
    read = day_module.sessions_of
    monkeypatch.setattr(
        day_module, "sessions_of", lambda *words: check_in(booking=one, by=SYSTEM, now=NOW) and read(*words)
    )
    assert client.get(MONDAY).context["board"].digest != digest(client)
