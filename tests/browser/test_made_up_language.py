"""Every page in a language made up here, in which each message is its English in brackets.

The studio's own words are Greek, so Latin letters outside brackets are English that nobody can translate.
"""

import re
from collections.abc import Iterator
from gettext import NullTranslations
from html.parser import HTMLParser

import pytest
from django.template import engines
from django.utils.translation import trans_real

from accounts.models import User
from accounts.roles import STUDIO_ADMIN
from bookings import actions, links
from bookings.models import Booking
from bookings.models.event import Actor
from bookings.outbox.compose import compose
from locations.models import Studio
from pages.models import PageText
from spa import clock
from tests import factories as make
from tests.browser.examples import EXAMPLES
from tests.browser.stage import TYPED, Stage, open_studio
from therapists.models import TimeOff

pytestmark = pytest.mark.django_db
SPOKEN = {"aria-label", "alt", "title", "placeholder"}
KINDS = ["water_before", "heavy_meal", "meal", "clothes", "arrival", "water_after", "aftercare"]
# The same in every language: an address, a time zone, makers' names, the word the studio is about, placeholders.
ZONES = (
    "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US"
)
NAMES = re.compile(
    rf"(?:{ZONES})/[\w/+-]+|"
    r"\S+@\S+|--[a-z0-9-]+|Google|Outlook|English|Español|\bashi\b|\batsu\b|https?://\S+|\bSS [A-Z2-9]+|\{\w+\}"
)


class Brackets(NullTranslations):
    """Django's catalogue of a language in which hello is [hello]."""

    def gettext(self, message: str) -> str:
        return f"⟦{message.rpartition(trans_real.CONTEXT_SEPARATOR)[2]}⟧"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)

    def language(self) -> str:
        return "en"

    def to_language(self) -> str:
        return "en"


class Words(HTMLParser):
    """All that a page says: its text, and the attributes that are read aloud."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent = tag if tag in ("script", "style") else ""
        self.said += [value or "" for name, value in attributes if name in SPOKEN]

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def plain_english(html: str) -> list[str]:
    """The words of a page that stand outside brackets and are nobody's names."""
    said = "\n".join(Words(html).said)
    while (outside := re.sub(r"⟦[^⟦⟧]*⟧", " ", said)) != said:
        said = outside
    return re.findall(r"[A-Za-z]{2,}", NAMES.sub(" ", said))


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A Greek studio on a site that speaks brackets."""
    spoken, trans_real._translations["en"] = trans_real._translations.get("en"), Brackets()
    trans_real.activate("en")
    yield Stage(server="http://localhost", cast=in_greek(open_studio()))
    trans_real.deactivate()
    trans_real._translations.pop("en")
    if spoken is not None:
        trans_real._translations["en"] = spoken


def in_greek(cast: make.SmallStudio) -> make.SmallStudio:
    Studio.objects.update(name="Πέτρα & Βήμα")
    cast.place.name, cast.place.address, cast.place.access = "Οδός", "Οδός 3", "Ισόγειο"
    cast.ana.name, cast.mei.name, cast.back.name, cast.oil.name = "Άνα", "Μέη", "Πλάτη", "Λάδι"
    cast.mat.name, cast.mat.clothing = "Στρώμα", "Άνετα ρούχα"
    cast.bars.name, cast.bars.clothing = "Μπάρες", "Σεντόνι"
    cast.mat_room.name, cast.bar_room.name = "Δωμάτιο", "Δωμάτιο 2"
    cast.ana.certificates.update(body="Σχολή", level="Δύο μπάρες")
    rooms = (cast.mat_room, cast.bar_room)
    for row in (cast.place, cast.ana, cast.mei, cast.back, cast.oil, cast.mat, cast.bars, *rooms):
        row.save()
    for key in PageText.Key:
        PageText.objects.create(key=key, title="Λέξεις", text="Λόγια.\n\n## Μέρος\n### Πριν\n- ένα")
    for kind in KINDS:
        anchor, minutes = ("end", 10) if kind in ("water_after", "aftercare") else ("start", -90)
        make.guidance(kind=kind, anchor=anchor, offset_minutes=minutes, title="Νερό", text="Ένα ποτήρι.")
    return cast


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_page_can_be_translated(stage: Stage, name: str):
    answer = stage.client.get(EXAMPLES[name](stage))
    assert answer.status_code == 200
    assert plain_english(answer.content.decode()) == []


@pytest.mark.parametrize(
    "address",
    [
        "/book/?with=mei&from=nonsense",
        "/book/?where=x&treatment=x&with=x",
        "/book/?from=9999-01-01",
        "/therapists/?style=mat&pressure=5",
        "/therapists/mei/",
        "/therapists/nobody/",
        "/treatments/nothing/",
        "/places/nowhere/",
        "/prepare/?day=x",
        "/no/such/page/",
    ],
)
def test_notes_can_be_translated(stage: Stage, address: str):
    make.time_off(therapist=stage.cast.mei, during=make.span(make.NOW.replace(year=2020), 60 * 24 * 3650))
    assert plain_english(stage.client.get(address).content.decode()) == []


@pytest.mark.parametrize("do", ["book", "longer", "second", "change"])
def test_refusals_can_be_translated(stage: Stage, do: str):
    details = stage.details()
    long = {"name": "http://" + "ω" * 90, "email": "ω", "phone": "ω", "safe": "ω", "do": do}
    assert plain_english(stage.client.post(details, long).content.decode()) == []


@pytest.mark.parametrize("typed", [{}, {"way": "sms"}, {"way": "sms", "phone": "ω"}])
def test_a_wish_with_errors_can_be_translated(stage: Stage, typed: dict[str, str]):
    stage.booked()
    answer = stage.client.post(f"/b/{links.make(Booking.objects.get(), 'reach')}/reach/", typed)
    assert answer.status_code == 422
    assert plain_english(answer.content.decode()) == []


@pytest.mark.parametrize(
    "typed", [{"focus": "hips", "avoid": "hips"}, {"pressure": "9", "language": "ω", "focus": "ω"}]
)
@pytest.mark.parametrize("name", ["wishes", "my_wishes"])
def test_what_suits_nobody_can_be_translated(stage: Stage, name: str, typed: dict[str, str]):
    answer = stage.client.post(EXAMPLES[name](stage), typed)
    assert answer.status_code == 422
    assert plain_english(answer.content.decode()) == []


@pytest.mark.parametrize("typed", [{}, {"email": "ω", "phone": "ω"}, {"email": "a@mail.example"}])
def test_another_address_can_be_translated(stage: Stage, typed: dict[str, str]):
    path = stage.behind("contact", "contact/")
    make.message(booking=Booking.objects.get(), state="failed", failed_at=make.NOW)
    came_back = stage.client.get(f"/b/{links.make(Booking.objects.get())}/")
    answer = stage.client.post(path, typed, follow=True)
    assert [plain_english(page.content.decode()) for page in (came_back, answer)] == [[], []]


def test_the_page_of_who_is_known_can_be_translated(stage: Stage):
    path = stage.behind("again", "again/")
    page = stage.client.get(f"/b/{links.make(Booking.objects.get())}/").text
    start = re.search(r'id="again-h".*?name="start" value="([^"]+)"', page, re.S)[1]
    answer = stage.client.post(path, {"start": start}, follow=True)
    assert "Ρόμπιν" in answer.text and plain_english(answer.content.decode()) == []


@pytest.mark.parametrize(("typed", "status"), [({}, 422), ({"email": "ω"}, 422), ({"email": "a@mail.example"}, 200)])
def test_the_way_to_a_new_link_can_be_translated(stage: Stage, typed: dict[str, str], status: int):
    answers = [stage.client.post("/b/", typed), stage.client.get("/b/nothing/")]
    assert [answer.status_code for answer in answers] == [status, 404]
    assert [plain_english(answer.content.decode()) for answer in answers] == [[], []]


@pytest.mark.parametrize("safe", ["some", ""])
def test_the_rest_of_the_details_can_be_translated(stage: Stage, safe: str):
    path = stage.complete()
    answer = stage.client.post(path, {"name": "ω", "email": "ω" if not safe else "", "safe": safe}, follow=True)
    assert plain_english(answer.content.decode()) == []


def test_a_session_that_waits_for_another_time_can_be_translated(stage: Stage):
    path = stage.behind()
    booking = Booking.objects.select_related("therapist").get()
    change = actions.Change(Actor("staff"), clock.now())
    letter = compose(actions.ask_for_other_time(booking=booking, change=change).messages.get(kind="other_time"))
    day = f"/desk/therapists/{booking.therapist.slug}/ill/?day={booking.starts_at.date()}"
    pages = [stage.client.get(path), stage.client.get(stage.signed_in(day))]
    pages += [
        stage.client.get(f"/desk/bookings/{booking.pk}/"),
        stage.client.get(f"/desk/?day={booking.starts_at.date()}"),
    ]
    said = [letter.html, *(page.content.decode() for page in pages)]
    assert [plain_english(words) for words in said] == [[], [], [], [], []]


def test_a_question_that_is_taken_back_can_be_translated(stage: Stage):
    stage.behind()
    booking = Booking.objects.get()
    change = actions.Change(Actor("staff"), clock.now())
    make.message(booking=booking, key=f"booking/{booking.pk}/confirmation/mail/1", state="sent", sent_at=clock.now())
    asked = actions.ask_for_other_time(booking=booking, change=change)
    asked.messages.filter(kind="other_time").update(state="sent", sent_at=clock.now())
    stage.signed_in("/desk/")
    page = stage.client.post(f"/desk/bookings/{booking.pk}/unask/", {"version": asked.version}, follow=True)
    letter = compose(booking.messages.get(kind="stands"))
    assert [plain_english(words) for words in (page.content.decode(), letter.html)] == [[], []]


def test_one_more_step_can_be_translated(stage: Stage):
    answer = stage.client.post(stage.details(), TYPED | {"name": "Ρόμπιν", "website": "ω"})
    assert (answer.status_code, plain_english(answer.content.decode())) == (422, [])


def test_a_malformed_click_can_be_translated(stage: Stage):
    answer = stage.client.post(stage.fewer_mails(), {})
    assert answer.status_code == 400
    assert plain_english(answer.content.decode()) == []


def test_a_time_that_is_gone_can_be_translated(stage: Stage):
    details = stage.details()
    taken = Booking.objects.get()
    Booking.objects.filter(pk=taken.pk).update(status="expired")
    others = {"status": "booked", "length": taken.length, "during": taken.during, "location": taken.location}
    blocks = {"therapist_block": taken.therapist_block, "room_block": taken.room_block, "room": taken.room}
    make.booking(start=taken.during.lower, therapist=taken.therapist, **others, **blocks)
    answer = stage.client.post(details, TYPED)
    assert answer.status_code == 409
    assert plain_english(answer.content.decode()) == []


def test_a_button_that_is_none_can_be_translated(stage: Stage):
    assert plain_english(stage.client.post("/book/hold/", {"start": "9"}).content.decode()) == []


@pytest.mark.parametrize("do", ["save", "preview"])
def test_what_is_wrong_with_a_step_can_be_translated(stage: Stage, do: str):
    wrong = {"is_on": "on", "days": "ω", "text_en": "{ω}", "subject_es": "{", "day": "ω", "time": "ω", "length": "ω"}
    for address in (stage.step(), "/studio/messages/new/?kind=aftercare&style=mat", "/studio/messages/new/?kind=ω"):
        answer = stage.client.post(address, wrong | {"do": do})
        assert (answer.status_code, plain_english(answer.content.decode())) == (422, [])


def test_what_is_wrong_with_the_staff_can_be_translated(stage: Stage):
    stage.colleague()
    her = User.objects.latest("pk")
    for path in ("invite/", f"{her.pk}/", "own-profile/"):
        for typed in ({}, {"email": "ω", "name": "ω" * 90, "roles": "ω", "therapist": "ω", "parts": "ω"}):
            answer = stage.client.post(f"/studio/staff/{path}", typed)
            assert (answer.status_code in (409, 422), plain_english(answer.content.decode())) == (True, [])


@pytest.mark.parametrize("do", ["again", "withdraw", "off"])
def test_what_was_done_about_the_staff_can_be_translated(stage: Stage, do: str):
    path = stage.colleague()
    answer = stage.client.post(f"{path}step/", {"do": do}, follow=True)
    assert plain_english(answer.content.decode()) == []
    own = User.objects.get(groups__name=STUDIO_ADMIN)
    answer = stage.client.post(f"/studio/staff/{own.pk}/step/", {"do": "off"})
    assert (answer.status_code, plain_english(answer.content.decode())) == (409, [])


@pytest.mark.parametrize("typed", [{}, {"first_on": "2020-01-01", "kind": "other"}, {"first_on": "ω", "begin": "ω"}])
def test_time_off_with_errors_can_be_translated(stage: Stage, typed: dict[str, str]):
    hers = stage.client.post(stage.own_time_off(), typed)
    asked = TimeOff.objects.get(state="proposed")
    answered = stage.client.post(stage.signed_in(f"/studio/time-off/{asked.pk}/", STUDIO_ADMIN), typed)
    assert [answer.status_code for answer in (hers, answered)] == [422, 422]
    assert [plain_english(answer.content.decode()) for answer in (hers, answered)] == [[], []]


DESK_FORMS = ("move", "length", "cancel", "restore", "note", "settle", "swap", "rest", "step", "undo", "tell")
TYPED_AT_THE_DESK = {
    "version": "1", "to": "back", "tell": "now", "cause": "client", "note": "ω", "outcome": "clear", "channel": "mail",
    "start": "2020-01-06T12:00Z", "other": "1 1",
}  # fmt: skip


@pytest.mark.parametrize("name", DESK_FORMS)
@pytest.mark.parametrize("typed", [{}, TYPED_AT_THE_DESK], ids=["nothing", "too late"])
def test_refusals_of_the_desk_can_be_translated(stage: Stage, name: str, typed: dict[str, str]):
    card = stage.card()
    Booking.objects.update(status="done", version=3)
    answer = stage.client.post(f"{card}{name}/", typed, follow=True)
    assert answer.status_code in (200, 409, 422)  # a note is never too late
    assert plain_english(answer.content.decode()) == []


@pytest.mark.parametrize("path", ["book/", "walk-in/", "block/", "therapists/ana/late/", "therapists/ana/ill/"])
def test_desk_forms_with_errors_can_be_translated(stage: Stage, path: str):
    stage.signed_in("/desk/")
    for typed in ({}, {"name": "http://" + "ω" * 90, "phone": "ω", "email": "ω", "start": "ω", "minutes": "ω"}):
        answer = stage.client.post(f"/desk/{path}", typed)
        assert answer.status_code == 422
        assert plain_english(answer.content.decode()) == []


@pytest.mark.parametrize("tell", ["now", "soon", "not"])
def test_what_the_desk_hears_after_a_deed_can_be_translated(stage: Stage, tell: str):
    card = stage.card()
    assert stage.client.post(f"{card}restore/", {"version": 1}).status_code == 409
    words = {"version": 1, "start": f"{make.at(16, days=2):%Y-%m-%dT%H:%MZ}", "reason": "ω", "tell": tell}
    page = stage.client.post(f"{card}move/", words, follow=True)
    assert plain_english(page.content.decode()) == []
    page = stage.client.post(f"{card}undo/", {"version": 2}, follow=True)
    assert plain_english(page.content.decode()) == []


def test_plain_english_left_over_is_found():
    page = engines["django"].from_string("{% load i18n %}<p aria-label='Open'>{% translate 'Fine' %} Forgotten</p>")
    assert plain_english(page.render({}).replace("Fine", "⟦Fine⟧")) == ["Open", "Forgotten"]
