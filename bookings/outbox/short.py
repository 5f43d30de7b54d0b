"""A message in one text of 160 characters: the studio's name, the words that matter, the whole link."""

import unicodedata
from typing import Any

from django.template.loader import render_to_string

LONGEST = 160
"""Septets of GSM 03.38: one more and the text is sent, and paid, as two."""
BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = set("^{}\\[~]|€")
"""These take two septets each."""
ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "`": "'"})
LONGEST_SENDER = 30
SHORTEST_SENDER = 8


def short_text(kind: str, context: dict[str, Any]) -> str:
    """The text of one kind of message; each line of its template is a sentence, the last ones give way first."""
    lines = render_to_string(f"sms/{kind}.txt", context).splitlines()
    sentences = [line.strip() for line in lines if line.strip()]
    return fit(context["studio"].name, sentences, context["link"])


def fit(sender: str, sentences: list[str], link: str) -> str:
    """One text of at most LONGEST septets: "Sender: sentences link". The link is never cut, the first sentence last.

    What a phone's alphabet lacks is written without its accent, or left out.
    """
    said = [gsm(sentence) for sentence in sentences]
    first = said[0] if said else ""
    room = LONGEST - (septets(link) + 1 if link else 0)
    name = cut(gsm(sender), min(LONGEST_SENDER, max(room - septets(first) - 2, SHORTEST_SENDER)))
    text = cut(f"{name}: {first}" if name else first, room)
    for sentence in said[1:]:
        if septets(f"{text} {sentence}") <= room:
            text = f"{text} {sentence}"
    return f"{text} {link}".strip()


def gsm(text: str) -> str:
    """The text in the alphabet of a plain text message, on one line."""
    composed = unicodedata.normalize("NFC", text).translate(ALIKE)
    return " ".join("".join(map(_nearest, " ".join(composed.split()))).split())


def septets(text: str) -> int:
    """What a text in this alphabet takes of LONGEST."""
    return sum(2 if sign in EXTENDED else 1 for sign in text)


def cut(text: str, longest: int) -> str:
    """At most that many septets, whole words where there is a space to cut at."""
    if septets(text) <= longest:
        return text
    while septets(text) > max(longest - 1, 0):
        text = text[:-1]
    whole = text.rsplit(" ", 1)[0] if " " in text.strip() else text
    return f"{whole.rstrip(' ,:;.-')}." if longest else ""


def _nearest(sign: str) -> str:
    if sign in BASIC or sign in EXTENDED:
        return sign
    plain = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in plain if part in BASIC)
