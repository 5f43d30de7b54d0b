"""How a text message leaves: to the console, into a file, or by one POST to the gateway of the settings.

A gateway may have taken a text of which it never said so. Such a text is Uncertain, and is not sent again by itself.
"""

import contextlib
import http.client
import json
import re
import socket
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from bookings.models import Message
from bookings.outbox.channels import Delayed, Refused, Unreachable
from bookings.outbox.compose import Composed

MAY_PASS = (408, 429)


class Uncertain(Exception):
    """The text was handed over and nothing came back: it may have left."""


class Texts:
    """Text messages of one batch. A gateway that could not be reached is left alone until the next batch."""

    channel = Message.Channel.SMS

    def __init__(self) -> None:
        self._silent = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def open(self) -> None:
        """Raise Unreachable when this batch has found the gateway silent: no text waits for it again."""
        if self._silent:
            raise Unreachable(self._silent)

    def send(self, message: Message, composed: Composed) -> None:
        """Send one text in about SMS_TIMEOUT seconds; raises Refused, Delayed, Unreachable or Uncertain."""
        send = BACKENDS.get(settings.SMS_BACKEND)
        if send is None:
            raise Refused(_("Text messages are switched off."))
        try:
            send(message, composed.recipient, composed.text.strip())
        except (Unreachable, Uncertain) as error:
            self._silent = str(error)
            raise


def _to_console(message: Message, to: str, text: str) -> None:
    sys.stdout.write(f"SMS to {to}: {text}\n")


def _to_file(message: Message, to: str, text: str) -> None:
    settings.SMS_DIR.mkdir(parents=True, exist_ok=True)
    (settings.SMS_DIR / f"{message.pk:08}.txt").write_text(f"To: {to}\n\n{text}\n", encoding="utf-8")


def _to_gateway(message: Message, to: str, text: str) -> None:
    status = _post(request_body(to, text).encode())
    if 200 <= status < 300:
        return
    sentence = _("The SMS gateway answered %(status)s.") % {"status": status}
    raise (Delayed if status >= 500 or status in MAY_PASS else Refused)(sentence)


BACKENDS: dict[str, Callable[[Message, str, str], None]] = {
    "console": _to_console,
    "file": _to_file,
    "http": _to_gateway,
}


def request_body(to: str, text: str) -> str:
    """The body of the settings with both values put in, escaped as JSON or as a form: no word can add a field."""
    escape = _in_json if settings.SMS_IS_JSON else _in_form
    values = {"to": to, "text": text}
    return re.sub(r"\{(to|text)\}", lambda found: escape(values[found[1]]), settings.SMS_BODY)


def _in_json(value: str) -> str:
    return json.dumps(value)[1:-1]


def _in_form(value: str) -> str:
    return quote(value, safe="")


def _post(body: bytes) -> int:
    """The gateway's status. Redirects are not followed: a text belongs to whom the settings name."""
    connection = _connect(urlsplit(settings.SMS_URL))
    timer = threading.Timer(settings.SMS_TIMEOUT, _hang_up, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        address = urlsplit(settings.SMS_URL)
        connection.request("POST", f"{address.path or '/'}?{address.query}".rstrip("?"), body, _headers())
        return connection.getresponse().status
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Uncertain(_("The SMS gateway fell silent: the text may have left.")) from error
    finally:
        timer.cancel()
        connection.close()


def _connect(address: SplitResult) -> http.client.HTTPConnection:
    """Raises Unreachable: nothing has been handed over yet."""
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=settings.SMS_TIMEOUT)
    try:
        connection.connect()
    except OSError as error:
        connection.close()
        raise Unreachable(_("The SMS gateway cannot be reached.")) from error
    return connection


def _hang_up(sock: socket.socket) -> None:
    """End an answer that takes too long as a whole, though every piece of it comes in time."""
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _headers() -> dict[str, str]:
    kind = "application/json" if settings.SMS_IS_JSON else "application/x-www-form-urlencoded"
    name, _colon, value = settings.SMS_HEADER.partition(": ")
    return {"Content-Type": kind, "Connection": "close"} | ({name: value} if name else {})
