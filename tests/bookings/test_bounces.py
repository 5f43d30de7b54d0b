"""A mail that comes back marks its message as failed; nothing else in a mailbox does anything."""

import io
import mailbox
from contextlib import closing
from email.message import EmailMessage
from email.message import Message as Plain
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bookings import links
from bookings.models import Message
from bookings.outbox import bounces
from bookings.outbox.bounces import Found, note
from bookings.outbox.channels import message_id
from tests import factories as make
from tests.factories import NOW, at
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
WHY = "The mail came back: its address does not take it (5.1.1)."


@pytest.fixture
def sent() -> Message:
    """Robin's confirmation, which the mail server took."""
    set_clock(NOW)
    booking = make.booking(start=at(14, 20, days=4))
    return make.message(booking=booking, state="sent", sent_at=NOW, key=f"booking/{booking.pk}/confirmation/mail/1")


def report(identity: str, action="failed", status="5.1.1", kind="delivery-status", headers_only=False) -> bytes:
    """What a mail server writes when it cannot deliver."""
    mail = MIMEMultipart("report", **{"report-type": kind})
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    mail.attach(MIMEText("I'm sorry to have to inform you ..."))
    about, whom = Plain(), Plain()
    about["Reporting-MTA"] = "dns; mx.mail.example"
    whom["Final-Recipient"], whom["Action"], whom["Status"] = "rfc822; robin@mail.example", action, status
    told = MIMEMessage(Plain(), "delivery-status")
    told.set_payload([about, whom])
    mail.attach(told)
    was = EmailMessage()
    was["Subject"], was["Message-ID"] = "Booked", identity
    mail.attach(MIMEText(was.as_string(), "rfc822-headers") if headers_only else MIMEMessage(was))
    return mail.as_bytes()


def state(message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.reason


@pytest.mark.parametrize("headers_only", [False, True])
def test_a_report_marks_its_message_once(sent, headers_only):
    raw = report(message_id(sent), headers_only=headers_only)
    assert [note(raw, NOW), note(raw, NOW)] == [Found.FAILED, Found.KNOWN]
    assert (state(sent), sent.failed_at) == (("failed", WHY), NOW)


def test_her_page_says_that_the_mail_did_not_arrive(client, sent):
    page = f"/b/{links.make(sent.booking)}/"
    before = client.get(page).text
    note(report(message_id(sent)), NOW)
    assert ("did not arrive" in before, "did not arrive" in client.get(page).text) == (False, True)


@pytest.mark.parametrize(
    "changed", [{"action": "delayed"}, {"action": "relayed"}, {"action": ""}, {"kind": "disposition-notification"}]
)
def test_what_is_only_late_or_no_report_marks_nothing(sent, changed):
    assert (note(report(message_id(sent), **changed), NOW), state(sent)[0]) == (Found.OTHER, "sent")


def test_a_message_id_that_we_did_not_make_marks_nothing(sent):
    own = message_id(sent)
    other = make.message(state="sent", sent_at=NOW)
    swapped = own.replace(f"<{sent.pk}.", f"<{other.pk}.")
    for forged in (own.replace("@", "0@"), swapped, "", "<1@x>", "<.@>", f"<{9**17}.ab@x>", own[1:], "\x00"):
        assert note(report(forged), NOW) == Found.OTHER
    assert {state(one)[0] for one in (sent, other)} == {"sent"}


def test_a_status_that_says_nothing_is_a_failure_all_the_same(sent):
    note(report(message_id(sent), status="no idea"), NOW)
    assert state(sent)[1].endswith("(5.0.0).")


@pytest.mark.parametrize("raw", [b"", b"x", b"\xff" * 999, b"Content-Type: multipart/report; boundary=a\n\n--a\n--a"])
def test_whatever_else_lies_in_a_mailbox_is_left_alone(sent, raw):
    assert (note(raw, NOW), state(sent)[0]) == (Found.OTHER, "sent")


def test_an_answer_that_quotes_our_mail_marks_nothing(sent):
    answer = EmailMessage()
    answer["In-Reply-To"] = answer["References"] = message_id(sent)
    answer.set_content(report(message_id(sent)).decode())
    assert (note(answer.as_bytes(), NOW), state(sent)[0]) == (Found.OTHER, "sent")


def test_a_mail_that_is_too_long_is_not_read(sent, monkeypatch):
    raw = report(message_id(sent))
    monkeypatch.setattr(bounces, "LARGEST", len(raw) - 1)
    assert note(raw, NOW) == Found.OTHER


def run(place: str) -> str:
    said = io.StringIO()
    call_command("read_bounces", place, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("kind", [mailbox.mbox, mailbox.Maildir])
def test_a_mailbox_is_read_again_and_again_and_stays_as_it_is(sent, tmp_path, kind):
    with closing(kind(tmp_path / "box")) as box:
        for raw in (report(message_id(sent)), b"Subject: hello\n\nHow are you?\n"):
            box.add(raw)
    assert run(str(tmp_path / "box")) == "marked as failed: 1\nsomething else: 1\n"
    assert run(str(tmp_path / "box")) == "known already: 1\nsomething else: 1\n"
    with closing(kind(tmp_path / "box")) as box:
        assert (state(sent), len(box)) == (("failed", WHY), 2)


def test_one_mail_comes_through_a_pipe(sent, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report(message_id(sent)))))
    assert run("-") == "marked as failed: 1\n"


def test_a_mailbox_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="There is no mailbox at"):
        run(str(tmp_path / "nothing"))
