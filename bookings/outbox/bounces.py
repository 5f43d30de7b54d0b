"""Mails that come back: a report of non-delivery (RFC 3464) marks the message that it is about as failed.

A report is known by the Message-ID of the mail that it carries, which only we can make. Whatever else lies in the
mailbox is left alone, and nothing of it is kept.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum

from django.db import transaction
from django.utils.crypto import constant_time_compare

from bookings import rerouting
from bookings.models import Message
from bookings.outbox.channels import message_id

LARGEST = 10_000_000
"""Bytes of one mail; a report is a thousandth of that."""
CAME_BACK = "The mail came back: its address does not take it (%(status)s)."  # said by bookings.reasons
_OURS = re.compile(r"<(\d{1,18})\.[0-9a-f]+@[^<>@\s]+>")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_CARRIES = ("message/rfc822", "message/rfc822-headers", "text/rfc822-headers")


class Found(StrEnum):
    """What a mail was: a report that marked its message, one that was noted before, or anything else."""

    FAILED = "marked as failed"
    KNOWN = "known already"
    OTHER = "something else"


@dataclass(frozen=True, slots=True)
class Report:
    """The Message-ID of the mail that came back, and the enhanced status code, like 5.1.1."""

    message_id: str
    status: str


def note(raw: bytes, now: datetime) -> Found:
    """Mark the message whose mail came back, as a refusal of the mail server would have. Any bytes may come in."""
    report = read(raw)
    message = _sent(report.message_id) if report else None
    if message is None:
        return Found.OTHER
    with transaction.atomic():
        left = Message.objects.filter(pk=message.pk, state=Message.State.SENT)
        reason = CAME_BACK % {"status": report.status}
        if not left.update(state=Message.State.FAILED, failed_at=now, reason=reason):
            return Found.KNOWN
        if message.booking:
            rerouting.fall_back(message=message, booking=message.booking, now=now)
    return Found.FAILED


def read(raw: bytes) -> Report | None:
    """The report in a mail; None when it is none, when the mail is only late, or when nothing tells which mail it was.

    A report that cannot be read is none: mail servers write what they like.
    """
    if len(raw) > LARGEST:
        return None
    with suppress(Exception):
        mail = message_from_bytes(raw, policy=policy.default)
        if mail.get_content_type() == "multipart/report" and mail.get_param("report-type") == "delivery-status":
            status, identity = _final(mail), _carried(mail)
            return Report(identity, status) if status and identity else None
    return None


def _final(mail: EmailMessage) -> str:
    """The status of a recipient whom the mail will never reach; empty when there is none."""
    for part in mail.walk():
        if str(part.get("Action", "")).strip().lower() == "failed":
            found = _STATUS.search(str(part.get("Status", "")))
            return found[0] if found else "5.0.0"
    return ""


def _carried(mail: EmailMessage) -> str:
    """The Message-ID of the mail that the report carries, whole or by its headers alone."""
    for part in mail.walk():
        if part.get_content_type() not in _CARRIES:
            continue
        inner = part.get_payload(0) if part.is_multipart() else message_from_bytes(part.get_payload(decode=True))
        return str(inner.get("Message-ID", "")).strip()
    return ""


def _sent(identity: str) -> Message | None:
    """The mail of ours with this Message-ID; its signature is looked at, so nobody marks another's message."""
    found = _OURS.fullmatch(identity)
    if found is None:
        return None
    mails = Message.objects.select_related("booking__client", "booking__location")
    message = mails.filter(pk=found[1], channel=Message.Channel.MAIL).first()
    is_ours = message is not None and constant_time_compare(message_id(message), identity)
    return message if is_ours else None
