"""Every setting of the project. docs/operations.md and .env.example say what each one means to the owner.

A missing or wrong setting stops the start with one sentence.
"""

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import environ

from spa import embedded, gateway, local

env = environ.Env()
BASE_DIR = local.BASE
VAR_DIR = local.VAR
local.read_env_files()


def read_number(name: str, default: int, *, least: int, most: int) -> int:
    """Read a whole number from `least` to `most`."""
    word = env.str(name, default="") or str(default)
    number = int(word) if word.isascii() and word.isdigit() and len(word) < 10 else least - 1
    if not least <= number <= most:
        local.stop_with(f"{name} must be a whole number from {least} to {most}.")
    return number


def read_switch(name: str, default: bool) -> bool:
    """Read 1 or 0, true or false, yes or no, on or off."""
    word = env.str(name, default="").lower()
    if word not in ("", "1", "0", "true", "false", "yes", "no", "on", "off"):
        local.stop_with(f"{name} must be 1 or 0.")
    return word in ("1", "true", "yes", "on") if word else default


def split_url(url: str, *schemes: str) -> SplitResult | None:
    """Take an address apart; None when it is none, has another scheme or a port that is no number."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in (schemes or ("http", "https")) and parts.netloc else None


def is_loopback(host: str) -> bool:
    """Whether a host name means this computer."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


# --- Where it is served ------------------------------------------------------------------------------------
PORT = read_number("PORT", 8000, least=1, most=65_535)
SITE_URL = env.str("SITE_URL", default="").rstrip("/") or f"http://localhost:{PORT}"
_site = split_url(SITE_URL)
SITE_HOST = (_site and _site.hostname) or ""
if not _site or _site.geturl() != f"{_site.scheme}://{_site.netloc}" or "*" in SITE_HOST or "@" in _site.netloc:
    local.stop_with("SITE_URL must be the full address of the site and nothing more, like https://book.example.org.")
SECURE = _site.scheme == "https"
LOCAL = is_loopback(SITE_HOST)
if not SECURE and not LOCAL:
    local.stop_with("SITE_URL must begin with https://: plain http is served on this computer only.")
ALLOWED_HOSTS = list(dict.fromkeys([SITE_HOST, "localhost", "127.0.0.1", "[::1]"]))
_more_hosts = [host.strip() for host in env.str("MORE_HOSTS", default="").split(",") if host.strip()]
if any("*" in host or host.startswith(".") or (not SECURE and not is_loopback(host)) for host in _more_hosts):
    local.stop_with("MORE_HOSTS must name single hosts without '*', and needs an https SITE_URL for public ones.")
ALLOWED_HOSTS += _more_hosts
# The Procfile gives these two to gunicorn and to the worker; here a wrong one stops the start in words.
read_number("WEB_WORKERS", 3, least=1, most=64)
read_number("WORKER_PROCESSES", 2, least=1, most=64)
TRUSTED_PROXY_COUNT = read_number("TRUSTED_PROXY_COUNT", 0, least=0, most=10)
if SECURE and not TRUSTED_PROXY_COUNT:
    local.stop_with("TRUSTED_PROXY_COUNT must be 1 or more with https: the proxy that speaks it is the one to trust.")

DEBUG = read_switch("DEBUG", False)
if DEBUG and not LOCAL:
    local.stop_with("DEBUG must be off on a public host: it shows the insides of the site to everybody.")
# The demo studio, its sign-ins and the page of sent mails exist only on this computer.
DEMO = read_switch("DEMO", LOCAL)
if DEMO and not LOCAL:
    local.stop_with("DEMO must be off on a public host: its sign-ins are known to everybody.")
if DEMO and not is_loopback(env.str("WEB_HOST", default="") or "127.0.0.1"):
    local.stop_with("DEMO must be off when WEB_HOST lets others in: its sign-ins are known to everybody.")

# --- Secrets -----------------------------------------------------------------------------------------------
_database_url = env.str("DATABASE_URL", default="")
if not _database_url:
    local.make_secrets()
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    local.stop_with("SECRET_KEY is not set: set it to 50 or more random characters.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or "insecure" in SECRET_KEY or "change" in SECRET_KEY:
    local.stop_with("SECRET_KEY can be guessed: set it to 50 or more random characters.")
HEALTH_SECRET = env.str("HEALTH_SECRET", default="")
if HEALTH_SECRET and len(HEALTH_SECRET) < 20:
    local.stop_with("HEALTH_SECRET can be guessed: set it to 20 or more random characters, or leave it empty.")

# --- Apps --------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "simple_history",
    "accounts",
    "locations",
    "therapists",
    "treatments",
    "clients",
    "bookings",
    "desk",
    "studio",
    "pages",
]
MIDDLEWARE = [
    "spa.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "spa.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "locations.speaking.InTheirLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.second_factor.SecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "spa.middleware.buttons_only",
    "spa.middleware.DatabaseDown",
]
ROOT_URLCONF = "spa.urls"
WSGI_APPLICATION = "spa.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "locations.house.context",
                "accounts.access.context",
            ],
        },
    },
]

# --- Database ----------------------------------------------------------------------------------------------
_database_url = _database_url or embedded.database_url()
_parts = split_url(_database_url, "postgres", "postgresql")
if not _parts or not _parts.path.strip("/"):
    local.stop_with("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
_database: dict[str, Any] = env.db_url_config(_database_url)
_timeouts = {
    "statement_timeout": read_number("STATEMENT_TIMEOUT_MS", 15_000, least=100, most=600_000),
    "lock_timeout": 3_000,
    "idle_in_transaction_session_timeout": 15_000,
}
_test_suffix = env.str("PYTEST_DB_SUFFIX", default="")
DATABASES = {
    "default": {
        **_database,
        "HOST": unquote(_database["HOST"]),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "options": " ".join(f"-c {name}={milliseconds}" for name, milliseconds in _timeouts.items()),
            **_database.get("OPTIONS", {}),
        },
        "TEST": {"NAME": f"test_{_database['NAME']}{_test_suffix and '_' + _test_suffix}"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Pieces of pages that say nothing but the set-up, each kept by its process under the set-up's revision.
    "pieces": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 300}},
}
SESSION_ENGINE = "spa.sessions"

# --- Signing in --------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "landing"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited by the owner, who knows their addresses
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "bookings.outbox.account_mail.AccountAdapter"  # its mails go through the outbox
# Details that are sent sooner than this after their form was shown get one more step; 0 switches it off.
FASTEST_FORM_SECONDS = read_number("FASTEST_FORM_SECONDS", 2, least=0, most=30)
ACCOUNT_LOGIN_BY_CODE_ENABLED = True  # for clients; staff have passwords and second factors
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "accounts.door.FactorAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "accounts.forms.PasskeyForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL and not SECURE
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = SITE_HOST
REQUIRE_ADMIN_SECOND_FACTOR = read_switch("REQUIRE_ADMIN_SECOND_FACTOR", False)

# --- What browsers are told --------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_AGE = SECURE, True, 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_NAME = "Lax", "__Host-language" if SECURE else "language"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = SECURE
SECURE_SSL_HOST = _site.netloc if SECURE else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a platform asks the process itself, in plain http
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE and TRUSTED_PROXY_COUNT else None

# --- Words and time ----------------------------------------------------------------------------------------
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="") or "en"
if LANGUAGE_CODE not in dict(LANGUAGES):
    local.stop_with(f"LANGUAGE_CODE must be one of {', '.join(dict(LANGUAGES))}.")
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files -------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_HANDLERS = [
    "spa.uploads.Cut",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "spa.storage.ModuleStorage"},
}

# --- Mail --------------------------------------------------------------------------------------------------
MAIL_DIR = VAR_DIR / "mail"
_email_url = env.str("EMAIL_URL", default="")
if _email_url.startswith("filemail://"):
    MAIL_DIR = BASE_DIR / unquote(_email_url.removeprefix("filemail://"))
elif _email_url:
    if not split_url(_email_url, "smtp", "smtp+tls", "smtp+ssl"):
        local.stop_with("EMAIL_URL must look like smtp+tls://user:password@mail.example.org:587.")
    _mail: dict[str, Any] = env.email_url_config(_email_url)
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"] or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
elif not LOCAL:
    local.stop_with("EMAIL_URL is not set: confirmations cannot leave without a mail server.")
MAIL_TO_FILES = not _email_url or _email_url.startswith("filemail://")
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if MAIL_TO_FILES else 'smtp'}.EmailBackend"
EMAIL_FILE_PATH = MAIL_DIR
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or f"studio@{SITE_HOST}"
_address = r"[^\s<>,@]+@[^\s<>,@]+"
if not re.fullmatch(rf"{_address}|(\"[^\"\n]+\"|[^<>,@\n\"]+) <{_address}>", DEFAULT_FROM_EMAIL):
    local.stop_with("DEFAULT_FROM_EMAIL must look like Stone and Step <hello@example.org>, or be an address alone.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Shown when the database, which knows the studio's number, cannot be asked.
STUDIO_PHONE = env.str("STUDIO_PHONE", default="")

# --- Text messages -----------------------------------------------------------------------------------------
SMS_DIR = VAR_DIR / "sms"
SMS_BACKEND = env.str("SMS_BACKEND", default="") or ("file" if LOCAL else "off")
SMS_URL, SMS_HEADER = env.str("SMS_URL", default=""), env.str("SMS_HEADER", default="")
SMS_BODY = env.str("SMS_BODY", default="") or '{"to": "{to}", "text": "{text}"}'
if _problem := gateway.problem(SMS_BACKEND, SMS_URL, SMS_HEADER, SMS_BODY, is_here=LOCAL):
    local.stop_with(_problem)
SMS_IS_JSON = gateway.is_json(SMS_BODY)
SMS_TIMEOUT = 20
# Part of the address to which the gateway posts what people answer (STOP); without it nobody can post.
SMS_INBOUND_SECRET = env.str("SMS_INBOUND_SECRET", default="")
if SMS_INBOUND_SECRET and not gateway.is_secret(SMS_INBOUND_SECRET):
    local.stop_with("SMS_INBOUND_SECRET must be 20 or more random letters, digits, - and _, or empty.")

# --- Celery: beat's tick is the only producer --------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="") or embedded.REDIS_URL
if not split_url(REDIS_URL, "redis", "rediss") and not REDIS_URL.startswith("unix:///"):
    local.stop_with("REDIS_URL must look like redis://host:6379/0.")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = CELERY_EVENT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# No tick expires: that would be by the worker's own clock, and one that is fast would throw all of them away.
CELERY_BEAT_SCHEDULE = {
    "deliver": {"task": "bookings.tasks.deliver_due", "schedule": 5.0},
    "forget old": {"task": "bookings.tasks.forget_old", "schedule": 3600.0},
    "forget": {"task": "accounts.tasks.forget", "schedule": 3600.0},
    "forget files": {"task": "therapists.tasks.forget_files", "schedule": 3600.0},
}

# --- Logs: no tokens, no addresses -------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_tokens": {"()": "spa.logs.NoTokens"}},
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_tokens"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # Strangers try host names all day long: they get their 400 and no line.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # A tick every five seconds is no news; what it sends says so itself.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        # It warns of every HEAD request that Django answers with a body, which it drops rightly.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
