"""What must stand before a page of the desk, or of a therapist's own day, shows something."""

from datetime import timedelta
from urllib.parse import urlencode

from accounts.models import User
from accounts.roles import FRONT_DESK, THERAPIST
from bookings import actions, reminder_rows
from bookings.models import Booking, Note
from bookings.models.event import CLIENT, Actor, record
from clients.models import Client as Person
from spa import clock
from tests import factories as make
from tests.browser.days import midday, this_minute
from tests.browser.stage.client import ClientPages
from therapists.feeds import make_feed
from therapists.models import OwnParts, Therapist


class DeskPages(ClientPages):
    """The day and what is done with it; the first call signs in whoever it is for."""

    def message(self) -> str:
        """A mail to a client with a Greek name, which still waits to leave."""
        client = make.client(name="Ρόμπιν", phone="+447700900123")
        cast, words = self.cast, {"client": client, "reference": "SS 4K7QX"}
        booking = make.booking(length=cast.back30, therapist=cast.ana, room=cast.mat_room, **words)
        row = make.message(booking=booking, key=reminder_rows.key(booking, "confirmation", "mail"))
        return self.signed_in(f"/desk/messages/{row.pk}/")

    def card(self) -> str:
        """The card of a booking that has a message and a history."""
        self.message()
        booking = Booking.objects.latest("pk")
        record(booking=booking, verb="booked", by=CLIENT, now=make.NOW)
        return f"/desk/bookings/{booking.pk}/"

    def board(self) -> str:
        """A day with a session ahead, one under way, a held time and a pause."""
        cast, now = self.cast, clock.now()
        midday(cast.place)
        tick = this_minute() - timedelta(minutes=15)
        words = {"length": cast.back30, "therapist": cast.ana, "room": cast.mat_room}
        client = make.client(name="Ρόμπιν Χέιλ", pressure=4, oil_free=True)
        make.booking(start=tick, status="in_session", client=client, **words)
        make.booking(start=tick + timedelta(hours=2), client=client, screening="call_first", **words)
        words |= {"therapist": cast.mei, "room": cast.bar_room}
        make.held(start=tick, until=now + timedelta(minutes=9), **words)
        make.booking(start=tick - timedelta(hours=1), client=client, status="no_show", **words)
        make.time_off(therapist=cast.mei, during=make.span(tick + timedelta(hours=1), 60))
        return self.signed_in("/desk/")

    def walk_in(self) -> str:
        midday(self.cast.place)
        return self.signed_in("/desk/walk-in/")

    def deed(self, name: str) -> str:
        """A page that changes this booking."""
        return f"{self.card()}{name}/"

    def desk_ill(self) -> str:
        """The day of a therapist who cannot come: a session whose client asked for her."""
        self.card()
        Booking.objects.update(asked_for_therapist=True, reference="SS 4K7QX")
        return "/desk/therapists/ana/ill/?day=2026-11-24"

    def swap(self) -> str:
        """A session, and another one of that day that may take its place."""
        path, cast = self.deed("swap"), self.cast
        client = make.client(name="Ρόμπιν")
        make.booking(
            client=client, therapist=cast.mei, length=cast.back30, room=cast.bar_room, start=make.at(11, days=1)
        )
        return path

    def desk_lift(self) -> str:
        off = make.time_off(therapist=self.cast.ana, during=make.span(make.at(13), 60), reason="Διάλειμμα")
        return self.signed_in(f"/desk/blocks/therapist/{off.pk}/lift/")

    def desk_book(self) -> str:
        """A gap and three letters, which fit a client with a Greek name."""
        make.client(name="Ρόμπιν", phone="+447700900123")
        start = (clock.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
        words = {"place": "weir-lane", "therapist": self.cast.ana.pk, "start": start.isoformat(), "q": "Ρόμ"}
        return self.signed_in(f"/desk/book/?{urlencode(words)}")

    def client_card(self) -> str:
        """A client with a Greek name who has been there, has a message, and waits for a time."""
        self.message()
        robin = Person.objects.get(phone="+447700900123")
        person = make.user(role=FRONT_DESK, name="Δήμητρα")
        Note.objects.create(client=robin, author=person, at=make.NOW, text="Έρχεται νωρίς.")
        make.waiting(client=robin, length=self.cast.back30, location=self.cast.place, therapist=self.cast.mei)
        return f"/desk/clients/{robin.pk}/"

    def merge(self) -> str:
        other = make.client(name="Μπόμπι", email="bobby@mail.example")
        return f"{self.client_card()}merge/?other={other.pk}"

    def queue(self) -> str:
        """Somebody has an offer, and somebody waits for a time that is free."""
        self.waiting()
        now = clock.now()
        days = {"first_on": now.date(), "last_on": now.date() + timedelta(days=3), "created_at": now}
        make.waiting(name="Ρόμπιν", length=self.cast.back30, location=self.cast.place, therapist=self.cast.mei, **days)
        return self.signed_in("/desk/waiting/")

    def own_day(self) -> str:
        """A therapist with a session that began a moment ago, with what suits its client and a note."""
        midday(self.cast.place)
        start = this_minute()
        robin = make.client(name="Ρόμπιν", pressure=4, oil_free=True, focus_areas=["hips"], caution=True)
        words = {"length": self.cast.back30, "therapist": self.cast.ana, "room": self.cast.mat_room}
        make.booking(client=robin, start=start, note="Έρχεται.", screening="call_first", **words)
        path = self.signed_in("/desk/mine/", THERAPIST)
        Therapist.objects.filter(pk=self.cast.ana.pk).update(user=User.objects.latest("pk"))
        return path

    def own_time_off(self) -> str:
        """What a therapist asks for, with a session of hers in it, and what was declined."""
        path, now = self.own_day(), clock.now()
        words = {"therapist": self.cast.ana, "reason": "Γάμος"}
        make.time_off(during=make.span(now - timedelta(hours=1), 240), state="proposed", **words)
        make.time_off(during=make.span(now + timedelta(days=1), 60), state="declined", answer="Όχι", **words)
        return f"{path}time-off/"

    def own(self, page: str) -> str:
        """What a therapist edits of herself, where the studio lets her edit all of it."""
        path = self.own_day()
        OwnParts.objects.create(pk=1, parts=OwnParts.Part.values)
        Therapist.objects.filter(pk=self.cast.ana.pk).update(slug="1")  # the way to her page says it
        return f"{path}{page}/"

    def history(self) -> str:
        self.client_card()
        now, dee = clock.now(), Actor("staff", make.user(role=FRONT_DESK, name="Δήμητρα").pk)
        other = make.client(name="Μπόμπι", email="bobby@mail.example")
        robin = Person.objects.get(phone="+447700900123")
        actions.cancel(booking=robin.bookings.get(), by=dee, now=now, reason="Ναι.", cause="client")
        actions.merge(keep=robin, other=other, by=dee, now=now)
        return "/desk/history/"

    def found(self) -> str:
        self.message()
        return "/desk/clients/?q=%CF%81%CF%8C%CE%BC"

    def messages(self) -> str:
        self.message()
        return "/desk/messages/"

    def own_calendar(self) -> str:
        """The page of a therapist who has an address already."""
        make_feed(self.cast.ana, make.NOW)
        path = self.signed_in("/calendar/")
        Therapist.objects.filter(pk=self.cast.ana.pk).update(user=User.objects.latest("pk"))
        return path
