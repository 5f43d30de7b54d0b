"""The client's addresses. Public ones come in each language; what stands behind a link has no language prefix."""

from allauth.account.views import confirm_login_code
from django.urls import path, re_path

from bookings.views.booked import booked, booking, calendar
from bookings.views.cancel import cancel
from bookings.views.choose import choose
from bookings.views.complete import complete
from bookings.views.confirm import confirm
from bookings.views.contact import contact
from bookings.views.details import details
from bookings.views.feed import therapist_feed
from bookings.views.fewer import fewer_mails
from bookings.views.hold import hold
from bookings.views.inbound import sms_inbound
from bookings.views.join import join_waiting
from bookings.views.known import same_again
from bookings.views.lost import lost
from bookings.views.move import move
from bookings.views.my import my, my_again
from bookings.views.my_data import my_data, my_erase, my_export
from bookings.views.my_door import sign_in
from bookings.views.my_out import sign_out_everywhere, signed_out
from bookings.views.my_passkeys import PasskeyDoor, my_passkey_remove, my_passkeys
from bookings.views.my_wishes import my_wishes
from bookings.views.own_calendar import own_calendar
from bookings.views.prove import prove
from bookings.views.reach import reach
from bookings.views.sooner import sooner
from bookings.views.waiting import waiting
from bookings.views.wishes import wishes

urlpatterns = [
    path("b/", lost, name="lost"),
    path("b/<str:token>/", booking, name="booking"),
    path("b/<str:token>/booked/", booked, name="booked"),
    path("b/<str:token>/calendar.ics", calendar, name="calendar"),
    path("b/<str:token>/details/", complete, name="complete"),
    path("b/<str:token>/confirm/", confirm, name="confirm"),
    path("b/<str:token>/contact/", contact, name="contact"),
    path("b/<str:token>/move/", move, name="move"),
    path("b/<str:token>/cancel/", cancel, name="cancel"),
    path("b/<str:token>/again/", same_again, name="same_again"),
    path("b/<str:token>/wishes/", wishes, name="wishes"),
    path("b/<str:token>/sooner/", sooner, name="sooner"),
    path("b/<str:token>/reach/", reach, name="reach"),
    path("b/<str:token>/mail/off/", fewer_mails, name="fewer_mails"),
    path("w/<str:token>/", waiting, name="waiting"),
    path("my/", my, name="my"),
    path("my/again/", my_again, name="my_again"),
    path("my/wishes/", my_wishes, name="my_wishes"),
    path("my/data/", my_data, name="my_data"),
    re_path(r"^my/data\.(?P<form>json|csv)$", my_export, name="my_export"),
    path("my/erase/", my_erase, name="my_erase"),
    path("my/out/", sign_out_everywhere, name="my_out"),
    path("my/signed-out/", signed_out, name="my_signed_out"),
    path("my/passkeys/", my_passkeys, name="my_passkeys"),
    path("my/passkeys/<int:pk>/remove/", my_passkey_remove, name="my_passkey_remove"),
    path("my/passkey/", PasskeyDoor.as_view(), name="my_passkey_door"),
    # allauth looks for these two names.
    path("my/sign-in/", sign_in, name="account_request_login_code"),
    path("my/code/", confirm_login_code, name="account_confirm_login_code"),
    path("sms/inbound/<str:secret>/", sms_inbound, name="sms_inbound"),
    path("calendar/", own_calendar, name="own_calendar"),
    path("calendar/<str:secret>.ics", therapist_feed, name="therapist_feed"),
]
public_urlpatterns = [
    path("book/", choose, name="choose"),
    path("book/waiting/", join_waiting, name="join_waiting"),
    path("book/hold/", hold, name="hold"),
    path("book/prove/<uuid:key>/", prove, name="prove"),
    path("book/details/<uuid:key>/", details, name="details"),
]
