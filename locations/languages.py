"""Words in the studio's languages: what is written in which, and what the languages are called."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import get_language_info, gettext_lazy
from i18nfield.strings import LazyI18nString

# Names that Django has no word for.
MORE_LANGUAGES = {
    "zh": gettext_lazy("Chinese"),
    "yue": gettext_lazy("Cantonese"),
    "fil": gettext_lazy("Filipino"),
    "tl": gettext_lazy("Tagalog"),
}


def spoken(languages: Sequence[str]) -> list[str]:
    """The studio's languages that the site has words for, in the studio's order; never none."""
    known = dict(settings.LANGUAGES)
    return [code for code in languages if code in known] or [settings.LANGUAGE_CODE]


def language_name(code: str) -> str:
    """ "Portuguese", in the active language; a code that nobody here knows stands as it is."""
    if code in MORE_LANGUAGES:
        return str(MORE_LANGUAGES[code])
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def each(words: LazyI18nString | str, languages: Sequence[str]) -> dict[str, str]:
    """Language to text, without empty ones. Words without a language are in the first of `languages`."""
    data = words.data if isinstance(words, LazyI18nString) else words
    said = data if isinstance(data, dict) else {languages[0]: str(data or "")}
    return {code: text for code, text in said.items() if text}
