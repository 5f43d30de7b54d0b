"""Fill an empty database with the demo studio, the same one every time, laid out around today."""

from datetime import datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User
from bookings.demo import letters, menu, people, places, timeline
from bookings.demo.sessions import Calendar, with_every_status
from bookings.demo.signins import DEMO_PASSWORD, demo_signins
from bookings.models import Booking
from locations.models import Location, Room
from therapists.models import Style, Therapist, WorkingHours

SEED = 20


@transaction.atomic
def seed(now: datetime) -> int:
    """Write everything in one transaction; return how many bookings there are."""
    draw = Random(SEED)  # noqa: S311 - the same made-up people each time, no secrets
    where = places.make_places()
    today = now.astimezone(where["weir-lane"].zone).date()
    styles = menu.make_styles()
    menu.make_advice(styles)
    timeline.make_steps(styles)
    rooms = places.make_rooms(where, today, now)
    therapists = people.make_therapists(styles, today)
    people.make_illness(therapists[people.ILL], where["weir-lane"], today)
    hours = people.make_hours(therapists, where, today - timedelta(days=56))
    desk = make_users(therapists)
    bookings = make_bookings(draw, now, styles, rooms, therapists, hours)
    letters.make_events(bookings, desk, now)
    letters.make_messages(bookings, draw)
    timeline.make_timeline(bookings, now)
    return len(bookings)


def make_bookings(
    draw: Random,
    now: datetime,
    styles: dict[str, Style],
    rooms: dict[Room, set[str]],
    therapists: dict[str, Therapist],
    hours: list[WorkingHours],
) -> list[Booking]:
    place: Location = hours[0].location
    calendar = Calendar(
        now=now,
        draw=draw,
        clients=people.make_clients(draw, now),
        lengths=menu.make_menu(styles),
        rooms=rooms,
        certified={t.pk: (c.issued_on, c.expires_on) for t in therapists.values() for c in t.certificates.all()},
        styles={therapists[p.slug].pk: [styles[slug] for slug in p.styles] for p in people.PEOPLE},
        most={therapists[p.slug].pk: p.sessions for p in people.PEOPLE},
    )
    bookings = calendar.fill(hours, now.astimezone(place.zone).date())
    with_every_status(bookings, now)
    return Booking.objects.bulk_create(bookings)


def make_users(therapists: dict[str, Therapist]) -> User:
    """Make the sign-ins of the demo and return the front desk's user."""
    made, words = {}, make_password(DEMO_PASSWORD)  # hashed once: it is slow by design
    for signin in demo_signins():
        is_owner = signin.role == "owner"
        user = User.objects.create(
            email=signin.email, password=words, name=signin.name, is_staff=True, is_superuser=is_owner
        )
        if not is_owner:
            user.groups.add(Group.objects.get(name=signin.role))
        EmailAddress.objects.create(user=user, email=signin.email, verified=True, primary=True)
        made[signin.role] = user
    therapists["ana"].user = made["therapist"]
    therapists["ana"].save(update_fields=["user"])
    return made["front desk"]
