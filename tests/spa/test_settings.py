"""A setting that is missing or wrong stops the start with one sentence; the nearest right value beside it starts."""

import os
import re
import runpy
import secrets
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tests.spa.conftest import BASE, python

KEY = secrets.token_urlsafe(48)
PUBLIC = {
    "SITE_URL": "https://book.example.org",
    "SECRET_KEY": KEY,
    "TRUSTED_PROXY_COUNT": "1",
    "DATABASE_URL": "postgresql://studio:word@db.example.org:5432/studio",
    "EMAIL_URL": "smtp+tls://user:word@mail.example.org:587",
}
LOCAL = PUBLIC | {"SITE_URL": "http://localhost:8000"}
SITE = "SITE_URL must be the full address of the site and nothing more, like https://book.example.org."
PLAIN = "SITE_URL must begin with https://: plain http is served on this computer only."
GUESSED = "SECRET_KEY can be guessed: set it to 50 or more random characters."
DATABASE = "DATABASE_URL must look like postgresql://user:password@host:5432/name."
MAIL = "EMAIL_URL must look like smtp+tls://user:password@mail.example.org:587."
HOSTS = "MORE_HOSTS must name single hosts without '*', and needs an https SITE_URL for public ones."
SENDER = "DEFAULT_FROM_EMAIL must look like Stone and Step <hello@example.org>, or be an address alone."
NUMBER = "TRUSTED_PROXY_COUNT must be a whole number from 0 to 10."
GATEWAY = {
    "SMS_BACKEND": "http",
    "SMS_URL": "https://sms.example.org/send",
    "SMS_HEADER": "Authorization: Bearer word",
    "SMS_BODY": '{"to": "{to}", "message": "{text}"}',
}
TO_GATEWAY = "SMS_URL must look like https://gateway.example.org/send: plain http is for this computer only."
BODY = 'SMS_BODY is not valid JSON: it must look like {"to": "{to}", "text": "{text}"}.'

REFUSED = {
    "a public host with DEBUG": (
        {"DEBUG": "1"},
        "DEBUG must be off on a public host: it shows the insides of the site to everybody.",
    ),
    "a public host with the demo": (
        {"DEMO": "1"},
        "DEMO must be off on a public host: its sign-ins are known to everybody.",
    ),
    "https without a proxy to trust": (
        {"TRUSTED_PROXY_COUNT": "0"},
        "TRUSTED_PROXY_COUNT must be 1 or more with https: the proxy that speaks it is the one to trust.",
    ),
    "the demo for the whole network": (
        {"SITE_URL": "http://localhost:8000", "WEB_HOST": "0.0.0.0"},  # noqa: S104 - refused
        "DEMO must be off when WEB_HOST lets others in: its sign-ins are known to everybody.",
    ),
    "no secret": ({"SECRET_KEY": ""}, "SECRET_KEY is not set: set it to 50 or more random characters."),
    "a short secret": ({"SECRET_KEY": KEY[:49]}, GUESSED),
    "a default secret": ({"SECRET_KEY": "django-insecure-" + KEY}, GUESSED),
    "a secret of one letter": ({"SECRET_KEY": "a" * 64}, GUESSED),
    "a short secret for the health page": (
        {"HEALTH_SECRET": "guess-me"},
        "HEALTH_SECRET can be guessed: set it to 20 or more random characters, or leave it empty.",
    ),
    "every host": ({"SITE_URL": "https://*"}, SITE),
    "every host besides": ({"MORE_HOSTS": "*"}, HOSTS),
    "every host below a name": ({"MORE_HOSTS": ".example.org"}, HOSTS),
    "a site without a scheme": ({"SITE_URL": "book.example.org"}, SITE),
    "a site in a folder": ({"SITE_URL": "https://example.org/book"}, SITE),
    "a site with a wrong port": ({"SITE_URL": "https://example.org:port"}, SITE),
    "a site with broken brackets": ({"SITE_URL": "https://[::1"}, SITE),
    "a public site without https": ({"SITE_URL": "http://book.example.org"}, PLAIN),
    "another database": ({"DATABASE_URL": "sqlite:///studio.db"}, DATABASE),
    "a database without a name": ({"DATABASE_URL": "postgresql://db.example.org"}, DATABASE),
    "a database with a wrong port": ({"DATABASE_URL": "postgresql://db.example.org:port/studio"}, DATABASE),
    "a queue that is none": ({"REDIS_URL": "amqp://host"}, "REDIS_URL must look like redis://host:6379/0."),
    "no mail server": (
        {"EMAIL_URL": ""},
        "EMAIL_URL is not set: confirmations cannot leave without a mail server.",
    ),
    "a mail server that is none": ({"EMAIL_URL": "mail.example.org"}, MAIL),
    "a mail server with a wrong port": ({"EMAIL_URL": "smtp://mail.example.org:port"}, MAIL),
    "a sender that is no address": ({"DEFAULT_FROM_EMAIL": "Stone and Step"}, SENDER),
    "two senders": ({"DEFAULT_FROM_EMAIL": "a@example.org, b@example.org"}, SENDER),
    "no web process": ({"WEB_WORKERS": "0"}, "WEB_WORKERS must be a whole number from 1 to 64."),
    "a way for texts that is none": ({"SMS_BACKEND": "pigeon"}, "SMS_BACKEND must be one of off, console, file, http."),
    "numbers in a public log": (
        {"SMS_BACKEND": "console"},
        "SMS_BACKEND=console is for this computer only: it writes numbers into the log.",
    ),
    "a gateway without an address": (GATEWAY | {"SMS_URL": ""}, TO_GATEWAY),
    "a gateway over plain http": (GATEWAY | {"SMS_URL": "http://sms.example.org/send"}, TO_GATEWAY),
    "a gateway with a wrong port": (GATEWAY | {"SMS_URL": "https://sms.example.org:port/"}, TO_GATEWAY),
    "a gateway with a space": (GATEWAY | {"SMS_URL": "https://sms.example.org/a b"}, TO_GATEWAY),
    "a header without a colon": (
        GATEWAY | {"SMS_HEADER": "Bearer word"},
        "SMS_HEADER must be one header, like Authorization: Bearer word.",
    ),
    "a body without the text": (GATEWAY | {"SMS_BODY": '{"to": "{to}"}'}, "SMS_BODY must hold {to} and {text}."),
    "a body that is no JSON": (GATEWAY | {"SMS_BODY": '{"to": "{to}", "text": "{text}"'}, BODY),
    "a body with a bare number": (GATEWAY | {"SMS_BODY": '{"to": {to}, "text": "{text}"}'}, BODY),
    "a short secret for answers": (
        {"SMS_INBOUND_SECRET": "guess-me"},
        "SMS_INBOUND_SECRET must be 20 or more random letters, digits, - and _, or empty.",
    ),
    "words for a number": ({"TRUSTED_PROXY_COUNT": "one"}, NUMBER),
    "a number below nought": ({"TRUSTED_PROXY_COUNT": "-1"}, NUMBER),
    "no port at all": ({"PORT": "0"}, "PORT must be a whole number from 1 to 65535."),
    "a port beyond the last": ({"PORT": "65536"}, "PORT must be a whole number from 1 to 65535."),
    "a word for a switch": ({"DEBUG": "maybe"}, "DEBUG must be 1 or 0."),
    "a language that we do not have": ({"LANGUAGE_CODE": "tlh"}, "LANGUAGE_CODE must be one of en, es."),
}
ACCEPTED = {
    "a public host": PUBLIC,
    "this computer": LOCAL,
    "this computer by number": LOCAL | {"SITE_URL": "http://127.0.0.1:8000"},
    "this computer with DEBUG": LOCAL | {"DEBUG": "1"},
    "this computer without mail": LOCAL | {"EMAIL_URL": ""},
    "a secret of 50": PUBLIC | {"SECRET_KEY": KEY[:50]},
    "a second host": PUBLIC | {"MORE_HOSTS": "www.example.org,10.0.0.7"},
    "a database through a socket": PUBLIC | {"DATABASE_URL": "postgresql://studio@%2Ftmp%2Fpg/studio"},
    "a sender with a name": PUBLIC | {"DEFAULT_FROM_EMAIL": "Stone and Step <hello@example.org>"},
    "mail into files": PUBLIC | {"EMAIL_URL": "filemail://var/mail"},
    "texts by a gateway": PUBLIC | GATEWAY,
    "texts by a gateway that takes forms": PUBLIC | GATEWAY | {"SMS_BODY": "To={to}&Body={text}"},
    "texts by a gateway on this computer": LOCAL | GATEWAY | {"SMS_URL": "http://127.0.0.1:9/send"},
    "texts on the console of this computer": LOCAL | {"SMS_BACKEND": "console"},
    "a gateway that is not in use": PUBLIC | {"SMS_URL": "nonsense"},
    "answers to texts": PUBLIC | {"SMS_INBOUND_SECRET": KEY[:20]},
    "an empty studio for the whole network": LOCAL | {"WEB_HOST": "0.0.0.0", "DEMO": "0"},  # noqa: S104 - it asks
    "a word that means yes": LOCAL | {"DEMO": "true"},
}


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """Nothing but the settings of the test; what reading them leaves in the environment goes away again."""
    before = dict(os.environ)
    os.environ.clear()
    yield
    os.environ.clear()
    os.environ |= before


def start(**settings: str) -> SimpleNamespace:
    """Read the settings as a start would."""
    os.environ |= settings
    return SimpleNamespace(**runpy.run_path(str(BASE / "spa" / "settings.py")))


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_setting_stops_the_start_with_one_sentence(name: str) -> None:
    wrong, sentence = REFUSED[name]
    with pytest.raises(SystemExit) as stopped:
        start(**PUBLIC | wrong)
    assert stopped.value.code == sentence


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_right_setting_starts(name: str) -> None:
    address = ACCEPTED[name]["SITE_URL"]
    assert address == start(**ACCEPTED[name]).SITE_URL


def test_the_sentence_is_all_that_a_command_says() -> None:
    wrong, sentence = REFUSED["no secret"]
    done = python(BASE, "import manage; manage.main()", **PUBLIC | wrong)
    assert (done.stderr, done.stdout, done.returncode) == (f"{sentence}\n", "", 1)


def test_https_brings_host_cookies_redirect_and_hsts() -> None:
    public, here = start(**PUBLIC), start(**LOCAL)
    assert (public.SESSION_COOKIE_NAME, public.CSRF_COOKIE_NAME) == ("__Host-session", "__Host-csrf")
    assert (public.SECURE_SSL_REDIRECT, public.SECURE_HSTS_SECONDS) == (True, 31_536_000)
    assert (here.SESSION_COOKIE_NAME, here.CSRF_COOKIE_NAME) == ("session", "csrf")
    assert (here.SECURE_SSL_REDIRECT, here.SECURE_HSTS_SECONDS) == (False, 0)


def test_texts_leave_nowhere_unless_told_and_into_files_on_this_computer() -> None:
    assert [start(**PUBLIC).SMS_BACKEND, start(**LOCAL).SMS_BACKEND] == ["off", "file"]


def test_a_body_is_json_or_a_form() -> None:
    bodies = ('{"to": "{to}", "text": "{text}"}', '["{to}", "{text}"]', "To={to}&Body={text}", "{to}={text}")
    assert [start(**PUBLIC, SMS_BODY=body).SMS_IS_JSON for body in bodies] == [True, True, False, False]


def test_only_the_site_and_this_computer_are_served() -> None:
    assert start(**PUBLIC).ALLOWED_HOSTS == ["book.example.org", "localhost", "127.0.0.1", "[::1]"]
    assert start(**LOCAL).ALLOWED_HOSTS == ["localhost", "127.0.0.1", "[::1]"]


def test_the_scheme_a_proxy_names_is_believed_only_with_https() -> None:
    assert start(**LOCAL).SECURE_PROXY_SSL_HEADER is None
    assert start(**PUBLIC).SECURE_PROXY_SSL_HEADER == ("HTTP_X_FORWARDED_PROTO", "https")


def test_the_database_gives_up_in_time() -> None:
    assert start(**PUBLIC).DATABASES["default"]["OPTIONS"] == {
        "connect_timeout": 5,
        "options": "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000",
    }


def test_celery_is_never_eager_keeps_no_results_and_reads_only_json() -> None:
    settings = start(**PUBLIC)
    assert not hasattr(settings, "CELERY_TASK_ALWAYS_EAGER")
    assert (settings.CELERY_TASK_IGNORE_RESULT, settings.CELERY_ACCEPT_CONTENT) == (True, ["json"])


def test_the_only_producer_is_a_tick_that_no_workers_clock_can_make_expire() -> None:
    assert start(**PUBLIC).CELERY_BEAT_SCHEDULE == {
        "deliver": {"task": "bookings.tasks.deliver_due", "schedule": 5.0},
        "forget": {"task": "accounts.tasks.forget", "schedule": 3600.0},
        "forget files": {"task": "therapists.tasks.forget_files", "schedule": 3600.0},
        "forget old": {"task": "bookings.tasks.forget_old", "schedule": 3600.0},
    }


def test_the_example_file_lists_every_setting() -> None:
    source = "".join((BASE / "spa" / f"{name}.py").read_text() for name in ("settings", "local", "embedded"))
    read = set(re.findall(r"""(?:env\.str|read_number|read_switch|environ\.get)\("([A-Z_]+)\"""", source))
    read |= set(re.findall(r"\$\{([A-Z_]+):-", (BASE / "Procfile").read_text()))
    listed = re.findall(r"^([A-Z_]+)=", (BASE / ".env.example").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(read - {"PYTEST_DB_SUFFIX"})  # for test runs side by side


def test_the_example_file_starts_as_it_is() -> None:
    lines = (BASE / ".env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert start(**{"SECRET_KEY": KEY} | {k: v for k, v in example.items() if v}).SITE_URL == "http://localhost:8000"
