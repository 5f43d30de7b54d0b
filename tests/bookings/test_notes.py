"""What the desk writes down. Monday 23 November 2026, 12:00, is now."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from bookings import actions
from bookings.actions import Change
from bookings.models import Note
from bookings.models.event import Actor
from clients.models import Client
from tests import factories as make
from tests.factories import NOW
from tests.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Change:
    return Change(by=Actor("staff", make.user(role="front_desk").pk), now=NOW)


def test_a_note_says_who_wrote_it_and_when(desk):
    session = make.booking()
    note = actions.add_note(text="Rang, comes ten minutes late", change=desk, booking=session)
    assert (note.author_id, note.at, note.client) == (desk.by.user_id, NOW, None)
    assert list(session.notes.values_list("text", flat=True)) == ["Rang, comes ten minutes late"]


def test_a_note_is_about_a_session_or_a_client_and_never_about_both(desk):
    session = make.booking()
    actions.add_note(text="Likes it quiet", change=desk, client=session.client)
    with refused("note_about_one_thing"):
        actions.add_note(text="Both", change=desk, client=session.client, booking=session)
    with refused("note_about_one_thing"):
        actions.add_note(text="Neither", change=desk)


def test_a_note_on_a_client_who_vanished_is_refused_in_words(desk):
    gone = make.client()
    Client.objects.all().delete()
    with pytest.raises(actions.NoSuchClient):
        actions.add_note(text="Hello", change=desk, client=gone)


@pytest.mark.parametrize("words", [{"text": "Other words"}, {"at": NOW.replace(hour=9)}, {"text": "", "author": None}])
def test_a_note_stays_as_it_was_written(desk, words):
    actions.add_note(text="Likes it quiet", change=desk, client=make.client())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Note.objects.update(**words)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Note.objects.all().delete()


def test_its_words_may_be_erased_and_it_follows_its_client_into_another_record(desk):
    actions.add_note(text="Likes it quiet", change=desk, client=make.client())
    other = make.client()
    Note.objects.update(client=other)
    Note.objects.update(text="")
    assert Note.objects.get().client == other


@pytest.mark.parametrize(
    ("before", "outcome"), [("call_first", "clear"), ("missing", "clear"), ("call_first", "adapt")]
)
def test_a_call_is_settled_with_a_note_whose_words_stand_in_no_event(desk, before, outcome):
    session = make.booking(screening=before)
    settled = actions.settle_call_first(booking=session, note="Her doctor agrees", change=desk, outcome=outcome)
    assert (settled.screening, settled.version, settled.edition) == (outcome, 2, 1)
    assert [(event.verb, event.reason) for event in settled.events.all()] == [("call settled", "")]
    assert settled.notes.get().text == "Her doctor agrees"


def test_there_is_no_call_to_settle_when_all_is_clear_or_the_session_is_off(desk):
    for session in (make.booking(), make.booking(screening="call_first", status="cancelled")):
        with pytest.raises(actions.WrongStep):
            actions.settle_call_first(booking=session, note="Rang", change=desk)
    assert Note.objects.count() == 0


def test_a_call_is_settled_on_the_booking_as_it_was_seen(desk):
    session = make.booking(screening="call_first", version=2)
    with pytest.raises(actions.Stale):
        actions.settle_call_first(booking=session, note="Rang", change=replace(desk, version=1))
