"""The desk finds a client by three letters or digits, and the database does not read everybody for it."""

import pytest
from django.db import connection

from clients.finding import MOST, by_digits, by_words, find
from clients.models import Client
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin() -> Client:
    make.client(name="Kim Ryder", email="kim@mail.example", phone="+447700900999")
    return make.client(name="Robin O'Hale-Ström", email="r.hale@post.example", phone="+447700900123")


@pytest.mark.parametrize(
    "typed",
    ["rob", "ROB", "hal", "ström", "robin hal", "hal rob", "r.hale@po", "07700 900123", "077009001", "+44 7700 900123",
     "0044 7700900123", "7700900123"],
)  # fmt: skip
def test_the_first_letters_of_any_word_find_her(robin, typed):
    assert find(typed, "GB") == [robin]


@pytest.mark.parametrize("typed", ["", "ro", "obin", "robin kim", "90012", "'; --", "&|!:*()", "\\", "\x00"])
def test_less_or_else_finds_nobody(robin, typed):
    assert find(typed, "GB") == []


def test_three_digits_may_find_several(robin):
    assert [one.name for one in find("077", "GB")] == ["Kim Ryder", "Robin O'Hale-Ström"]


def test_one_more_than_twenty_says_that_there_are_more(db):
    for number in range(MOST + 5):
        make.client(name=f"Robin {number:02}")
    assert len(find("robin", "GB")) == MOST + 1


def test_a_merged_record_leads_to_the_one_that_is_kept(robin):
    make.client(name="Bobby Hale", merged_into=robin)
    assert (find("bobby", "GB"), find("hale", "GB")) == ([robin], [robin])


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (by_words(["robin"]), "client_by_words"),
        (by_digits("07700 9001", "GB")[0], "client_by_phone"),
        (by_digits("07700 9001", "GB")[1], "client_by_last_digits"),
    ],
)
def test_an_index_answers(robin, rows, index):
    Client.objects.bulk_create([Client(name=f"Someone {n}", created_at=make.NOW) for n in range(2000)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE clients_client")
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in rows.explain()
