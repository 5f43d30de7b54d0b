"""The day of a place as the board shows it. Monday 23 November 2026, 12:00 at Weir Lane, is now."""

from datetime import date, timedelta

import pytest

from bookings.actions import Change, ask_for_other_time, cancel, check_in, start
from bookings.availability import load_setup
from bookings.models import Booking, Message
from bookings.models.event import SYSTEM
from desk.board.cards import short_name
from desk.board.day import Board, read_board
from desk.board.draw import draw
from desk.board.look import look_at, read_day
from tests import factories as make
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23"


@pytest.fixture
def cast():
    return make.small_studio()


def board(now=NOW, **wishes) -> Board:
    setup = load_setup()
    return read_board(setup, look_at({"day": MONDAY} | wishes, {}, setup, now), now)


def lane(name: str, **wishes) -> list[tuple[str, str, str]]:
    """What stands in a column: kind, head and whatever is said first beside it."""
    column = next(one for one in board(**wishes).columns if one.name == name)
    return [(item.kind, item.head, item.state or item.name) for item in column.items]


def card(**wishes):
    return next(item for column in board(**wishes).columns for item in column.items if item.kind == "card")


def session(cast, hour=14, minute=0, **fields) -> Booking:
    words = {"therapist": cast.ana, "room": cast.mat_room, "length": cast.back30, "start": at(hour, minute)}
    return make.booking(**words | fields)


def test_a_column_tells_the_day_from_opening_to_closing(cast):
    session(cast)
    make.time_off(therapist=cast.ana, during=span(at(13), 30), reason="Lunch")
    assert lane("Ana") == [
        ("gap", "12:00 to 13:00", ""),
        ("blocked", "13:00", "Lunch"),
        ("gap", "13:30 to 14:00", ""),
        ("card", "14:00", "booked"),
        ("turn", "turnover 10", ""),
        ("gap", "14:40 to 18:00", ""),
    ]


def test_an_entry_stands_at_its_time_by_classes(cast):
    session(cast, 14, 20)
    items = {item.kind: item.at for item in board().columns[0].items}
    assert (items["card"], items["turn"], items["gap"]) == ("h14 m20 d30", "h14 m50 d10", "h15 m0 eh18 em0")


STATES = {
    "booked": ("is-booked", "booked"),
    "arrived": ("is-here", "here"),
    "in_session": ("is-on", "150 min left"),
    "done": ("is-done", "done"),
    "no_show": ("is-missed", "no-show"),
}


@pytest.mark.parametrize("status", STATES)
def test_each_state_has_its_shape_and_its_word(cast, status):
    session(cast, status=status)
    assert (card().look, card().state) == STATES[status]


def test_a_confirmed_session_says_so(cast):
    session(cast, confirmed_at=NOW)
    assert (card().look, card().state) == ("is-confirmed", "confirmed")


def test_who_is_asked_for_another_time_and_has_not_answered_is_marked_until_the_session_moves(cast):
    booking = ask_for_other_time(booking=session(cast), change=Change(SYSTEM, NOW))
    assert (card().look, card().state, "no answer" in board().columns[0].drawn) == (
        "is-asked",
        "no answer",
        True,
    )
    Booking.objects.filter(pk=booking.pk).update(edition=2)
    assert card().state == "booked"


@pytest.mark.parametrize(("state", "said"), [("sent", "no answer"), ("failed", "booked"), ("withdrawn", "booked")])
def test_a_question_that_did_not_leave_is_no_mark(cast, state, said):
    ask_for_other_time(booking=session(cast), change=Change(SYSTEM, NOW))
    Message.objects.filter(kind="other_time").update(state=state, sent_at=NOW)
    assert card().state == said


def test_a_client_who_is_not_here_is_late_after_a_full_minute(cast):
    session(cast, 12, 0)
    seen = [card(now=NOW + timedelta(seconds=seconds)).state for seconds in (0, 59, 60, 420)]
    assert seen == ["booked", "booked", "late 1 min", "late 7 min"]
    assert board(now=NOW + timedelta(minutes=7)).pulse.late == ["Robin H."]


def test_a_client_who_waits_is_here_since(cast):
    check_in(booking=session(cast), by=SYSTEM, now=at(13, 48))
    assert card(now=at(13, 50)).state == "here 13:48"


def test_a_session_counts_down_and_then_over(cast):
    start(booking=session(cast), by=SYSTEM, now=at(14, 0))
    assert [card(now=at(14, minute)).state for minute in (12, 30, 33)] == ["18 min left", "0 min left", "3 min over"]


def test_a_held_time_is_held_until_and_opens_no_card(cast):
    make.held(therapist=cast.ana, room=cast.mat_room, length=cast.back30, start=at(14))
    held = card()
    assert (held.name, held.lines, held.link) == ("Held online", ("30 min, until 12:10, Back on the mat",), "")


def test_a_hold_that_ran_out_and_a_cancelled_session_are_free_time(cast):
    make.held(therapist=cast.ana, room=cast.mat_room, length=cast.back30, start=at(14), until=NOW)
    cancel(booking=session(cast, 16), by=SYSTEM, now=NOW)
    assert lane("Ana") == [("gap", "12:00 to 18:00", "")]


def test_a_card_tells_what_to_know_before_and_nothing_of_health(cast):
    client = make.client(name="Priya van der Naar", pressure=4, oil_free=True)
    booking = session(cast, client=client, screening="call_first")
    make.message(booking=booking, state="failed")
    assert (card().name, card().warn) == ("Priya N.", "call first")
    assert card().lines == ("30 min firm, Back on the mat", "message failed, first visit, oil-free")


def test_a_short_card_has_one_line_for_all(cast):
    session(cast, length=cast.back20, screening="adapt")
    assert (card().warn, card().lines) == ("caution, see card", ("first visit, 20 min, Back on the mat",))


def test_a_session_booked_at_the_desk_lacks_its_answers_until_somebody_asks(cast):
    session(cast, screening="missing")
    assert (card().warn, board().pulse.unanswered) == ("answers missing", 1)


def test_a_second_visit_is_no_first_one(cast):
    client = make.client()
    session(cast, client=client, start=at(9, days=-7), status="done")
    session(cast, client=client)
    assert card().lines == ("30 min, Back on the mat",)


def test_a_message_that_was_sent_again_no_longer_counts_as_failed(cast):
    booking = session(cast)
    failed = make.message(booking=booking, state="failed")
    assert board().pulse.failed == 1
    make.message(booking=booking, key=f"booking/confirmation/again/{failed.pk}")
    assert board().pulse.failed == 0


def test_a_session_in_time_off_needs_attention_and_stays_to_be_seen(cast):
    session(cast)
    make.time_off(therapist=cast.ana, during=span(at(9), 540), kind="illness")
    assert (card().look, card().warn) == ("is-booked is-astray", "needs attention")
    assert board().pulse.astray == 1
    assert lane("Ana")[0] == ("blocked", "9:00", "illness")


def test_a_closed_house_is_closed_in_every_column(cast):
    make.closure(location=cast.place, during=span(at(9), 540), reason="Repairs")
    assert [lane("Ana"), lane("Mei")] == [[("blocked", "9:00", "Repairs")]] * 2


def test_who_goes_home_early_is_finished_then(cast):
    jo = make.therapist(name="Jo", styles=(cast.mat,))
    make.working_hours(therapist=jo, location=cast.place, opens="13:00", closes="16:00")
    assert lane("Jo") == [
        ("shut", "From 13:00", ""),
        ("gap", "13:00 to 16:00", ""),
        ("shut", "Finished at 16:00", ""),
    ]


def test_what_nobody_can_book_leads_to_the_page_that_says_why(cast):
    make.working_hours(therapist=make.therapist(name="Jo", slug="jo"), location=cast.place, opens="13:00")
    make.closure(location=cast.place, during=span(at(17), 60), reason="Repairs")
    found = next(column for column in board().columns if column.name == "Jo")
    asked = f"/desk/why/?therapist={found.pk}&start=2026-11-23T"
    assert [item.why for item in found.items if item.kind != "gap"] == [f"{asked}09:00Z", f"{asked}17:00Z"]
    assert f'<a class="why" href="{asked}09:00Z">From 13:00</a>'.replace("&", "&amp;") in draw(found.items)
    assert 'href="why/?therapist=' in found.drawn


def test_what_people_typed_is_shown_as_they_typed_it(cast):
    session(cast, client=make.client(name="<b>Robin</b> &Co"))
    make.time_off(therapist=cast.mei, during=span(at(9), 60), reason='"<i>"')
    found = board().columns
    assert "&lt;b&gt;Robin&lt;/b&gt; &amp;." in found[0].drawn
    assert "<span>&quot;&lt;i&gt;&quot;</span>" in found[1].drawn


def test_a_session_at_another_place_blocks_and_counts(cast):
    there = make.location(name="Quay Street")
    make.limit(therapist=cast.ana, sessions=10, hands_on_minutes=240)
    session(cast, room=make.room(location=there))
    assert lane("Ana")[1] == ("blocked", "14:00", "At Quay Street")
    assert board().columns[0].under[1:] == ("1 of 10 sessions", "30 of 240 min")


def test_what_a_no_show_left_is_free_and_counts_no_more(cast):
    words = {"therapist_block": span(at(14), 15), "room_block": span(at(14), 15)}
    session(cast, status="no_show", **words)
    session(cast, 14, 15, length=cast.back20)
    assert lane("Ana")[1:3] == [("card", "14:00", "no-show"), ("card", "14:15", "booked")]
    assert board().columns[0].under[1] == "1 session"


def test_a_therapist_of_another_place_has_no_column_until_she_gives_a_session_here(cast):
    make.therapist(name="Jo")
    assert [column.name for column in board().columns] == ["Ana", "Mei"]
    session(cast, therapist=make.therapist(name="Zoe", bookable=False))
    assert [column.name for column in board().columns] == ["Ana", "Mei", "Zoe"]


def test_rooms_can_be_the_columns(cast):
    session(cast)
    assert [column.name for column in board(by="room").columns] == ["Mat room", "Bar room"]
    assert card(by="room").lines[0] == "30 min, Ana, Back on the mat"


def test_the_hours_shown_are_whole_and_hold_every_session(cast):
    session(cast, 19, 40)
    assert (board().opens, board().hours) == (9, 12)


def test_what_happens_late_the_evening_before_is_not_on_this_day(cast):
    zoe = make.therapist(name="Zoe")
    session(cast, therapist=zoe, start=at(22, days=-1))
    assert (board().opens, [column.name for column in board().columns]) == (9, ["Ana", "Mei"])


def test_a_session_over_midnight_stands_on_both_days(cast):
    session(cast, 23, 50)
    assert [card().at, card(day="2026-11-24").at] == ["h23 m50 d10", "h0 m0 d20"]


def test_more_than_twelve_columns_come_by_the_dozen(cast):
    for number in range(12):
        person = make.therapist(name=f"T{number}", styles=(cast.mat,), order=9)
        make.working_hours(therapist=person, location=cast.place)
    first, second = board(), board(group="2")
    assert [len(first.columns), len(second.columns)] == [12, 2]
    assert [words for words, _address, _here in first.groups] == ["Ana to T9", "T10 to T11"]


def test_now_has_its_line_on_its_own_day_only(cast):
    assert (board().now_at, board(day="2026-11-24").now_at) == ("h12 m0 d5", "")


def test_on_a_day_of_the_clocks_the_board_shows_real_lengths():
    place = make.location(zone_name="Europe/London")
    make.opening(location=place, weekday=6, opens="00:00", closes="06:00")
    shown = board(now=at(0, days=-60), day="2026-10-25")
    assert (shown.hours, [row.head for row in shown.axis][2:6:2]) == (7, ["1:00", "1:00"])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        (" 20/11/2026", None),
        ("20.11.2026", date(2026, 11, 20)),
        ("1999-01-01", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed, day):
    assert read_day(typed) == day


@pytest.mark.parametrize(("name", "short"), [("Robin Hale", "Robin H."), ("Ρόμπιν", "Ρόμπιν"), ("A B C", "A C.")])
def test_a_board_shows_names_in_short(name, short):
    assert short_name(name) == short
