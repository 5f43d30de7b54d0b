"""The tabs of treatments, certificates and staff notes: what she may give, and what only staff read."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from bookings.availability import load_setup
from spa import clock
from tests import factories as make
from tests.studio.test_hours import next_tuesday
from tests.studio.test_hours import why_not as why_not_back
from therapists.models import Certificate, Therapist
from treatments.models import TherapistTreatment
from treatments.own_menu import read

pytestmark = pytest.mark.django_db


def address(person, tail):
    return f"/studio/therapists/{person.pk}/{tail}"


def send(client, path, status, typed):
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    answer = client.post(path, {"seen": seen} | typed)
    assert answer.status_code == status
    return answer.text


def send_menu(client, cast, status, **typed):
    both = {f"gives_{cast.back.pk}": "on", f"gives_{cast.oil.pk}": "on"} | typed
    given = {name: value for name, value in both.items() if value is not None}
    return send(client, address(cast.ana, "treatments/"), status, given)


def why_not(cast, start):
    """The oil treatment with Ana, which needs a certificate."""
    from_bars = type("Cast", (), {"place": cast.place, "back30": cast.oil30, "ana": cast.ana})
    return why_not_back(from_bars, start)


def paper(cast, **changes):
    typed = {"body": "School", "level": "", "number": "", "issued_on": "2024-03-01", "expires_on": ""}
    return typed | {"styles": [cast.bars.pk], "do": "save"} | changes


def test_what_says_no_more_than_her_styles_is_no_row(client, ada, cast):
    send_menu(client, cast, 303)
    assert read(cast.ana) == {"rows": []}


def test_what_she_does_not_give_is_offered_no_more(client, ada, cast):
    start = next_tuesday(12)
    assert why_not_back(cast, start) is None
    send_menu(client, cast, 303, **{f"gives_{cast.back.pk}": None})
    assert why_not_back(cast, start) == "style"


def test_her_own_price_and_minutes(client, ada, cast):
    own = {f"price_{cast.back.pk}": "52.50", f"after_minutes_{cast.back.pk}": "20"}
    send_menu(client, cast, 303, **own)
    setup = load_setup()
    assert setup.price(setup.therapist("ana"), setup.length("back-30")) == Decimal("52.50")
    row = TherapistTreatment.objects.get()
    assert (row.gives, row.before_minutes, row.after_minutes) == (True, None, 20)
    html = client.get(address(cast.ana, "treatments/")).text
    assert "gives it, own price 52.50, 20 minutes after" in html
    assert 'value="52.50"' in html


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("price", "-1", "Type a price like 52 or 52.50, or nothing."),
        ("price", "x", "Type a price like 52 or 52.50, or nothing."),
        ("price", "52.505", "Type a price like 52 or 52.50, or nothing."),
        ("price", "NaN", "Type a price like 52 or 52.50, or nothing."),
        ("after_minutes", "7", "Type minutes in fives, up to 120, or nothing."),
        ("before_minutes", "125", "Type minutes in fives, up to 120, or nothing."),
    ],
)
def test_a_price_that_cannot_be_is_told_at_the_field(client, ada, cast, field, typed, words):
    html = send_menu(client, cast, 422, **{f"{field}_{cast.back.pk}": typed})
    assert html.count(words) == 2  # in the summary and at the field
    assert TherapistTreatment.objects.count() == 0


def test_a_certificate_less_stops_its_style_at_once(client, ada, cast):
    start = next_tuesday(12)
    assert why_not(cast, start) is None
    send(client, address(cast.ana, "certificates/?paper=0"), 303, {"do": "remove"})
    assert why_not(cast, start) == "certificate"
    send(client, address(cast.ana, "certificates/"), 303, paper(cast))
    assert why_not(cast, start) is None


def test_a_certificate_that_ends_stops_its_style_after_its_last_day(client, ada, cast):
    start = next_tuesday(12)
    last = start.date() - dt.timedelta(days=1)
    send(client, address(cast.ana, "certificates/?paper=0"), 303, paper(cast, expires_on=last.isoformat()))
    assert why_not(cast, start) == "certificate"
    assert re.search(r"School expires in \d+ days?\.", client.get(address(cast.ana, "certificates/")).text)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": ""}, "Write who issued it."),
        ({"level": "x" * 61}, "Shorten this to fewer letters."),
        ({"issued_on": ""}, "Enter a date, like 2026-12-01."),
        ({"expires_on": "2024-02-28"}, "Choose a last day that is not before the first one."),
        ({"expires_on": "2024-06-01"}, "It has expired by then: type the last valid day of the one that holds now."),
        ({"styles": []}, "Choose the styles that it is for."),
        ({"styles": ["999999"]}, "Choose from the list."),
    ],
)
def test_a_certificate_that_cannot_be_is_told_at_the_field(client, ada, cast, changes, words):
    html = send(client, address(cast.ana, "certificates/"), 422, paper(cast, **changes))
    assert html.count(words) == 2  # in the summary and at the field
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(("days", "told"), [(60, 1), (61, 0)])
def test_sixty_days_before_a_certificate_ends_it_is_told(client, ada, cast, days, told):
    today = clock.now().astimezone(cast.place.zone).date()
    cast.ana.certificates.update(expires_on=today + dt.timedelta(days=days))
    for path in ("/studio/therapists/", address(cast.ana, "certificates/")):
        assert client.get(path).text.count(f"Barefoot School Two bars expires in {days} days.") == told


def test_a_certificate_that_is_not_there_is_not_taken_away(client, ada, cast):
    send(client, address(cast.ana, "certificates/?paper=7"), 422, {"do": "remove"})
    assert Certificate.objects.get().body == "Barefoot School"


def test_an_expired_certificate_may_be_corrected(client, ada, cast):
    Certificate.objects.update(expires_on="2025-03-01")
    typed = paper(cast, expires_on="2025-03-01", number="12")
    send(client, address(cast.ana, "certificates/?paper=0"), 303, typed)
    assert Certificate.objects.get().number == "12"


def test_former_certificates_come_back_with_their_styles(client, ada, cast):
    send(client, address(cast.ana, "certificates/?paper=0"), 303, {"do": "remove"})
    html = client.get(address(cast.ana, "certificates/")).text
    number = re.search(r'name="version" value="(\d+)"', html)[1]
    client.post(address(cast.ana, "certificates/restore/"), {"version": number})
    assert list(Certificate.objects.get().styles.all()) == [cast.bars]


def test_staff_notes_stand_on_no_page_of_the_site(client, ada, cast):
    send(client, address(cast.ana, "notes/"), 303, {"note": "One foot only below 60 kg."})
    assert Therapist.objects.get(pk=cast.ana.pk).staff_note == "One foot only below 60 kg."
    for path in ("/", "/therapists/", "/therapists/ana/", "/book/"):
        assert "One foot only" not in client.get(path).text
    send(client, address(cast.ana, "notes/"), 422, {"note": "x" * 4001})


def test_the_dates_of_now_decide_what_has_expired(client, ada, cast):
    make.certificate(therapist=cast.mei, expires_on=clock.now().date() - dt.timedelta(days=3))
    assert "Barefoot School Two bars expired after " in client.get(address(cast.mei, "certificates/")).text
