"""A style as one value, to be written, kept in versions and restored: see accounts.sheets."""

from django.conf import settings
from i18nfield.strings import LazyI18nString

from accounts.sheets import Content, Page
from locations.languages import each
from therapists.models import Style

PLAIN = ("slug", "is_clothed", "uses_oil", "needs_certificate", "order")
IN_LANGUAGES = ("name", "origin", "surface", "clothing")


def read(style: Style) -> Content:
    plain: Content = {name: getattr(style, name) for name in PLAIN}
    return plain | {name: each(getattr(style, name), [settings.LANGUAGE_CODE]) for name in IN_LANGUAGES}


def write(style: Style, content: Content) -> None:
    for name in PLAIN:
        setattr(style, name, content[name])
    for name in IN_LANGUAGES:
        setattr(style, name, LazyI18nString(content[name]))
    style.full_clean()
    style.save()


STYLE = Page(kind="style", read=read, write=write)
