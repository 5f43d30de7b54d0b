"""Two records of one person become one, in a real browser, by keyboard alone."""

import pytest

from clients.models import Client
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.examples import Stage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_the_other_record_is_found_looked_at_and_merged(stage: Stage, visit: Visit, scripts: bool):
    address = stage.client_card()
    twin = make.client(name="Bobby Hale", email="bobby@mail.example")
    page = visit(address, java_script_enabled=scripts)
    press(page, page.get_by_role("link", name="This person has another record"))
    page.get_by_label("Name, phone or e-mail").fill("bob")
    page.keyboard.press("Enter")
    press(page, page.get_by_role("link", name="Bobby Hale"))
    press(page, page.get_by_role("button", name="Merge the two records"))
    page.get_by_text("Also known as Bobby Hale").wait_for()
    assert f"{stage.server}{address}" == page.url
    assert Client.objects.get(pk=twin.pk).merged_into_id == int(address.split("/")[3])


def press(page, what) -> None:
    what.focus()
    page.keyboard.press("Enter")
