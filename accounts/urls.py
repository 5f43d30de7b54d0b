"""Everything about signing in, under /accounts/. Of allauth's pages only those that this studio uses."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import path, re_path

from accounts.views import gone, invitation, landing, set_up

urlpatterns = [
    path("", landing, name="landing"),
    path("setup/<str:token>/", set_up, name="setup"),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,20})-(?P<key>[^/]{1,200})/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", factors.index, name="mfa_index"),
    path("2fa/authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/app/activate/", app.activate_totp, name="mfa_activate_totp"),
    path("2fa/app/deactivate/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/passkeys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/passkeys/reauthenticate/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("login/passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    # allauth asks for these names; their pages do not exist here: people are invited, not signed up.
    path("signup/", gone, name="account_signup"),
    path("email/", gone, name="account_email"),
    path("password/set/", gone, name="account_set_password"),
    path("confirm-email/", gone, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", gone, name="account_confirm_email"),
]
