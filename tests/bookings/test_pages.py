"""The client's pages as HTML, without a browser: what stands in them, and what each step answers."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings import links
from bookings.models import Booking
from tests import factories as make
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db
TUESDAY_NINE = "2026-11-24T09:00Z"
TYPED = {"name": "Robin Hale", "email": "robin@mail.example", "phone": "07700 900123", "safe": "none", "do": "book"}


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def hold(client, start=TUESDAY_NINE, **changes):
    return client.post(
        "/book/hold/", {"where": "weir-lane", "treatment": "back-30", "with": "", "start": start} | changes
    )


def booked(client, **changes):
    """The address of the booked page after holding and booking."""
    details = hold(client)["Location"]
    return client.post(details, TYPED | changes)["Location"]


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_with_anyone_different_prices_are_said_from_the_least_on(client, cast):
    make.therapist_treatment(therapist=cast.mei, treatment=cast.back, price=Decimal("40.00"))
    for asked, thirty, twenty in (("", "from £40", "from £27"), ("mei", "£40", "£27"), ("ana", "£45", "£32")):
        costs = re.findall(r'cost num">([^<]+)<', page(client, f"/book/?treatment=back-30&with={asked}"))
        assert sorted(costs) == sorted([thirty, twenty, "£52"])


def test_the_soonest_card_says_the_price_of_who_is_free_then(client, cast):
    make.therapist_treatment(therapist=cast.mei, treatment=cast.back, price=Decimal("40.00"))
    assert "Back on the mat, from £40." in text(page(client, "/book/?treatment=back-30"))
    make.time_off(therapist=cast.ana, during=make.span(NOW, 60 * 24 * 30))
    assert "Back on the mat, £40." in text(page(client, "/book/?treatment=back-30"))


def test_a_slot_is_named_by_its_time_date_and_therapists(client, cast):
    html = page(client, "/book/?from=2026-11-24")
    (slot,) = re.findall(rf'<button class="slot" name="start" value="{TUESDAY_NINE}">(.*?)</button>', html)
    read_aloud = re.sub(r'<span aria-hidden="true">.*?</span>', "", slot)
    assert text(read_aloud) == "9:00, Tuesday 24 November, with Ana or Mei"
    assert text(slot).endswith("Ana, Mei")


def test_each_day_is_a_heading_with_its_count_in_text(client, cast):
    html = page(client, "/book/?with=ana")
    headings = re.findall(r'<h3 id="d[\d-]+"><span class="vh">(.*?)</span>', html)
    assert len(headings) == 14
    assert headings[0] == "Monday 23 November 2026, today, 23 times"
    assert headings[6] == "Sunday 29 November 2026, no times"


def test_a_closed_day_is_one_line_of_text_and_no_disabled_button(client, cast):
    html = page(client, "/book/")
    (sunday,) = re.findall(r'<section class="day none">.*?id="d2026-11-29".*?</section>', html)
    assert "We are closed on this day." in sunday
    assert "disabled" not in html


def test_a_day_lists_twelve_times_and_a_link_opens_the_rest(client, cast):
    tuesday = re.search(r'id="d2026-11-24".*?</section>', page(client, "/book/"), re.S).group(0)
    assert tuesday.count('class="slot"') == 12
    address = re.search(r'<a href="(\?[^"]+)#d2026-11-24">All (\d+) times', tuesday)
    opened = re.search(
        r'id="d2026-11-24".*?</section>', page(client, f"/book/{address[1]}".replace("&amp;", "&")), re.S
    )
    assert opened.group(0).count('class="slot"') == int(address[2])


def test_the_date_may_be_typed(client, cast):
    html = page(client, "/book/?from=24/11/2026")
    assert '<input class="input" id="from" name="from" type="date" value="2026-11-24"' in html
    assert 'id="d2026-11-23"' not in html


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "from=2026-11-01",
        "from=9999-12-31",
        "where=nowhere",
        "treatment=back-99",
        "with=nobody",
        "with=mei&treatment=oil-30",
    ],
)
def test_nonsense_in_the_filters_gets_a_plain_note(client, cast, query):
    assert '<p class="note care">' in page(client, f"/book/?{query}")


@pytest.mark.parametrize("query", ["part=%00", "all=never", "from=%ff%fe", "with=%ed%a0%80", "treatment=" + "9" * 4000])
def test_broken_filters_are_no_error_of_ours(client, cast, query):
    assert client.get(f"/book/?{query}").status_code in (200, 400)


def test_a_part_of_the_day_keeps_only_its_times(client, cast):
    html = page(client, "/book/?part=evening&from=2026-11-24")
    tuesday = re.search(r'id="d2026-11-24".*?</section>', html, re.S).group(0)
    assert set(re.findall(r'value="2026-11-24T(\d\d):', tuesday)) == {"17"}


def test_nothing_free_says_so_and_offers_the_nearest(client, cast):
    make.time_off(therapist=cast.mei, during=make.span(NOW, 60 * 24 * 70))
    html = page(client, "/book/?with=mei")
    assert "No free time with Mei in these two weeks" in html
    assert "Nearest with anyone" in html


def test_htmx_gets_the_fragment_that_the_page_includes(client, cast):
    whole = page(client, "/book/?part=morning")
    answer = client.get("/book/?part=morning", headers={"HX-Request": "true"})
    fragment = answer.content.decode()
    days = re.search(r'<section class="day.*</section>', whole, re.S).group(0)
    assert days.rsplit('<p class="row ways">')[0] in fragment
    assert "<html" not in fragment
    assert "HX-Request" in answer["Vary"]
    assert re.search(r'id="count" role="status" hx-swap-oob="true">\d+ free times with anyone<', fragment)


@pytest.mark.parametrize("therapists", [0, 20])
def test_a_page_of_times_takes_seven_statements_at_any_size(client, cast, therapists):
    for _number in range(therapists):
        person = make.therapist(styles=(cast.mat,))
        make.working_hours(therapist=person, location=cast.place, weekday=1)
    with CaptureQueriesContext(connection) as statements:
        page(client, "/book/")
    assert len(statements) == 7


@pytest.mark.parametrize("therapists", [0, 20])
def test_a_page_without_times_takes_one_more(client, cast, therapists):
    for _number in range(therapists):
        make.working_hours(therapist=make.therapist(styles=(cast.mat,)), location=cast.place, weekday=1)
    make.closure(location=cast.place, during=make.span(make.at(0), 20 * 24 * 60))
    with CaptureQueriesContext(connection) as statements:
        page(client, "/book/")
    assert len(statements) == 8


def test_choosing_a_time_holds_it_and_leads_to_the_details(client, cast):
    answer = hold(client)
    held = Booking.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/book/details/{held.key}/")
    html = page(client, answer["Location"])
    assert 'We are keeping this time for you until <strong class="num">12:10</strong>.' in html
    assert "Tuesday 24 November 2026" in html
    assert "<b>9:00</b> to 9:30" in html


def test_someone_else_does_not_find_the_held_time(client, cast):
    address = hold(client)["Location"]
    page(client, address)
    page(Client(), address, status=404)


def test_the_details_are_asked_with_labels_and_autocomplete(client, cast):
    html = page(client, hold(client)["Location"])
    asked = re.findall(r'<label for="id_\w+">(.*?)</label>', html)
    assert asked == ["Full name", "E-mail", "Mobile (optional)"]
    assert re.findall(r'class="input".*? autocomplete="(\w+)"', html) == ["name", "email", "tel"]
    assert "Only your name and e-mail are needed." in html
    assert "checked" not in html


def test_an_empty_form_comes_back_with_a_summary(client, cast):
    answer = client.post(hold(client)["Location"], {"do": "book", "name": "Robin Hale"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Your details, Stone &amp; Step</title>" in html
    assert '<li><a href="#id_email">Enter an e-mail address, like name@example.com</a></li>' in html
    assert 'type="email" autocomplete="email" value="" aria-invalid="true"' in html
    assert 'value="Robin Hale"' in html
    assert html.count("Enter an e-mail address, like name@example.com") == 2


def test_booking_leads_to_the_booked_page(client, cast):
    html = page(client, booked(client))
    made = Booking.objects.get()
    assert (made.status, made.name, made.phone, made.screening) == ("booked", "Robin Hale", "+447700900123", "clear")
    assert made.reference in html
    assert "There is nothing more to do now." in html
    assert "robin@mail.example" in html
    assert "Tuesday 24 November 2026" in html
    assert "9:00 to 9:30" in html


def test_one_or_more_books_as_well_and_is_rung_first(client, cast):
    html = page(client, booked(client, safe="some"))
    assert Booking.objects.get().screening == "call_first"
    assert "We ring you before the session." in html
    assert 'href="tel:+441632960123"' in html


def test_asking_twice_is_one_booking_and_the_same_page(client, cast):
    details = hold(client)["Location"]
    first, again = client.post(details, TYPED), client.post(details, TYPED)
    assert first["Location"] == again["Location"]
    assert Booking.objects.count() == 1


def test_others_with_the_link_see_the_first_name_and_no_address(client, cast):
    address, other = booked(client), Client()
    sent_on = other.get(address)
    assert (sent_on.status_code, sent_on["Location"]) == (303, address.removesuffix("booked/"))
    html = page(other, sent_on["Location"])
    assert "Your session, Robin" in html
    assert not re.search(r"Hale|robin@mail|7700", html)


def test_a_forged_link_looks_like_a_page_that_does_not_exist(client, cast):
    token = links.make(make.booking(location=cast.place), "view")
    for address in (f"/b/{token}/", f"/b/{token}/calendar.ics"):
        page(client, address)
        page(client, address.replace(token, token[:-1] + "_"), status=404)


def test_the_calendar_file_is_one_event(client, cast):
    address = booked(client).replace("booked/", "calendar.ics")
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20261124T090000Z" in answer.content


def test_a_time_that_has_just_gone_keeps_what_was_typed(client, cast):
    details = hold(client, **{"with": "ana"})["Location"]
    set_clock(NOW + timedelta(minutes=11))
    rival = Client()
    rival.post(hold(rival, **{"with": "ana"})["Location"], TYPED | {"name": "Jo First"})
    answer = client.post(details, TYPED)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "That time has just gone" in html
    assert html.count('class="slot"') == 3
    nearest = re.search(r'class="slot" name="start" value="([^"]+)"', html)[1]
    again = page(client, hold(client, start=nearest)["Location"])
    assert 'value="Robin Hale"' in again
    assert 'value="robin@mail.example"' in again


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"start": "2026-11-22T09:00Z"}, 409),  # over
        ({"start": "2026-11-29T09:00Z"}, 409),  # closed
        ({"start": "2029-01-01T09:00Z"}, 409),  # beyond the horizon
        ({"start": "2026-11-24T09:02Z"}, 409),  # between two starts
        ({"treatment": "oil-30", "with": "mei"}, 409),  # she does not give it
        ({"start": "tomorrow"}, 422),
        ({"start": "9" * 5000}, 422),
        ({"start": "2026-11-24T09:00Z\x00"}, 422),
        ({"where": "nowhere"}, 422),
        ({"treatment": "back-99"}, 422),
        ({"with": "nobody"}, 422),
    ],
)
def test_a_time_that_is_not_offered_is_refused_in_words(client, cast, changes, status):
    answer = hold(client, **changes)
    assert answer.status_code == status
    assert "<h1" in answer.content.decode()
    assert not Booking.objects.exists()


def test_keep_it_longer_keeps_what_was_typed(client, cast):
    details = hold(client)["Location"]
    set_clock(NOW + timedelta(minutes=5))
    answer = client.post(details, TYPED | {"do": "longer"})
    assert (answer.status_code, answer["Location"]) == (303, f"{details}#kept")
    html = page(client, details)
    assert '<strong class="num">12:15</strong>' in html
    assert 'value="Robin Hale"' in html


def test_change_goes_back_to_the_same_choice_and_keeps_the_words(client, cast):
    details = hold(client, **{"with": "ana"})["Location"]
    answer = client.post(details, TYPED | {"do": "change"})
    assert answer["Location"] == "/book/?where=weir-lane&treatment=back-30&with=ana"
    again = page(client, hold(client, start="2026-11-25T09:00Z")["Location"])
    assert 'value="Robin Hale"' in again


def test_a_second_session_at_that_time_is_for_a_second_guest(client, cast):
    booked(client)
    details = hold(client)["Location"]
    asked = client.post(details, TYPED)
    assert asked.status_code == 409
    assert "You already have a session at that time." in asked.content.decode()
    assert client.post(details, TYPED | {"do": "second", "name": "Sam Hale"}).status_code == 303
    assert Booking.objects.filter(status="booked").count() == 2


@pytest.mark.parametrize("address", ["/", "/book/", "details", "booked", "booking"])
def test_each_page_has_its_landmarks_and_help(client, cast, address):
    if address == "details":
        address = hold(client)["Location"]
    elif address.startswith("book") and address != "/book/":
        address = booked(client).removesuffix("" if address == "booked" else "booked/")
    html = page(client, address)
    assert '<html lang="en">' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert re.search(r'<body>\s*<a class="skip" href="#main">', html)
    assert all(f"<{part}" in html for part in ("header", "nav", "main", "footer"))
    assert 'href="tel:+441632960123"' in html.split("<footer")[1]
    assert "not medical treatment" in html
    assert not re.search(r"\son\w+=|\sstyle=|<script>", html)


def test_titles_differ_from_page_to_page(client, cast):
    details = hold(client)["Location"]
    addresses = ["/", "/book/", details]
    addresses.append(client.get(client.post(details, TYPED)["Location"]).request["PATH_INFO"])
    addresses.append(addresses[-1].removesuffix("booked/"))
    titles = [re.search(r"<title>(.*?)</title>", client.get(a).content.decode()) for a in addresses if a != details]
    assert len({title[1] for title in titles}) == 4
    assert all(title[1].endswith(", Stone &amp; Step") for title in titles)


def test_dates_are_written_out(client, cast):
    html = page(client, booked(client))
    assert "Tuesday 24 November 2026" in html
    assert "Monday 23 November 2026, 9:00" not in html
    assert "less than 24 hours away" in html
    assert date(2026, 11, 24).isoformat() not in text(html)


@pytest.mark.parametrize("junk", ["Robin\x00", "Robin \ud800", "9" * 100_000])
def test_junk_in_the_details_is_refused_and_never_breaks_the_session(client, cast, junk):
    details = hold(client)["Location"]
    for minutes, do in enumerate(("book", "longer")):
        set_clock(NOW + timedelta(minutes=minutes))
        answer = client.post(details, TYPED | {"do": do, "name": junk.encode("utf-8", "surrogatepass")})
        assert answer.status_code in (303, 400, 422)
    page(client, details)
