"""What the product says about health: no promise of its own, and what others report is told as theirs."""

import re

import pytest
from django.conf import settings

from pages.models import PageText
from pages.texts import defaults
from tests.catalog import entries

# Words that a promise needs; each may only stand in a sentence that denies it or says whose word it is.
CLAIMS = {
    "en": r"\b(cur(e|es|ed|ing)|heal(s|ed|ing|er)?|toxins?|detox\w*|safe(ly|ty)?|guarante\w+|treat(s|ed|ing)?"
    r"|remed\w+|therapeutic|reliev\w+|flush\w*|medical\w*|energy|inflammation|circulation)\b",
    "es": r"\b(cur(a|as|ar|an|ación)|san(a|ar|ación|ador)|toxinas?|desintox\w*|segur(o|a|os|as|idad)|garanti\w+"
    r"|trat(a|an|ar)|remedio|terapéutic\w+|alivi\w+|médic[ao]s?|energía|inflamación|circulación)\b",
}
# What a session may do for somebody: the sentence says who tells it.
BENEFITS = {
    "en": r"\b(sleep better|less stressed|looser|calmer|relax|move more freely|tension|anxiety)\b",
    "es": r"\b(duermen mejor|menos estrés|más suelto|más calma|relajan|más soltura|tensión nerviosa|ansiedad)\b",
}
ATTRIBUTED = {
    "en": r"\b(practitioners say|clients (report|say|tell)|others say|often say|those who (teach|come))",
    "es": r"\b(profesionales dicen|clientes (cuentan|dicen)|otros dicen|suelen decir|quienes (lo enseñan|vienen))",
}
DENIED = {
    "en": r"\b(no medical claims|not medical treatment)",
    "es": r"\b(no hacemos promesas médicas|no es un acto médico|no es un tratamiento médico)",
}
# Somebody to ask, something to ask, and not a claim about us.
PEOPLE = {
    "en": r"\bdoctor\b|\bsafety question\b|\babout your safety\b",
    "es": r"\b(a un|con tu) médico\b|\bnota médica\b|\bpregunta (de|sobre tu) seguridad\b|\bnota trata de\b",
}
CODES = sorted(CLAIMS)


def sentences(text):
    lines = [re.sub(r"^(#+|-|\d+\.) +", "", line) for line in text.split("\n")]
    return [one for line in lines for one in re.split(r"(?<=[.!?:;]) ", line) if one]


def broken(text, code):
    """The sentences that claim something in nobody's name."""
    found = []
    for sentence in sentences(text):
        plain = re.sub(PEOPLE[code], "", sentence, flags=re.I)
        owned = re.search(f"{ATTRIBUTED[code]}|{DENIED[code]}", plain, re.I)
        if not owned and re.search(f"{CLAIMS[code]}|{BENEFITS[code]}", plain, re.I):
            found.append(sentence)
    return found


def templates():
    folders = [settings.BASE_DIR / "templates" / name for name in ("pages", "components")]
    return [file for folder in folders for file in sorted(folder.glob("*.html"))]


@pytest.mark.parametrize("code", CODES)
def test_no_shipped_sentence_claims_anything(code):
    assert [line for title, text in defaults(code).values() for line in broken(f"{title}\n{text}", code)] == []


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_shipped_in_every_language(code):
    assert set(defaults(code)) == set(PageText.Key.values)
    assert all(title and text for title, text in defaults(code).values())


def test_a_translation_leaves_nothing_out():
    """Each text has the same lines in every language, and each line as many sentences."""
    shapes = {code: {key: shape(text) for key, (_, text) in defaults(code).items()} for code in CODES}
    assert shapes["es"] == shapes["en"]


def shape(text):
    """Of each line its mark, of a heading or an item, and how many sentences end in it."""
    lines = [line for line in text.split("\n") if line]
    return [(re.match("#+ |- |", line)[0], len(re.findall(r"[.!?](?= |$)", line))) for line in lines]


def test_every_language_of_the_site_is_scanned():
    assert sorted(dict(settings.LANGUAGES)) == CODES


def test_nothing_else_that_the_product_says_claims_anything():
    """Pages, forms, mails and advice: whatever goes through translation, in both languages."""
    said = entries("es")
    assert [line for entry in said for line in broken(entry.source, "en")] == []
    assert [line for entry in said for words in entry.translations for line in broken(words, "es")] == []
    assert len(said) > 500


def test_no_template_of_the_public_pages_claims_anything():
    said = {file.name: re.findall(r'translate "([^"]+)"', file.read_text()) for file in templates()}
    assert {name: found for name, words in said.items() if (found := broken("\n".join(words), "en"))} == {}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Walking cures back pain."),
        ("en", "It is completely safe."),
        ("en", "We treat slipped discs."),
        ("en", "It flushes toxins out."),
        ("en", "You will sleep better."),
        ("es", "Cura el dolor."),
        ("es", "Es totalmente seguro."),
        ("es", "Alivia la ciática."),
    ],
)
def test_a_planted_claim_is_found(code, text):
    assert broken(f"Fine.\n\n- {text}", code) == [text]


def test_the_same_told_as_somebody_elses_is_allowed():
    assert broken("Many clients report that they sleep better.\nIt is not medical treatment.", "en") == []
