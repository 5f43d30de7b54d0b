import pytest

from clients.models import Client
from tests.factories import client
from tests.refused import refused

pytestmark = pytest.mark.django_db


def test_an_address_belongs_to_one_client_whatever_its_capitals():
    client(email="robin@mail.example")
    client(email="robin.h@mail.example")
    with refused("client_email_once"):
        client(email="Robin@Mail.example")


def test_several_clients_may_have_no_address():
    assert [client(email="").email, client(email="").email] == ["", ""]


@pytest.mark.parametrize("pressure, wrong", [(1, 0), (5, 6)])
def test_pressure_runs_from_1_to_5(pressure, wrong):
    assert client(pressure=pressure).pressure == pressure
    with refused("client_pressure_1_to_5"):
        client(pressure=wrong)


@pytest.mark.parametrize("wrong", ["07700900123", "+44 7700 900123", "+0700900123", "+44770", "call me"])
def test_a_phone_number_is_stored_with_its_country_code(wrong):
    assert client(phone="+447700900123").phone == "+447700900123"
    with refused("client_phone_e164"):
        client(phone=wrong)


def test_the_contact_is_another_person():
    parent = client(name="Dana Byrne")
    child = client(name="Otis Byrne", contact=parent)
    assert parent.contact_for.get() == child
    with refused("client_contact_is_another"):
        Client.objects.filter(pk=child.pk).update(contact=child)


def test_the_first_name_is_what_a_mail_greets_with():
    assert Client(name="María de los Ángeles").first_name == "María"
