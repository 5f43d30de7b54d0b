"""/desk/mine/mails/: what a therapist is told by mail, each on or off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bookings import staff_notices
from bookings.views.answers import SeeOther
from desk.access import own_view
from desk.forms.notices import NoticesForm
from desk.own import therapist_or_404
from locations.house import House


@own_view("GET", "HEAD", "POST")
def own_notices(request: HttpRequest) -> HttpResponse:
    therapist = therapist_or_404(request)
    form = NoticesForm(request.POST if request.method == "POST" else None, therapist=therapist)
    if form.is_valid():
        staff_notices.switch(therapist=therapist, chosen=form.chosen)
        return SeeOther(f"{reverse('desk_own_notices')}?done=saved")
    words = {
        "house": House.load(request),
        "form": NoticesForm(therapist=therapist),
        "is_unclear": form.is_bound,
        "address": staff_notices.address(therapist),
    }
    return render(request, "desk/notices.html", words, status=422 if form.is_bound else 200)
