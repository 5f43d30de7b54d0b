"""What must stand before a page of the studio shows something: rows, and a version before them."""

from datetime import timedelta

from accounts import invitations, sheets
from accounts.models import Invitation, User
from accounts.roles import FRONT_DESK, STUDIO_ADMIN
from bookings.actions import staffing
from locations.models import Prop
from locations.room_page import ROOM
from spa import clock
from tests import factories as make
from tests.browser.stage.desk import DeskPages
from therapists.extra import EXTRA, told
from therapists.limits import LIMITS
from therapists.models import OwnParts, Therapist, TimeOff
from therapists.own_parts import OWN_PARTS
from therapists.profile import PROFILE
from therapists.style_page import STYLE
from therapists.week import HOURS
from treatments.menu_page import TREATMENT
from treatments.models import Guidance
from treatments.own_menu import OWN_MENU


class StudioPages(DeskPages):
    """What a studio admin edits."""

    def client_data(self) -> str:
        return self.signed_in(f"/studio/clients/{make.client(name='Ρόμπιν').pk}/", STUDIO_ADMIN)

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
