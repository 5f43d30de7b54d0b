"""/therapists/ and a page for each of them: who they are, and when they are free."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import availability
from bookings.availability.soonest import soonest_of_each
from pages import data, people
from pages.menu import given_by
from pages.page import house_of, show, today_at
from pages.times import times_of
from spa import clock
from therapists.models import Style


@login_not_required
@require_safe
def therapists(request: HttpRequest) -> HttpResponse:
    now, setup, styles = clock.now(), availability.load_setup(), list(Style.objects.all())
    everybody = people.shown(setup)
    wanted = people.read_wanted(request.GET, styles, everybody)
    today = today_at(setup, now)
    found = [person for person in everybody if wanted.fits(person, today)]
    context = {
        "picture": "therapist",
        "description": _("The therapists of the studio: their styles, their pressure, and when they are free."),
        "fields": people.filter_fields(wanted, styles, everybody, today),
        "is_narrow": wanted.is_narrow,
        "people": people.cards(setup, found, styles, soonest_of_each(setup, now, people=found), now),
    }
    return show(request, "pages/therapists.html", setup, context)


@login_not_required
@require_safe
def therapist(request: HttpRequest, slug: str) -> HttpResponse:
    now, setup = clock.now(), availability.load_setup()
    person = next((one for one in people.shown(setup) if one.slug == slug), None)
    if person is None:
        return show(request, "pages/no_therapist.html", setup, {}, status=404)
    today = today_at(setup, now)
    free = soonest_of_each(setup, now, people=[person]).get(person.pk)
    context = {
        "picture": "therapist",
        "description": people.description(person),
        "data": data.person(house_of(request, setup), person),
        "card": people.card(
            person, people.given_styles(person, Style.objects.all(), today), setup.therapists.index(person)
        ),
        "bio": str(person.bio),
        "steps": people.pressure_steps(person),
        "gives": given_by(setup, person, today),
        "here": people.days_here(setup, person, today),
        "certificates": people.valid_certificates(person, today),
        **times_of(setup, free, person, now),
    }
    return show(request, "pages/therapist.html", setup, context)
