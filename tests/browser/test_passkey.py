"""A passkey is added and opens the door by itself, in a real browser with a made-up finger."""

import pytest

from tests.factories import PASSWORD, user

pytestmark = pytest.mark.browser
FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_opens_the_door_without_a_password(stage, visit):
    user(email="mei@mail.example")
    page = visit("/accounts/login/")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    page.fill("#id_login", "mei@mail.example")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{stage.server}/")
    page.goto("/accounts/2fa/passkeys/add/")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/accounts/2fa/codes/")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{stage.server}/")
    page.goto("/accounts/2fa/passkeys/")
    assert "Remove Master key" in page.inner_text("main")
