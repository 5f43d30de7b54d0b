"""At seven by the clock of the place: each therapist's day, and what failed. Once, however often the tick comes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bookings import staff_daily
from bookings.models import Message
from bookings.outbox.compose import compose
from locations.models import Studio
from tests import factories as make
from therapists.models import Therapist

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 24, 7, tzinfo=UTC)  # a Tuesday in London
SECOND = timedelta(seconds=1)


@pytest.fixture
def cast() -> make.SmallStudio:
    """Ana and Mei, who both sign in."""
    studio = make.small_studio()
    for her in (studio.ana, studio.mei):
        Therapist.objects.filter(pk=her.pk).update(user=make.user(email=f"{her.slug}@mail.example"))
    return studio


def give(cast, hour: int, minute: int = 0, **fields):
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room, "start": SEVEN.replace(hour=hour)}
    return make.booking(**words | {"start": words["start"] + timedelta(minutes=minute)} | fields)


def failed(at: datetime, **fields) -> Message:
    return make.message(state="failed", failed_at=at, reason="The mail server answered 550.", **fields)


def planned(now: datetime) -> dict[str, datetime]:
    staff_daily.plan_daily(now)
    return dict(Message.objects.filter(state="queued").values_list("key", "due_at"))


@pytest.mark.parametrize(("now", "count"), [(SEVEN - SECOND, 0), (SEVEN, 1), (SEVEN + timedelta(hours=1), 1)])
def test_her_list_is_due_at_seven_and_a_late_worker_still_plans_it(cast, now, count):
    give(cast, 14)
    assert planned(now) == {f"therapist/{cast.ana.pk}/morning/2026-11-24": SEVEN} if count else not planned(now)


def test_seven_is_seven_on_the_wall(cast):
    type(cast.place).objects.update(zone_name="America/New_York")
    give(cast, 20)
    noon = SEVEN.replace(hour=12)
    assert (planned(noon - SECOND), list(planned(noon).values())) == ({}, [noon])


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_seven_is_seven_on_the_days_of_23_and_25_hours(cast, day):
    at = staff_daily.leaves_at(day, cast.place)
    assert at.astimezone(cast.place.zone).replace(tzinfo=None) == datetime(day.year, day.month, day.day, 7)  # noqa: DTZ001


def test_ticks_that_come_again_and_at_once_plan_nothing_twice(cast):
    give(cast, 14)
    failed(SEVEN - SECOND)
    assert [staff_daily.plan_daily(SEVEN) for _ in range(3)] == [2, 0, 0]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "cancelled"},
        {"created_at": SEVEN},  # booked since: she hears of it as new
        {"start": SEVEN + timedelta(days=1)},
    ],
)
def test_a_day_without_sessions_brings_no_list(cast, fields):
    give(cast, 14, **fields)
    assert planned(SEVEN) == {}


def test_who_switched_it_off_gets_none(cast):
    give(cast, 14)
    Therapist.objects.update(hears_morning=False)
    assert planned(SEVEN) == {}


def test_two_places_on_a_day_are_one_list(cast):
    give(cast, 14)
    other = make.location(order=1)
    give(cast, 16, room=make.room(location=other), location=other)
    planned(SEVEN)
    composed = compose(Message.objects.get(kind="morning_list"))
    assert composed.recipient == "ana@mail.example"
    assert composed.subject == "Tuesday 24 November 2026: 2 sessions"


def test_her_day_in_words(cast):
    give(cast, 16)
    give(cast, 14, 20)
    planned(SEVEN)
    assert compose(Message.objects.get(kind="morning_list")).text.splitlines() == [
        "Good morning Ana,",
        "",
        "this is your Tuesday 24 November 2026:",
        "",
        "Robin, Back on the mat, 14:20 to 14:50",
        "Weir Lane, Mat room",
        "",
        "Robin, Back on the mat, 16:00 to 16:30",
        "Weir Lane, Mat room",
    ]


def test_the_list_says_what_is_true_when_it_leaves(cast):
    first = give(cast, 14)
    give(cast, 16)
    planned(SEVEN)
    type(first).objects.filter(pk=first.pk).update(status="cancelled")
    assert compose(Message.objects.get(kind="morning_list")).subject == "Tuesday 24 November 2026: 1 session"


@pytest.mark.parametrize(
    ("at", "told"), [(SEVEN - SECOND, True), (SEVEN - timedelta(days=1), True), (SEVEN, False),
                     (SEVEN - timedelta(days=1) - SECOND, False)],
)  # fmt: skip
def test_the_digest_is_about_the_day_until_seven(cast, at, told):
    failed(at)
    assert bool(planned(SEVEN)) == told


def test_the_digest_can_be_switched_off(cast):
    failed(SEVEN - SECOND)
    Studio.objects.update(failure_digest=False)
    assert planned(SEVEN) == {}


def test_the_digest_in_words_without_names(cast):
    failed(SEVEN - SECOND, booking=give(cast, 14, reference="SS 4K7QX"))
    planned(SEVEN - timedelta(hours=1))
    planned(SEVEN)
    composed = compose(Message.objects.get(kind="failure_digest"))
    assert (composed.recipient, composed.subject) == ("hello@stoneandstep.example", "1 message could not be sent")
    assert "Confirmation, SS 4K7QX, Tuesday 24 November 2026, 14:00\n  The mail server answered 550." in composed.text
    assert "/desk/messages/?state=failed" in composed.text
    assert "Robin" not in composed.text


def test_a_tick_after_seven_takes_four_queries_when_all_is_planned(cast, django_assert_num_queries):
    give(cast, 14)
    failed(SEVEN - SECOND)
    staff_daily.plan_daily(SEVEN)
    with django_assert_num_queries(4):
        staff_daily.plan_daily(SEVEN)
