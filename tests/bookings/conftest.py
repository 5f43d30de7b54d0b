"""A real mail server, and mails that go to it."""

import pytest

from tests.bookings.mail_server import MailServer
from tests.bookings.sending import deliver_to


@pytest.fixture
def server(settings):
    with MailServer() as mail_server:
        deliver_to(settings, mail_server.port)
        yield mail_server
