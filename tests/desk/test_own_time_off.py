"""A therapist asks for time off on her own pages: nothing is taken from clients before the studio accepts it."""

import pytest

from accounts import roles
from bookings.availability import Wish, explain, load_setup
from bookings.models import BlockEvent, Booking, Message
from bookings.outbox import delivery
from spa import clock
from tests import factories as make
from tests.desk.people import robins
from tests.factories import at
from tests.malformed import NASTY
from therapists.models import Therapist, TimeOff
from treatments.models import Length

pytestmark = pytest.mark.django_db
PAGE = "/desk/mine/time-off/"
TUESDAY = {"first_on": "2026-11-24", "last_on": "", "begin": "", "finish": "", "kind": "holiday", "reason": "Wedding"}


@pytest.fixture
def ana(client, cast) -> Therapist:
    """Ana is signed in."""
    person = make.user(role=roles.THERAPIST, email="ana@stoneandstep.example")
    Therapist.objects.filter(pk=cast.ana.pk).update(user=person)
    client.force_login(person)
    return cast.ana


@pytest.fixture
def ada():
    return make.user(role=roles.STUDIO_ADMIN, name="Ada")


def ask(client, status=303, do="ask", **typed) -> str:
    answer = client.post(PAGE, TUESDAY | typed | {"do": do})
    assert answer.status_code == status
    return answer.text


def why_not(cast, hour) -> str | None:
    """Why a client is not offered Ana on Tuesday at that hour; None when she is."""
    length = Length.objects.select_related("treatment__style").get(pk=cast.back30.pk)
    start = at(hour, days=1)
    found = explain(load_setup(), Wish(cast.place, length, cast.ana, start.date()), start, clock.now())
    return found and found.reason


def decide(client, admin, row, **typed) -> None:
    client.force_login(admin)
    assert client.post(f"/studio/time-off/{row.pk}/", typed).status_code == 303


def test_what_she_asks_for_blocks_nothing_and_what_is_accepted_does(client, cast, ana, ada):
    ask(client)
    row = TimeOff.objects.get()
    assert (row.state, row.reason, why_not(cast, 12)) == ("proposed", "Wedding", None)
    decide(client, ada, row, do="accept")
    assert why_not(cast, 12) == "away"
    assert [(event.verb, event.actor) for event in BlockEvent.objects.order_by("pk")] == [
        ("asked", ana.user or Therapist.objects.get(pk=ana.pk).user),
        ("blocked", ada),
    ]


def test_half_a_day(client, cast, ana, ada):
    ask(client, begin="13:00", finish="18:00")
    decide(client, ada, TimeOff.objects.get(), do="accept")
    assert (why_not(cast, 11), why_not(cast, 14)) == (None, "away")


def test_she_sees_what_is_booked_before_she_asks_and_after(client, cast, ana):
    robins(cast, start=at(15, days=1))
    for do in ("ask", "check"):
        assert "1 session is booked with you then" in ask(client, 200, do=do)
        assert TimeOff.objects.count() == 0
    ask(client, do="anyway")
    html = client.get(PAGE).text
    assert "Booked with you then:" in html and "Tuesday 24 November 2026, 15:00 to 15:30, Robin" in html
    assert (">proposed<" in html, Booking.objects.get().status) == (True, "booked")


def test_the_admin_answers_with_what_is_booked_listed_and_she_hears_by_mail(client, cast, ana, ada, mailoutbox):
    robins(cast, start=at(15, days=1))
    ask(client, do="anyway")
    row = TimeOff.objects.get()
    client.force_login(ada)
    index, page = client.get("/studio/").text, client.get(f"/studio/time-off/{row.pk}/").text
    assert "Ana, Tuesday 24 November 2026" in index and "1 session is booked then" in index
    assert "1 session is booked then" in page and "15:00 to 15:30" in page
    decide(client, ada, row, do="decline", word="Too many are away.")
    assert delivery.deliver_due(clock.now())["sent"] == 1
    assert (mailoutbox[0].to, mailoutbox[0].subject) == (["ana@stoneandstep.example"], "Your time off is declined")
    assert "Too many are away." in mailoutbox[0].body
    assert "Time off to answer" not in client.get("/studio/").text


def test_declined_she_reads_the_word_and_clients_are_offered_her(client, cast, ana, ada):
    ask(client)
    decide(client, ada, TimeOff.objects.get(), do="decline", word="Too many are away.")
    client.force_login(Therapist.objects.get(pk=ana.pk).user)
    html = client.get(PAGE).text
    assert (">declined<" in html, "“Too many are away.”" in html, why_not(cast, 12)) == (True, True, None)
    assert (BlockEvent.objects.last().verb, BlockEvent.objects.last().actor) == ("declined", ada)


def test_whoever_declines_says_why(client, cast, ana, ada):
    ask(client)
    row = TimeOff.objects.get()
    client.force_login(ada)
    for typed, words in (({"do": "decline"}, "Write why, in a few words"), ({}, "Press one of the two buttons.")):
        answer = client.post(f"/studio/time-off/{row.pk}/", typed)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert TimeOff.objects.get().state == "proposed"


def test_she_takes_back_what_is_not_answered(client, cast, ana, ada):
    ask(client)
    row = TimeOff.objects.get()
    assert client.post(f"{PAGE}{row.pk}/unask/").headers["Location"] == f"{PAGE}?done=unasked"
    assert (TimeOff.objects.count(), BlockEvent.objects.last().verb) == (0, "unasked")
    assert client.post(f"{PAGE}{row.pk}/unask/").status_code == 404


@pytest.mark.parametrize("typed", [{"do": "accept"}, {"do": "decline", "word": "No."}])
def test_what_is_answered_is_answered_once_and_stays(client, cast, ana, ada, typed):
    ask(client)
    row, her = TimeOff.objects.get(), Therapist.objects.get(pk=ana.pk).user
    decide(client, ada, row, **typed)
    decide(client, ada, row, do="accept")
    client.force_login(her)
    assert client.post(f"{PAGE}{row.pk}/unask/").headers["Location"] == f"{PAGE}?done=answered"
    assert (TimeOff.objects.count(), Message.objects.filter(kind="time_off_answer").count()) == (1, 1)


def test_another_therapists_time_off_is_none_of_hers(client, cast, ana):
    row = make.time_off(therapist=cast.mei, during=make.span(at(9, days=2), 60), state="proposed", reason="Secret")
    assert "Secret" not in client.get(PAGE).text
    assert (client.post(f"{PAGE}{row.pk}/unask/").status_code, TimeOff.objects.count()) == (404, 1)


def test_asked_twice_it_is_once(client, cast, ana):
    ask(client), ask(client)
    assert (TimeOff.objects.count(), BlockEvent.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"first_on": ""}, "Enter a date, like 2026-11-20"),
        ({"first_on": "2020-01-01"}, "This is over already: choose a day that is still to come."),
        ({"begin": "14:00", "finish": "13:00"}, "Choose an end that is later than the beginning."),
        ({"last_on": "2026-11-23"}, "Choose an end that is later than the beginning."),
        ({"begin": "13:02"}, "Enter a time on full five minutes, like 14:20"),
        ({"kind": "x"}, "Choose from the list"),
        ({"reason": "x" * 201}, "Shorten the reason to 200 letters or fewer"),
    ],
)
def test_what_cannot_be_is_told_at_the_field(client, cast, ana, typed, words):
    assert ask(client, 422, **typed).count(words) == 2  # in the summary and at the field
    assert TimeOff.objects.count() == 0


def test_anything_typed_is_answered(client, cast, ana, ada):
    row = make.time_off(therapist=cast.ana, during=make.span(at(9, days=2), 60), state="proposed")
    for path, who in ((PAGE, None), (f"/studio/time-off/{row.pk}/", ada)):
        client.force_login(who) if who else None
        for value in NASTY:
            body = "&".join(f"{name}={value}" for name in (*TUESDAY, "word", "do")).encode()
            answer = client.generic("POST", path, body, "application/x-www-form-urlencoded")
            assert answer.status_code in (400, 422)
    assert TimeOff.objects.get().state == "proposed"


def test_what_is_only_asked_for_is_not_given_back_at_the_desk_nor_in_the_studio(client, cast, ana, ada):
    row = make.time_off(therapist=cast.ana, during=make.span(at(9, days=2), 60), state="proposed")
    client.force_login(ada)
    paths = (f"/desk/blocks/therapist/{row.pk}/lift/", f"/studio/therapists/{cast.ana.pk}/time-off/{row.pk}/lift/")
    assert [client.post(path).status_code for path in paths] == [404, 404]
    assert f"/studio/time-off/{row.pk}/" in client.get(f"/studio/therapists/{cast.ana.pk}/time-off/").text


def test_the_desk_reads_who_asked_and_who_declined(client, cast, ana, ada):
    ask(client)
    decide(client, ada, TimeOff.objects.get(), do="decline", word="No.")
    html = client.get(f"/desk/history/?day={clock.now():%Y-%m-%d}").text
    assert "asked for time off" in html and "declined time off" in html


def test_the_pages_take_as_many_queries_however_much_is_asked(client, cast, ana, ada, django_assert_num_queries):
    for day in range(9):
        make.time_off(therapist=cast.ana, during=make.span(at(16, days=2 + day), 60), state="proposed")
        robins(cast, start=at(9, days=2 + day), client=make.client())
    with django_assert_num_queries(2 + 6):  # session and user; her groups, herself, the house, the clock, both lists
        client.get(PAGE)
