"""A client of Django's test at the pages of booking: the steps that lead from one to the next."""

import re

TUESDAY_NINE = "2026-11-24T09:00Z"
TYPED = {"name": "Robin Hale", "email": "robin@mail.example", "phone": "07700 900123", "safe": "none", "do": "book"}


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def hold(client, start=TUESDAY_NINE, **changes):
    return client.post(
        "/book/hold/", {"where": "weir-lane", "treatment": "back-30", "with": "", "start": start} | changes
    )


def booked(client, **changes):
    """The address of the booked page after holding and booking."""
    details = hold(client)["Location"]
    return client.post(details, TYPED | changes)["Location"]


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))
