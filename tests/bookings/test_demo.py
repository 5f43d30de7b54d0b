"""The demo studio is whole at any hour, and exists on loopback hosts only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from accounts import roles
from bookings.demo.seed import seed
from bookings.demo.signins import demo_signins
from bookings.models import Booking, BookingEvent, Message
from bookings.models.status import Status
from locations.models import Location, Prop, Room, Studio
from spa import clock
from therapists.models import Certificate, Therapist, TimeOff
from treatments.models import Length, ReminderStep, Treatment

pytestmark = pytest.mark.django_db

HOURS = [
    datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
    datetime(2026, 11, 22, 3, 7, tzinfo=UTC),  # a Sunday night
    datetime(2026, 3, 28, 23, 58, tzinfo=UTC),  # the night the clocks change
    datetime(2027, 1, 1, 18, 0, tzinfo=UTC),
]


@pytest.mark.parametrize("now", HOURS)
def test_it_has_every_status_and_place_and_trouble(now):
    how_many = seed(now)
    assert set(Booking.objects.values_list("status", flat=True)) == set(Status.values)
    assert [model.objects.count() for model in (Studio, Location, Therapist, Room, Treatment)] == [1, 2, 6, 4, 5]
    assert set(Length.objects.values_list("minutes", flat=True)) == {20, 25, 30}
    assert how_many == Booking.objects.count() > 900
    assert Message.objects.filter(state="failed").count() > 5
    assert Prop.objects.filter(out_from__lt=now, out_until__gt=now).count() == 1


def test_somebody_is_ill_today_and_has_sessions_that_need_attention():
    seed(HOURS[0])
    illness = TimeOff.objects.get(kind="illness")
    assert HOURS[0] in illness.during
    assert Booking.objects.ahead().filter(therapist=illness.therapist, during__overlap=illness.during).exists()


def test_one_certificate_is_over_and_one_ends_soon():
    seed(HOURS[0])
    ends = Certificate.objects.order_by("expires_on").values_list("expires_on", flat=True)
    today = HOURS[0].date()
    assert (ends[0] < today, ends[1] - today < timedelta(days=60)) == (True, True)


def test_what_is_agreed_has_a_history_and_nobody_booked_in_the_future():
    seed(HOURS[0])
    assert not Booking.objects.exclude(client=None).annotate(n=Count("events")).filter(n=0).exists()
    assert not BookingEvent.objects.filter(at__gt=HOURS[0]).exists()
    assert not Booking.objects.filter(created_at__gt=HOURS[0]).exists()


def test_its_messages_left_or_wait_and_none_is_overdue():
    seed(HOURS[0])
    kinds = ("day_before", "before_meal", "aftercare", "next_day")
    for state in ("queued", "sent", "withdrawn"):
        assert set(Message.objects.filter(state=state, kind__in=kinds).values_list("kind", flat=True)) == set(kinds)
    assert not Message.objects.due(HOURS[0]).exists()
    assert not Message.objects.filter(state="sent", text="").exists()


def test_its_steps_can_be_saved_as_they_stand_in_both_languages():
    seed(HOURS[0])
    for step in ReminderStep.objects.all():
        step.full_clean()
        assert step.languages_without_words(["en", "es"]) == []


def test_the_command_does_nothing_when_there_is_a_studio(capsys):
    call_command("seed_demo")
    call_command("seed_demo")
    assert capsys.readouterr().out.splitlines()[1] == "There is a studio already: nothing to do."


def test_the_command_refuses_a_public_host(settings):
    settings.LOCAL = False
    with pytest.raises(CommandError, match="loopback hosts only"):
        call_command("seed_demo")
    assert not Studio.objects.exists()


@pytest.mark.parametrize("signin", demo_signins(), ids=lambda signin: signin.role)
def test_each_demo_sign_in_opens_the_door(client, signin):
    seed(clock.now())
    answer = client.post("/accounts/login/", {"login": signin.email, "password": signin.password}, follow=True)
    starts = {roles.FRONT_DESK: "/desk/", roles.STUDIO_ADMIN: "/desk/", roles.THERAPIST: "/desk/mine/"}
    assert answer.request["PATH_INFO"] == starts.get(signin.role, "/studio/")
