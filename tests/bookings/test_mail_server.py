"""The tests' own mail server ends with its last conversation, however that broke off."""

import smtplib

from tests.bookings.mail_server import MailServer


def test_a_sender_that_dies_in_the_middle_of_its_words_holds_nobody_up():
    with MailServer() as server:
        sender = smtplib.SMTP("127.0.0.1", server.port, timeout=5)
        assert [sender.docmd(line)[0] for line in ("EHLO a", "MAIL FROM:<a@a.example>", "DATA")] == [250, 250, 354]
        sender.send(b"Subject: half a li")
        sender.close()
    assert (server.conversations, server.taken) == (1, [])
