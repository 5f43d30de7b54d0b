"""An admin hands out and erases what is kept of a client."""

import json

import pytest

from accounts import roles
from clients.models import Client
from tests import factories as make
from tests.factories import at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin(client) -> Client:
    set_clock(make.NOW)
    client.force_login(make.user(role=roles.STUDIO_ADMIN))
    return make.client(name="Robin Hale", phone="+447700900123")


def address(robin: Client) -> str:
    return f"/studio/clients/{robin.pk}/"


def test_what_is_kept_is_handed_out_as_json_and_as_a_table(client, robin):
    told = json.loads(client.get(f"{address(robin)}data.json").text)
    assert told["clients.Client"][0]["name"] == "Robin Hale"
    assert "clients.Client,1,phone,'+447700900123" in client.get(f"{address(robin)}data.csv").text


def test_opening_the_page_erases_nothing_and_the_button_does(client, robin):
    assert "The data of Robin Hale" in client.get(address(robin)).text
    assert "This person is erased." in client.post(address(robin), follow=True).text
    assert Client.objects.get().name == "-"


def test_a_session_ahead_stands_in_the_way(client, robin):
    make.booking(client=robin, start=at(9, days=1))
    answer = client.post(address(robin))
    assert (answer.status_code, Client.objects.get().name) == (409, "Robin Hale")
    assert "Nothing is erased" in answer.text


@pytest.mark.parametrize("pk", [0, 2**40, 10**30])
def test_who_is_no_client_is_not_found(client, robin, pk):
    assert client.get(f"/studio/clients/{pk}/").status_code == 404


def test_a_record_that_was_merged_is_handed_out_with_the_one_that_was_kept(client, robin):
    old = make.client(name="Rob Hale", merged_into=robin)
    told = json.loads(client.get(f"{address(robin)}data.json").text)
    assert [row["name"] for row in told["clients.Client"]] == ["Robin Hale", "Rob Hale"]
    assert client.get(address(old)).status_code == 404
