"""Two records of one person become one, in a real browser, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from clients.models import Client
from tests import factories as make
from tests.browser.conftest import Visit
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_the_other_record_is_found_looked_at_and_merged(stage: Stage, visit: Visit, scripts: bool):
    address = stage.client_card()
    twin = make.client(name="Bobby Hale", email="bobby@mail.example")
    page = visit(address, java_script_enabled=scripts)
    page.get_by_role("link", name="This person has another record").press("Enter")
    page.get_by_label("Name, phone or e-mail").fill("bob")
    page.get_by_label("Name, phone or e-mail").press("Enter")
    page.get_by_role("link", name="Bobby Hale").press("Enter")
    page.get_by_role("button", name="Merge the two records").press("Enter")
    page.get_by_text("Also known as Bobby Hale").wait_for()
    expect(page).to_have_url(f"{stage.server}{address}")
    assert Client.objects.get(pk=twin.pk).merged_into_id == int(address.split("/")[3])
