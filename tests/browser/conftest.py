"""A real Chromium against the real pages on a real server. The rows are made before the page is opened."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from spa.start import find_chromium
from tests.browser.stage import Stage, open_studio

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# The answers that say no, and requests that a test has cut off itself.
EXPECTED = ("status of 409", "status of 422", "status of 404", "net::ERR_FAILED", "net::ERR_INTERNET_DISCONNECTED")
PATIENCE = 20_000
"""Milliseconds that a busy machine may take for what a reader waits for: a click, a page, a word on it."""
expect.set_options(timeout=PATIENCE)

Visit = Callable[..., Page]


def is_refused(page: Page) -> None:
    """The page that says what is wrong has come back, whole."""
    expect(page).to_have_title(re.compile("^Error:"))
    page.wait_for_load_state()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's synchronous side runs a loop in this thread, and Django would not let us make rows beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def stage(transactional_db: None, live_server: Any) -> Stage:
    """A studio that is open day and night, and somebody who may hold and book in it."""
    return Stage(server=live_server.url, cast=open_studio())


@pytest.fixture
def visit(browser: Browser, stage: Stage) -> Iterator[Visit]:
    """`visit(path, width=..., color_scheme=...)` opens a page; in the end none may have complained of anything."""
    complaints: list[str] = []
    contexts = []

    def open_page(path: str = "/", width: int = 390, **options: Any) -> Page:
        context = browser.new_context(
            base_url=stage.server, viewport={"width": width, "height": 844}, locale="en-GB", **options
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_cookies(stage.cookies())
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [words for words in complaints if not any(known in words for known in EXPECTED)] == []
