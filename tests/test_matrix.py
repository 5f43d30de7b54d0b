"""Who gets what at every address. A route without a line here fails; so does a line without a route."""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bookings import links
from tests.actors import (
    ACTORS,
    ADMIN,
    ANONYMOUS,
    DESK,
    DISABLED,
    HER_THERAPIST,
    HOLDER,
    OLD_LINK,
    OTHER_LINK,
    OTHER_THERAPIST,
    OWNER,
    World,
    make_world,
)

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
WHO = {
    "everybody": ACTORS,
    "staff": (HER_THERAPIST, OTHER_THERAPIST, DESK, ADMIN, OWNER),
    "therapists": (HER_THERAPIST, OTHER_THERAPIST),
    "hers": (HER_THERAPIST,),
    "holder": (HOLDER,),
    "owner": (OWNER,),
    "admins": (ADMIN, OWNER),
    "desk": (DESK, ADMIN, OWNER),
    "outside": (ANONYMOUS, HOLDER, OTHER_LINK, OLD_LINK, DISABLED),
    "others": ACTORS,  # whoever no earlier line of the route names
}
# 302 from outside leads to the sign-in page. What nobody may know about answers 404, missing or forbidden alike.
TABLE = """
route                                  who        GET HEAD POST PUT DELETE
start                                  everybody  200 200  405  405 405
therapists                             everybody  200 200  405  405 405
therapist                              everybody  200 200  405  405 405
treatments                             everybody  200 200  405  405 405
treatment                              everybody  200 200  405  405 405
place                                  everybody  200 200  405  405 405
prepare                                everybody  200 200  405  405 405
ashiatsu                               everybody  200 200  405  405 405
reports                                everybody  200 200  405  405 405
questions                              everybody  200 200  405  405 405
ask_first                              everybody  200 200  405  405 405
privacy                                everybody  200 200  405  405 405
accessibility                          everybody  200 200  405  405 405
robots                                 everybody  200 200  405  405 405
sitemap                                everybody  200 200  405  405 405
manifest                               everybody  200 200  405  405 405
photo                                  everybody  404 404  405  405 405
choose                                 everybody  200 200  405  405 405
set_language                           everybody  405 405  302  405 405
hold                                   everybody  405 405  422  405 405
join_waiting                           everybody  200 200  422  405 405
waiting                                holder     200 200  422  405 405
waiting                                others     404 404  404  405 405
details                                holder     200 200  422  405 405
details                                others     404 404  404  405 405
lost                                   everybody  200 200  422  405 405
prove                                  holder     302 302  302  405 405
prove                                  others     404 404  404  405 405
booking                                holder     200 200  405  405 405
booking                                others     404 404  405  405 405
booked                                 holder     200 200  405  405 405
booked                                 others     404 404  405  405 405
calendar                               holder     200 200  405  405 405
calendar                               others     404 404  405  405 405
complete                               holder     200 200  409  405 405
complete                               others     404 404  404  405 405
confirm                                holder     200 200  422  405 405
confirm                                others     404 404  404  405 405
move                                   holder     200 200  422  405 405
move                                   others     404 404  404  405 405
cancel                                 holder     200 200  422  405 405
cancel                                 others     404 404  404  405 405
contact                                holder     200 200  422  405 405
contact                                others     404 404  404  405 405
same_again                             holder     405 405  303  405 405
same_again                             others     405 405  404  405 405
wishes                                 holder     200 200  303  405 405
wishes                                 others     404 404  404  405 405
sooner                                 holder     200 200  422  405 405
sooner                                 others     404 404  404  405 405
reach                                  holder     405 405  422  405 405
reach                                  others     405 405  404  405 405
fewer_mails                            holder     200 200  400  405 405
fewer_mails                            others     404 404  404  405 405
my                                     staff      404 404  404  404 404
my                                     others     302 302  302  302 302
my_again                               staff      404 404  404  404 404
my_again                               others     302 302  302  302 302
my_wishes                              staff      404 404  404  404 404
my_wishes                              others     302 302  302  302 302
my_data                                staff      404 404  404  404 404
my_data                                others     302 302  302  302 302
my_export                              staff      404 404  404  404 404
my_export                              others     302 302  302  302 302
my_erase                               staff      404 404  404  404 404
my_erase                               others     302 302  302  302 302
my_passkeys                            staff      404 404  404  404 404
my_passkeys                            others     302 302  302  302 302
my_passkey_remove                      staff      404 404  404  404 404
my_passkey_remove                      others     302 302  302  302 302
my_passkey_door                        outside    302 302  302  302 405
my_passkey_door                        staff      302 302  302  302 302
my_out                                 staff      404 404  404  404 404
my_out                                 others     302 302  302  302 302
my_signed_out                          everybody  302 302  302  405 405
account_request_login_code             everybody  200 200  422  405 405
account_confirm_login_code             everybody  302 302  302  302 302
sms_inbound                            everybody  405 405  404  405 405
own_calendar                           therapists 200 200  422  405 405
own_calendar                           staff      404 404  404  405 405
own_calendar                           others     302 302  302  302 302
therapist_feed                         everybody  404 404  405  405 405
desk_booking                           desk       200 200  405  405 405
desk_booking                           staff      404 404  404  404 404
desk_booking                           others     302 302  302  302 302
desk_step                              desk       405 405  422  405 405
desk_step                              staff      404 404  404  404 404
desk_step                              others     302 302  302  302 302
desk_day                               desk       200 200  405  405 405
desk_day                               staff      404 404  404  404 404
desk_day                               others     302 302  302  302 302
desk_pulse                             desk       200 200  405  405 405
desk_pulse                             staff      404 404  404  404 404
desk_pulse                             others     302 302  302  302 302
desk_move                              desk       200 200  422  405 405
desk_move                              staff      404 404  404  404 404
desk_move                              others     302 302  302  302 302
desk_length                            desk       405 405  422  405 405
desk_length                            staff      404 404  404  404 404
desk_length                            others     302 302  302  302 302
desk_cancel                            desk       200 200  422  405 405
desk_cancel                            staff      404 404  404  404 404
desk_cancel                            others     302 302  302  302 302
desk_restore                           desk       200 200  422  405 405
desk_restore                           staff      404 404  404  404 404
desk_restore                           others     302 302  302  302 302
desk_undo                              desk       405 405  422  405 405
desk_undo                              staff      404 404  404  404 404
desk_undo                              others     302 302  302  302 302
desk_tell                              desk       405 405  422  405 405
desk_tell                              staff      404 404  404  404 404
desk_tell                              others     302 302  302  302 302
desk_book                              desk       200 200  422  405 405
desk_book                              staff      404 404  404  404 404
desk_book                              others     302 302  302  302 302
desk_week                              desk       200 200  405  405 405
desk_week                              staff      404 404  404  404 404
desk_week                              others     302 302  302  302 302
desk_keys                              desk       200 200  405  405 405
desk_keys                              staff      404 404  404  404 404
desk_keys                              others     302 302  302  302 302
desk_clients                           desk       200 200  405  405 405
desk_clients                           staff      404 404  404  404 404
desk_clients                           others     302 302  302  302 302
desk_client                            desk       200 200  422  405 405
desk_client                            staff      404 404  404  404 404
desk_client                            others     302 302  302  302 302
desk_merge                             desk       200 200  422  405 405
desk_merge                             staff      404 404  404  404 404
desk_merge                             others     302 302  302  302 302
desk_unask                             desk       405 405  422  405 405
desk_unask                             staff      404 404  404  404 404
desk_unask                             others     302 302  302  302 302
desk_note                              desk       200 200  422  405 405
desk_note                              staff      404 404  404  404 404
desk_note                              others     302 302  302  302 302
desk_contact                           desk       200 200  422  405 405
desk_contact                           staff      404 404  404  404 404
desk_contact                           others     302 302  302  302 302
desk_rest                              desk       200 200  422  405 405
desk_rest                              staff      404 404  404  404 404
desk_rest                              others     302 302  302  302 302
desk_settle                            desk       200 200  422  405 405
desk_settle                            staff      404 404  404  404 404
desk_settle                            others     302 302  302  302 302
desk_walk_in                           desk       200 200  422  405 405
desk_walk_in                           staff      404 404  404  404 404
desk_walk_in                           others     302 302  302  302 302
desk_why                               desk       200 200  405  405 405
desk_why                               staff      404 404  404  404 404
desk_why                               others     302 302  302  302 302
desk_block                             desk       200 200  422  405 405
desk_block                             staff      404 404  404  404 404
desk_block                             others     302 302  302  302 302
desk_lift                              desk       404 404  404  405 405
desk_lift                              staff      404 404  404  404 404
desk_lift                              others     302 302  302  302 302
desk_swap                              desk       200 200  422  405 405
desk_swap                              staff      404 404  404  404 404
desk_swap                              others     302 302  302  302 302
desk_late                              desk       200 200  422  405 405
desk_late                              staff      404 404  404  404 404
desk_late                              others     302 302  302  302 302
desk_ill                               desk       200 200  422  405 405
desk_ill                               staff      404 404  404  404 404
desk_ill                               others     302 302  302  302 302
desk_waiting                           desk       200 200  422  405 405
desk_waiting                           staff      404 404  404  404 404
desk_waiting                           others     302 302  302  302 302
desk_waiting_step                      desk       405 405  422  405 405
desk_waiting_step                      staff      404 404  404  404 404
desk_waiting_step                      others     302 302  302  302 302
desk_own_day                           therapists 200 200  405  405 405
desk_own_day                           owner      404 404  405  405 405
desk_own_day                           staff      404 404  404  404 404
desk_own_day                           others     302 302  302  302 302
desk_own_notices                       therapists 200 200  422  405 405
desk_own_notices                       owner      404 404  404  405 405
desk_own_notices                       staff      404 404  404  404 404
desk_own_notices                       others     302 302  302  302 302
desk_own_time_off                      therapists 200 200  422  405 405
desk_own_time_off                      owner      404 404  404  405 405
desk_own_time_off                      staff      404 404  404  404 404
desk_own_time_off                      others     302 302  302  302 302
desk_own_unask                         hers       405 405  303  405 405
desk_own_unask                         therapists 405 405  404  405 405
desk_own_unask                         owner      405 405  404  405 405
desk_own_unask                         staff      404 404  404  404 404
desk_own_unask                         others     302 302  302  302 302
own_profile                            therapists 200 200  422  405 405
own_profile                            owner      404 404  404  405 405
own_profile                            staff      404 404  404  404 404
own_profile                            others     302 302  302  302 302
own_photo                              therapists 200 200  409  405 405
own_photo                              owner      404 404  404  405 405
own_photo                              staff      404 404  404  404 404
own_photo                              others     302 302  302  302 302
desk_own_step                          hers       405 405  422  405 405
desk_own_step                          therapists 405 405  404  405 405
desk_own_step                          owner      405 405  404  405 405
desk_own_step                          staff      404 404  404  404 404
desk_own_step                          others     302 302  302  302 302
desk_history                           desk       200 200  405  405 405
desk_history                           staff      404 404  404  404 404
desk_history                           others     302 302  302  302 302
desk_export                            desk       200 200  422  405 405
desk_export                            staff      404 404  404  404 404
desk_export                            others     302 302  302  302 302
desk_messages                          desk       200 200  405  405 405
desk_messages                          staff      404 404  404  404 404
desk_messages                          others     302 302  302  302 302
desk_message                           desk       200 200  405  405 405
desk_message                           staff      404 404  404  404 404
desk_message                           others     302 302  302  302 302
desk_message_again                     desk       405 405  303  405 405
desk_message_again                     staff      404 404  404  404 404
desk_message_again                     others     302 302  302  302 302
desk_message_called                    desk       405 405  422  405 405
desk_message_called                    staff      404 404  404  404 404
desk_message_called                    others     302 302  302  302 302
studio_client_data                     admins     200 200  409  405 405
studio_client_data                     staff      404 404  404  404 404
studio_client_data                     others     302 302  302  302 302
studio_client_export                   admins     200 200  405  405 405
studio_client_export                   staff      404 404  404  404 404
studio_client_export                   others     302 302  302  302 302
studio                                 admins     200 200  405  405 405
studio                                 staff      404 404  404  404 404
studio                                 others     302 302  302  302 302
studio_style_guide                     staff      200 200  405  405 405
studio_style_guide                     others     302 302  302  302 302
studio_therapists                      admins     200 200  405  405 405
studio_therapists                      staff      404 404  404  404 404
studio_therapists                      others     302 302  302  302 302
studio_therapist_new                   admins     200 200  422  405 405
studio_therapist_new                   staff      404 404  404  404 404
studio_therapist_new                   others     302 302  302  302 302
studio_therapist                       admins     200 200  422  405 405
studio_therapist                       staff      404 404  404  404 404
studio_therapist                       others     302 302  302  302 302
studio_therapist_retire                admins     200 200  303  405 405
studio_therapist_retire                staff      404 404  404  404 404
studio_therapist_retire                others     302 302  302  302 302
studio_therapist_hours                 admins     200 200  422  405 405
studio_therapist_hours                 staff      404 404  404  404 404
studio_therapist_hours                 others     302 302  302  302 302
studio_therapist_time_off              admins     200 200  422  405 405
studio_therapist_time_off              staff      404 404  404  404 404
studio_therapist_time_off              others     302 302  302  302 302
studio_therapist_extra_hours           admins     200 200  422  405 405
studio_therapist_extra_hours           staff      404 404  404  404 404
studio_therapist_extra_hours           others     302 302  302  302 302
studio_lift_time_off                   admins     405 405  404  405 405
studio_lift_time_off                   staff      404 404  404  404 404
studio_lift_time_off                   others     302 302  302  302 302
studio_therapist_limits                admins     200 200  409  405 405
studio_therapist_limits                staff      404 404  404  404 404
studio_therapist_limits                others     302 302  302  302 302
studio_therapist_treatments            admins     200 200  409  405 405
studio_therapist_treatments            staff      404 404  404  404 404
studio_therapist_treatments            others     302 302  302  302 302
studio_therapist_certificates          admins     200 200  422  405 405
studio_therapist_certificates          staff      404 404  404  404 404
studio_therapist_certificates          others     302 302  302  302 302
studio_certificate_file                admins     404 404  405  405 405
studio_certificate_file                staff      404 404  404  404 404
studio_certificate_file                others     302 302  302  302 302
studio_therapist_notes                 admins     200 200  409  405 405
studio_therapist_notes                 staff      404 404  404  404 404
studio_therapist_notes                 others     302 302  302  302 302
studio_therapist_photo                 admins     200 200  409  405 405
studio_therapist_photo                 staff      404 404  404  404 404
studio_therapist_photo                 others     302 302  302  302 302
studio_treatments                      admins     200 200  405  405 405
studio_treatments                      staff      404 404  404  404 404
studio_treatments                      others     302 302  302  302 302
studio_treatment_new                   admins     200 200  422  405 405
studio_treatment_new                   staff      404 404  404  404 404
studio_treatment_new                   others     302 302  302  302 302
studio_treatment                       admins     200 200  422  405 405
studio_treatment                       staff      404 404  404  404 404
studio_treatment                       others     302 302  302  302 302
studio_style_new                       admins     200 200  422  405 405
studio_style_new                       staff      404 404  404  404 404
studio_style_new                       others     302 302  302  302 302
studio_presets                         admins     200 200  404  405 405
studio_presets                         staff      404 404  404  404 404
studio_presets                         others     302 302  302  302 302
studio_style                           admins     200 200  422  405 405
studio_style                           staff      404 404  404  404 404
studio_style                           others     302 302  302  302 302
studio_thing_restore                   admins     405 405  404  405 405
studio_thing_restore                   staff      404 404  404  404 404
studio_thing_restore                   others     302 302  302  302 302
studio_rooms                           admins     200 200  405  405 405
studio_rooms                           staff      404 404  404  404 404
studio_rooms                           others     302 302  302  302 302
studio_room_new                        admins     200 200  422  405 405
studio_room_new                        staff      404 404  404  404 404
studio_room_new                        others     302 302  302  302 302
studio_room                            admins     200 200  422  405 405
studio_room                            staff      404 404  404  404 404
studio_room                            others     302 302  302  302 302
studio_places                          admins     200 200  405  405 405
studio_places                          staff      404 404  404  404 404
studio_places                          others     302 302  302  302 302
studio_house_new                       admins     302 302  422  405 405
studio_house_new                       staff      404 404  404  404 404
studio_house_new                       others     302 302  302  302 302
studio_house                           admins     200 200  422  405 405
studio_house                           staff      404 404  404  404 404
studio_house                           others     302 302  302  302 302
studio_place_new                       admins     200 200  422  405 405
studio_place_new                       staff      404 404  404  404 404
studio_place_new                       others     302 302  302  302 302
studio_place                           admins     200 200  422  405 405
studio_place                           staff      404 404  404  404 404
studio_place                           others     302 302  302  302 302
studio_opening                         admins     200 200  200  405 405
studio_opening                         staff      404 404  404  404 404
studio_opening                         others     302 302  302  302 302
studio_closures                        admins     200 200  422  405 405
studio_closures                        staff      404 404  404  404 404
studio_closures                        others     302 302  302  302 302
studio_proposal                        admins     200 200  422  405 405
studio_proposal                        staff      404 404  404  404 404
studio_proposal                        others     302 302  302  302 302
studio_own_parts                       admins     200 200  409  405 405
studio_own_parts                       staff      404 404  404  404 404
studio_own_parts                       others     302 302  302  302 302
studio_staff                           admins     200 200  405  405 405
studio_staff                           staff      404 404  404  404 404
studio_staff                           others     302 302  302  302 302
studio_invite                          admins     200 200  422  405 405
studio_invite                          staff      404 404  404  404 404
studio_invite                          others     302 302  302  302 302
studio_person                          admins     200 200  422  405 405
studio_person                          staff      404 404  404  404 404
studio_person                          others     302 302  302  302 302
studio_person_step                     admins     405 405  404  405 405
studio_person_step                     staff      404 404  404  404 404
studio_person_step                     others     302 302  302  302 302
studio_second_factor                   admins     405 405  404  405 405
studio_second_factor                   staff      404 404  404  404 404
studio_second_factor                   others     302 302  302  302 302
studio_tab_restore                     admins     405 405  404  405 405
studio_tab_restore                     staff      404 404  404  404 404
studio_tab_restore                     others     302 302  302  302 302
studio_advices                         admins     200 200  405  405 405
studio_advices                         staff      404 404  404  404 404
studio_advices                         others     302 302  302  302 302
studio_advice                          admins     200 200  422  405 405
studio_advice                          staff      404 404  404  404 404
studio_advice                          others     302 302  302  302 302
studio_style_advice                    admins     302 302  302  405 405
studio_style_advice                    staff      404 404  404  404 404
studio_style_advice                    others     302 302  302  302 302
studio_treatment_advice                admins     302 302  302  405 405
studio_treatment_advice                staff      404 404  404  404 404
studio_treatment_advice                others     302 302  302  302 302
studio_translations                    admins     200 200  405  405 405
studio_translations                    staff      404 404  404  404 404
studio_translations                    others     302 302  302  302 302
studio_messages                        admins     200 200  405  405 405
studio_messages                        staff      404 404  404  404 404
studio_messages                        others     302 302  302  302 302
studio_message_new                     admins     200 200  422  405 405
studio_message_new                     staff      404 404  404  404 404
studio_message_new                     others     302 302  302  302 302
studio_digest                          admins     405 405  404  405 405
studio_digest                          staff      404 404  404  404 404
studio_digest                          others     302 302  302  302 302
studio_message                         admins     200 200  422  405 405
studio_message                         staff      404 404  404  404 404
studio_message                         others     302 302  302  302 302
studio_message_restore                 admins     405 405  404  405 405
studio_message_restore                 staff      404 404  404  404 404
studio_message_restore                 others     302 302  302  302 302
studio_message_remove                  admins     405 405  404  405 405
studio_message_remove                  staff      404 404  404  404 404
studio_message_remove                  others     302 302  302  302 302
studio_texts                           admins     200 200  405  405 405
studio_texts                           staff      404 404  404  404 404
studio_texts                           others     302 302  302  302 302
studio_text                            admins     200 200  422  405 405
studio_text                            staff      404 404  404  404 404
studio_text                            others     302 302  302  302 302
studio_text_restore                    admins     405 405  404  405 405
studio_text_restore                    staff      404 404  404  404 404
studio_text_restore                    others     302 302  302  302 302
demo_mail                              everybody  200 200  405  405 405
healthz                                everybody  200 200  405  405 405
landing                                staff      302 302  405  405 405
landing                                others     302 302  302  302 302
setup                                  everybody  404 404  404  405 405
invitation                             everybody  404 404  404  405 405
account_login                          outside    200 200  200  200 405
account_login                          staff      302 302  302  302 302
account_logout                         outside    302 302  302  405 405
account_logout                         staff      200 200  302  405 405
account_inactive                       everybody  200 200  405  405 405
account_reauthenticate                 staff      200 200  200  200 405
account_reauthenticate                 others     302 302  302  302 302
account_change_password                staff      200 200  200  200 405
account_change_password                others     302 302  302  302 302
account_reset_password                 everybody  200 200  200  200 405
account_reset_password_done            everybody  200 200  405  405 405
account_reset_password_from_key        everybody  200 200  200  200 200
account_reset_password_from_key_done   everybody  200 200  405  405 405
mfa_list_webauthn                      staff      200 200  405  405 405
mfa_list_webauthn                      others     302 302  302  302 302
mfa_add_webauthn                       everybody  302 302  302  302 302
mfa_remove_webauthn                    everybody  302 302  302  302 302
mfa_reauthenticate_webauthn            everybody  302 302  302  302 302
mfa_login_webauthn                     outside    302 302  302  302 405
mfa_login_webauthn                     staff      302 302  302  302 302
account_signup                         everybody  404 404  404  404 404
account_email                          everybody  404 404  404  404 404
account_set_password                   everybody  404 404  404  404 404
account_email_verification_sent        everybody  404 404  404  404 404
account_confirm_email                  everybody  404 404  404  404 404
mfa_index                              staff      200 200  405  405 405
mfa_index                              others     302 302  302  302 302
mfa_authenticate                       everybody  302 302  302  302 302
mfa_reauthenticate                     everybody  302 302  302  302 302
mfa_activate_totp                      everybody  302 302  302  302 302
mfa_generate_recovery_codes            everybody  302 302  302  302 302
mfa_deactivate_totp                    staff      404 404  404  404 404
mfa_deactivate_totp                    others     302 302  302  302 302
mfa_view_recovery_codes                staff      404 404  405  405 405
mfa_view_recovery_codes                others     302 302  302  302 302
mfa_download_recovery_codes            staff      404 404  404  404 404
mfa_download_recovery_codes            others     302 302  302  302 302
"""
# The framework's admin: one group of routes per model. Nobody deletes, and bookings are only looked at.
ADMIN_TABLE = """
route                                  who        GET POST
admin:index                            staff      200 200
admin:index                            others     302 302
admin:login                            everybody  302 302
admin:accounts_user_changelist         owner      200 200
admin:accounts_user_change             owner      200 200
admin:accounts_user_add                owner      200 200
admin:auth_user_password_change        owner      200 200
admin:mfa_authenticator_changelist     owner      200 200
admin:locations_studio_changelist      admins     200 200
admin:locations_location_changelist    admins     200 200
admin:locations_location_change        admins     200 200
admin:locations_room_changelist        admins     200 200
admin:locations_closure_changelist     admins     200 200
admin:therapists_style_changelist      admins     200 200
admin:therapists_therapist_changelist  admins     200 200
admin:therapists_therapist_change      admins     200 200
admin:treatments_treatment_changelist  admins     200 200
admin:treatments_guidance_changelist   admins     200 200
admin:treatments_reminderstep_changelist admins   200 200
admin:clients_client_changelist        desk       200 200
admin:clients_client_change            desk       200 403
admin:bookings_message_changelist      desk       200 200
admin:bookings_booking_changelist      desk       200 200
admin:bookings_booking_history         desk       200 200
admin:bookings_booking_change          desk       200 403
admin:bookings_booking_add             nobody
admin:bookings_booking_delete          nobody
admin:accounts_user_delete             nobody
admin:therapists_therapist_delete      nobody
admin:clients_client_delete            nobody
"""


def read_table(table: str) -> dict[str, dict[str, list[int]]]:
    """Route -> actor -> the status of each method in the order of the table's head."""
    rows: dict[str, dict[str, list[int]]] = {}
    for line in table.strip().splitlines()[1:]:
        route, who, *statuses = line.split()
        for actor in WHO.get(who, ()):
            rows.setdefault(route, {}).setdefault(actor, [int(status) for status in statuses])
        rows.setdefault(route, {})
    return rows


def routes(resolver: URLResolver | None = None) -> Iterator[str]:
    """The names of all routes that are ours; the admin's are the framework's."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif pattern.namespace != "admin":
            yield from routes(pattern)


ROWS = read_table(TABLE)
ADMIN_ROWS = read_table(ADMIN_TABLE)


@pytest.fixture
def world(settings) -> World:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False  # one browser knocks here thousands of times
    return make_world()


def test_every_route_has_its_lines():
    assert set(routes()) == set(ROWS)


def test_every_model_of_the_admin_has_its_line():
    lists = {f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist" for m in admin.site._registry}
    assert lists <= set(ADMIN_ROWS)


@pytest.mark.parametrize("route", ROWS)
def test_everybody_gets_what_the_table_says(client, world, route):
    found = {actor: [world.knock(client, actor, method, route) for method in METHODS] for actor in ACTORS}
    assert found == ROWS[route]


@pytest.mark.parametrize("route", ADMIN_ROWS)
def test_the_admin_lets_in_whom_the_table_says(client, world, route):
    found = {actor: [world.knock(client, actor, method, route) for method in ("GET", "POST")] for actor in ACTORS}
    outside = dict.fromkeys(WHO["outside"], [302, 302])
    assert found == dict.fromkeys(WHO["staff"], [403, 403]) | outside | ADMIN_ROWS[route]


POSTED = [route for route, row in ROWS.items() if {200, 303, 422} & {statuses[2] for statuses in row.values()}]


@pytest.mark.parametrize("route", POSTED)
def test_nothing_is_posted_without_the_forms_own_token(world, route):
    strict = Client(enforce_csrf_checks=True)
    for actor in ACTORS:
        assert world.knock(strict, actor, "POST", route) in (302, 403)


def test_missing_forbidden_forged_and_old_links_look_the_same(client, world):
    tokens = ["nothing", world.token(OTHER_LINK), world.token(OLD_LINK), links.make(world.booking, "other"), "é" * 9]
    pages = [client.get(reverse("booking", args=[token])).text for token in tokens]
    assert len({re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page) for page in pages}) == 1


def test_the_page_behind_a_link_names_nobody_but_its_reader(client, world):
    page = client.get(reverse("booking", args=[world.token(HOLDER)])).text
    assert "Robin" in page
    for secret in ("Hale", world.booking.email, world.other.reference, "call first"):
        assert secret not in page


def test_a_reference_read_out_on_the_phone_opens_nothing(client, world):
    for token in (world.booking.reference, world.booking.reference.replace(" ", ""), str(world.booking.pk)):
        assert client.get(f"/b/{token}/").status_code == 404


def test_a_link_dies_when_its_version_goes_up(client, world):
    path = reverse("booking", args=[world.token(HOLDER)])
    type(world.booking).objects.filter(pk=world.booking.pk).update(link_version=2)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("actor", WHO["outside"])
def test_the_way_to_the_admin_leads_through_the_sign_in_page(client, world, actor):
    assert world.knock(client, actor, "GET", "admin:index") == 302
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
