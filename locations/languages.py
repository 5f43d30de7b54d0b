"""Words in the studio's languages: what is written in which, and what the languages are called."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext_lazy
from i18nfield.strings import LazyI18nString

# Names that Django has no word for.
MORE_LANGUAGES = {
    "zh": gettext_lazy("Chinese"),
    "yue": gettext_lazy("Cantonese"),
    "fil": gettext_lazy("Filipino"),
    "tl": gettext_lazy("Tagalog"),
}

# Languages that write the names of languages with a capital also inside a sentence; Spanish and most others do not.
WITH_CAPITALS = ("en", "de")


def spoken(languages: Sequence[str]) -> list[str]:
    """The studio's languages that the site has words for, in the studio's order; never none."""
    known = dict(settings.LANGUAGES)
    return [code for code in languages if code in known] or [settings.LANGUAGE_CODE]


def language_name(code: str) -> str:
    """ "Portuguese" as it stands in a sentence of the active language; an unknown code stands as it is."""
    if code in MORE_LANGUAGES:
        name = str(MORE_LANGUAGES[code])
    else:
        try:
            name = str(get_language_info(code)["name_translated"])
        except KeyError:
            return code
    return name if (get_language() or "en").partition("-")[0] in WITH_CAPITALS else name[:1].lower() + name[1:]


def language_title(code: str) -> str:
    """The same where it stands alone, as in a list to choose from."""
    return capfirst(language_name(code))


def each(words: LazyI18nString | str, languages: Sequence[str]) -> dict[str, str]:
    """Language to text, without empty ones. Words without a language are in the first of `languages`."""
    data = words.data if isinstance(words, LazyI18nString) else words
    said = data if isinstance(data, dict) else {languages[0]: str(data or "")}
    return {code: text for code, text in said.items() if text}
