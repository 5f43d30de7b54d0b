"""What was not done, in the board's dialog and on a whole page: axe finds nothing, in both schemes, small and large."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bookings import actions
from bookings.models import Booking
from bookings.models.event import SYSTEM
from spa import clock
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.days import noon
from tests.browser.stage import Stage
from tests.browser.test_axe import failures

pytestmark = pytest.mark.browser


@pytest.fixture
def session(stage: Stage) -> Booking:
    """Robin's session with Ana, at noon of a day to come; Kim's with Mei an hour later."""
    cast = stage.cast
    kim = {"client": make.client(name="Kim Bell"), "start": noon() + timedelta(hours=1)}
    make.booking(therapist=cast.mei, length=cast.back30, room=cast.bar_room, **kim)
    robin = {"client": make.client(name="Robin Hale", phone="+447700900123"), "start": noon()}
    return make.booking(therapist=cast.ana, length=cast.back30, room=cast.mat_room, **robin)


def card(stage: Stage, visit: Visit, session: Booking, link: str) -> Page:
    """The dialog behind a link of Robin's card, on the board of her day."""
    page = visit(stage.signed_in(f"/desk/?day={session.during.lower.date()}"), width=1280)
    page.locator("a.bk", has_text="Robin H").click()
    page.locator("#dialog").get_by_role("link", name=link, exact=True).click()
    return page


def arrive(booking: Booking) -> None:
    """Somebody else was here before."""
    actions.check_in(booking=booking, by=SYSTEM, now=clock.now())


def stale(stage: Stage, visit: Visit, session: Booking) -> Page:
    page = card(stage, visit, session, "Cancel")
    page.get_by_label("the client").check()
    arrive(session)
    page.get_by_role("button", name="Cancel this session").click()
    return page


def moved(stage: Stage, visit: Visit, session: Booking, at: str) -> Page:
    page = card(stage, visit, session, "Move")
    page.locator("#dialog summary", has_text="Another time").click()
    page.locator("#id_day").fill(session.during.lower.date().isoformat())
    page.locator("#id_at").fill(at)
    page.get_by_role("button", name="Move there").click()
    return page


def taken(stage: Stage, visit: Visit, session: Booking) -> Page:
    cast, start = stage.cast, session.during.lower + timedelta(hours=3)
    noor = make.client(name="Noor")
    make.booking(client=noor, therapist=cast.ana, length=cast.back30, room=cast.mat_room, start=start)
    return moved(stage, visit, session, f"{start.astimezone(cast.place.zone):%H:%M}")


def rule(stage: Stage, visit: Visit, session: Booking) -> Page:
    make.limit(therapist=stage.cast.ana, sessions=0)
    return moved(stage, visit, session, "15:00")


def booked(stage: Stage, visit: Visit, session: Booking) -> Page:
    """Somebody was faster in a free time of Ana's."""
    page = visit(stage.signed_in(f"/desk/?day={session.during.lower.date()}"), width=1280)
    page.locator("#ana a.gap").first.press("Enter")
    page.locator("#id_q").fill("hale")
    expect(page.locator("#dialog .match")).to_have_count(1)
    first = session.during.lower.astimezone(stage.cast.place.zone).replace(hour=0)
    words = {"client": make.client(name="Noor"), "length": stage.cast.back30, "room": stage.cast.mat_room}
    make.booking(therapist=stage.cast.ana, start=first, **words)
    page.locator("#dialog .match").click()
    return page


def swapped(stage: Stage, visit: Visit, session: Booking) -> Page:
    page = card(stage, visit, session, "Swap")
    page.get_by_text("Kim Bell").click()
    arrive(Booking.objects.get(name="Kim Bell"))
    page.get_by_role("button", name="Swap the two").click()
    return page


def ill(stage: Stage, visit: Visit, session: Booking) -> Page:
    """The whole page of a therapist who cannot come: somebody else was here, the client is asked on the phone."""
    path = f"/desk/therapists/ana/ill/?day={session.during.lower.date()}"
    page = visit(stage.signed_in(path), width=1280)
    page.locator(f"#do-{session.pk}").select_option("ask")
    arrive(session)
    page.get_by_role("button", name="Save").click()
    return page


@pytest.mark.parametrize("refused", [stale, taken, rule, booked, swapped, ill])
def test_axe_finds_nothing_in_what_was_not_done(stage: Stage, visit: Visit, session: Booking, refused: Callable):
    page = refused(stage, visit, session)
    expect(page.locator("#refusal")).to_be_visible()
    assert failures(page) == []
