"""A client in front of her browser: cookies, forms and the true path to a booking. Imports no Django."""

import http.client
import re
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TIMEOUT = 90
PHONE = "01632 960 123"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
REFERENCE = re.compile(r'class="big-time num">([^<]+)<')
SLOT = re.compile(r'<button class="slot" name="start" value="([^"]+)"')


@dataclass(frozen=True)
class Page:
    """One answer: the status, where it sends the browser, and the text."""

    status: int
    location: str
    text: str

    @property
    def slots(self) -> list[str]:
        """The times that can be pressed on it."""
        return [unescape(value) for value in SLOT.findall(self.text)]

    @property
    def reference(self) -> str:
        found = REFERENCE.search(self.text)
        return unescape(found.group(1)) if found else ""


@dataclass
class Visitor:
    """One browser at an address of its own. `place` and `treatment` are slugs, as in the page's form."""

    number: int
    port: int
    place: str = "weir-lane"
    treatment: str = "back-30"
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    details: str = ""
    words: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        email = f"guest{self.number}@mail.example"
        self.words = self.words or {"name": f"Guest Number{chr(65 + self.number % 26)}", "email": email, "phone": ""}

    @property
    def address(self) -> str:
        return f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"

    def choose(self, **filters: str) -> Page:
        """Open the page of free times."""
        return self.get(f"/book/?{urlencode({'where': self.place, 'treatment': self.treatment} | filters)}")

    def hold(self, start: str, therapist: str = "") -> Page:
        """Press a time; afterwards `details` is the address of the held time."""
        words = {"where": self.place, "treatment": self.treatment, "with": therapist, "start": start}
        page = self.post("/book/hold/", words)
        if page.status == 303:
            self.details = page.location
        return page

    def book(self) -> Page:
        """Send the details of the held time."""
        return self.post(self.details, self.filled_in())

    def filled_in(self) -> dict[str, str]:
        return self.words | {"safe": "none", "do": "book"}

    def get(self, path: str) -> Page:
        return self._keep(self.send("GET", path))

    def post(self, path: str, words: dict[str, str]) -> Page:
        return self._keep(self.send("POST", path, words))

    def follow(self, page: Page) -> Page:
        """Go where an answer sends the browser."""
        return self.get(page.location)

    def send(self, method: str, path: str, words: dict[str, str] | None = None) -> http.client.HTTPConnection:
        """Send a request and leave the answer for whoever wants it."""
        body = urlencode(words | {"csrfmiddlewaretoken": self.token}) if words is not None else None
        headers = {
            "Host": "localhost",
            "X-Forwarded-For": self.address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        asked.request(method, path, body, headers)
        return asked

    def _keep(self, asked: http.client.HTTPConnection) -> Page:
        """Read the answer and keep its cookies and its form's token, as a browser does."""
        answer = asked.getresponse()
        text = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        if found := TOKEN.search(text):
            self.token = found.group(1)
        location = urlsplit(answer.headers.get("Location", ""))
        asked.close()
        return Page(answer.status, location.path + (f"?{location.query}" if location.query else ""), text)
