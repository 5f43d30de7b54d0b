"""Whatever is typed into the pages of the studio, they answer it."""

import pytest

from tests import factories as make
from tests.malformed import NASTY
from tests.studio.test_messages import LIST, TYPED, address
from tests.studio.test_preview import TRY

pytestmark = pytest.mark.django_db
FIELDS = sorted((TYPED | TRY | {"place": "", "version": ""}).keys() - {"do"})
ASKED = [*TRY, "place", "kind", "style", "treatment", "done"]
FORM = "application/x-www-form-urlencoded"


def pairs(names: list[str], value: bytes) -> bytes:
    return b"&".join(name.encode() + b"=" + value for name in names)


def test_anything_typed_into_a_message_is_answered(client, ada, cast):
    step, found = make.reminder_step(), set()
    for value in NASTY:
        body = pairs(FIELDS, value.encode()) + b"&is_on=on&do=save"
        found.add(client.generic("POST", address(step), body, FORM).status_code)
    assert found <= {400, 422}
    assert step.history.count() == 1


def test_anything_asked_of_the_pages_is_answered(client, ada, cast):
    pages, found = (LIST, "/studio/messages/new/", address(make.reminder_step())), set()
    for number, value in enumerate(NASTY):
        asked = pairs(ASKED, value.encode()).decode("latin-1")
        found.add(client.get(pages[number % 3], QUERY_STRING=asked).status_code)
    assert found <= {200, 400}
