"""The style guide shows every part in both themes: each theme is whole, uses the palette only, and can be pressed."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page

from accounts.roles import FRONT_DESK
from studio.looks import COLOURS
from tests.browser.conftest import Visit
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser
TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
PAINT = ["color", "backgroundColor", "borderTopColor", "borderInlineStartColor"]
# Of each element in a theme's pane: all the colours that it is painted with.
PAINTED = """([theme, paint]) => [...document.querySelectorAll(`#${theme} *`)].map(one => {
  const style = getComputedStyle(one);
  const drawn = one.ownerSVGElement ? ['fill', 'stroke'] : [];
  return [...paint, ...drawn].map(name => style[name]).join(' ')})"""
# The colours of the palette as the browser writes them, and those that stand for "none".
PALETTE = """([theme, names]) => {
  const probe = document.querySelector(`#${theme}`).appendChild(document.createElement('i'));
  const found = names.map(name => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; });
  probe.remove();
  return found}"""
SMALL = """() => [...document.querySelectorAll('#light .btn, #light .slot, #light .tabs a, #light .pick, #light .card')]
  .filter(one => one.getBoundingClientRect().height < 44).map(one => one.textContent)"""


def painted(page: Page, theme: str) -> set[str]:
    rows = page.evaluate(PAINTED, [theme, PAINT])
    return {colour for row in rows for colour in re.findall(r"rgba?\([^)]*\)", row)}


def test_the_guide_shows_every_colour_of_the_tokens():
    assert set(COLOURS) == set(re.findall(r"--([a-z0-9-]+): (?:#|rgb)", TOKENS))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_looks_the_same_whatever_the_system_prefers(stage: Stage, visit: Visit, theme: str):
    page = visit(stage.signed_in("/studio/style-guide/", FRONT_DESK), width=1280, reduced_motion="reduce")
    seen = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        seen.append(page.evaluate(PAINTED, [theme, PAINT]))
    assert len(seen[0]) > 100
    assert seen[0] == seen[1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_part_is_painted_from_the_palette(stage: Stage, visit: Visit, theme: str):
    page = visit(stage.signed_in("/studio/style-guide/", FRONT_DESK), width=1280)
    palette = set(page.evaluate(PALETTE, [theme, list(COLOURS)])) | {"rgba(0, 0, 0, 0)"}
    assert painted(page, theme) - palette == set()
    page.evaluate("theme => document.querySelector(`#${theme} svg > *`).setAttribute('fill', '#123456')", theme)
    assert painted(page, theme) - palette == {"rgb(18, 52, 86)"}


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_pressed_is_large_enough_and_nothing_stands_out(stage: Stage, visit: Visit, width: int):
    page = visit(stage.signed_in("/studio/style-guide/", FRONT_DESK), width=width)
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
