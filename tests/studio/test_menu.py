"""/studio/treatments/ and /studio/styles/: what can be booked, for how long, at which price, in which style."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from bookings.availability import load_setup
from tests import factories as make
from tests.studio.test_hours import next_tuesday, why_not
from therapists.models import Style
from treatments.models import Length, Treatment

pytestmark = pytest.mark.django_db
MINUTES = {"before_minutes": "0", "after_minutes": "10", "room_before_minutes": "0", "room_after_minutes": "10"}


def send(client, path, status, typed):
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    answer = client.post(path, {"seen": seen} | {name: value for name, value in typed.items() if value is not None})
    assert answer.status_code == status
    return answer.text


def back(cast, **changes):
    words = {"name_en": "Back on the mat", "slug": "back", "order": "1", "style_id": cast.mat.pk, "on_menu": "on"}
    return words | MINUTES | {"price_20": "32", "price_30": "45", "needs_0": ["mat"], "areas": ["hips"]} | changes


def send_back(client, cast, status, **changes):
    return send(client, f"/studio/treatments/{cast.back.pk}/", status, back(cast, **changes))


def send_mat(client, cast, status, **changes):
    typed = {"name_en": "Mat walking", "slug": "mat", "order": "0", "is_clothed": "on"} | changes
    return send(client, f"/studio/styles/{cast.mat.pk}/", status, typed)


def test_the_list_names_treatments_prices_and_styles(client, ada, cast):
    html = client.get("/studio/treatments/").text
    assert "30 minutes: 45.00" in html and "20 minutes: 32.00" in html
    assert f'<a href="/studio/styles/{cast.bars.pk}/">Bar therapy</a>' in html


def test_a_price_counts_for_the_next_booking_and_not_for_the_last(client, ada, cast):
    booking = make.booking(length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    send_back(client, cast, 303, price_30="47.50")
    booking.refresh_from_db()
    assert (load_setup().length("back-30").price, booking.price) == (Decimal("47.50"), Decimal("45.00"))


def test_a_length_without_a_price_is_offered_no_more(client, ada, cast):
    send_back(client, cast, 303, price_20="")
    assert [length.minutes for length in load_setup().lengths if length.treatment == cast.back] == [30]
    assert Length.objects.get(pk=cast.back20.pk).price == Decimal("32.00")


def test_off_the_menu_and_what_is_booked_is_listed(client, ada, cast):
    make.booking(start=next_tuesday(12), length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    send_back(client, cast, 303, on_menu=None)
    assert load_setup().length("back-30") is None
    assert "1 session is booked" in client.get(f"/studio/treatments/{cast.back.pk}/").text


def test_what_the_room_must_have_counts_at_once(client, ada, cast):
    start = next_tuesday(12)
    assert why_not(cast, start) is None
    send_back(client, cast, 303, needs_0=["rope", "bamboo"])
    assert why_not(cast, start) == "prop"


def test_a_style_that_needs_a_certificate_is_offered_with_one_only(client, ada, cast):
    start = next_tuesday(12)
    assert why_not(cast, start) is None
    send_mat(client, cast, 303, needs_certificate="on")
    assert why_not(cast, start) == "certificate"


def test_a_former_treatment_comes_back_with_its_prices(client, ada, cast):
    send_back(client, cast, 303, price_20="", name_en="Back")
    path = f"/studio/treatments/{cast.back.pk}/"
    number = re.search(r'name="version" value="(\d+)"', client.get(path).text)[1]
    answer = client.post(f"/studio/menu/treatment/{cast.back.pk}/restore/", {"version": number})
    assert (answer.status_code, answer["Location"]) == (303, f"{path}?done=restored")
    assert load_setup().length("back-20").price == Decimal("32.00")


@pytest.mark.parametrize("version", ["", "0", "9999999999", "x"])
def test_a_version_that_is_none_is_not_restored(client, ada, cast, version):
    assert client.post(f"/studio/menu/style/{cast.mat.pk}/restore/", {"version": version}).status_code == 404
    assert client.post(f"/studio/menu/nothing/{cast.mat.pk}/restore/", {"version": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name_en": ""}, "Write a name in one language at least."),
        ({"name_en": "x" * 81}, "Shorten this to 80 letters or fewer."),
        ({"description_es": "x" * 10_000}, "Shorten this to 4000 letters or fewer."),
        ({"slug": "oil"}, "Something else has this address: choose another one."),
        ({"slug": "Back!"}, "Write the address in small letters, digits and hyphens, like back-walking."),
        ({"style_id": "999999"}, "Choose from the list."),
        ({"price_30": "-1"}, "Type a price like 45 or 45.50, or nothing."),
        ({"price_20": "", "price_30": ""}, "Type the price of one length at least, or take it off the menu."),
        ({"after_minutes": "7"}, "Type minutes in fives, from 0 to 120."),
        ({"needs_0": ["trampoline"]}, "Choose from the list."),
        ({"areas": ["nose"]}, "Choose from the list."),
    ],
)
def test_what_cannot_stand_is_told_at_the_field(client, ada, cast, changes, words):
    html = send_back(client, cast, 422, **changes)
    assert html.count(words) == 2  # in the summary and at the field
    assert Length.objects.get(pk=cast.back30.pk).price == Decimal("45.00")


def test_somebody_elses_change_is_not_overwritten_unseen(client, ada, cast):
    assert "Somebody else saved this page meanwhile" in send_back(client, cast, 409, seen="0" * 32)


def test_a_new_style_and_a_treatment_in_it(client, ada, cast):
    send(client, "/studio/styles/new/", 303, {"name_en": "Thai", "slug": "", "order": "3"})
    thai = Style.objects.get(slug="thai")
    typed = back(cast, name_en="Thai back", slug="", style_id=thai.pk)
    send(client, "/studio/treatments/new/", 303, typed)
    made = Treatment.objects.get(slug="thai-back")
    assert sorted(made.lengths.values_list("minutes", flat=True)) == [20, 30]
    send(client, "/studio/treatments/new/", 422, typed)  # its address is taken now


def test_of_many_sessions_the_first_are_listed(client, ada, cast):
    for number in range(21):
        start = next_tuesday(9).replace(hour=0) + dt.timedelta(hours=number)
        make.booking(start=start, length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    html = client.get(f"/studio/treatments/{cast.back.pk}/").text
    assert "21 sessions are booked" in html
    assert html.count("/desk/bookings/") == 20
