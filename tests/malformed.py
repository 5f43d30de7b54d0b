"""Broken requests, drawn from a fixed seed: as bytes, because no client library would send them."""

import socket
from dataclasses import dataclass
from random import Random
from urllib.parse import quote

CSRF = "k" * 32
LONG = 200_000
TIMEOUT = 30

# Each as it stands in an address or a form, already encoded or not.
NASTY = (
    "%00", "a%00b", "%ED%A0%80", "%ED%BF%BF%ED%A0%80", "%C0%80", "%E2%82", "%", "%z", "%%30", "%u0000", "%FF%FE",
    "9" * 5000, "-1", "1e999", "NaN", "Infinity", "-0", "0x10", "1_000", "٣", "²", "9223372036854775808",
    "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-11-24T09:00Z", "9999-12-31T23:59Z x y",
    "T" * 300, "0001-01-01T00:00Z", "..%2F..%2Fetc%2Fpasswd", "'%3B DROP TABLE x--", "{{7*7}}", "%3Cscript%3E",
    "%0D%0ASet-Cookie:x", "A" * 3000, "%F0%9F%92%A9" * 50, "%E2%80%AE", "[]", "a[b]=c", "&&&==&", ";;;", "null",
    "%2B%2B", "@", "a@b@c.example",
)  # fmt: skip
FIELDS = (
    "start", "where", "treatment", "with", "from", "part", "all", "when", "jump", "name", "email", "phone", "safe",
    "do", "login", "password", "password1", "oldpassword", "code", "credential", "next", "remember", "q", "p", "o", "e",
    "_to_field", "page", "status__exact", "state", "kind", "channel", "since", "note", "day", "place", "by",
    "who", "group", "style", "pressure", "language",
    "csrfmiddlewaretoken", "website", "rendered_at", "HTTP_HOST",
)  # fmt: skip
HEADERS = (
    "Accept-Language", "Accept", "User-Agent", "Referer", "Origin", "If-Modified-Since", "If-None-Match", "Range",
    "Cookie", "HX-Request", "HX-Current-URL", "X-Forwarded-For", "X-Forwarded-Proto", "X-CSRFToken",
    "Authorization", "Expect", "Content-Encoding", "Accept-Encoding", "Forwarded", "X-Forwarded-Host",
)  # fmt: skip
TYPES = (
    "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x",
    "multipart/mixed; boundary=", "multipart/form-data; boundary=" + "b" * 300,
    "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=no-such",
    "application/x-www-form-urlencoded; charset=%00", "", "/", "é", "application/x-www-form-urlencoded",
)  # fmt: skip
METHODS = (
    "GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "X" * 40, "PO ST",
    "\x00",
)  # fmt: skip


@dataclass(frozen=True)
class Visitor:
    """Somebody's cookies, and the addresses that are worth breaking for her."""

    cookies: str
    paths: tuple[str, ...]


def request(draw: Random, visitor: Visitor, host: str) -> bytes:
    """One broken request. Most get past the door, so that forms and pages see them too."""
    kind = draw.choices((query, path, form, body, header, line, noise), (25, 15, 25, 10, 15, 5, 5))[0]
    return kind(draw, visitor, host)


def query(draw: Random, visitor: Visitor, host: str) -> bytes:
    return assemble("GET", f"{draw.choice(visitor.paths)}?{pairs(draw)}", host, own_headers(draw, visitor))


def path(draw: Random, visitor: Visitor, host: str) -> bytes:
    """An address with one of its parts replaced, or with something behind it."""
    parts = draw.choice(visitor.paths).strip("/").split("/")
    parts[draw.randrange(len(parts))] = value(draw)
    if draw.random() < 0.3:
        parts.append(value(draw))
    return assemble(draw.choice(("GET", "POST")), f"/{'/'.join(parts)}/", host, own_headers(draw, visitor))


def form(draw: Random, visitor: Visitor, host: str) -> bytes:
    """A form with nonsense in its fields, with the token that it needs."""
    words = own_headers(draw, visitor) | {"Content-Type": "application/x-www-form-urlencoded"}
    return assemble("POST", draw.choice(visitor.paths), host, words, pairs(draw).encode())


def body(draw: Random, visitor: Visitor, host: str) -> bytes:
    """A body of the wrong type, of no type, too large, or of too many fields."""
    choices = (
        draw.randbytes(draw.randrange(2000)),
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="\x00../\xff"\r\n\r\n' + draw.randbytes(50),
        b"--x\r\n\r\n--x--\r\n",
        b"&".join(b"a%d=1" % number for number in range(1500)),
        b"name=" + b"n" * LONG,
        b'{"a": ' * 500,
    )
    content = draw.choice(choices) if draw.random() < 0.97 else b"x=" + b"y" * 3_000_000
    words = own_headers(draw, visitor) | {"Content-Type": draw.choice(TYPES)}
    return assemble(draw.choice(("POST", "PUT")), draw.choice(visitor.paths), host, words, content)


def header(draw: Random, visitor: Visitor, host: str) -> bytes:
    """Headers and cookies that no browser sends."""
    words = own_headers(draw, visitor)
    for name in draw.sample(HEADERS, draw.randint(1, 3)):
        words[name] = value(draw)
    if draw.random() < 0.5:
        words["Cookie"] = f"session={value(draw)}; csrf={value(draw)}; messages={value(draw)}; language={value(draw)}"
    host = draw.choice((host, host, host, "", "evil.example", "localhost:99999", "[::", value(draw)))
    return assemble("GET", draw.choice(visitor.paths), host, words)


def line(draw: Random, visitor: Visitor, host: str) -> bytes:
    """A broken first line."""
    start = f"{draw.choice(METHODS)} {draw.choice(visitor.paths)} HTTP/{draw.choice(('1.1', '1.0', '9.9', 'x', ''))}"
    return f"{start}\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()


def noise(draw: Random, _visitor: Visitor, host: str) -> bytes:
    """No HTTP at all, or HTTP with bytes thrown in."""
    if draw.random() < 0.5:
        return draw.randbytes(draw.randrange(1, 500)) + b"\r\n\r\n"
    return b"GET /" + draw.randbytes(30).replace(b"\n", b"") + b" HTTP/1.1\r\nHost: " + host.encode() + b"\r\n\r\n"


def own_headers(draw: Random, visitor: Visitor) -> dict[str, str]:
    """The headers of an honest browser, at an address of its own."""
    address = ".".join(str(draw.randint(1, 254)) for _ in range(4))
    return {"Cookie": f"csrf={CSRF}; {visitor.cookies}", "X-CSRFToken": CSRF, "X-Forwarded-For": address}


def pairs(draw: Random) -> str:
    return "&".join(f"{draw.choice(FIELDS)}={value(draw)}" for _ in range(draw.randint(1, 5)))


def value(draw: Random) -> str:
    """Something nasty, or random bytes in percent signs."""
    if draw.random() < 0.75:
        return draw.choice(NASTY)
    return quote(draw.randbytes(draw.randint(0, 40)))


def assemble(method: str, target: str, host: str, headers: dict[str, str], content: bytes = b"") -> bytes:
    words = {"Host": host, "Connection": "close"} | headers
    if content or method == "POST":
        words["Content-Length"] = str(len(content))
    lines = "".join(f"{name}: {word}\r\n" for name, word in words.items())
    return f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode() + content


def send(port: int, sent: bytes) -> int:
    """The status of the answer, 0 when the server closed the line without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as line_to_site:
        try:
            line_to_site.sendall(sent)
            line_to_site.shutdown(socket.SHUT_WR)
            answer = line_to_site.recv(4096)
        except (BrokenPipeError, ConnectionResetError):
            return 0
    words = answer.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit() else 0
