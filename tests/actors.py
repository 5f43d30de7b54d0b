"""Everybody who may knock, and the things they knock for: the cast of the permission matrix."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import roles
from accounts.models import User
from bookings import links, reminder_rows
from bookings.models import Booking, Message, WaitingEntry
from bookings.scheduling.timeline import floor_tick, instant_of
from locations.models import Location
from spa import clock
from tests import factories as make
from therapists.models import OwnParts, Therapist, TimeOff
from treatments.models import ReminderStep

ANONYMOUS, HOLDER, OTHER_LINK, OLD_LINK = "anonymous", "holder of the link", "link of another", "expired link"
HER_THERAPIST, OTHER_THERAPIST = "her therapist", "another therapist"
DESK, ADMIN, OWNER, DISABLED = "front desk", "studio admin", "owner", "disabled"
ACTORS = (
    ANONYMOUS,
    HOLDER,
    OTHER_LINK,
    OLD_LINK,
    HER_THERAPIST,
    OTHER_THERAPIST,
    DESK,
    ADMIN,
    OWNER,
    DISABLED,
)

SCOPES = {
    "confirm": "confirm",
    "reach": "reach",
    "fewer_mails": "mail",
    "move": "move",
    "cancel": "cancel",
    "wishes": "wishes",
    "sooner": "sooner",
    "contact": "contact",
    "same_again": "again",
    "complete": "details",
}
"""What the link of a route was made for; of all others it shows the booking."""


CLIENT_ROUTES = ("desk_client", "desk_merge", "studio_client_data")
TEXT_ROUTES = ("studio_text", "studio_text_restore")
WORD_ROUTES = ("ashiatsu", "reports", "questions", "ask_first", "privacy", "accessibility")
CARD_ROUTES = (
    *("desk_booking", "desk_step", "desk_move", "desk_length", "desk_cancel", "desk_restore", "desk_undo"),
    *("desk_note", "desk_settle", "desk_swap", "desk_rest", "desk_tell", "desk_unask", "desk_contact"),
)
DAY_ROUTES = ("desk_ill", "desk_late")
PERSON_ROUTES = (
    *("studio_therapist", "studio_therapist_retire", "studio_therapist_hours"),
    *("studio_therapist_time_off", "studio_therapist_limits", "studio_therapist_treatments"),
    *("studio_therapist_certificates", "studio_therapist_notes", "studio_therapist_photo"),
    "studio_therapist_extra_hours",
)
STEP_ROUTES = ("studio_message", "studio_message_restore", "studio_message_remove")


@dataclass
class World:
    """A session booked with Ana, whose mail failed, another with Mei, an old one, and a time that a browser holds;
    of the timeline the studio has written one message, and somebody waits for a time."""

    users: dict[str, User]
    booking: Booking
    other: Booking
    old: Booking
    hold: Booking
    failed: Message
    step: ReminderStep
    waiting: WaitingEntry
    proposal: TimeOff

    def knock(self, browser: Client, actor: str, method: str, name: str) -> int:
        """The status that this actor gets, in a browser with nothing but her own cookies."""
        browser.cookies.clear()
        User.objects.update(is_active=True)
        if actor in self.users:
            browser.force_login(self.users[actor])
        if actor == DISABLED:
            User.objects.filter(pk=self.users[actor].pk).update(is_active=False)
        if actor == HOLDER:
            browser.cookies["session"] = self.session()
        return browser.generic(method, self.path(name, actor)).status_code

    def session(self) -> str:
        """The key of the browser session that holds the time and has just booked the session."""
        session = SessionStore()
        session.update({"holder": str(self.hold.held_by), "booked": [self.booking.pk]})
        session.save()
        return session.session_key

    def path(self, name: str, actor: str) -> str:
        """The address of a route as this actor would try it."""
        words = {
            "token": self.token(actor, scope=SCOPES.get(name, "view")),
            "key": self.hold.key,
            "pk": self.failed.pk,
            "object_id": self.objects().get(name.split(":")[-1].rpartition("_")[0], self.booking.pk),
        }
        own = {
            **dict.fromkeys(CARD_ROUTES, {"pk": self.booking.pk}),
            "waiting": {"token": self.waiting_token(actor)},
            "desk_waiting_step": {"pk": self.waiting.pk},
            "desk_own_step": {"pk": self.booking.pk},
            **dict.fromkeys(CLIENT_ROUTES, {"pk": self.booking.client_id}),
            **dict.fromkeys(DAY_ROUTES, {"slug": "ana"}),
            "desk_lift": {"kind": "therapist", "pk": 0},
            **dict.fromkeys(STEP_ROUTES, {"pk": self.step.pk}),
            **dict.fromkeys(PERSON_ROUTES, {"pk": self.booking.therapist_id}),
            "studio_treatment": {"pk": self.booking.length.treatment_id},
            "studio_house": {"pk": 1},
            "studio_advice": {"pk": 1},
            "studio_style_advice": {"pk": self.booking.length.treatment.style_id},
            "studio_treatment_advice": {"pk": self.booking.length.treatment_id},
            "studio_place": {"pk": self.booking.location_id},
            "studio_closures": {"pk": self.booking.location_id},
            "studio_opening": {"pk": self.booking.location_id},
            "studio_room": {"pk": self.booking.room_id},
            "studio_style": {"pk": self.booking.length.treatment.style_id},
            "studio_thing_restore": {"pk": self.booking.length.treatment_id, "key": "treatment"},
            "studio_lift_time_off": {"pk": self.booking.therapist_id, "off": 0},
            "studio_certificate_file": {"pk": self.booking.therapist_id, "name": f"{'0' * 32}.pdf"},
            "studio_tab_restore": {"pk": self.booking.therapist_id, "key": "profile"},
            "therapist": {"slug": "ana"},
            "treatment": {"slug": "back"},
            "place": {"slug": "weir-lane"},
            **dict.fromkeys(TEXT_ROUTES, {"key": "ashiatsu"}),
            **dict.fromkeys(WORD_ROUTES, {}),
            "photo": {"name": "forged.webp"},
            "my_export": {"form": "json"},
            "studio_client_export": {"pk": self.booking.client_id, "form": "json"},
            "desk_week": {"slug": "ana"},
            **dict.fromkeys(("studio_proposal", "desk_own_unask"), {"pk": self.proposal.pk}),
            "setup": {"token": "forged"},
            "invitation": {"token": "forged"},
            **dict.fromkeys(("studio_person", "studio_person_step"), {"pk": self.users[DESK].pk}),
            "sms_inbound": {"secret": "forged"},
            "therapist_feed": {"secret": "forged"},
            "account_reset_password_from_key": {"uidb36": "1", "key": "forged"},
            "account_confirm_email": {"key": "forged"},
            "admin:auth_user_password_change": {"id": self.users[DESK].pk},
        }
        for names in ((), ("token",), ("key",), ("pk",), ("object_id",)):
            try:
                return reverse(name, kwargs=own.get(name) or {one: words[one] for one in names})
            except NoReverseMatch:
                continue
        raise AssertionError(f"Say in tests/actors.py how {name} is addressed.")

    def token(self, actor: str, scope: str = "view") -> str:
        """The link that this actor has: her own, none that fits, or one that has died."""
        if actor == HOLDER:
            return links.make(self.booking, scope)
        if actor == OLD_LINK:
            return links.make(self.old, scope)
        own, other = links.make(self.booking, scope).rsplit(".", 1)[0], links.make(self.other, scope).rsplit(".", 1)[1]
        return f"{own}.{other}"  # the number of one booking under the signature of another

    def waiting_token(self, actor: str) -> str:
        """The link of a place on the waiting list; whoever is not its holder has one with another's signature."""
        if actor == HOLDER:
            return links.make_waiting(self.waiting)
        return self.token(actor, scope="waiting")

    def objects(self) -> dict[str, int]:
        therapist, place = Therapist.objects.first(), Location.objects.first()
        return {
            "accounts_user": self.users[DESK].pk,
            "therapists_therapist": therapist.pk,
            "locations_location": place.pk,
            "clients_client": self.booking.client_id,
        }


def make_world() -> World:
    OwnParts.objects.create(pk=1, parts=OwnParts.Part.values)
    cast, soon = make.small_studio(), instant_of(floor_tick(clock.now())) + timedelta(days=2)
    words = {"length": cast.back30, "room": cast.mat_room}
    people = {
        HER_THERAPIST: make.user(role=roles.THERAPIST),
        OTHER_THERAPIST: make.user(role=roles.THERAPIST),
        DESK: make.user(role=roles.FRONT_DESK),
        ADMIN: make.user(role=roles.STUDIO_ADMIN),
        OWNER: make.owner(),
        DISABLED: make.user(role=roles.STUDIO_ADMIN),
    }
    Therapist.objects.filter(pk=cast.ana.pk).update(user=people[HER_THERAPIST])
    Therapist.objects.filter(pk=cast.mei.pk).update(user=people[OTHER_THERAPIST])
    booking = make.booking(therapist=cast.ana, start=soon, **words)
    return World(
        users=people,
        booking=booking,
        other=make.booking(therapist=cast.mei, start=soon + timedelta(hours=2), **words),
        old=make.booking(therapist=cast.ana, start=soon - timedelta(days=60), status="done", **words),
        hold=make.held(
            therapist=cast.ana,
            start=soon + timedelta(hours=4),
            until=clock.now() + timedelta(minutes=10),
            held_by=uuid4(),
            **words,
        ),
        step=make.reminder_step(),
        proposal=make.time_off(therapist=cast.ana, during=make.span(soon + timedelta(days=9), 60), state="proposed"),
        waiting=make.waiting(length=cast.back30, location=cast.place, last_on=soon.date(), first_on=soon.date()),
        failed=make.message(booking=booking, state="failed", key=reminder_rows.key(booking, "confirmation", "mail")),
    )
