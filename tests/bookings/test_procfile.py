"""The whole house at work: a client books, and within fifteen seconds her confirmation has left."""

import http.client
import re
import time
from email.message import EmailMessage
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from playwright.sync_api import sync_playwright

from bookings.actions import Holder
from bookings.models import Booking
from spa.start import find_chromium
from tests import factories as make
from tests.bookings.mail_server import MailServer
from tests.bookings.procfile import mails, running, wait_for
from tests.browser.days import unhurried
from tests.races.databases import fresh_database
from tests.races.fixtures import own_name
from tests.races.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
WITHIN_SECONDS = 15
PUBLIC = "https://book.stoneandstep.example"
LINK = re.compile(r"^(http\S+/b/\S+/)$", re.M)


@pytest.fixture
def studio():
    """The small studio in a database of its own, which other processes see."""
    with fresh_database(own_name("procfile")):
        unhurried(make.small_studio(zone_name="UTC", lead_minutes=60, horizon_days=60).place)
        yield


@pytest.mark.browser
def test_a_booking_in_a_browser_is_confirmed_within_fifteen_seconds(studio, tmp_path):
    with running(tmp_path) as house:
        book_in_a_browser(f"http://localhost:{house.port}")
        begun = time.monotonic()
        (mail,) = wait_for(lambda: confirmations(mails(tmp_path)), WITHIN_SECONDS)
        assert time.monotonic() - begun <= WITHIN_SECONDS
    booking = Booking.objects.get(status="booked")
    assert (mail["To"], mail["From"]) == ("robin@mail.example", "studio@localhost")
    assert booking.reference in mail.get_body(("plain",)).get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["session.ics"]


def confirmations(seen: list[EmailMessage]) -> list[EmailMessage]:
    return [mail for mail in seen if mail["Subject"].startswith("Booked: ")]


def book_in_a_browser(site: str) -> None:
    """Take the soonest time, as a client does."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = chromium.new_page()
        page.goto(f"{site}/book/")
        page.locator("#soonest button").first.click()
        page.get_by_label("Full name").fill("Robin Hale")
        page.get_by_label("E-mail").fill("robin@mail.example")
        page.get_by_label("None of these").check()
        page.get_by_role("button", name=re.compile("^Book .* with ")).last.click()
        page.get_by_role("heading", name=re.compile("^Booked")).wait_for()
        chromium.close()


class Behind(Visitor):
    """A client who comes through the studio's own proxy, which speaks https with her."""

    def send(self, method: str, path: str, words: dict[str, str] | None = None) -> http.client.HTTPConnection:
        body = urlencode(words | {"csrfmiddlewaretoken": self.token}) if words is not None else None
        headers = {
            "Host": "book.stoneandstep.example",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"6.6.6.6, {self.address}",
            "Origin": PUBLIC,
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        asked.request(method, path, body, headers)
        return asked


def test_a_public_site_behind_a_proxy_books_and_sends_https_links(studio, tmp_path):
    with MailServer() as server:
        environment = {"SITE_URL": PUBLIC, "TRUSTED_PROXY_COUNT": "1", "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
        with running(tmp_path, **environment) as house:
            visitor = Behind(7, house.port)
            booked = book_as(visitor)
            (mail,) = wait_for(lambda: confirmations(server.taken), WITHIN_SECONDS)
            (link,) = LINK.findall(mail.get_body(("plain",)).get_content().replace("\r\n", "\n"))
            assert link.startswith(f"{PUBLIC}/b/")
            assert visitor.get(link.removeprefix(PUBLIC)).status == 200
    assert booked.reference == Booking.objects.get(status="booked").reference
    assert Booking.objects.get().held_from == Holder(uuid4(), visitor.address).address_mark
    assert {name[:7] for name in visitor.cookies} == {"__Host-"}


def book_as(visitor: Visitor):
    """Book the first free time of the page, and give the page that says so."""
    visitor.hold(visitor.choose().slots[0])
    visitor.get(visitor.details)
    return visitor.follow(visitor.book())
