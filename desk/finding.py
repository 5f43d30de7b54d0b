"""Finding a client by a few letters of a name, a phone number or an e-mail address."""

import re

from django.db.models import Q, QuerySet

from clients.models import Client

FEWEST = 3
MOST = 8


def find_clients(typed: str) -> QuerySet[Client]:
    """At most eight clients, by name; nobody before three letters or digits are there. One query."""
    words = " ".join(typed.split())[:80].replace("\x00", "")
    if len(words) < FEWEST:
        return Client.objects.none()
    about = Q(name__icontains=words) | Q(email__icontains=words)
    digits = re.sub(r"\D", "", words).lstrip("0")
    if len(digits) >= FEWEST:
        about |= Q(phone__contains=digits)
    return Client.objects.filter(about).order_by("name", "pk")[:MOST]
