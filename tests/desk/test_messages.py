"""What the desk sees of the messages, and what it does about them."""

from datetime import timedelta

import pytest
from django.urls import URLPattern, get_resolver, reverse

import desk.urls
import studio.own.urls
from accounts import roles
from bookings.models import Booking, Message
from bookings.outbox import delivery
from spa import clock
from tests import factories as make
from tests.factories import at

pytestmark = pytest.mark.django_db
LIST = "/desk/messages/"


@pytest.fixture
def dee(client):
    """Dee stands at the desk and is signed in."""
    person = make.user(role=roles.FRONT_DESK)
    client.force_login(person)
    return person


def session(**fields) -> Booking:
    """Robin in two days, with Ana."""
    start = (clock.now() + timedelta(days=2)).replace(minute=20, second=0, microsecond=0)
    words = {"therapist": make.therapist(name="Ana"), "start": start, "client": make.client(phone="+447700900123")}
    return make.booking(**words | fields)


def letter(booking=None, **fields) -> Message:
    """A message of that booking; one that failed has its reason."""
    now = clock.now()
    words = {"due_at": now, "created_at": now, "useful_until": booking.during.lower if booking else None}
    if booking:
        words["key"] = f"booking/{booking.pk}/{fields.get('kind', 'confirmation')}/mail/{booking.edition}"
    if fields.get("state") == "failed":
        words |= {"reason": "The mail server answered 550.", "failed_at": now}
    return make.message(booking=booking, **words | fields)


def page_of(client, message) -> str:
    return " ".join(client.get(reverse("desk_message", args=[message.pk])).text.split())


def shown(client, **wishes) -> list[int]:
    return [line.message.pk for line in client.get(LIST, wishes).context["lines"]]


def post(client, name, message, **data):
    return client.post(reverse(name, args=[message.pk]), data)


def test_every_view_under_desk_is_for_the_desk_only_or_for_a_therapist_herself():
    routes = [pattern for pattern in desk.urls.urlpatterns if isinstance(pattern, URLPattern)]
    assert len(routes) == len(desk.urls.urlpatterns)
    theirs, own = (roles.FRONT_DESK, roles.STUDIO_ADMIN), (roles.THERAPIST,)
    found = {route.name: getattr(route.callback, "for_roles", None) for route in routes}
    assert found == {name: own if name.startswith("desk_own_") else theirs for name in found}


def test_under_the_desk_stands_nothing_else_but_what_a_therapist_edits_of_herself():
    under = [str(one.pattern) for one in get_resolver().url_patterns if str(one.pattern).startswith("desk")]
    assert under == ["desk/", "desk/mine/"]
    assert {route.callback.for_roles for route in studio.own.urls.urlpatterns} == {(roles.THERAPIST,)}


def test_the_newest_message_stands_first(client, dee):
    old, new = letter(due_at=at(9)), letter(due_at=at(10))
    assert shown(client) == [new.pk, old.pk]


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"state": "failed"}, True),
        ({"state": "sent"}, False),
        ({"kind": "confirmation"}, True),
        ({"kind": "moved"}, False),
        ({"channel": "mail"}, True),
        ({"channel": "sms"}, False),
        ({"q": "SS 4K7QX"}, True),
        ({"q": "ss4k7qx"}, True),
        ({"q": "SS 4K7QY"}, False),
        ({"q": "hale"}, True),
        ({"q": "ROBIN@mail"}, True),
        ({"q": "kim"}, False),
        ({"since": "2026-11-23"}, True),
        ({"since": "2026-11-24"}, False),
        ({"state": "failed", "q": "hale", "since": "2026-11-23"}, True),
    ],
)
def test_filters_find_what_they_say(client, dee, wish, found):
    booking = make.booking(reference="SS 4K7QX")
    make.message(booking=booking, state="failed", due_at=make.NOW, recipient="robin@mail.example")
    assert bool(shown(client, **wish)) == found


@pytest.mark.parametrize("since", ["nonsense", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_date_that_is_none_is_said_and_finds_everything(client, dee, since):
    letter()
    answer = client.get(LIST, {"since": since})
    assert (answer.status_code, len(answer.context["lines"])) == (200, 1)
    assert "<title>Error: Messages" in answer.text
    assert "Enter a date" in answer.text


@pytest.mark.parametrize("query", ["page=9999999", "page=-1", "page=x", "q=%00", "state=nonsense", "q=%ED%A0%80"])
def test_nonsense_in_the_address_harms_nothing(client, dee, query):
    letter()
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_fifty_stand_on_a_page(client, dee):
    for _ in range(51):
        letter()
    sizes = [len(client.get(LIST, {"page": page, "state": "queued"}).context["lines"]) for page in (1, 2)]
    assert sizes == [50, 1]
    assert 'href="?page=2&amp;state=queued"' in client.get(LIST, {"page": 1, "state": "queued"}).text


@pytest.mark.parametrize("messages", [1, 30])
def test_the_list_takes_eight_queries_besides_session_and_user(client, dee, messages, django_assert_num_queries):
    for _ in range(messages):
        letter(session())
    with django_assert_num_queries(2 + 8):
        client.get(LIST)


@pytest.mark.parametrize("others", [1, 20])
def test_one_message_takes_as_many_queries_however_many_others_there_are(
    client, dee, others, django_assert_num_queries
):
    booking = session()
    for number in range(others):
        letter(booking, key=f"other/{number}")
    sent = letter(booking, state="sent", sent_at=clock.now(), text="Words")
    with django_assert_num_queries(2 + 9):
        page_of(client, sent)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("queued", "○</span> queued"),
        ("sending", "▶</span> sending"),
        ("sent", "✓</span> sent"),
        ("failed", "✕</span> failed"),
        ("skipped", "–</span> skipped"),
        ("withdrawn", "■</span> withdrawn"),
    ],
)
def test_a_state_is_a_word_and_a_shape(client, dee, state, word):
    now = clock.now()
    letter(state=state, sent_at=now if state == "sent" else None, lease_until=now)
    assert word in client.get(LIST).text


def test_the_words_are_shown_as_they_were_sent_and_as_text(client, dee):
    sent = letter(session(), state="sent", sent_at=clock.now(), subject="Booked", text="Hello <b>Robin</b>")
    page = page_of(client, sent)
    assert "As it was sent." in page
    assert "Hello &lt;b&gt;Robin&lt;/b&gt;" in page


def test_what_waits_is_shown_as_it_would_leave_now(client, dee):
    page = page_of(client, letter(session()))
    assert "As it would leave now." in page
    assert "Hello Robin," in page


def test_words_that_cannot_be_written_are_no_fault_of_the_page(client, dee):
    assert "It cannot be written." in page_of(client, letter(session(), kind="nonsense"))


def test_a_secret_is_for_its_reader_alone(client, dee):
    code = letter(kind="account", is_secret=True, subject="Your code", text="123456", html="<b>123456</b>")
    page = page_of(client, code)
    assert "123456" not in page
    assert "It holds a code or a link for one person" in page
    assert post(client, "desk_message_again", code).status_code == 409


def test_all_messages_of_the_booking_stand_below(client, dee):
    booking = session()
    first, second = letter(booking), letter(booking, kind="day_before")
    answer = client.get(reverse("desk_message", args=[first.pk]))
    assert {line.message.pk for line in answer.context["others"]} == {first.pk, second.pk}


def test_whom_to_ring_stands_beside_it(client, dee):
    page = page_of(client, letter(session(), state="failed"))
    assert 'Ring Robin Hale: <a href="tel:+447700900123">+447700900123</a>' in page


def test_beside_what_a_therapist_reads_stands_no_clients_number(client, dee):
    booking = session()
    assert "Ring Robin" not in page_of(client, letter(booking, kind="therapist_new", therapist=booking.therapist))


@pytest.mark.parametrize("pk", [0, 999999, 10**30])
def test_a_message_that_is_not_there_is_a_missing_page(client, dee, pk):
    assert client.get(f"{LIST}{pk}/").status_code == 404


def test_sending_again_is_a_row_of_its_own_and_the_failure_stays_true(client, dee):
    failed = letter(session(), state="failed")
    answer = post(client, "desk_message_again", failed)
    copy = Message.objects.get(key=f"{failed.key}/again/{failed.pk}")
    assert (answer.status_code, answer.url) == (303, reverse("desk_message", args=[copy.pk]))
    assert "See the message that repeats it" in page_of(client, failed)


def test_what_is_sent_again_leaves_and_is_written_down(client, dee, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    failed = letter(session(), state="failed")
    post(client, "desk_message_again", failed)
    assert delivery.deliver_due(clock.now()) == {"sent": 1}
    event = failed.booking.events.get()
    assert (event.verb, event.by, event.actor, event.reason) == ("sent again", "staff", dee, "confirmation")


def test_after_a_move_the_old_message_is_repeated_with_the_words_of_today(client, dee):
    failed = letter(session(), state="failed")
    Booking.objects.filter(pk=failed.booking_id).update(edition=2)
    post(client, "desk_message_again", failed)
    assert Message.objects.filter(key=f"booking/{failed.booking_id}/confirmation/mail/2/again/{failed.pk}").exists()


@pytest.mark.parametrize("state", ["queued", "sending", "withdrawn"])
def test_what_waits_or_was_withdrawn_is_not_repeated(client, dee, state):
    message = letter(session(), state=state, lease_until=clock.now())
    assert (post(client, "desk_message_again", message).status_code, Message.objects.count()) == (409, 1)


def test_what_is_too_late_is_not_repeated(client, dee):
    over = letter(session(start=at(9, days=-30)), state="failed")
    assert "It would be too late to be of use. Ring instead." in post(client, "desk_message_again", over).text


def test_pressing_send_again_twice_sends_once(client, dee):
    failed = letter(session(), state="failed")
    answers = [post(client, "desk_message_again", failed).url for _ in range(2)]
    assert (answers[0], Message.objects.count()) == (answers[1], 2)


def test_a_message_of_a_cancelled_session_is_not_sent_again(client, dee):
    failed = letter(session(status="cancelled"), state="failed")
    answer = post(client, "desk_message_again", failed)
    assert (answer.status_code, Message.objects.count()) == (409, 1)
    assert "The booking is cancelled." in answer.text


def test_called_instead_is_written_down_with_who(client, dee):
    failed = letter(session(), state="failed")
    assert post(client, "desk_message_called", failed, note="Robin, comes at 14:20").status_code == 303
    failed.refresh_from_db()
    reason = "Called instead: Robin, comes at 14:20 Before: The mail server answered 550."
    assert (failed.state, failed.reason) == ("skipped", reason)
    event = failed.booking.events.get()
    assert (event.verb, event.by, event.actor, event.reason) == (
        "called instead", "staff", dee, "Called instead: Robin, comes at 14:20",
    )  # fmt: skip


@pytest.mark.parametrize(("note", "words"), [("", "Write whom you rang"), ("x" * 141, "Shorten the note")])
def test_a_call_without_words_is_asked_for_them(client, dee, note, words):
    failed = letter(session(), state="failed")
    answer = post(client, "desk_message_called", failed, note=note)
    assert (answer.status_code, words in answer.text) == (422, True)
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_what_was_sent_cannot_be_called_instead(client, dee):
    sent = letter(session(), state="sent", sent_at=clock.now())
    answer = post(client, "desk_message_called", sent, note="Robin")
    assert (answer.status_code, "This was not done" in answer.text) == (409, True)


def test_the_front_desk_lands_on_its_day(client, dee):
    assert client.get(reverse("landing")).url == reverse("desk_day")


@pytest.mark.parametrize("restoring", [False, True])
def test_a_dialog_gets_the_fragment_that_the_page_includes(client, dee, restoring):
    words = {"HX-Request": "true"} | ({"HX-History-Restore-Request": "true"} if restoring else {})
    answer = client.get(LIST, headers=words)
    assert ("<main" in answer.text, "HX-Request" in answer["Vary"]) == (restoring, True)
    assert ('id="dialog-h">Messages</h2>' in answer.text, "<h1>Messages</h1>" in answer.text) == (
        not restoring,
        restoring,
    )
