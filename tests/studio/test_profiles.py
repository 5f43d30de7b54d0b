"""/studio/therapists/: who gives sessions, how clients meet her, and who takes bookings."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.availability import Wish, explain, load_setup
from spa import clock
from tests import factories as make
from therapists.models import Therapist

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Ana Silva",
    "slug": "ana",
    "order": "1",
    "public": "on",
    "pressure_from": "2",
    "pressure_to": "5",
    "gender": "",
    "headline_en": "Slow and deep",
    "bio_en": "Ten years of bars.",
    "languages": ["en", "pt"],
}


def address(person, tail=""):
    return f"/studio/therapists/{person.pk}/{tail}"


def seen(client, path):
    return re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]


def send(client, cast, status, **changes):
    path = address(cast.ana)
    typed = TYPED | {"styles": [cast.mat.pk], "seen": seen(client, path)} | changes
    answer = client.post(path, typed)
    assert answer.status_code == status
    return answer.text


def why_not(cast, person):
    """Why Ana or Mei is not offered tomorrow at noon; None when she is."""
    now = clock.now()
    day = (now + dt.timedelta(days=1)).date()
    start = dt.datetime.combine(day, dt.time(12), tzinfo=cast.place.zone)
    found = explain(load_setup(), Wish(cast.place, cast.back30, person, day), start, now)
    return found and found.reason


@pytest.fixture
def open_cast(cast):
    """The cast, at work every day of the week."""
    make.opening(location=cast.place, weekday=6)
    for person in (cast.ana, cast.mei):
        make.working_hours(therapist=person, location=cast.place, weekday=6)
    return cast


def test_the_list_says_who_is_free_next_and_what_to_look_at(client, ada, cast):
    today = clock.now().astimezone(cast.place.zone).date()
    make.certificate(therapist=cast.mei, expires_on=today + dt.timedelta(days=30))
    make.therapist(name="Jo")
    html = client.get("/studio/therapists/").text
    assert html.index("Ana") < html.index("Mei") < html.index("Add a therapist")
    assert "Barefoot School Two bars expires in 30 days." in html
    assert "No style is chosen.<br>No hours are set." in html


def test_forty_therapists_take_twelve_queries_at_most(client, ada, cast):
    for _number in range(38):
        person = make.therapist(styles=(cast.mat, cast.bars))
        make.working_hours(therapist=person, location=cast.place)
        make.certificate(therapist=person, styles=(cast.bars,))
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/studio/therapists/").status_code == 200
    assert len([query for query in queries if not re.search("django_session|accounts_user", query["sql"])]) <= 12


def test_what_is_saved_stands_on_the_site(client, ada, cast):
    send(client, cast, 303)
    html = client.get("/therapists/ana/").text
    assert "<h1>Ana Silva</h1>" in html
    assert "Slow and deep" in html and "English, Portuguese" in html


def test_a_style_less_is_offered_no_more_at_once(client, ada, open_cast):
    assert why_not(open_cast, open_cast.ana) is None
    send(client, open_cast, 303, styles=[open_cast.bars.pk])
    assert why_not(open_cast, open_cast.ana) == "style"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Write her name."),
        ({"name": "x" * 81}, "Shorten the name to 80 letters or fewer."),
        ({"slug": "mei"}, "Another therapist has this address: choose another one, like ana-2."),
        ({"slug": "An a"}, "Write the address in small letters, digits and hyphens, like ana-silva."),
        ({"order": "-1"}, "Type a whole number from 0 to 999."),
        ({"pressure_from": "4", "pressure_to": "2"}, "Choose the lighter end first, then the deeper one."),
        ({"gender": "x"}, "Choose from the list."),
        ({"languages": ["xx"]}, "Choose from the list."),
        ({"styles": ["999999"]}, "Choose from the list."),
        ({"headline_en": "x" * 81}, "Shorten this to 80 letters or fewer."),
        ({"bio_es": "x" * 10_000}, "Shorten this to 4000 letters or fewer."),
        ({"bio_en": "a\u202eb"}, "it holds signs that cannot be seen."),
    ],
)
def test_what_cannot_stand_is_told_beside_it_and_kept(client, ada, cast, changes, words):
    html = send(client, cast, 422, **changes)
    assert html.count(words) == 2  # in the summary and at the field
    assert "<title>Error: " in html
    assert Therapist.objects.get(pk=cast.ana.pk).name == "Ana"


def test_a_bio_of_four_thousand_letters_is_kept(client, ada, cast):
    send(client, cast, 303, bio_en="x" * 4000)
    assert len(str(Therapist.objects.get(pk=cast.ana.pk).bio)) == 4000


def test_an_emptied_address_stays_as_it_was(client, ada, cast):
    send(client, cast, 303, slug="")
    ana = Therapist.objects.get(pk=cast.ana.pk)
    assert (ana.name, ana.slug) == ("Ana Silva", "ana")
    assert client.get("/therapists/ana/").status_code == 200


def test_whoever_saves_over_somebody_elses_change_is_asked_first(client, ada, cast):
    old = seen(client, address(cast.ana))
    send(client, cast, 303)
    html = send(client, cast, 409, seen=old, name="Anna")
    assert "Somebody else saved this page meanwhile" in html
    assert 'value="Anna"' in html
    assert Therapist.objects.get(pk=cast.ana.pk).name == "Ana Silva"
    now_seen = re.search(r'name="seen" value="(\w+)"', html)[1]
    send(client, cast, 303, seen=now_seen, name="Anna")


def test_a_former_version_is_restored(client, ada, cast):
    send(client, cast, 303)
    number = re.search(r'name="version" value="(\d+)"', client.get(address(cast.ana)).text)[1]
    assert client.post(address(cast.ana, "profile/restore/"), {"version": number}).status_code == 303
    ana = Therapist.objects.get(pk=cast.ana.pk)
    assert (ana.name, set(ana.styles.all())) == ("Ana", {cast.mat, cast.bars})
    assert client.get(address(cast.ana)).text.count("<summary>") == 3


def test_a_version_whose_address_is_taken_is_not_restored(client, ada, cast):
    send(client, cast, 303, slug="ana-silva")
    Therapist.objects.filter(pk=cast.mei.pk).update(slug="ana")
    number = re.search(r'name="version" value="(\d+)"', client.get(address(cast.ana)).text)[1]
    answer = client.post(address(cast.ana, "profile/restore/"), {"version": number})
    assert answer.status_code == 409
    assert "Another therapist has this address" in answer.text


@pytest.mark.parametrize("version", ["", "0", "9999999999", "x"])
def test_a_version_that_is_none_is_not_restored(client, ada, cast, version):
    assert client.post(address(cast.ana, "profile/restore/"), {"version": version}).status_code == 404
    assert client.post(address(cast.ana, "nothing/restore/"), {"version": "1"}).status_code == 404


def test_somebody_new_is_added(client, ada, cast):
    typed = TYPED | {"name": "Jo Lee", "slug": "", "styles": [cast.mat.pk]}
    answer = client.post("/studio/therapists/new/", typed)
    jo = Therapist.objects.get(slug="jo-lee")
    assert (answer.status_code, answer["Location"]) == (303, f"{address(jo)}?done=saved")
    html = client.post("/studio/therapists/new/", typed).text  # her address is taken now
    assert html.count("Another therapist has this address: choose another one, like ana-2.") == 2
    assert Therapist.objects.filter(name="Jo Lee").count() == 1


def test_out_of_the_offers_at_once_and_what_is_booked_is_listed(client, ada, open_cast):
    cast, path = open_cast, address(open_cast.ana, "retire/")
    tomorrow = (clock.now() + dt.timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    words = {"length": cast.back30, "therapist": cast.ana, "room": cast.mat_room}
    booking = make.booking(start=tomorrow, **words)
    assert why_not(cast, cast.ana) is None
    assert client.post(path, {"do": "out"}).status_code == 303
    assert why_not(cast, cast.ana) == "away"
    html = client.get(path).text
    assert f'href="/desk/bookings/{booking.pk}/"' in html and "Robin Hale, Back on the mat" in html
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_back_into_the_offers(client, ada, open_cast):
    Therapist.objects.filter(pk=open_cast.ana.pk).update(bookable=False)
    assert client.post(address(open_cast.ana, "retire/"), {"do": "back"}).status_code == 303
    assert why_not(open_cast, open_cast.ana) is None


def test_clients_may_look_for_a_woman(client, ada, cast):
    assert "Woman or man" not in client.get("/therapists/").text
    send(client, cast, 303, gender="woman")
    html = client.get("/therapists/?gender=woman").text
    assert "1 therapist<" in html and "Ana Silva" in html
