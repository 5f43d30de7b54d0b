"""How often somebody changes one thing: behind her link and in "my bookings". Each cap stands here and nowhere else.

Over it nothing changes, and the same page comes back with what was typed. Mistakes in a form are not counted.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accounts import throttle

PER = timedelta(hours=1)
MOST = {
    "wishes": 10,
    "my wishes": 10,
    "my passkeys": 10,
    "sooner": 10,
    "details": 10,
    "reach": 10,
    "contact": 5,  # a typed address gets a mail at once, so nobody types many
    "contact from": 12,
    "move": 20,
}
TOO_OFTEN = _("This was sent too often within an hour, so nothing has changed. Wait a while and send it again, please.")
Problems = list[tuple[str, str]]


def is_allowed(kind: str, subject: object, now: datetime) -> bool:
    """Count one change of this kind; False when there were as many as it may have within the hour before `now`.

    `kind`: a key of MOST. `subject`: whose it is, the key of a row or a network's address.
    """
    return throttle.allow(kind, str(subject), MOST[kind], PER, now)


def problems(status: int, own: Problems) -> Problems:
    """The summary of a form's page: its own mistakes, or that it came too often. Its button has the id "send"."""
    return [("send", TOO_OFTEN)] if status == 429 else own
