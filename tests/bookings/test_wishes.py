"""What suits a client: said behind her link, remembered with her record, read by her therapist."""

import re

import pytest

from bookings import actions, links
from bookings.models import Booking
from bookings.models.event import CLIENT
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
SAID = {"pressure": "4", "focus": ["hips", "neck"], "avoid": ["calves"], "oil_free": "on", "language": "es"}


@pytest.fixture
def booking() -> Booking:
    """Robin on Friday 27 November 2026 at 14:20."""
    set_clock(NOW)
    return make.booking(start=at(14, 20, days=4), client=make.client(name="Robin Hale"))


def address(booking, scope="wishes") -> str:
    return f"/b/{links.make(booking, scope)}/" + ("wishes/" if scope == "wishes" else "")


def known(booking) -> tuple:
    booking.client.refresh_from_db()
    her = booking.client
    return her.pressure, her.focus_areas, her.avoid_areas, her.oil_free, her.language


def test_what_she_says_is_kept_and_shown_on_her_page(client, booking):
    answer = client.post(address(booking), SAID)
    assert (answer.status_code, known(booking)) == (303, (4, ["hips", "neck"], ["calves"], True, "es"))
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
    client.post(address(booking), SAID)
    assert client.post(address(booking), {}).status_code == 303
    assert known(booking) == (None, [], [], False, "es")


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
    assert (answer.status_code, known(booking)) == (422, (None, [], [], False, "en"))
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
