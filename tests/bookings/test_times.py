"""The page of times as HTML, without a browser: what stands in it, and what nonsense in its address gets."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.bookings.online import TUESDAY_NINE, page, text
from tests.factories import NOW
from tests.studio_clock import set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    set_clock(NOW)
    return make.small_studio()


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
