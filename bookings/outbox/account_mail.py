"""The mails of signing in. They leave through the outbox like every other: no page waits for a mail server."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.core import context as current
from django.conf import settings
from django.contrib.sites.requests import RequestSite
from django.http import HttpRequest

from accounts.door import DoorAdapter
from bookings.models import Message
from locations.models import Studio
from spa import clock

USEFUL_FOR = timedelta(hours=1)


class AccountAdapter(DoorAdapter):
    def format_email_subject(self, subject: str) -> str:
        return f"{_studio(current.request).name}: {subject}"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of a new password leads to the site's own address, whatever host the request named."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the row of a mail. It holds a code or a link, so its words are deleted once it has left."""
        request = current.request
        words = {"request": request, "email": email, "current_site": _studio(request)}
        mail = self.render_mail(template_prefix, email, words | context)
        now = clock.now()
        Message.objects.create(
            key=f"account/{uuid4()}",
            kind="account",
            recipient=email,
            subject=mail.subject[:200],
            text=mail.body,
            html=next((part.content for part in getattr(mail, "alternatives", [])), ""),
            is_secret=True,
            due_at=now,
            useful_until=now + USEFUL_FOR,
            created_at=now,
        )


def _studio(request: HttpRequest) -> RequestSite:
    """The site as allauth's mails name it: by the studio's name."""
    site = RequestSite(request)
    studio = Studio.objects.first()
    site.name = studio.name if studio else site.domain
    return site
