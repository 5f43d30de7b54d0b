"""The demo's mails, which are files in var/mail: their text and links, never their HTML as HTML."""

import email
import re
from email import policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from locations.house import is_demo

SHOWN = 30
LINK = re.compile(r"https?://[^\s<>\"]+")


@login_not_required
@cache_control(no_store=True, private=True)
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    if not is_demo(request) or not settings.MAIL_TO_FILES:
        raise Http404
    return render(request, "pages/demo_mail.html", {"mails": newest_mails(Path(settings.MAIL_DIR))})


def newest_mails(folder: Path) -> list[dict[str, Any]]:
    """The newest mails in a folder, the last one first."""
    files = sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [read_mail(file) for file in files[:SHOWN] if file.is_file()]


def read_mail(file: Path) -> dict[str, Any]:
    """Subject, recipient, text and the links back to this site."""
    message = email.message_from_bytes(file.read_bytes().split(b"\n" + b"-" * 79)[0], policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    text = body.get_content() if body else ""
    links = [link.rstrip(".,)") for link in LINK.findall(text) if link.startswith(settings.SITE_URL)]
    return {
        "file": file.name,
        "subject": message["subject"] or file.name,
        "to": message["to"] or "",
        "text": text,
        "links": list(dict.fromkeys(links)),
    }
