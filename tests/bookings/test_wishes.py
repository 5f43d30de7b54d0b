"""What suits a client: said behind her link for one session, remembered if she likes, read by her therapist."""

import re

import pytest

from bookings import actions, links
from bookings.models import Booking
from bookings.models.event import CLIENT
from clients.preferences import Preferences
from desk.board.rows import sessions_with
from desk.card import booking_or_404, wishes
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
SAID = {"pressure": "4", "focus": ["hips", "neck"], "avoid": ["calves"], "oil_free": "on", "language": "es"}
KEPT = SAID | {"remember": "on"}
HERS = (4, ("hips", "neck"), ("calves",), True)


@pytest.fixture
def booking() -> Booking:
    """Robin on Friday 27 November 2026 at 14:20."""
    set_clock(NOW)
    return make.booking(start=at(14, 20, days=4), client=make.client(name="Robin Hale"))


def address(booking, scope="wishes") -> str:
    return f"/b/{links.make(booking, scope)}/" + ("wishes/" if scope == "wishes" else "")


def said(suits) -> tuple:
    return suits.pressure, suits.focus_areas, suits.avoid_areas, suits.oil_free


def known(booking) -> tuple:
    booking.client.refresh_from_db()
    return *said(Preferences.of(booking.client)), booking.client.language


def for_this(booking) -> tuple:
    return said(Booking.objects.get(pk=booking.pk).preferences)


def test_what_she_says_is_kept_and_shown_on_her_page(client, booking):
    answer = client.post(address(booking), KEPT)
    assert (answer.status_code, known(booking)) == (303, (*HERS, "es"))
    page = re.sub(r"<[^>]+>", " ", client.get(answer["Location"]).text)
    assert all(
        words in page for words in ("Presión: firme", "Más en: caderas, cuello", "Evitar: pantorrillas", "Sin aceite")
    )
    assert [event.verb for event in booking.events.all()] == ["wishes said"]


def test_the_booking_speaks_the_language_that_she_chose(client, booking):
    client.post(address(booking), SAID)
    booking.refresh_from_db()
    assert (booking.language, booking.version) == ("es", 2)


def test_what_she_said_before_is_ticked(client, booking):
    client.post(address(booking), SAID)
    ticked = re.findall(r'value="(\w+)" checked', client.get(address(booking)).text)
    assert ticked == ["4", "neck", "hips", "calves"]


def test_nothing_ticked_is_an_answer_too(client, booking):
    client.post(address(booking), KEPT)
    assert client.post(address(booking), {}).status_code == 303
    assert (for_this(booking), known(booking)) == ((None, (), (), False), (*HERS, "es"))


def test_what_is_said_for_this_session_alone_changes_no_other(client, booking):
    other = make.booking(start=at(9, days=9), client=booking.client)
    client.post(address(booking), SAID)
    assert (for_this(booking), for_this(other)) == (HERS, (None, (), (), False))
    assert known(booking) == (None, (), (), False, "en")


def test_a_session_for_which_nothing_was_said_follows_her_record(client, booking):
    other = make.booking(start=at(9, days=9), client=booking.client)
    client.post(address(booking), KEPT)
    assert for_this(other) == HERS
    assert re.findall(r'value="(\w+)" checked', client.get(address(other)).text) == ["4", "neck", "hips", "calves"]


def test_what_the_desk_hears_later_counts_for_every_session_ahead(client, booking):
    client.post(address(booking), SAID)
    heard = Preferences(2, True, (), ("neck",), caution=True)
    actions.keep_preferences(client=booking.client, preferences=heard, now=NOW)
    assert Booking.objects.get().preferences == heard
    assert Booking.objects.get().version == 3


def test_the_desk_the_board_and_her_therapist_read_what_was_said_for_the_session(client, booking):
    client.post(address(booking), SAID)
    row = booking_or_404(booking.pk)
    (on_board,) = sessions_with(booking.therapist_id, booking.start_tick, booking.end_tick, NOW)
    assert wishes(row) == ["Pressure: firm", "No oil", "More on: hips, neck", "Leave out: calves"]
    assert (on_board.pressure, on_board.oil_free) == (4, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"focus": ["hips"], "avoid": ["hips"]},
        {"pressure": "6"},
        {"pressure": "x"},
        {"focus": ["wings"]},
        {"language": "tlh"},
    ],
)
def test_nonsense_is_refused_and_what_was_ticked_stays(client, booking, wrong):
    answer = client.post(address(booking), SAID | wrong)
    assert (answer.status_code, known(booking)) == (422, (None, (), (), False, "en"))
    assert "There is a problem" in answer.text


def test_only_areas_of_her_treatment_are_asked_for(client, booking):
    type(booking.length.treatment).objects.update(areas=["thighs", "lower_back"])
    assert re.findall(r'name="focus" value="(\w+)"', client.get(address(booking)).text) == ["lower_back", "thighs"]


def test_opening_the_page_changes_nothing(client, booking):
    for look in (client.get, client.head):
        assert look(address(booking), SAID).status_code == 200
    assert known(booking)[0] is None


def test_after_the_session_the_link_leads_to_its_page(client, booking):
    set_clock(booking.during.upper)
    for answer in (client.get(address(booking)), client.post(address(booking), SAID)):
        assert (answer.status_code, answer["Location"]) == (303, address(booking, "view"))
    assert known(booking)[0] is None


def test_the_row_has_the_last_word(booking):
    Booking.objects.update(status="cancelled")
    wishes = actions.Wishes(3, (), (), False, "en")
    with pytest.raises(actions.WrongStep):
        actions.say_wishes(booking=booking, wishes=wishes, by=CLIENT, now=NOW)
