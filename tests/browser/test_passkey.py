"""A passkey is added and opens the door by itself, in a real browser with a made-up finger."""

import re

import pytest

from bookings.models import Message
from tests.factories import PASSWORD, user

pytestmark = pytest.mark.browser
MY = re.compile(r"^[^?]*/my/$")  # the page of the code names it behind its question mark
FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_finger(page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    return page


def test_a_client_signs_in_with_her_passkey_or_still_with_a_code(stage, visit):
    stage.my()
    page = with_finger(visit("/my/sign-in/"))
    page.context.clear_cookies()
    sign_in_by_code(page)
    page.get_by_role("link", name="Sign in with a passkey").click()
    add_passkey(page)
    page.get_by_text("Added. Next time you can sign in with it.").wait_for()
    page.context.clear_cookies()
    page.goto("/my/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    page.wait_for_url(MY)
    page.context.clear_cookies()
    sign_in_by_code(page)
    assert "Your bookings" in page.inner_text("h1")


def add_passkey(page):
    page.get_by_role("button", name="Add a passkey").wait_for()
    page.wait_for_load_state()  # the script that asks for the finger listens only now
    page.get_by_role("button", name="Add a passkey").click()


def sign_in_by_code(page):
    page.goto("/my/sign-in/")
    page.fill("#id_email", "robin@mail.example")
    page.get_by_role("button", name="Mail me a code").click()
    page.wait_for_selector("#id_code")
    page.fill("#id_code", re.search(r"Your code: (\S+)", Message.objects.latest("pk").text)[1])
    page.keyboard.press("Enter")
    page.wait_for_url(MY)


def test_a_passkey_opens_the_door_without_a_password(stage, visit):
    user(email="mei@mail.example")
    page = with_finger(visit("/accounts/login/"))
    page.fill("#id_login", "mei@mail.example")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{stage.server}/")
    page.goto("/accounts/2fa/passkeys/add/")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    add_passkey(page)
    page.wait_for_url("**/accounts/2fa/codes/")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{stage.server}/")
    page.goto("/accounts/2fa/passkeys/")
    assert "Remove Master key" in page.inner_text("main")
