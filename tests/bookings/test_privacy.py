"""What is known of a person, handed out and erased by one field map."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection

from accounts import throttle
from accounts.models import User
from bookings import links, privacy
from bookings.field_map import DELETED, NOBODYS, NOT_CLIENTS, PERSONAL, STUDIO_APPS
from bookings.models import Booking, Message, Note
from bookings.models.event import CLIENT, record
from clients import consent
from clients.models import Client
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
MARKERS = ("Zebedee", "zebedee", "447700900777", "grumbles")


@pytest.fixture
def zebedee() -> Client:
    """A client with something in every table: two sessions that are over, one of them under her typed address only."""
    words = {"name": "Zebedee Grumbles", "phone": "+447700900777"}
    her = make.client(
        email="zebedee@mail.example", user=make.user(email="zebedee@mail.example", name="Zebedee"), **words
    )
    booking = make.booking(client=her, start=at(9, days=-7), status="done", note="Zebedee grumbles", held_by=uuid4())
    make.booking(client=make.client(email="", **words), start=at(9, days=-14), status="no_show")
    Booking.objects.update(email="Zebedee@mail.example")
    record(booking=booking, verb="moved", by=CLIENT, now=NOW, reason="Zebedee grumbles")
    make.message(booking=booking, recipient="zebedee@mail.example", text="Zebedee", subject="Zebedee", html="Zebedee")
    make.message(recipient="ZEBEDEE@mail.example", text="Zebedee", kind="account")
    Note.objects.create(booking=booking, at=NOW, text="Zebedee grumbles")
    Note.objects.create(client=her, at=NOW, text="Zebedee grumbles")
    consent.agree_to_texts("+447700900777", NOW)
    consent.opt_out("zebedee@mail.example", NOW)
    throttle.allow("links of", "zebedee@mail.example", 3, timedelta(hours=1), NOW)
    told = {"therapist": booking.therapist, "recipient": "ana@mail.example", "state": "sent", "sent_at": NOW}
    make.message(booking=booking, kind="therapist_new", text="Zebedee", **told)
    make.message(kind="morning_list", text="9:00 Zebedee", **told)
    LogEntry.objects.log_actions(make.owner().pk, User.objects.filter(pk=her.user_id), 2, "zebedee")
    keep_session({"draft": {"email": "zebedee@mail.example", "name": "Zebedee"}})
    keep_session({"account_login": {"email": "Zebedee@mail.example"}})
    keep_session({"holder": str(booking.held_by)})
    return her


def keep_session(words: dict) -> None:
    session = SessionStore()
    session.update(words)
    session.save()


def whole_database() -> str:
    """Every value of every row, sessions decoded."""
    said = [str(session.get_decoded()) for session in Session.objects.all()]
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t')  # noqa: S608 - our own tables
            said += [row[0] for row in cursor.fetchall()]
    return "\n".join(said)


def without_entry() -> list[str]:
    """The fields that no entry says anything about, and the entries that no field has."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        if label in NOT_CLIENTS or model._meta.app_label in STUDIO_APPS:
            continue
        entries = {*PERSONAL.get(label, {}), *DELETED.get(label, {}), *NOBODYS.get(label, ())}
        found += [f"{label}.{name}" for name in entries ^ {field.name for field in model._meta.concrete_fields}]
    return sorted(found)


def test_every_field_of_every_table_has_an_entry():
    assert without_entry() == []


@pytest.mark.parametrize("label", [*PERSONAL, *DELETED])
def test_a_personal_field_without_an_entry_is_found(monkeypatch, label):
    entries = PERSONAL if label in PERSONAL else DELETED
    for name in entries[label]:
        monkeypatch.setitem(entries, label, {one: entry for one, entry in entries[label].items() if one != name})
        assert without_entry() == [f"{label}.{name}"]
        monkeypatch.undo()


def test_a_new_table_without_an_entry_is_found(monkeypatch):
    monkeypatch.delitem(NOT_CLIENTS, "bookings.Heartbeat")
    assert without_entry() == ["bookings.Heartbeat.beat_at", "bookings.Heartbeat.name"]


def test_no_entry_is_left_from_a_field_or_table_that_is_gone():
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert {*PERSONAL, *DELETED, *NOBODYS, *NOT_CLIENTS} - labels == set()


def test_an_export_tells_all_of_her_in_plain_json(zebedee):
    told = privacy.export(client=zebedee)
    assert json.loads(json.dumps(told)) == told
    assert {table: len(rows) for table, rows in told.items()} == {
        "clients.Client": 2,
        "bookings.Booking": 2,
        "bookings.BookingEvent": 1,
        "bookings.Message": 2,
        "bookings.WaitingEntry": 0,
        "bookings.Note": 2,
        "clients.SmsConsent": 1,
        "clients.MailOptOut": 1,
        "accounts.User": 1,
    }
    mine, under_my_address = told["bookings.Booking"]
    assert (mine["note"], "note" in under_my_address) == ("Zebedee grumbles", False)


def test_an_export_holds_no_code_and_no_other_client(zebedee):
    make.booking(client=make.client(name="Robin Hale"), start=at(11, days=-7), status="done")
    Message.objects.filter(kind="account").update(is_secret=True, text="code 123456")
    told = json.dumps(privacy.export(client=zebedee))
    assert ("Robin" in told, "123456" in told) == (False, False)


def test_after_erasing_no_table_knows_her(zebedee):
    assert all(marker in whole_database() for marker in MARKERS)
    sessions = Booking.objects.count()
    privacy.erase(client=zebedee, now=NOW)
    left = whole_database()
    assert [marker for marker in MARKERS if marker in left] == []
    assert throttle.hash_of("links of", "zebedee@mail.example") not in left
    assert (Booking.objects.count(), Session.objects.count()) == (sessions, 0)


def test_what_stood_under_the_address_of_a_merged_record_goes_too(zebedee):
    make.client(name="Zeb", email="old.zebedee@mail.example", merged_into=zebedee)
    make.message(recipient="old.zebedee@mail.example", kind="account")
    throttle.allow("code of", "old.zebedee@mail.example", 3, timedelta(hours=1), NOW)
    privacy.erase(client=zebedee, now=NOW)
    left = whole_database()
    assert ("zebedee" in left, throttle.hash_of("code of", "old.zebedee@mail.example") in left) == (False, False)


def test_a_list_of_the_day_that_names_others_only_keeps_its_words(zebedee):
    other = make.message(therapist=make.therapist(), kind="morning_list", text="9:00 Robin")
    privacy.erase(client=zebedee, now=NOW)
    other.refresh_from_db()
    assert other.text == "9:00 Robin"


def test_statistics_stay_and_links_and_references_die(zebedee):
    booking = Booking.objects.get(status="done")
    token = links.make(booking)
    before = Booking.objects.values_list("during", "status", "price", "minutes").order_by("pk")
    counted, reference = list(before), booking.reference
    privacy.erase(client=zebedee, now=NOW)
    booking.refresh_from_db()
    assert list(before) == counted and booking.reference not in (reference, None)
    with pytest.raises(links.BadLink):
        links.read(token, "view", NOW)


def test_others_stay_as_they_were(zebedee):
    other = make.booking(
        client=make.client(name="Robin Hale", phone="+447700900111"), start=at(12, days=-7), status="done"
    )
    message = make.message(booking=other, recipient="robin@mail.example", text="Robin")
    keep_session({"draft": {"email": "robin@mail.example"}})
    privacy.erase(client=zebedee, now=NOW)
    for row in (other, other.client, message):
        before = {**row.__dict__, "_state": None}
        row.refresh_from_db()
        assert {name: value for name, value in row.__dict__.items() if name in before} | {"_state": None} == before
    assert Session.objects.count() == 1


@pytest.mark.parametrize(("days", "is_refused"), [(-7, False), (7, True)])
def test_who_still_has_a_session_ahead_is_not_erased(zebedee, days, is_refused):
    make.booking(client=zebedee, start=at(15, days=days))
    if is_refused:
        with pytest.raises(privacy.StillAhead):
            privacy.erase(client=zebedee, now=NOW)
    else:
        privacy.erase(client=zebedee, now=NOW)
    assert Client.objects.filter(pk=zebedee.pk, name="Zebedee Grumbles").exists() == is_refused


def test_erasing_twice_is_erasing_once(zebedee):
    for _ in range(2):
        privacy.erase(client=Client.objects.get(pk=zebedee.pk), now=NOW)
    assert Client.objects.get(pk=zebedee.pk).name == "-"


def test_staff_who_are_clients_keep_their_sign_in(zebedee):
    type(zebedee.user).objects.update(is_staff=True)
    privacy.erase(client=zebedee, now=NOW)
    assert type(zebedee.user).objects.filter(email="zebedee@mail.example").exists()
