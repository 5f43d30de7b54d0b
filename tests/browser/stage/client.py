"""What must stand before a client's page shows something: each method makes it and gives the page's address."""

import re
from datetime import timedelta

from allauth.mfa.models import Authenticator

from accounts.models import User
from bookings import actions, links
from bookings.models import Booking
from spa import clock
from tests import factories as make
from tests.browser.stage.open import TYPED, OpenStudio


class ClientPages(OpenStudio):
    """What strangers, clients and holders of a link open."""

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
