"""Whose address a request has, which hosts are served, what browsers are told, and what stays out of the logs."""

import logging
import re

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client, RequestFactory, override_settings

from spa.logs import NoTokens
from spa.middleware import read_client_address
from tests import factories

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "manifest-src 'self'",
}
FORGED = "6.6.6.6, 203.0.113.9, 10.0.0.2"


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, FORGED, "192.0.2.1"),
        (1, FORGED, "10.0.0.2"),
        (2, FORGED, "203.0.113.9"),
        (1, "", "192.0.2.1"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "somebody", ""),
        (1, "6.6.6.6\r\n", "6.6.6.6"),
    ],
)
def test_the_address_comes_from_the_trusted_proxies_only(proxies: int, header: str, address: str) -> None:
    headers = {"X-Forwarded-For": header} if header else {}
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers=headers)
    with override_settings(TRUSTED_PROXY_COUNT=proxies):
        assert read_client_address(request) == address


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]"])
@pytest.mark.django_db
def test_this_computer_is_served(client: Client, host: str) -> None:
    with override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1", "[::1]"]):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["book.example.org", "localhost.example.org", "10.0.0.7", "a b"])
@pytest.mark.django_db
def test_other_hosts_are_refused(client: Client, host: str) -> None:
    with override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1", "[::1]"]):
        assert client.get("/healthz", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/admin/", "/nothing-here"])
@pytest.mark.django_db
def test_every_page_carries_the_strict_policy(client: Client, path: str) -> None:
    factories.studio()
    response = client.get(path, follow=True)
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_the_admin_obeys_the_policy_too(client: Client) -> None:
    client.force_login(factories.owner())
    page = client.get("/admin/")
    assert set(page.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert re.findall(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", page.text) == []


@pytest.mark.django_db
def test_what_belongs_to_one_person_is_stored_nowhere(client: Client) -> None:
    assert client.get("/accounts/login/").headers["Cache-Control"] == "no-store, private"
    assert client.get("/b/no-such-link/").headers["Cache-Control"] == "no-store, private"
    client.force_login(factories.owner())
    assert client.get("/admin/").headers["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_a_page_for_everybody_may_be_kept(client: Client) -> None:
    assert "no-store" not in client.get("/healthz-is-not-here").headers.get("Cache-Control", "")


@pytest.mark.django_db
def test_what_is_not_declared_public_needs_a_sign_in(client: Client) -> None:
    assert client.get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Not Found: /b/abc.def:ghi/", "Not Found: /b/..."),
        ("Conflict: /w/abc.def:ghi/", "Conflict: /w/..."),
        ("Forbidden: /calendar/s3cret.ics?x=1", "Forbidden: /calendar/...?x=1"),
        ("Gone: /accounts/password/reset/key/1-abc/ (410)", "Gone: /accounts/... (410)"),
        ("Not Found: /book/", "Not Found: /book/"),
    ],
)
def test_logs_hold_no_tokens(line: str, kept: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (line,), None)
    assert NoTokens().filter(record)
    assert record.getMessage() == kept


@pytest.mark.django_db
def test_https_brings_redirect_hsts_and_nothing_in_plain_http_but_the_health_page(client: Client) -> None:
    https = {"SECURE_SSL_REDIRECT": True, "SECURE_SSL_HOST": "book.example.org", "SECURE_HSTS_SECONDS": 31_536_000}
    with override_settings(**https, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        assert client.get("/book/").headers["Location"] == "https://book.example.org/book/"
        assert client.get("/healthz").status_code == 200
        secure = client.get("/healthz", headers={"X-Forwarded-Proto": "https"})
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_style_sheets_are_found() -> None:
    assert find("css/site.css") is not None


@pytest.mark.django_db
def test_a_form_without_proof_of_origin_is_refused_with_the_way_on() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/")
    assert response.status_code == 403
    assert "Allow cookies for this site, go back, reload the page and send it again." in response.text


@pytest.mark.django_db
def test_a_page_that_is_not_there_knows_the_way(client: Client) -> None:
    response = client.get("/nothing-here")
    assert (response.status_code, "There is no page here" in response.text) == (404, True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/book/hold/", "/language/", "/es/book/hold/"])
def test_an_address_that_only_a_button_calls_says_so(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    words = "Esta dirección solo se abre con un botón" if address.startswith("/es/") else "opens with a button only"
    assert words in response.text
    assert client.head(address).content == b""
