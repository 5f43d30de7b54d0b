"""Every route of the site with an example to open. A route that stands in neither list fails the tests."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts import invitations, sheets
from accounts.models import Invitation, User
from accounts.roles import FRONT_DESK, STUDIO_ADMIN, THERAPIST
from bookings import actions, links, reminder_rows
from bookings.actions import staffing
from bookings.models import Booking, Note
from bookings.models.event import CLIENT, Actor, record
from clients.models import Client as Person
from locations.models import OpeningHours, Prop
from locations.room_page import ROOM
from spa import clock
from tests import factories as make
from tests.browser.days import midday, this_minute, unhurried
from therapists.extra import EXTRA, told
from therapists.feeds import make_feed
from therapists.limits import LIMITS
from therapists.models import OwnParts, Therapist, TimeOff, WorkingHours
from therapists.own_parts import OWN_PARTS
from therapists.profile import PROFILE
from therapists.style_page import STYLE
from therapists.week import HOURS
from treatments.menu_page import TREATMENT
from treatments.models import Guidance
from treatments.own_menu import OWN_MENU

TYPED = {"name": "Robin Hale", "email": "robin@mail.example", "phone": "", "safe": "none", "do": "book"}


def open_studio() -> make.SmallStudio:
    """The small studio, but open day and night on every day, so that a soonest time is never far."""
    cast = make.small_studio()
    make.opening(location=cast.place, weekday=6)
    for person in (cast.ana, cast.mei):
        make.working_hours(therapist=person, location=cast.place, weekday=6)
    for hours in (OpeningHours, WorkingHours):
        hours.objects.update(opens="00:00", closes="00:00")
    unhurried(cast.place)
    return cast


@dataclass
class Stage:
    """A running server with its studio; `client` goes ahead of the browser, which gets its cookies."""

    server: str
    cast: make.SmallStudio
    client: Client = field(default_factory=Client)

    def cookies(self) -> list[dict[str, str]]:
        return [{"name": name, "value": one.value, "url": self.server} for name, one in self.client.cookies.items()]

    def details(self) -> str:
        """The address of a held time's details."""
        whole = self.client.get("/book/").content.decode()
        start = re.search(r'name="start" value="([^"]+)"', whole)[1]
        choice = {"where": "weir-lane", "treatment": "back-30", "with": "", "start": start}
        return self.client.post("/book/hold/", choice)["Location"]

    def booked(self) -> str:
        return self.client.post(self.details(), TYPED)["Location"]

    def booking(self) -> str:
        return self.booked().removesuffix("booked/")

    def confirm(self) -> str:
        self.booked()
        return f"/b/{links.make(Booking.objects.latest('pk'), 'confirm')}/confirm/"

    def move(self) -> str:
        """The times for a session in a fortnight, which is still free to move."""
        start = make.NOW.replace(hour=11, minute=0) + timedelta(days=14)
        while start < clock.now() + timedelta(days=10):
            start += timedelta(days=7)
        cast, client = self.cast, make.client(name="Ρόμπιν")
        words = {"length": cast.back30, "therapist": cast.ana, "room": cast.mat_room, "reference": "SS 4K7QX"}
        words["treatment_name"] = cast.back.name
        return f"/b/{links.make(make.booking(start=start, client=client, **words), 'move')}/move/"

    def behind(self, scope: str = "view", path: str = "") -> str:
        """Another page of that session."""
        self.move()
        return f"/b/{links.make(Booking.objects.latest('pk'), scope)}/{path}"

    def move_here(self) -> str:
        path = self.move()
        start = re.search(r'name="start" value="([^"]+)"', self.client.get(path).text)[1]
        return f"{path}?start={start}"

    def my(self, path: str = "/my/") -> str:
        """The pages of a client who came twice, with a session ahead and what suits her."""
        self.move()
        cast, client = (
            self.cast,
            make.client(name="Ρόμπιν", email="robin@mail.example", user=make.user(email="robin@mail.example")),
        )
        type(client).objects.filter(pk=client.pk).update(pressure=3, focus_areas=["hips"], avoid_areas=["calves"])
        noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
        for number, weeks in enumerate((1, 3)):
            words = {"reference": f"SS {'AB'[number]}K7QX", "treatment_name": cast.back.name, "room": cast.mat_room}
            words |= {"length": cast.back30, "therapist": cast.ana, "client": client, "status": "done"}
            make.booking(start=noon - timedelta(weeks=weeks), **words)
        Booking.objects.filter(status="booked").update(client=client)
        self.client.force_login(client.user)
        return path

    def passkeys(self) -> str:
        """One passkey, and a sign-in that is too long ago for another."""
        self.my()
        key = {"name": "Κλειδί", "credential": {}}
        Authenticator.objects.create(user=User.objects.get(email="robin@mail.example"), type="webauthn", data=key)
        return "/my/passkeys/"

    def signed_out(self) -> str:
        """On every device, with a passkey left."""
        self.passkeys()
        return self.client.post("/my/out/")["Location"]

    def code(self) -> str:
        self.client.post("/my/sign-in/", {"email": "robin@mail.example"})
        return "/my/code/"

    def client_data(self) -> str:
        return self.signed_in(f"/studio/clients/{make.client(name='Ρόμπιν').pk}/", STUDIO_ADMIN)

    def prove(self) -> str:
        """The page of a held time whose details are typed."""
        details = self.details()
        self.client.post(details, TYPED | {"website": "x"})
        return details.replace("details", "prove")

    def complete(self) -> str:
        """A session that the desk booked, of whose client it has a first name and a number."""
        path = self.behind("details", "details/")
        Booking.objects.update(screening="missing", email="", phone="+447700900123")
        return path

    def fewer_mails(self) -> str:
        self.booked()
        return f"/b/{links.make(Booking.objects.latest('pk'), 'mail')}/mail/off/"

    def waiting(self) -> str:
        """A place on the waiting list, with a time that is held for it."""
        now = clock.now()
        days = {"first_on": now.date(), "last_on": now.date() + timedelta(days=9), "created_at": now}
        entry = make.waiting(name="Ρόμπιν", length=self.cast.back30, location=self.cast.place, **days)
        actions.plan_offers(now)
        return f"/w/{links.make_waiting(entry)}/"

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

    def step(self) -> str:
        """A message of the timeline in Greek, changed once, and one of a treatment beside it."""
        words = {"subject": "Φαγητό έως {eat_by}", "text": "{name}, έως {eat_by}.", "channels": ["mail"]}
        step, _own = make.reminder_step(**words), make.reminder_step(treatment=self.cast.oil, **words)
        step.save()
        return self.signed_in(f"/studio/messages/{step.pk}/", STUDIO_ADMIN)

    def steps(self) -> str:
        self.step()
        return "/studio/messages/"

    def new_step(self) -> str:
        return self.signed_in("/studio/messages/new/", STUDIO_ADMIN)

    def profile(self, tail: str = "") -> str:
        """A therapist with two versions of her profile and a session ahead."""
        self.card()
        cast, ada = self.cast, make.user(role=STUDIO_ADMIN, name="Άντα")
        Therapist.objects.filter(pk=cast.ana.pk).update(slug="1")  # her versions say the address
        cast.ana.refresh_from_db()
        content = PROFILE.read(cast.ana) | {"gender": "woman", "languages": ["en", "el"], "headline": {"en": "Αργά"}}
        sheets.keep(page=PROFILE, row=cast.ana, content=content, by=ada, now=clock.now())
        return self.signed_in(f"/studio/therapists/{cast.ana.pk}/{tail}", STUDIO_ADMIN)

    def hours(self) -> str:
        """Her week with a session outside of it, and one version before."""
        path, ana = self.profile("hours/"), self.cast.ana
        plans = HOURS.read(ana)["plans"]
        plans[0]["days"] = [[["09:00", "13:00"], ["14:00", "15:30"]], *([[]] * 6)]
        ada = User.objects.latest("pk")
        sheets.keep(page=HOURS, row=ana, content={"plans": plans}, by=ada, now=clock.now())
        return path

    def time_off(self) -> str:
        path, tomorrow = self.profile("time-off/"), clock.now() + timedelta(days=1)
        make.time_off(therapist=self.cast.ana, during=make.span(tomorrow, 60), reason="Γάμος")
        return path

    def extra_hours(self) -> str:
        """Extra hours that are open to be changed, and one version before."""
        path, cast, start = self.profile("extra-hours/?extra=0"), self.cast, clock.now() + timedelta(days=3)
        during = (start.replace(hour=10, minute=0, second=0, microsecond=0), timedelta(hours=3))
        content = {"extra": [told(cast.place.pk, during[0], during[0] + during[1])]}
        sheets.keep(page=EXTRA, row=cast.ana, content=content, by=User.objects.latest("pk"), now=clock.now())
        return path

    def limits(self) -> str:
        """Her limits, changed once."""
        path = self.profile("limits/")
        row = {"weekday": None, "sessions": 8, "hands_on_minutes": 180, "run_minutes": 90, "rest_minutes": 15}
        ada = User.objects.latest("pk")
        sheets.keep(page=LIMITS, row=self.cast.ana, content={"limits": [row]}, by=ada, now=clock.now())
        return path

    def own_menu(self) -> str:
        """What she gives, with a price of her own."""
        path, cast = self.profile("treatments/"), self.cast
        row = {"treatment": cast.back.pk, "gives": True, "price": "52.00", "before_minutes": 5, "after_minutes": 20}
        ada = User.objects.latest("pk")
        sheets.keep(page=OWN_MENU, row=cast.ana, content={"rows": [row]}, by=ada, now=clock.now())
        return path

    def treatment(self) -> str:
        """A treatment with a session ahead, changed once."""
        path, cast = self.profile(), self.cast
        content = TREATMENT.read(cast.back) | {"areas": ["hips"], "lengths": []}
        ada = User.objects.latest("pk")
        sheets.keep(page=TREATMENT, row=cast.back, content=content, by=ada, now=clock.now())
        return path.replace(f"therapists/{cast.ana.pk}", f"treatments/{cast.back.pk}")

    def style(self) -> str:
        """A style, changed once."""
        path, cast = self.profile(), self.cast
        ada = User.objects.latest("pk")
        content = STYLE.read(cast.mat) | {"origin": {"en": "Αθήνα"}}
        sheets.keep(page=STYLE, row=cast.mat, content=content, by=ada, now=clock.now())
        return path.replace(f"therapists/{cast.ana.pk}", f"styles/{cast.mat.pk}")

    def room(self) -> str:
        """A room with a session ahead, whose mat is out of service since today and was never inspected again."""
        path, cast, now = self.profile(), self.cast, clock.now()
        mat = {"kind": "mat", "name": "Στρώμα", "inspected_until": "2026-01-05", "out_reason": "Σχισμή"}
        mat |= {"out_from": now.isoformat(), "out_until": None}
        ada, content = User.objects.latest("pk"), ROOM.read(cast.mat_room) | {"props": [mat]}
        Prop.objects.update(name="Πράγμα")
        sheets.keep(page=ROOM, row=cast.mat_room, content=content, by=ada, now=now)
        return path.replace(f"therapists/{cast.ana.pk}", f"rooms/{cast.mat_room.pk}")

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

    def own_parts(self) -> str:
        """What therapists edit, chosen once."""
        path = self.signed_in("/studio/staff/own-profile/", STUDIO_ADMIN)
        row, ada = OwnParts.objects.create(pk=1), User.objects.latest("pk")
        sheets.keep(page=OWN_PARTS, row=row, content={"parts": []}, by=ada, now=clock.now())
        return path

    def proposal(self) -> str:
        self.own_time_off()
        return self.signed_in(f"/studio/time-off/{TimeOff.objects.get(state='proposed').pk}/", STUDIO_ADMIN)

    def studio(self) -> str:
        self.proposal()
        return "/studio/"

    def staff(self) -> str:
        """Somebody was invited, and the admin asks for no second factor."""
        path = self.signed_in("/studio/staff/", STUDIO_ADMIN)
        words = {"email": "zoe@mail.example", "name": "Ζωή", "roles": [FRONT_DESK], "therapist": None}
        staffing.invite(**words, by=User.objects.latest("pk"), now=clock.now())
        return path

    def colleague(self) -> str:
        """Her page, with the ways to send the invitation again and to withdraw it."""
        path = self.staff()
        return f"{path}{User.objects.latest('pk').pk}/"

    def invitation(self) -> str:
        self.staff()
        self.client.logout()
        return invitations.make_path(Invitation.objects.get())

    def advice(self) -> str:
        """Advice in Greek, of which one piece is a style's."""
        if not Guidance.objects.filter(style=None, treatment=None).exists():
            make.guidance(title="Φαγητό έως {time}")
        make.guidance(kind="clothes", offset_minutes=0, title="Άνετα ρούχα", style=self.cast.mat)
        return self.signed_in(f"/studio/advice/styles/{self.cast.mat.pk}/", STUDIO_ADMIN)

    def shut(self) -> str:
        make.closure(location=self.cast.place, during=make.span(clock.now() + timedelta(days=9), 60), reason="Αργία")
        return self.signed_in(f"/studio/places/{self.cast.place.pk}/closures/", STUDIO_ADMIN)

    def profiles(self) -> str:
        soon = clock.now().date() + timedelta(days=9)
        make.certificate(therapist=self.cast.mei, styles=(self.cast.bars,), body="Σχολή", level="", expires_on=soon)
        make.therapist(name="Ζωή", bookable=False)
        return self.signed_in("/studio/therapists/", STUDIO_ADMIN)

    def signed_in(self, path: str, role: str = FRONT_DESK) -> str:
        self.client.force_login(make.user(role=role))
        return path


Example = Callable[[Stage], str]
EXAMPLES: dict[str, Example] = {
    "start": lambda stage: "/",
    "therapists": lambda stage: "/therapists/",
    "therapist": lambda stage: "/therapists/ana/",
    "treatments": lambda stage: "/treatments/",
    "place": lambda stage: "/places/weir-lane/",
    "prepare": lambda stage: "/prepare/?day=2026-11-24&time=14:20",
    "ashiatsu": lambda stage: "/ashiatsu/",
    "reports": lambda stage: "/reports/",
    "questions": lambda stage: "/questions/",
    "ask_first": lambda stage: "/ask-first/",
    "privacy": lambda stage: "/privacy/",
    "accessibility": lambda stage: "/accessibility/",
    "treatment": lambda stage: "/treatments/oil/",
    "choose": lambda stage: "/book/",
    "details": Stage.details,
    "booked": Stage.booked,
    "booking": Stage.booking,
    "complete": Stage.complete,
    "confirm": Stage.confirm,
    "move": Stage.move,
    "cancel": lambda stage: stage.behind("cancel", "cancel/"),
    "studio_client_data": Stage.client_data,
    "prove": Stage.prove,
    "my": Stage.my,
    "my_wishes": lambda stage: stage.my("/my/wishes/"),
    "my_data": lambda stage: stage.my("/my/data/"),
    "my_erase": lambda stage: stage.my("/my/erase/"),
    "my_passkeys": Stage.passkeys,
    "my_signed_out": Stage.signed_out,
    "account_request_login_code": lambda stage: "/my/sign-in/",
    "account_confirm_login_code": Stage.code,
    "lost": lambda stage: "/b/",
    "contact": lambda stage: stage.behind("contact", "contact/"),
    "wishes": lambda stage: stage.behind("wishes", "wishes/"),
    "sooner": lambda stage: stage.behind("sooner", "sooner/"),
    "fewer_mails": Stage.fewer_mails,
    "join_waiting": lambda stage: "/book/waiting/",
    "waiting": Stage.waiting,
    "own_calendar": Stage.own_calendar,
    "desk_booking": Stage.card,
    "desk_day": Stage.board,
    "desk_move": lambda stage: stage.deed("move"),
    "desk_cancel": lambda stage: stage.deed("cancel"),
    "desk_restore": lambda stage: stage.deed("restore"),
    "desk_note": lambda stage: stage.deed("note"),
    "desk_contact": lambda stage: stage.deed("contact"),
    "desk_rest": lambda stage: stage.deed("rest"),
    "desk_settle": lambda stage: stage.deed("settle"),
    "desk_book": Stage.desk_book,
    "desk_week": lambda stage: stage.board() + "week/ana/",
    "desk_keys": lambda stage: stage.signed_in("/desk/keys/"),
    "desk_clients": Stage.found,
    "desk_client": Stage.client_card,
    "desk_merge": Stage.merge,
    "desk_ill": Stage.desk_ill,
    "desk_lift": Stage.desk_lift,
    "desk_late": lambda stage: stage.desk_ill().replace("ill/", "late/") + "&minutes=15",
    "desk_swap": Stage.swap,
    "desk_walk_in": Stage.walk_in,
    "desk_why": lambda stage: stage.signed_in("/desk/why/?therapist=ana&day=2026-11-23&at=9:05"),
    "desk_block": lambda stage: stage.signed_in("/desk/block/?therapist=ana&start=2026-11-23T14:00Z"),
    "desk_waiting": Stage.queue,
    "desk_own_day": Stage.own_day,
    "desk_own_time_off": Stage.own_time_off,
    "own_profile": lambda stage: stage.own("profile"),
    "own_photo": lambda stage: stage.own("photo"),
    "studio_own_parts": Stage.own_parts,
    "desk_own_notices": lambda stage: f"{stage.own_day()}mails/",
    "desk_history": Stage.history,
    "desk_export": lambda stage: stage.signed_in("/desk/export/"),
    "desk_messages": Stage.messages,
    "desk_message": Stage.message,
    "studio": Stage.studio,
    "studio_proposal": Stage.proposal,
    "studio_style_guide": lambda stage: stage.signed_in("/studio/style-guide/"),
    "studio_therapists": Stage.profiles,
    "studio_therapist": Stage.profile,
    "studio_therapist_new": lambda stage: stage.signed_in("/studio/therapists/new/", STUDIO_ADMIN),
    "studio_therapist_hours": Stage.hours,
    "studio_therapist_time_off": Stage.time_off,
    "studio_therapist_extra_hours": Stage.extra_hours,
    "studio_therapist_limits": Stage.limits,
    "studio_therapist_treatments": Stage.own_menu,
    "studio_therapist_certificates": lambda stage: stage.profile("certificates/?paper=0"),
    "studio_therapist_photo": lambda stage: stage.profile("photo/"),
    "studio_therapist_notes": lambda stage: stage.profile("notes/"),
    "studio_therapist_retire": lambda stage: stage.profile("retire/"),
    "studio_staff": Stage.staff,
    "studio_invite": lambda stage: stage.signed_in("/studio/staff/invite/", STUDIO_ADMIN),
    "studio_person": Stage.colleague,
    "invitation": Stage.invitation,
    "studio_treatments": lambda stage: stage.signed_in("/studio/treatments/", STUDIO_ADMIN),
    "studio_treatment_new": lambda stage: stage.signed_in("/studio/treatments/new/", STUDIO_ADMIN),
    "studio_treatment": Stage.treatment,
    "studio_style_new": lambda stage: stage.signed_in("/studio/styles/new/", STUDIO_ADMIN),
    "studio_presets": lambda stage: stage.signed_in("/studio/styles/presets/", STUDIO_ADMIN),
    "studio_style": Stage.style,
    "studio_places": lambda stage: stage.signed_in("/studio/places/", STUDIO_ADMIN),
    "studio_house": lambda stage: stage.signed_in("/studio/places/studio/1/", STUDIO_ADMIN),
    "studio_place_new": lambda stage: stage.signed_in("/studio/places/new/", STUDIO_ADMIN),
    "studio_place": lambda stage: stage.signed_in(f"/studio/places/{stage.cast.place.pk}/", STUDIO_ADMIN),
    "studio_opening": lambda stage: stage.signed_in(f"/studio/places/{stage.cast.place.pk}/hours/", STUDIO_ADMIN),
    "studio_closures": Stage.shut,
    "studio_rooms": lambda stage: stage.room().partition("rooms/")[0] + "rooms/",
    "studio_room_new": lambda stage: stage.signed_in("/studio/rooms/new/", STUDIO_ADMIN),
    "studio_room": Stage.room,
    "studio_translations": lambda stage: stage.advice().partition("advice/")[0] + "translations/",
    "studio_advices": lambda stage: stage.advice().partition("styles/")[0],
    "studio_advice": lambda stage: stage.advice().partition("styles/")[0] + "studio/1/",
    "studio_style_advice": Stage.advice,
    "studio_treatment_advice": lambda stage: (
        stage.advice().partition("styles/")[0] + f"treatments/{stage.cast.back.pk}/"
    ),
    "studio_messages": Stage.steps,
    "studio_message": Stage.step,
    "studio_texts": lambda stage: stage.signed_in("/studio/words/", STUDIO_ADMIN),
    "studio_text": lambda stage: stage.signed_in("/studio/words/prepare/", STUDIO_ADMIN),
    "studio_message_new": Stage.new_step,
    "account_login": lambda stage: "/accounts/login/",
    "account_reset_password": lambda stage: "/accounts/password/reset/",
    "account_reset_password_done": lambda stage: "/accounts/password/reset/done/",
    "account_reset_password_from_key": lambda stage: "/accounts/password/reset/key/1-nothing/",
    "account_reset_password_from_key_done": lambda stage: "/accounts/password/reset/key/done/",
    "account_inactive": lambda stage: "/accounts/inactive/",
    "account_logout": lambda stage: stage.signed_in("/accounts/logout/"),
    "account_change_password": lambda stage: stage.signed_in("/accounts/password/change/"),
    "account_reauthenticate": lambda stage: stage.signed_in("/accounts/reauthenticate/"),
    "mfa_index": lambda stage: stage.signed_in("/accounts/2fa/"),
    "mfa_list_webauthn": lambda stage: stage.signed_in("/accounts/2fa/passkeys/"),
}
NO_PAGE = {
    "studio_client_export": "a file",
    "studio_certificate_file": "a file",
    "set_language": "answers a POST with a redirect",
    "same_again": "answers a POST with a redirect",
    "my_again": "answers a POST with a redirect",
    "my_out": "answers a POST with a redirect",
    "my_passkey_remove": "answers a POST with a redirect",
    "my_passkey_door": "answers the script of the sign-in page",
    "my_export": "a file",
    "desk_pulse": "answers the script of the board in JSON",
    "photo": "a file",
    "robots": "a file",
    "sitemap": "a file",
    "manifest": "a file",
    "healthz": "answers machines in JSON",
    "hold": "answers a POST with a redirect; its refusals are opened by the flow tests",
    "calendar": "a file",
    "therapist_feed": "a file",
    "sms_inbound": "answers the gateway without words",
    "reach": "answers a POST with a redirect; its form stands on the booking's page, its errors are opened below",
    "desk_step": "answers a POST with a redirect; its refusals are the card, opened above",
    "desk_length": "answers a POST with a redirect",
    "desk_undo": "answers a POST with a redirect",
    "desk_tell": "answers a POST with a redirect",
    "desk_unask": "answers a POST with a redirect",
    "desk_waiting_step": "answers a POST with a redirect",
    "desk_own_step": "answers a POST with a redirect",
    "desk_message_again": "answers a POST with a redirect",
    "desk_message_called": "answers a POST with a redirect",
    "studio_text_restore": "answers a POST with a redirect",
    "desk_own_unask": "answers a press",
    "studio_person_step": "answers a press",
    "studio_second_factor": "answers a press",
    "studio_tab_restore": "answers a POST with a redirect",
    "studio_house_new": "leads to the studio's own page, opened above, once there is one",
    "studio_thing_restore": "answers a POST with a redirect",
    "studio_lift_time_off": "answers a POST with a redirect",
    "studio_digest": "answers a POST with a redirect",
    "studio_message_restore": "answers a POST with a redirect",
    "studio_message_remove": "answers a POST with a redirect",
    "demo_mail": "only where the demo runs, which tests do not",
    "landing": "sends whoever signed in to her own start",
    "setup": "opens with a one-time secret only",
    "account_signup": "closed: staff are invited",
    "account_email": "addresses are changed by the owner",
    "account_set_password": "everybody has one",
    "account_email_verification_sent": "only while signing up, which is closed",
    "account_confirm_email": "only while signing up, which is closed",
    "mfa_authenticate": "only in the middle of a sign-in",
    "mfa_reauthenticate": "only in the middle of a change",
    "mfa_activate_totp": "asks for the password first",
    "mfa_deactivate_totp": "asks for the password first",
    "mfa_view_recovery_codes": "asks for the password first",
    "mfa_generate_recovery_codes": "asks for the password first",
    "mfa_download_recovery_codes": "a file",
    "mfa_add_webauthn": "asks for the password first",
    "mfa_remove_webauthn": "asks for the password first",
    "mfa_reauthenticate_webauthn": "only in the middle of a change",
    "mfa_login_webauthn": "answers the script of the sign-in page",
}
FRAMEWORK = {"admin"}


def route_names(resolver: URLResolver | None = None) -> Iterator[str]:
    """The names of all routes that are ours to show; the framework's admin is tested by the framework."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif pattern.namespace not in FRAMEWORK:
            yield from route_names(pattern)
