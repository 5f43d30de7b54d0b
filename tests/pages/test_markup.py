"""The little formatting of page texts: what it makes, and that nothing else gets through."""

import time

import pytest

from pages.markup import inline, sections

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="x()">',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](data:text/html,x)",
    '[x](https://a.example/"onclick="x)',
    "**<b>**",
    "[<i>](/book/)",
    "- <li>",
]


def html(text):
    return "".join(f"[{one.heading}|{one.small}]{one.html}" for one in sections(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo\n\nthree", "[|]<p>one two</p><p>three</p>"),
        ("- a\n* b\n\n1. c\n2) d", "[|]<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol>"),
        ("x\n## Water\n### before\ny", "[|]<p>x</p>[Water|before]<p>y</p>"),
        ("## A\r\nb\r\n### C", "[|][A|]<p>b</p><h3>C</h3>"),
        ("a **b** c", "[|]<p>a <strong>b</strong> c</p>"),
        ("[us](/book/)", '[|]<p><a href="/book/">us</a></p>'),
        ("[us](mailto:a@b.example)", '[|]<p><a href="mailto:a@b.example">us</a></p>'),
        ("", "[|]"),
    ],
)
def test_the_subset(text, expected):
    assert html(text) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_stays_text(text):
    made = html(text)
    for tag in ("<script", "<img", "<b>", "<i>", "<h1", 'onclick="', "<li><li", 'href="j', 'href="//', 'href="d'):
        assert tag.lower() not in made.lower()


def test_a_refused_link_is_shown_as_it_was_typed():
    assert inline("[x](javascript:y)") == "[x](javascript:y)"


@pytest.mark.parametrize("piece", ["a ", "**", "[", "[a](", "**a", "- x\n", "## y\n", "<", "](", "\n"])
def test_a_hundred_kilobytes_take_no_time(piece):
    began = time.perf_counter()
    made = html(piece * (100_000 // len(piece)))
    assert len(made) >= 1
    assert time.perf_counter() - began < 5
