"""Who hears what, and when: chosen after a change, said in words, and nothing for whoever has read nothing."""

import pytest
from django.urls import reverse

from bookings.models import Booking, Message
from tests import factories as make
from tests.desk.people import robins
from tests.desk.test_book import KEY, ask
from tests.factories import NOW, at
from tests.studio_clock import set_clock
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dee")]

FOUR = at(16)


@pytest.fixture
def robin(cast) -> Booking:
    """Robin's session at 14:00, of which she has her confirmation."""
    return told(robins(cast))


def told(booking: Booking) -> Booking:
    make.message(booking=booking, key=f"booking/{booking.pk}/confirmation/mail/1", state="sent", sent_at=NOW)
    return booking


def move(client, booking, start=FOUR, version=1):
    words = {"start": start.isoformat(), "therapist": booking.therapist_id, "version": version}
    return client.post(reverse("desk_move", args=[booking.pk]), words, follow=True).text


def tell(client, booking, when, version=2):
    return client.post(f"{reverse('desk_tell', args=[booking.pk])}?version={version}", {"tell": when}, follow=True)


def news(state="queued", kind="moved") -> list:
    return list(Message.objects.filter(kind=kind, state=state).values_list("due_at", flat=True))


def test_after_a_move_the_desk_may_tell_at_once(client, robin):
    page = move(client, robin)
    assert f'formaction="{reverse("desk_tell", args=[robin.pk])}?version=2" name="tell" value="now"' in page
    assert news() == [at(12, 3)]
    assert "The message leaves now." in tell(client, robin, "now").text
    assert news() == [NOW]


def test_or_not_at_all_and_the_reminders_stay(client, robin):
    move(client, robin)
    before = set(Message.objects.filter(state="queued").exclude(kind="moved").values_list("kind", flat=True))
    assert "Nobody is told." in tell(client, robin, "not").text
    assert (news(), len(news("withdrawn"))) == ([], 1)
    assert before <= set(Message.objects.filter(state="queued").values_list("kind", flat=True))
    assert robin.events.filter(verb="kept quiet").count() == 1


def test_what_was_kept_quiet_stays_quiet_after_another_change_is_taken_back(client, robin):
    move(client, robin)
    tell(client, robin, "not")
    move(client, robin, at(17), version=2)
    client.post(f"{reverse('desk_undo', args=[robin.pk])}?version=3")
    assert news() == []


def test_the_news_of_an_earlier_change_is_not_kept_quiet_with_a_later_one(client, robin):
    move(client, robin)
    move(client, robin, at(17), version=2)
    assert "Nothing waits" in tell(client, robin, "not", version=3).text
    assert news() == [at(12, 3)]


def test_somebody_who_never_heard_of_a_session_gets_its_confirmation_in_any_case(client, cast):
    booking = robins(cast)
    move(client, booking)
    tell(client, booking, "not")
    assert news(kind="confirmation") == [at(12, 3)]


def test_both_of_a_swap_are_told_by_one_press(client, cast, robin):
    kim = told(robins(cast, start=at(15), client=make.client(name="Kim Bell", email="kim@mail.example")))
    swap = reverse("desk_swap", args=[robin.pk])
    page = client.post(swap, {"version": 1, "other": f"{kim.pk} 1"}, follow=True).text
    assert "Both clients are told in 3 minutes." in page
    tell(client, robin, "now")
    assert news() == [NOW, NOW]


def test_whoever_comes_later_is_refused_and_told_what_changed(client, robin):
    move(client, robin)
    move(client, robin, at(17), version=2)
    answer = tell(client, robin, "now", version=2)
    assert (answer.status_code, news()) == (409, [at(12, 3)])


@pytest.mark.parametrize("when", ["", "soon", "x"])
def test_what_no_button_sends_tells_nobody(client, robin, when):
    move(client, robin)
    assert (tell(client, robin, when).status_code, news()) == (422, [at(12, 3)])


def test_undo_says_who_hears_of_it(client, robin):
    undo = reverse("desk_undo", args=[robin.pk])
    move(client, robin)
    page = client.post(f"{undo}?version=2", follow=True).text
    assert "The client had not read of it: nothing is sent." in page
    move(client, robin, version=3)
    Message.objects.filter(kind="moved", state="queued").update(state="sent", sent_at=NOW)
    assert "The client is told now." in client.post(f"{undo}?version=4", follow=True).text


def book(client, cast, **words):
    return client.post("/desk/book/", ask(cast, key=KEY, name="Kim", email="kim@mail.example") | words, follow=True)


def unbook(client, booking) -> str:
    address = f"{reverse('desk_cancel', args=[booking.pk])}?version=1&cause=studio&slip=on"
    return client.post(address, follow=True).text


def test_what_was_booked_by_mistake_is_taken_back_by_one_press_and_nobody_hears_of_it(client, cast):
    Therapist.objects.filter(pk=cast.ana.pk).update(user=make.user(email="ana@stone.example"))
    page = book(client, cast)
    made = Booking.objects.get()
    told = Message.objects.filter(state="queued", due_at__lt=made.during.lower)
    assert set(told.values_list("kind", "due_at")) == {("confirmation", at(12, 3)), ("therapist_new", at(12, 3))}
    assert f'action="{reverse("desk_cancel", args=[made.pk])}?version=1&amp;cause=studio&amp;slip=on"' in page.text
    assert "The client had not read of it: nothing is sent." in unbook(client, made)
    assert (Booking.objects.get().status, Message.objects.filter(state="queued").count()) == ("cancelled", 0)


def test_one_that_begins_sooner_is_told_at_once(client, cast):
    soon = {"start": at(12, 5).isoformat(), "reason": "He stands here"}
    set_clock(at(12, 2))
    book(client, cast, **soon)
    assert news(kind="confirmation") == [at(12, 2)]


def test_whoever_has_read_of_it_hears_that_it_is_off(client, cast):
    book(client, cast)
    Message.objects.filter(kind="confirmation").update(state="sent", sent_at=NOW)
    assert "The client is told now." in unbook(client, Booking.objects.get())
    assert news(kind="cancelled") == [NOW]


def test_a_confirmation_that_waits_may_be_left_out_and_the_booking_still_be_taken_back(client, cast):
    book(client, cast, tell="soon")
    page = tell(client, Booking.objects.get(), "not", version=1).text
    assert (news(kind="confirmation"), "slip=on" in page) == ([], True)


def test_whom_nothing_reaches_the_desk_tells_herself(client, cast):
    page = client.post("/desk/book/", ask(cast, key=KEY, name="Kim", phone="07700 900456"), follow=True).text
    assert "Nothing can be sent to the client: tell her yourself." in page


def test_a_cancellation_and_what_brings_it_back_say_who_hears(client, robin):
    cancel = reverse("desk_cancel", args=[robin.pk])
    page = client.post(cancel, {"version": 1, "cause": "client"}, follow=True).text
    assert "Cancelled the session of Robin Hale. The client is told now." in page
    restore = reverse("desk_restore", args=[robin.pk])
    assert "nothing is sent" in client.post(restore, {"version": 2}, follow=True).text
