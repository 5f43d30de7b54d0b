"""How a message leaves. The mail server's answers become two words: Refused is for good, Delayed may pass."""

import contextlib
import smtplib
import socket
import threading
from collections.abc import Iterator
from email.errors import MessageError
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from bookings.models import Message
from bookings.outbox.compose import Composed


class Refused(Exception):
    """This message will never be taken: the address or the words are not accepted."""


class Delayed(Exception):
    """Not taken now; it may be later, and perhaps it was."""


class Unreachable(Exception):
    """There is nobody to hand messages to: nothing is wrong with any of them."""


class Mail:
    """One connection for a batch of mails, opened when needed and again after a failure."""

    channel = Message.Channel.MAIL

    def __init__(self) -> None:
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def open(self) -> None:
        """Be ready to send; raises Unreachable. Call it before a message is claimed: it may take its time."""
        if self._connection is not None:
            return
        connection = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(_words(error)) from error
        self._connection = connection

    def send(self, message: Message, composed: Composed) -> None:
        """Send one mail in at most EMAIL_TIMEOUT seconds; raises Refused or Delayed."""
        self.open()
        try:
            with _cut_off(self._connection):
                if not self._connection.send_messages([_email(message, composed)]):
                    raise ValueError("Django sends nothing to nobody.")
        except Exception as error:
            self.close()
            raise (Refused if _is_final(error) else Delayed)(_words(error)) from error
        if settings.MAIL_TO_FILES:
            self.close()  # one file per mail

    def close(self) -> None:
        """Hang up, whatever the other side thinks of it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.close()


def _email(message: Message, composed: Composed) -> EmailMultiAlternatives:
    email = EmailMultiAlternatives(
        subject=composed.subject,
        body=composed.text,
        to=[composed.recipient],
        reply_to=[composed.reply_to] if composed.reply_to else None,
        attachments=list(composed.attachments),
        headers={"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"} | dict(composed.headers),
    )
    if composed.html:
        email.attach_alternative(composed.html, "text/html")
    return email


def message_id(message: Message) -> str:
    """The same for every attempt, so that a mail program shows a doubled mail once; and nobody else can make it, so a
    report that carries it is about our mail."""
    digest = salted_hmac("bookings.message", message.key, algorithm="sha256").hexdigest()[:16]
    return f"<{message.pk}.{digest}@{settings.SITE_HOST}>"


@contextlib.contextmanager
def _cut_off(connection: Any) -> Iterator[None]:
    """End a conversation that takes too long as a whole, though every single answer comes in time."""
    too_long = threading.Event()

    def hang_up() -> None:
        too_long.set()
        with contextlib.suppress(OSError, AttributeError):
            connection.connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(settings.EMAIL_TIMEOUT, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except smtplib.SMTPServerDisconnected as error:
        if too_long.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()


def _is_final(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    # What Django or smtplib will not even send: broken headers, an address that is none.
    return isinstance(error, BadHeaderError | MessageError | ValueError | smtplib.SMTPNotSupportedError)


def _words(error: Exception) -> str:
    """What the desk reads; an answer of the server without the address it may repeat."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _answer in error.recipients.values()})
        return _("The mail server does not take mail for this address (%(code)s).") % {"code": codes[0]}
    if isinstance(error, smtplib.SMTPResponseException):
        return _("The mail server answered %(code)s.") % {"code": error.smtp_code}
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return _("The mail server did not answer in time.")
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError):
        return _("The mail server ended the conversation.")
    return _("The mail could not be sent (%(error)s).") % {"error": type(error).__name__}
