import pytest

from accounts import roles
from accounts.models import User
from tests.factories import owner, user
from tests.refused import refused

pytestmark = pytest.mark.django_db


def test_an_address_signs_in_once_whatever_its_capitals():
    user(email="ana@mail.example")
    user(email="ana@other.example")
    with refused("user_email_once"):
        user(email="Ana@mail.example")


def test_the_email_is_the_name_and_its_capitals_do_not_matter():
    ana = user(email="ana@mail.example")
    assert User.objects.get_by_natural_key("ANA@mail.example") == ana


def test_a_role_is_a_group_and_the_owner_has_them_all():
    desk = user(role=roles.FRONT_DESK)
    assert [desk.has_role(role) for role in roles.ALL] == [True, False, False]
    everything = owner()
    assert [everything.has_role(role) for role in roles.ALL] == [True, True, True]


def test_somebody_without_a_name_is_called_by_her_address():
    assert str(user(email="ana@mail.example")) == "ana@mail.example"
    assert str(user(name="Ana")) == "Ana"
