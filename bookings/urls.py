"""The client's addresses. Public ones come in each language; what stands behind a link has no language prefix."""

from django.urls import path

from bookings.views.booked import booked, booking, calendar
from bookings.views.choose import choose
from bookings.views.confirm import confirm
from bookings.views.details import details
from bookings.views.hold import hold

urlpatterns = [
    path("b/<str:token>/", booking, name="booking"),
    path("b/<str:token>/booked/", booked, name="booked"),
    path("b/<str:token>/calendar.ics", calendar, name="calendar"),
    path("b/<str:token>/confirm/", confirm, name="confirm"),
]
public_urlpatterns = [
    path("book/", choose, name="choose"),
    path("book/hold/", hold, name="hold"),
    path("book/details/<uuid:key>/", details, name="details"),
]
