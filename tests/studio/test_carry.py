"""export_studio and import_studio: a whole set-up goes from one installation into an empty one."""

import datetime as dt

import pytest

from accounts import second_factor
from accounts.models import Door
from bookings.availability import Wish, load_setup, search
from bookings.demo import menu, people, places
from bookings.demo.timeline import make_steps
from locations.models import Location, Room, Studio
from studio.carry.into import bring_in
from studio.carry.out import export
from tests import factories as make
from tests.factories import NOW, at, span
from tests.studio.carried import SMALL
from therapists import own_parts
from therapists.models import OwnParts, Style, Therapist, usual_parts
from treatments.models import Guidance, Length, ReminderStep, Treatment

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    """The demo's set-up, with one of everything that a studio can write down."""
    where, styles = places.make_places(), menu.make_styles()
    menu.make_advice(styles)
    make_steps(styles)
    places.make_rooms(where, NOW.date(), NOW)
    team = people.make_therapists(styles, NOW.date())
    people.make_illness(team[people.ILL], where["weir-lane"], NOW.date())
    people.make_hours(team, where, NOW.date() - dt.timedelta(days=56))
    menu.make_menu(styles)
    ana, weir = team["ana"], where["weir-lane"]
    make.opening(location=weir, weekday=6, opens="22:00", closes="02:00")
    make.opening(location=where["quay-street"], weekday=6, opens="00:00", closes="00:00")
    make.closure(location=weir, room=weir.rooms.first(), during=span(at(10, days=2), 90), reason="Paint")
    make.extra_hours(therapist=ana, location=weir, during=span(at(9, days=1), 120))
    given = Length.objects.first().treatment
    make.therapist_treatment(therapist=ana, treatment=given, price="60.00", after_minutes=15)
    ana.staff_note, ana.gender = "Knows much:\n- ropes\n- 'quotes' # and signs", "woman"
    ana.save()
    OwnParts.objects.create(pk=1, parts=["photo", "bio"])
    Door.objects.create(pk=1, second_factor=True)


def offers():
    """What a client could choose in the next four weeks, by names alone."""
    setup, found = load_setup(), []
    for place in setup.locations:
        for length in setup.lengths:
            answer = search(setup, Wish(place, length, None, NOW.date(), days=28), NOW)
            found += [(place.slug, length.slug, o.start, [p.slug for p in o.therapists]) for o in each_of(answer)]
    return found


def each_of(answer):
    return [offer for day in answer.days for offer in day.offers]


def empty_the_house():
    for model in (Therapist, Length, Treatment, Style, Guidance, ReminderStep, Room, Location, OwnParts, Door, Studio):
        model.objects.all().delete()


def test_the_export_of_a_studio_gives_the_same_offers_in_an_empty_one(demo):
    text, before = export(NOW), offers()
    empty_the_house()
    assert offers() == []
    bring_in(text.encode(), NOW)
    assert len(before) > 500
    assert offers() == before


def test_export_import_export_is_the_same_file(demo):
    text = export(NOW)
    empty_the_house()
    bring_in(text.encode(), NOW)
    assert export(NOW) == text


def test_what_the_studio_asks_of_its_staff_travels_too(demo):
    text = export(NOW)
    empty_the_house()
    assert (second_factor.studio_asks(), own_parts.standing().parts) == (False, usual_parts())
    bring_in(text.encode(), NOW)
    assert (second_factor.studio_asks(), own_parts.standing().parts) == (True, ["bio", "photo"])


def test_a_file_that_asks_for_no_second_factor_leaves_it_asked():
    Door.objects.create(pk=1, second_factor=True)
    bring_in(SMALL.encode(), NOW)
    assert second_factor.studio_asks() is True


def test_an_empty_door_is_no_studio_and_asks_from_the_import_on():
    Door.objects.create(pk=1)
    bring_in(SMALL.replace("[en, es]", "[en, es]\n  second_factor: true").encode(), NOW)
    assert second_factor.studio_asks() is True
