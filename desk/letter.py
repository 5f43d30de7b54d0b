"""The words of a message as the desk may read them: as they left, or as they would leave now."""

import logging
from dataclasses import dataclass

from django.db import DatabaseError
from django.utils.translation import gettext as _

from bookings.models import Message
from bookings.outbox.compose import compose
from treatments.placeholders import BadWords

logger = logging.getLogger(__name__)
PREVIEWED = (Message.State.QUEUED, Message.State.SENDING)


@dataclass(frozen=True, slots=True)
class Letter:
    """`note` says what the words are, or why there are none."""

    note: str
    subject: str = ""
    text: str = ""


def letter(message: Message) -> Letter:
    """What was sent, or a preview of what waits. A secret is for its reader alone."""
    if message.is_secret:
        return Letter(_("It holds a code or a link for one person: nobody else can read it."))
    if message.state in PREVIEWED:
        return _preview(message)
    if not message.text:
        return Letter(_("Nothing was sent."))
    note = _("As it was sent.") if message.state == Message.State.SENT else _("As it was to be sent.")
    return Letter(note, message.subject, message.text)


def _preview(message: Message) -> Letter:
    try:
        composed = compose(message)
    except BadWords as error:
        return Letter(_("It cannot be written: %(why)s") % {"why": error})
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Message %s could not be shown", message.pk)
        return Letter(_("It cannot be written. Look at the studio's words for this kind of message."))
    return Letter(_("As it would leave now."), composed.subject, composed.text)
