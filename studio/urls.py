"""The studio's own pages, under /studio/. Every view wears studio.access.studio_view."""

from django.urls import path, re_path

from studio.looks import style_guide
from studio.menu.advice import advices, studio_advice, style_advice, treatment_advice
from studio.menu.closures import closures
from studio.menu.places import house, opening, place, places
from studio.menu.presets_view import presets
from studio.menu.rooms import room, rooms
from studio.menu.translations import translations
from studio.menu.views import restore_thing, style, treatment
from studio.menu.views import treatments as menu
from studio.own.setting import own_parts
from studio.people import client_data, client_export
from studio.profiles.extra_view import extra_hours
from studio.profiles.hours_view import hours
from studio.profiles.limits_view import limits
from studio.profiles.note_view import staff_note
from studio.profiles.paper_file_view import certificate_file
from studio.profiles.papers_view import certificates
from studio.profiles.photo_view import photo
from studio.profiles.profile_view import profile
from studio.profiles.time_off_view import lift_time_off, time_off
from studio.profiles.treatments_view import treatments
from studio.profiles.views import index, new_therapist, retire, therapists
from studio.profiles.views import restore as restore_tab
from studio.proposals import proposal
from studio.staff.views import invite, people, person, second, step
from studio.views import digest, message, messages, new_message, remove, restore

urlpatterns = [
    path("", index, name="studio"),
    path("style-guide/", style_guide, name="studio_style_guide"),
    path("therapists/", therapists, name="studio_therapists"),
    path("therapists/new/", new_therapist, name="studio_therapist_new"),
    path("therapists/<int:pk>/", profile, name="studio_therapist"),
    path("therapists/<int:pk>/photo/", photo, name="studio_therapist_photo"),
    path("therapists/<int:pk>/treatments/", treatments, name="studio_therapist_treatments"),
    path("therapists/<int:pk>/certificates/", certificates, name="studio_therapist_certificates"),
    re_path(
        r"^therapists/(?P<pk>[0-9]{1,18})/certificates/(?P<name>[0-9a-f]{32}\.(?:pdf|jpg))$",
        certificate_file,
        name="studio_certificate_file",
    ),
    path("therapists/<int:pk>/notes/", staff_note, name="studio_therapist_notes"),
    path("therapists/<int:pk>/hours/", hours, name="studio_therapist_hours"),
    path("therapists/<int:pk>/time-off/", time_off, name="studio_therapist_time_off"),
    path("therapists/<int:pk>/time-off/<int:off>/lift/", lift_time_off, name="studio_lift_time_off"),
    path("therapists/<int:pk>/extra-hours/", extra_hours, name="studio_therapist_extra_hours"),
    path("therapists/<int:pk>/limits/", limits, name="studio_therapist_limits"),
    path("therapists/<int:pk>/retire/", retire, name="studio_therapist_retire"),
    path("therapists/<int:pk>/<slug:key>/restore/", restore_tab, name="studio_tab_restore"),
    path("clients/<int:pk>/", client_data, name="studio_client_data"),
    re_path(r"^clients/(?P<pk>\d{1,18})/data\.(?P<form>json|csv)$", client_export, name="studio_client_export"),
    path("treatments/", menu, name="studio_treatments"),
    path("treatments/new/", treatment, name="studio_treatment_new"),
    path("treatments/<int:pk>/", treatment, name="studio_treatment"),
    path("styles/new/", style, name="studio_style_new"),
    path("styles/presets/", presets, name="studio_presets"),
    path("styles/<int:pk>/", style, name="studio_style"),
    path("places/", places, name="studio_places"),
    path("places/studio/", house, name="studio_house_new"),
    path("places/studio/<int:pk>/", house, name="studio_house"),
    path("places/new/", place, name="studio_place_new"),
    path("places/<int:pk>/", place, name="studio_place"),
    path("places/<int:pk>/hours/", opening, name="studio_opening"),
    path("places/<int:pk>/closures/", closures, name="studio_closures"),
    path("rooms/", rooms, name="studio_rooms"),
    path("rooms/new/", room, name="studio_room_new"),
    path("rooms/<int:pk>/", room, name="studio_room"),
    path("menu/<slug:key>/<int:pk>/restore/", restore_thing, name="studio_thing_restore"),
    path("time-off/<int:pk>/", proposal, name="studio_proposal"),
    path("staff/", people, name="studio_staff"),
    path("staff/invite/", invite, name="studio_invite"),
    path("staff/own-profile/", own_parts, name="studio_own_parts"),
    path("staff/second-factor/", second, name="studio_second_factor"),
    path("staff/<int:pk>/", person, name="studio_person"),
    path("staff/<int:pk>/step/", step, name="studio_person_step"),
    path("translations/", translations, name="studio_translations"),
    path("advice/", advices, name="studio_advices"),
    path("advice/studio/<int:pk>/", studio_advice, name="studio_advice"),
    path("advice/styles/<int:pk>/", style_advice, name="studio_style_advice"),
    path("advice/treatments/<int:pk>/", treatment_advice, name="studio_treatment_advice"),
    path("messages/", messages, name="studio_messages"),
    path("messages/digest/", digest, name="studio_digest"),
    path("messages/new/", new_message, name="studio_message_new"),
    path("messages/<int:pk>/", message, name="studio_message"),
    path("messages/<int:pk>/restore/", restore, name="studio_message_restore"),
    path("messages/<int:pk>/remove/", remove, name="studio_message_remove"),
]
