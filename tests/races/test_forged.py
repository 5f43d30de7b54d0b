"""Twenty thousand links that were never made, over HTTP against the real site: one answer for all of them."""

import http.client
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests import factories as make
from tests.bookings.test_forged_links import drawn, path

from .fixtures import Races, instant

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
TOKENS, AT_ONCE = 20_000, 6
TOKEN = "a" * 32
CSRF = {"Cookie": f"csrf={TOKEN}", "X-CSRFToken": TOKEN}
WITH_BUTTONS_ONLY = ("reach", "same_again")


def knock(port: int, number: int, name: str, token: str) -> tuple[int, str]:
    """What one of them sees, every hundred from a network of their own: the page without what is new each time."""
    where = f"10.{number // 25_600 % 256}.{number // 100 % 256}.9"
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        method = "POST" if name in WITH_BUTTONS_ONLY else "GET"
        asked.request(method, path(name, token.replace("/", "")), headers=CSRF | {"X-Forwarded-For": where})
        answer = asked.getresponse()
        words = answer.read().decode()
    finally:
        asked.close()
    return answer.status, re.sub(r'csrfmiddlewaretoken" value="\w+"', "", words)


def test_twenty_thousand_forged_links_get_one_answer(races: Races, figures):
    cast, (start,) = races.studio.cast, races.studio.starts(1)
    words = {"therapist": cast.ana, "length": cast.back30, "room": cast.mat_room}
    make.booking(start=instant(start) - timedelta(days=90), status="done", **words)  # its links have ended
    booking = make.booking(start=instant(start), **words)
    made, began = list(drawn(booking, TOKENS)), time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        jobs = [threads.submit(knock, races.site.port, number, *one) for number, one in enumerate(made)]
        seen = Counter(job.result() for job in jobs)
    ((status, page),) = seen
    assert (status, "This link does not open" in page, seen.total()) == (404, True, TOKENS)
    figures(f"{TOKENS} forged links, one answer, {time.monotonic() - began:.0f} s")
