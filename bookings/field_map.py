"""Every field of every table that knows clients: what an export says of it and what erasing leaves in it.

A test fails for a field without an entry. Words of the studio about itself (places, menu, therapists' profiles and
hours) are no client's: those tables are named with the reason why they need no entry.
"""

from dataclasses import dataclass
from typing import Any

ERASED_NAME = "-"
"""A booking and a client always have a name; this is nobody's."""
ERASED_ADDRESS = "erased@erased.invalid"
"""Where a row must say how to reach somebody. `.invalid` never leads anywhere (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Field:
    """A personal field. `leave` is what erasing writes; `is_told`: whether an export says it."""

    leave: Any = ""
    is_told: bool = True


KEPT, FRESH = object(), object()
"""What erasing leaves as it is because statistics need it, and what it replaces by a new random value."""

PERSONAL: dict[str, dict[str, Field]] = {
    "clients.Client": {
        "name": Field(ERASED_NAME),
        "email": Field(),
        "phone": Field(),
        "language": Field("en"),
        "reach": Field(),
        "contact": Field(None, is_told=False),
        "user": Field(None, is_told=False),
        "pressure": Field(None),
        "oil_free": Field(False),
        "focus_areas": Field([]),
        "avoid_areas": Field([]),
        "caution": Field(False),
        "created_at": Field(KEPT),
    },
    "bookings.Booking": {
        "reference": Field(FRESH),
        "during": Field(KEPT),
        "status": Field(KEPT),
        "treatment_name": Field(KEPT),
        "minutes": Field(KEPT),
        "price": Field(KEPT),
        "currency": Field(KEPT),
        "name": Field(ERASED_NAME),
        "email": Field(),
        "phone": Field(),
        "note": Field(),
        "language": Field("en"),
        "reach": Field(),
        "screening": Field("clear"),
        "pressure": Field(None),
        "oil_free": Field(False),
        "focus_areas": Field([]),
        "avoid_areas": Field([]),
        "wishes_said_at": Field(None),
        "confirmed_at": Field(KEPT),
        "address_proven_at": Field(None),
        "created_at": Field(KEPT),
        "party": Field(None, is_told=False),
        "held_by": Field(None, is_told=False),
        "held_from": Field(is_told=False),
        "link_version": Field(FRESH, is_told=False),
    },
    "bookings.BookingEvent": {
        "at": Field(KEPT),
        "verb": Field(KEPT),
        "by": Field(KEPT),
        "reason": Field(),
    },
    "bookings.Message": {
        "kind": Field(KEPT),
        "channel": Field(KEPT),
        "recipient": Field(),
        "sent_at": Field(KEPT),
        "state": Field(KEPT),
        "reason": Field(is_told=False),
        "subject": Field(),
        "text": Field(),
        "html": Field(is_told=False),
    },
    "bookings.WaitingEntry": {
        "name": Field(ERASED_NAME),
        "email": Field(ERASED_ADDRESS),
        "phone": Field(),
        "language": Field("en"),
        "first_on": Field(KEPT),
        "last_on": Field(KEPT),
        "screening": Field("clear"),
        "state": Field(KEPT),
        "created_at": Field(KEPT),
        "link_version": Field(FRESH, is_told=False),
        "address_proven_at": Field(None),
    },
    "bookings.Note": {"at": Field(KEPT), "text": Field()},
    # Written when the owner changes somebody who signs in.
    "admin.LogEntry": {
        "object_repr": Field(ERASED_NAME, is_told=False),
        "change_message": Field(is_told=False),
        "action_time": Field(KEPT, is_told=False),
    },
}
# Found by a client's number, address or session; erasing deletes the row.
DELETED: dict[str, dict[str, bool]] = {
    "clients.SmsConsent": {"number": True, "given_at": True, "stopped_at": True},
    "clients.MailOptOut": {"address_mark": False, "made_at": True},
    "accounts.Attempt": {"kind": False, "subject": False, "made_at": False},
    "accounts.User": {"email": True, "name": True, "password": False, "last_login": True, "date_joined": True},
    "sessions.Session": {"session_key": False, "session_data": False, "expire_date": False},
}
# Ids and what the studio decided: they name nobody once the fields above are empty.
NOBODYS: dict[str, tuple[str, ...]] = {
    "clients.Client": ("id", "merged_into"),
    "bookings.Booking": (
        "id", "client", "length", "therapist", "room", "location", "therapist_block", "room_block", "start_tick",
        "end_tick", "therapist_from_tick", "therapist_until_tick", "room_from_tick", "room_until_tick", "version",
        "edition", "key", "free_cancel_until", "at_home", "source", "asked_for_therapist", "series",
        "hold_expires_at", "held_since",
    ),
    "bookings.BookingEvent": (
        "id", "booking", "actor", "before", "after", "before_therapist", "before_room", "before_location",
        "before_length", "before_price", "act", "cause",
    ),
    "bookings.Message": (
        "id", "key", "booking", "client", "therapist", "waiting", "due_at", "useful_until", "lease_until", "attempts",
        "begun_at",
        "is_secret", "created_at", "failed_at",
    ),
    "bookings.WaitingEntry": (
        "id", "client", "location", "length", "therapist", "from_minute", "until_minute", "added_by", "instead_of",
    ),
    "bookings.Note": ("id", "booking", "client", "author"),
    "clients.SmsConsent": ("id",),
    "clients.MailOptOut": ("id",),
    "accounts.Attempt": ("id",),
    "accounts.User": ("id", "is_superuser", "is_staff", "is_active", "sessions_ended"),
    "admin.LogEntry": ("id", "user", "content_type", "object_id", "action_flag"),
}  # fmt: skip
NOT_CLIENTS = {
    "auth.Permission": "the framework's own",
    "auth.Group": "roles of staff",
    "auth.Group_permissions": "roles of staff",
    "contenttypes.ContentType": "the framework's own",
    "account.EmailAddress": "goes with its user",
    "account.EmailConfirmation": "goes with its user",
    "mfa.Authenticator": "goes with its user",
    "accounts.User_groups": "goes with its user",
    "accounts.User_user_permissions": "goes with its user",
    "accounts.Invitation": "goes with its user, who is staff",
    "accounts.StaffEvent": "who of the staff gave whom which role",
    "accounts.Door": "one switch",
    "accounts.Sheet": "the studio's words about its people, places and menu",
    "accounts.HistoricalSheet": "former ones of those words, and who of the staff wrote them",
    "clients.ClientMerge": "two ids, who said so, and counts",
    "bookings.WaitingOffer": "ids and instants",
    "bookings.Export": "who of the staff took a file, which days, and how many lines",
    "bookings.BlockEvent": "time of therapists and rooms",
    "bookings.Heartbeat": "signs of life of the sender",
    "bookings.SetupRevision": "one random number",
}
STUDIO_APPS = {"locations", "therapists", "treatments", "pages"}
"""The studio's own words about its places, people and menu, and on its public pages."""
