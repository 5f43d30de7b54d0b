"""Two records of one person: everything moves, nothing is lost, and who did it stands written."""

import pytest

from bookings import actions
from bookings.actions.errors import NoSuchClient
from bookings.actions.merging import preview
from bookings.models import Note
from bookings.models.event import Actor
from clients.models import Client, ClientMerge
from tests import factories as make
from tests.factories import NOW
from tests.refused import refused

pytestmark = pytest.mark.django_db
STAFF = Actor("staff")


@pytest.fixture
def robin() -> Client:
    return make.client(name="Robin Hale", email="robin@mail.example", pressure=4, focus_areas=["hips"])


@pytest.fixture
def bobby() -> Client:
    """Robin once more, with another address, a number, a session, a note, a message and a place on the list."""
    words = {"phone": "+447700900123", "oil_free": True, "avoid_areas": ["hips"], "pressure": 2}
    bobby = make.client(name="Bobby Hale", email="bobby@mail.example", **words)
    booking = make.booking(client=bobby)
    make.message(booking=booking)
    make.waiting(client=bobby)
    Note.objects.create(client=bobby, at=NOW, text="Rings from work.")
    return bobby


def merge(robin, bobby) -> ClientMerge:
    made = actions.merge(keep=robin, other=bobby, by=STAFF, now=NOW)
    robin.refresh_from_db(), bobby.refresh_from_db()
    return made


def test_nothing_that_points_at_a_client_still_points_at_the_merged_one(robin, bobby):
    make.client(contact=bobby), make.client(merged_into=bobby)
    merge(robin, bobby)
    left = {
        relation.name: relation.related_model._base_manager.filter(**{relation.field.name: bobby}).count()
        for relation in Client._meta.related_objects
    }
    assert {name: count for name, count in left.items() if count} == {"merge": 1}


def test_everything_stands_with_the_kept_one(robin, bobby):
    made = merge(robin, bobby)
    counts = {"bookings": 1, "notes": 1, "messages": 1, "waiting": 1}
    assert made.moved == counts
    assert [robin.bookings.count(), robin.notes.count(), robin.messages.count(), robin.waiting.count()] == [1, 1, 1, 1]


def test_the_kept_record_takes_what_it_lacks_and_protects_her(robin, bobby):
    merge(robin, bobby)
    assert (robin.phone, robin.email, robin.pressure) == ("+447700900123", "robin@mail.example", 4)
    assert (robin.oil_free, robin.focus_areas, robin.avoid_areas) == (True, [], ["hips"])


def test_what_differs_stays_in_the_record_that_points_at_the_kept_one(robin, bobby):
    merge(robin, bobby)
    assert (bobby.merged_into, bobby.name, bobby.email) == (robin, "Bobby Hale", "bobby@mail.example")


def test_an_address_that_the_kept_one_lacks_moves_to_it(robin, bobby):
    Client.objects.filter(pk=robin.pk).update(email="")
    merge(robin, bobby)
    assert (robin.email, bobby.email) == ("bobby@mail.example", "")


def test_a_sign_in_moves_to_a_record_without_one(robin, bobby):
    person = make.user()
    Client.objects.filter(pk=bobby.pk).update(user=person)
    merge(robin, bobby)
    assert (robin.user, bobby.user) == (person, None)


def test_who_merged_which_and_when_stands_written(robin, bobby):
    dee = make.user(role="front desk")
    made = actions.merge(keep=robin, other=bobby, by=Actor("staff", dee.pk), now=NOW)
    assert (made.by, made.at, made.kept, made.merged) == (dee, NOW, robin, bobby)


def test_the_preview_says_the_same_and_touches_nothing(robin, bobby):
    seen = preview(keep=robin, other=bobby)
    assert seen.counts == {"bookings": 1, "notes": 1, "messages": 1, "waiting": 1}
    assert (seen.takes, seen.stays) == (
        {"phone": "+447700900123"}, {"name": "Bobby Hale", "email": "bobby@mail.example"},
    )  # fmt: skip
    assert bobby.bookings.count() == 1


def test_a_record_is_not_merged_twice_nor_into_itself(robin, bobby):
    merge(robin, bobby)
    for keep, other in ((robin, bobby), (bobby, robin), (robin, robin)):
        with pytest.raises(actions.CannotMerge):
            actions.merge(keep=keep, other=other, by=STAFF, now=NOW)


def test_a_record_that_is_gone_is_not_merged(robin):
    with pytest.raises(NoSuchClient):
        actions.merge(keep=robin, other=Client(pk=robin.pk + 10_000), by=STAFF, now=NOW)


def test_the_database_refuses_a_record_merged_into_itself(robin):
    with refused("client_merged_into_another"):
        Client.objects.filter(pk=robin.pk).update(merged_into=robin)
    with refused("merge_of_two_records"):
        ClientMerge.objects.create(kept=robin, merged=robin, at=NOW)
