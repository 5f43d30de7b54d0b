"""What the settings of a gateway for text messages must look like. Imports no Django."""

import json
import re
from urllib.parse import urlsplit

BACKENDS = ("off", "console", "file", "http")
AWKWARD = '\\"'
"""Stands for both placeholders while a body is tried out: a letter inside the quotes of JSON, elsewhere an error."""


def problem(backend: str, url: str, header: str, body: str, *, is_here: bool) -> str:
    """What is wrong with the settings, in one sentence; empty when nothing is. `is_here`: served to this computer."""
    if backend not in BACKENDS:
        return f"SMS_BACKEND must be one of {', '.join(BACKENDS)}."
    if backend == "console" and not is_here:
        return "SMS_BACKEND=console is for this computer only: it writes numbers into the log."
    if backend != "http":
        return ""
    if not is_address(url):
        return "SMS_URL must look like https://gateway.example.org/send: plain http is for this computer only."
    if header and not re.fullmatch(r"[A-Za-z0-9-]+: [ -~]+", header):
        return "SMS_HEADER must be one header, like Authorization: Bearer word."
    if "{to}" not in body or "{text}" not in body:
        return "SMS_BODY must hold {to} and {text}."
    if is_json(body) and not _is_valid(body):
        return 'SMS_BODY is not valid JSON: it must look like {"to": "{to}", "text": "{text}"}.'
    return ""


def is_json(body: str) -> bool:
    """Whether a body is JSON; any other is a form, like To={to}&Body={text}."""
    start = body.lstrip()
    return start.startswith(("{", "[")) and not start.startswith(("{to}", "{text}"))


def is_secret(word: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9_-]{20,100}", word))


def is_address(url: str) -> bool:
    """https, or http on this computer, with a host and without a name and password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    is_near = parts.hostname in ("localhost", "127.0.0.1", "::1")
    is_plain = url.isascii() and url.isprintable() and " " not in url and "@" not in parts.netloc
    return bool(parts.hostname) and is_plain and (parts.scheme == "https" or (parts.scheme == "http" and is_near))


def _is_valid(body: str) -> bool:
    try:
        json.loads(body.replace("{to}", AWKWARD).replace("{text}", AWKWARD))
    except ValueError:
        return False
    return True
