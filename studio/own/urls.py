"""Under /desk/mine/. Every view wears studio.access.own_view."""

from django.urls import path

from studio.own.views import own_photo, own_profile

urlpatterns = [
    path("profile/", own_profile, name="own_profile"),
    path("photo/", own_photo, name="own_photo"),
]
