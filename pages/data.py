"""schema.org data of the public pages: who, what, where and for how much."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from bookings.availability import Setup
from locations.head import address
from locations.house import House
from locations.models import Location
from pages.menu import Item
from pages.people import photo_address
from therapists.models import Therapist

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def business(house: House, only: Sequence[Location] = ()) -> dict[str, Any]:
    """The studio with each of its places, or with those named. A spa for rest, never a medical business."""
    places = [
        {
            "@type": "DaySpa",
            "name": f"{house.studio.name}, {place.name}" if house.several else house.studio.name,
            "address": place.address,
            "telephone": place.phone,
            "email": house.studio.email,
            "url": address(reverse("place", args=[place.slug])),
            "openingHoursSpecification": [
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": DAYS[row["weekday"]],
                    "opens": row["opens"][:5],
                    "closes": row["closes"][:5],
                }
                for row in place.opening_rows
            ],
        }
        for place in only or house.locations
    ]
    return {"@graph": places} if len(places) != 1 else places[0]


def person(house: House, therapist: Therapist) -> dict[str, Any]:
    words = {
        "@type": "Person",
        "name": therapist.name,
        "description": str(therapist.headline),
        "knowsLanguage": therapist.languages,
        "url": address(reverse("therapist", args=[therapist.slug])),
        "worksFor": {"@type": "DaySpa", "name": house.studio.name, "url": address(reverse("start"))},
    }
    photo = photo_address(therapist)
    return words | ({"image": address(photo)} if photo else {})


def service(house: House, setup: Setup, item: Item) -> dict[str, Any]:
    """A treatment with one offer per length."""
    currency = setup.locations[0].currency
    return {
        "@type": "Service",
        "name": item.name,
        "serviceType": item.style,
        "description": item.description,
        "url": address(reverse("treatment", args=[item.slug])),
        "provider": {"@type": "DaySpa", "name": house.studio.name, "url": address(reverse("start"))},
        "offers": [
            {
                "@type": "Offer",
                "name": f"{line.minutes} min",
                "price": line.least,
                "priceCurrency": currency,
                "url": f"{address(reverse('choose'))}?treatment={line.slug}",
            }
            for line in item.lines
        ],
    }
