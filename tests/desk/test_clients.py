"""The desk finds a client, sees her whole story on one page, and makes one record of two."""

import pytest

from bookings import actions
from bookings.models import Note
from bookings.models.event import CLIENT, Actor
from clients.models import Client
from tests import factories as make
from tests.desk.people import robins
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
LIST = "/desk/clients/"
LIKES = {"do": "save", "pressure": "4", "focus_areas": ["hips"], "oil_free": "on"}


@pytest.fixture
def robin(cast) -> Client:
    return make.client(name="Robin Hale", email="robin@mail.example", phone="+447700900123")


def page(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.text.split())


def card(robin: Client) -> str:
    return f"{LIST}{robin.pk}/"


def seen(client, robin: Client) -> str:
    return client.get(card(robin)).context["now_seen"]


@pytest.mark.parametrize("typed", ["rob", "hale", "07700 900", "robin@mail"])
def test_three_letters_find_her_and_the_count_is_announced(client, dee, robin, typed):
    html = page(client, f"{LIST}?q={typed}")
    assert f'href="{card(robin)}"' in html
    assert 'role="status">1 client<' in html


@pytest.mark.parametrize("typed", ["", "ro"])
def test_fewer_than_three_letters_find_nobody(client, dee, robin, typed):
    assert "Type at least three letters or digits" in page(client, f"{LIST}?q={typed}")


def test_more_than_twenty_ask_for_more_letters(client, dee, robin):
    for number in range(21):
        make.client(name=f"Robin {number}")
    html = page(client, f"{LIST}?q=robin")
    assert "More than 20 clients: type more letters" in html
    assert html.count('class="h4"') == 20


@pytest.mark.parametrize("query", ["q=%00ab", "q=%ED%A0%80", "q='or'1", "q=" + "x" * 500])
def test_nonsense_in_the_search_harms_nothing(client, dee, robin, query):
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_her_sessions_stand_by_what_is_ahead_and_what_is_past(client, dee, cast, robin):
    robins(cast, client=robin), robins(cast, client=robin, start=at(10, days=-7), status="no_show")
    answer = client.get(card(robin))
    assert [one.when for one in answer.context["ahead"]] == ["Monday 23 November 2026, 14:00 to 14:30"]
    assert [one.state for one in answer.context["lately"]] == ["no-show"]
    assert "1 no-show, 0 late cancellations" in " ".join(answer.text.split())


def test_only_her_own_late_cancellations_count(client, dee, cast, robin):
    late, early = robins(cast, client=robin), robins(cast, client=robin, start=at(14, days=7))
    studio = robins(cast, client=robin, start=at(15))
    actions.cancel(booking=late, by=CLIENT, now=NOW), actions.cancel(booking=early, by=CLIENT, now=NOW)
    actions.cancel(booking=studio, by=Actor("staff"), now=NOW, cause="studio")
    assert client.get(card(robin)).context["late_cancels"] == 1


def test_what_she_likes_is_saved(client, dee, robin):
    answer = client.post(card(robin), LIKES | {"seen": seen(client, robin)})
    robin.refresh_from_db()
    assert (answer.status_code, answer.url) == (303, card(robin))
    assert (robin.pressure, robin.focus_areas, robin.oil_free, robin.caution) == (4, ["hips"], True, False)


def test_a_page_that_is_not_new_any_more_saves_over_nothing(client, dee, robin):
    old = seen(client, robin)
    Client.objects.filter(pk=robin.pk).update(pressure=1)
    answer = client.post(card(robin), LIKES | {"seen": old})
    robin.refresh_from_db()
    assert (answer.status_code, robin.pressure) == (409, 1)
    assert "Somebody changed this meanwhile" in answer.text
    assert '<option value="4" selected>' in answer.text


def test_an_area_is_worked_on_or_left_out_not_both(client, dee, robin):
    answer = client.post(card(robin), LIKES | {"avoid_areas": ["hips"], "seen": seen(client, robin)})
    assert (answer.status_code, "hips: choose “More on” or “Leave out”, not both" in answer.text) == (422, True)


@pytest.mark.parametrize("sent", [{}, {"do": "all"}, {"do": "save", "pressure": "9"}, {"do": "note", "text": ""}])
def test_what_no_button_sends_changes_nothing(client, dee, robin, sent):
    assert client.post(card(robin), sent).status_code == 422
    assert Note.objects.count() == 0


def test_a_note_carries_its_author(client, dee, robin):
    client.post(card(robin), {"do": "note", "text": "Comes early."})
    html = page(client, card(robin))
    assert "Comes early." in html
    assert "Dee Moss, Monday 23 November 2026, 12:00" in html


def test_notes_on_her_sessions_stand_there_too(client, dee, cast, robin):
    Note.objects.create(booking=robins(cast, client=robin), author=dee, at=NOW, text="Rang twice.")
    assert "About the session of Monday 23 November 2026, 14:00" in page(client, card(robin))


def test_the_page_shows_no_answer_about_health(client, dee, cast, robin):
    robins(cast, client=robin, screening="call_first")
    assert "call first" not in page(client, card(robin)).lower()


def test_what_she_waits_for_and_her_messages_stand_there(client, dee, cast, robin):
    make.waiting(client=robin, length=cast.back30, location=cast.place, therapist=cast.mei)
    make.message(booking=robins(cast, client=robin))
    html = page(client, card(robin))
    assert "Back on the mat, 30 minutes, Mei" in html
    assert "1 message" in html


@pytest.mark.parametrize("sessions", [1, 30])
def test_her_page_takes_as_many_queries_however_often_she_came(
    client, dee, cast, robin, sessions, django_assert_num_queries
):
    for number in range(sessions):
        robins(cast, client=robin, start=at(10, days=-number - 1), status="done")
        make.message(booking=robins(cast, client=robin, start=at(9, days=number + 1)))
    with django_assert_num_queries(2 + 14):
        client.get(card(robin))


def test_a_client_who_is_not_there_is_a_missing_page(client, dee, cast):
    assert [client.get(f"{LIST}{pk}/").status_code for pk in (0, 999_999, 10**30)] == [404, 404, 404]


def test_the_other_record_is_looked_for_by_her_own_name(client, dee, robin):
    twin = make.client(name="Robin Hale")
    html = page(client, f"{card(robin)}merge/")
    assert f'href="?other={twin.pk}"' in html


def test_before_merging_the_desk_reads_what_moves(client, dee, cast, robin):
    twin = make.client(name="Bobby Hale", email="bobby@mail.example")
    robins(cast, client=twin)
    html = page(client, f"{card(robin)}merge/?other={twin.pk}")
    assert "Bobby Hale becomes part of Robin Hale." in html
    assert "1 session, 0 notes, 0 messages, 0 places on the waiting list" in html
    assert "bobby@mail.example stays with the old record, and still finds this person" in html


def test_merging_leads_to_the_kept_record_and_so_does_the_old_address(client, dee, robin):
    twin = make.client(name="Bobby Hale")
    answer = client.post(f"{card(robin)}merge/", {"other": twin.pk})
    assert (answer.status_code, answer.url) == (303, card(robin))
    assert client.get(card(twin)).url == card(robin)
    assert "Also known as Bobby Hale" in page(client, card(robin))
    assert robin.merges.get().by == dee


@pytest.mark.parametrize("other", ["", "x", "0", str(10**30), "999999"])
def test_a_record_that_is_none_is_not_merged(client, dee, robin, other):
    assert client.post(f"{card(robin)}merge/", {"other": other}).status_code == 422
    assert client.get(f"{card(robin)}merge/?other={other}").status_code == 200


def test_a_record_is_not_merged_into_itself(client, dee, robin):
    answer = client.post(f"{card(robin)}merge/", {"other": robin.pk})
    assert (answer.status_code, "Choose another one" in answer.text) == (422, True)


def test_a_dialog_gets_the_fragment(client, dee, robin):
    answer = client.get(card(robin), headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "HX-Request" in answer["Vary"]


def test_the_second_of_two_who_merge_at_once_hears_so(client, dee, robin):
    twin, third = make.client(name="Bobby"), make.client(name="Bob")
    Client.objects.filter(pk=twin.pk).update(merged_into=third)
    assert client.post(f"{card(robin)}merge/", {"other": twin.pk}).status_code == 422


def test_booking_again_keeps_treatment_therapist_and_client_to_the_button_that_books(client, dee, cast, robin):
    robins(cast, client=robin, start=at(10, days=-7), status="done")
    free = page(client, client.get(card(robin)).context["again"])
    assert "For Robin Hale: choose a time." in free
    chosen = {"place": "weir-lane", "length": cast.back30.pk, "therapist": cast.ana.pk, "client": robin.pk}
    assert f'name="client" value="{robin.pk}"' in free
    assert f'<option value="{cast.ana.pk}" selected>' in free
    asked = client.get("/desk/book/", chosen | {"start": "2026-11-24T09:00Z"})
    assert "Book for Robin Hale" in asked.text
