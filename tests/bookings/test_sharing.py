"""Two sessions on one day: one message speaks for both, and when it will not, the other one comes back."""

from datetime import timedelta

import pytest

from bookings import actions, reminders, rerouting, sharing, wanted
from bookings.models import Booking
from bookings.models.event import CLIENT, Actor
from bookings.outbox import delivery
from bookings.outbox.compose import compose
from clients.consent import agree_to_texts
from tests import factories as make
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db
EARLY = NOW - timedelta(days=7)
NUMBER = "+447700900123"
STAFF = Actor("staff")
THURSDAY = at(14, 20, days=3)


@pytest.fixture(autouse=True)
def mails(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    settings.SMS_BACKEND, settings.SMS_DIR = "file", tmp_path


def two(second=None, client=None, **fields) -> tuple[Booking, Booking]:
    """Robin on Friday 27 November 2026 at 14:20 and at 18:00, planned long before; confirmations are through."""
    robin = client or make.client(email="robin@mail.example")
    starts = (at(14, 20, days=4), second or at(18, days=4))
    pair = [make.booking(client=robin, start=start, created_at=EARLY, **fields) for start in starts]
    for booking in pair:
        reminders.plan(booking=booking, now=EARLY)
        booking.messages.filter(kind="confirmation").update(state="sent", sent_at=EARLY)
    return pair[0], pair[1]


def state(booking, kind="day_before") -> tuple[str, str]:
    return booking.messages.values_list("state", "reason").get(kind=kind)


def left_to_the_first(**fields) -> tuple[Booking, Booking]:
    """The day before has come: the message of the first session waits, that of the second has been skipped for it."""
    first, second = two(**fields)
    first.messages.filter(kind="day_before").update(due_at=at(20, days=3))
    delivery.tick(at(18, days=3))
    assert state(second) == ("skipped", sharing.SAID)
    return first, second


def test_while_the_first_speaks_the_second_stays_silent():
    _first, second = left_to_the_first()
    assert (rerouting.take_back(at(18, days=3)), state(second)) == (0, ("skipped", sharing.SAID))


def moved_away(booking) -> None:
    during = type(booking.during)(*(edge + timedelta(days=7) for edge in (booking.during.lower, booking.during.upper)))
    Booking.objects.filter(pk=booking.pk).update(
        during=during, therapist_block=during, room_block=during, edition=booking.edition + 1
    )
    reminders.replan(booking=Booking.objects.get(pk=booking.pk), before_edition=booking.edition, now=at(18, days=3))


@pytest.mark.parametrize(
    "ends",
    [
        lambda first: actions.cancel(booking=first, by=CLIENT, now=at(18, days=3)),
        moved_away,
        lambda first: first.messages.filter(kind="day_before").update(state="failed"),
        lambda first: first.messages.filter(kind="day_before").update(state="skipped", reason="Called instead: Robin"),
    ],
)
def test_when_the_first_will_not_say_it_the_second_does(ends):
    first, second = left_to_the_first()
    ends(first)
    delivery.tick(at(18, 1, days=3))
    assert state(second) == ("sent", "")


def test_a_message_that_was_sent_and_whose_session_is_then_off_no_longer_speaks():
    first, second = two()
    delivery.tick(THURSDAY)
    delivery.tick(at(18, days=3))
    assert (state(first)[0], state(second)[0]) == ("sent", "skipped")
    actions.cancel(booking=first, by=CLIENT, now=at(19, days=3))
    delivery.tick(at(19, days=3))
    assert state(second) == ("sent", "")


def test_after_a_no_show_of_the_last_the_one_before_asks_for_rest():
    first, second = two(second=at(16, days=4))
    delivery.tick(at(15, 50, days=4))
    assert state(first, "aftercare") == ("skipped", sharing.SAID)
    actions.no_show(booking=second, by=STAFF, now=at(16, 20, days=4))
    delivery.tick(at(16, 20, days=4))
    assert state(first, "aftercare") == ("sent", "")


def test_aftercare_comes_back_when_the_no_show_was_a_slip():
    first, second = two()
    actions.no_show(booking=first, by=STAFF, now=at(15, 30, days=4))
    delivery.tick(at(15, 50, days=4))
    assert state(first, "aftercare") == ("skipped", wanted.NO_SHOW)
    actions.check_in(booking=first, by=STAFF, now=at(15, 55, days=4))
    delivery.tick(at(15, 55, days=4))
    assert state(first, "aftercare") == ("sent", "")


def test_it_comes_back_once():
    first, second = left_to_the_first()
    first.messages.filter(kind="day_before").update(state="failed")
    assert [rerouting.take_back(at(18, 1, days=3)) for _ in range(2)] == [1, 0]


def test_it_comes_back_after_the_quiet_hours_and_not_when_it_is_too_late():
    first, second = left_to_the_first()
    actions.cancel(booking=first, by=CLIENT, now=at(22, days=3))
    rerouting.take_back(at(22, days=3))
    assert second.messages.get(kind="day_before").due_at == at(8, days=4)
    second.messages.filter(kind="day_before").update(state="skipped", reason=sharing.SAID)
    assert rerouting.take_back(at(15, days=4)) == 0


def test_what_the_desk_has_sent_again_meanwhile_does_not_come_twice():
    first, second = left_to_the_first()
    actions.cancel(booking=first, by=CLIENT, now=at(18, days=3))
    skipped = second.messages.get(kind="day_before")
    actions.send_again(message=skipped, by=STAFF, now=at(18, days=3))
    assert (rerouting.take_back(at(18, 1, days=3)), state_of(skipped)) == (0, "skipped")


def state_of(message) -> str:
    message.refresh_from_db()
    return message.state


def texts_only(**fields) -> tuple[Booking, Booking]:
    agree_to_texts(NUMBER, EARLY)
    return two(client=make.client(email="", phone=NUMBER), **fields)


def test_who_gets_texts_only_gets_one_on_the_day_before_that_names_both_times():
    first, second = texts_only(therapist=make.therapist(name="Ana"))
    delivery.tick(THURSDAY)
    delivery.tick(at(18, days=3))
    assert (state(first), state(second)) == (("sent", ""), ("skipped", sharing.SAID))
    text = first.messages.get(kind="day_before").text
    assert "Friday 27 November, 14:20 with Ana. Also 18:00 with Ana." in text


def test_texts_to_other_numbers_are_not_shared():
    agree_to_texts("+447700900999", EARLY)
    first, second = texts_only()
    Booking.objects.filter(pk=second.pk).update(phone="+447700900999")
    delivery.tick(at(18, days=3))
    assert (state(first)[0], state(second)[0]) == ("sent", "sent")


def test_a_text_names_no_session_of_another_day():
    first, _second = texts_only(second=at(18, days=5))
    assert "Also" not in compose(first.messages.get(kind="day_before")).text


def test_ticks_look_at_what_is_still_of_use_only(django_assert_num_queries):
    for _ in range(3):
        make.message(kind="aftercare", state="skipped", reason=sharing.SAID, useful_until=NOW, booking=make.booking())
    with django_assert_num_queries(1):
        assert rerouting.take_back(NOW) == 0
