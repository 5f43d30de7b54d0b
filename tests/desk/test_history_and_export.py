"""What happened on a day, in words; and the sessions of a period as a file that no spreadsheet takes for a program."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import actions
from bookings.actions import Change
from bookings.models import Export
from bookings.models.event import CLIENT, Actor
from desk.sheet import harmless, line
from tests import factories as make
from tests.desk.people import robins
from tests.factories import NOW, at
from tests.refused import refused

pytestmark = pytest.mark.django_db
HISTORY, EXPORT = "/desk/history/", "/desk/export/"
WEEK = {"first_on": "2026-11-23", "last_on": "2026-11-29"}


def page(client, path) -> str:
    return " ".join(client.get(path).text.split())


def deeds(client, path=HISTORY) -> list[tuple[str, str, str]]:
    return [(one.who, one.what, one.about) for one in client.get(path).context["page"]]


def file(client, **period) -> list[list[str]]:
    answer = client.post(EXPORT, WEEK | period)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_a_day_says_who_did_what_the_newest_first(client, dee, cast):
    booking = robins(cast)
    about = "Robin Hale: Monday 23 November 2026, 14:00 to 14:30, with Ana"
    actions.confirm(booking=booking, by=CLIENT, now=NOW)
    actions.cancel(booking=booking, by=Actor("staff", dee.pk), now=at(12, 5), reason="Ill.", cause="client")
    assert deeds(client) == [
        ("Dee Moss", "cancelled the session", about),
        ("the client", "said that the client comes", about),
    ]
    assert "“Ill.”" in page(client, HISTORY)


def test_blocks_merged_records_and_exports_stand_there_too(client, dee, cast):
    by = Change(by=Actor("staff", dee.pk), now=NOW)
    actions.block(therapist=cast.ana, start=at(15), end=at(16), reason="Dentist", change=by)
    robin, twin = make.client(), make.client(name="Bobby Hale")
    actions.merge(keep=robin, other=twin, by=by.by, now=NOW)
    client.post(EXPORT, WEEK)
    said = {(what, about) for _who, what, about in deeds(client)}
    assert ("merged two records", "Bobby Hale, now part of Robin Hale") in said
    assert ("exported sessions", "Monday 23 November 2026 to Sunday 29 November 2026") in said
    assert ("blocked the time", "Ana: Monday 23 November 2026, 15:00 to Monday 23 November 2026, 16:00") in said


def test_an_offer_names_who_waits(client, dee, cast):
    make.waiting(length=cast.back30, location=cast.place, therapist=cast.ana)
    actions.plan_offers(NOW)
    ((who, what, about),) = deeds(client)
    assert (who, what) == ("the system", "offered the time to somebody on the waiting list")
    assert about.startswith("Robin Hale: Tuesday 24 November 2026")


def test_another_day_shows_what_was_done_then(client, dee, cast):
    actions.confirm(booking=robins(cast), by=CLIENT, now=NOW)
    assert deeds(client, f"{HISTORY}?day=2026-11-22") == []
    assert "Nothing was changed on this day." in page(client, f"{HISTORY}?day=2026-11-22")


@pytest.mark.parametrize("query", ["day=soon", "day=0001-01-01", "page=x", "page=999", "day=%00"])
def test_nonsense_in_the_address_harms_nothing(client, dee, cast, query):
    assert client.get(f"{HISTORY}?{query}").status_code == 200


@pytest.mark.parametrize("sessions", [1, 20])
def test_a_day_takes_as_many_queries_however_much_happened(client, dee, cast, sessions, django_assert_num_queries):
    for number in range(sessions):
        actions.confirm(booking=robins(cast, start=at(9, days=number + 1)), by=CLIENT, now=NOW)
    with django_assert_num_queries(2 + 10):
        client.get(HISTORY)


def test_the_file_holds_one_line_for_each_session_of_the_period(client, dee, cast):
    robins(cast, reference="SS 4K7QX"), robins(cast, start=at(9, days=7))
    head, line = file(client)
    assert head[:4] == ["Reference", "Day", "From", "To"]
    assert line[:8] == ["SS 4K7QX", "2026-11-23", "14:00", "14:30", "30", "booked", "Back on the mat", "Ana"]


def test_no_cell_is_a_formula(client, dee, cast):
    robins(cast, client=make.client(name="=HYPERLINK(1)", phone="+447700900123"))
    line = file(client)[1]
    assert (line[10], line[12]) == ("'=HYPERLINK(1)", "'+447700900123")


@pytest.mark.parametrize("word", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＠x"])
def test_a_cell_that_begins_like_a_formula_is_text(word):
    assert harmless(word) == f"'{word}"


def test_a_name_begins_no_cell_where_semicolons_part_them():
    assert line(["Kim;=1+1", 'x"y']) == '"Kim;=1+1","x""y"\r\n'


def test_any_other_cell_stays_as_it_is():
    assert [harmless(word) for word in ("", "Robin", "a=b", "45.00")] == ["", "Robin", "a=b", "45.00"]


def test_nothing_about_health_leaves(client, dee, cast):
    robins(cast, screening="call_first", note="Bad knee.")
    said = " ".join(" ".join(line) for line in file(client)).lower()
    assert "call" not in said and "knee" not in said


def test_who_took_what_and_when_is_kept_and_shown(client, dee, cast):
    robins(cast)
    file(client)
    kept = Export.objects.get()
    assert (kept.by, kept.at, kept.rows, f"{kept.first_on} {kept.last_on}") == (dee, NOW, 1, "2026-11-23 2026-11-29")
    assert "Dee Moss, 1 session, Monday 23 November 2026, 12:00" in page(client, EXPORT)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"first_on": ""}, "Enter a date, like 2026-11-20"),
        ({"last_on": "2026-11-22"}, "Enter a last day that is not before the first"),
        ({"last_on": "2027-11-24"}, "Choose at most a year of days"),
    ],
)
def test_a_period_that_is_none_is_said_and_nothing_is_kept(client, dee, cast, wrong, words):
    answer = client.post(EXPORT, WEEK | wrong)
    assert (answer.status_code, words in answer.text, Export.objects.count()) == (422, True, 0)


def test_a_long_file_takes_no_more_statements_than_a_short_one(client, dee, cast):
    counts = []
    for start in range(2):
        robins(cast, start=at(9 + start))
        for number in range(10 * start):
            robins(cast, start=at(14, days=number + 1))
        with CaptureQueriesContext(connection) as queries:
            file(client, last_on="2026-12-20")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_database_refuses_a_period_that_ends_before_it_begins(dee, cast):
    with refused("export_days_in_order"):
        Export.objects.create(by=dee, at=NOW, first_on=NOW.date(), last_on=at(0, days=-1).date(), rows=0)
