"""The advice of the studio, of a style or of a treatment as one value, to be kept in versions: see accounts.sheets.

The content is {"rows": [...]}, each {"kind", "anchor", "offset_minutes", "title", "text"}, the last two per language.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from accounts.sheets import Content, Page
from locations.languages import each
from locations.models import Studio
from therapists.models import Style
from treatments.models import Guidance, Treatment

Owner = Studio | Style | Treatment
PLAIN = ("kind", "anchor", "offset_minutes")
IN_LANGUAGES = ("title", "text")
ORDER = list(Guidance.Kind)


def scope_of(owner: Owner) -> dict[str, Any]:
    """What makes a row of Guidance this one's: the studio's are for every treatment."""
    return {
        "style": owner if isinstance(owner, Style) else None,
        "treatment": owner if isinstance(owner, Treatment) else None,
    }


def read(owner: Owner) -> Content:
    rows = Guidance.objects.filter(**scope_of(owner)) if owner.pk else []
    return {"rows": [_told(row) for row in sorted(rows, key=lambda row: ORDER.index(row.kind))]}


def write(owner: Owner, content: Content) -> None:
    """Nothing points at a piece of advice, so all are written anew.

    Styles and treatments stand beside the studio's own advice, so that cannot go while they have some.
    """
    if isinstance(owner, Studio) and not content["rows"] and Guidance.objects.exclude(style=None, treatment=None):
        raise ValidationError(_("Styles or treatments have advice of their own: keep some of the studio's beside it."))
    Guidance.objects.filter(**scope_of(owner)).delete()
    for row in rows_of(owner, content):
        row.full_clean()
        row.save()


def rows_of(owner: Owner, content: Content) -> list[Guidance]:
    """Unsaved rows that say a content."""
    return [
        Guidance(
            **scope_of(owner),
            **{name: told[name] for name in PLAIN},
            **{name: LazyI18nString(told[name]) for name in IN_LANGUAGES},
        )
        for told in content["rows"]
    ]


ADVICE = Page(kind="advice", read=read, write=write)
STYLE_ADVICE = Page(kind="advice.style", read=read, write=write)
TREATMENT_ADVICE = Page(kind="advice.treatment", read=read, write=write)


def _told(row: Guidance) -> Content:
    plain: Content = {name: getattr(row, name) for name in PLAIN}
    return plain | {name: each(getattr(row, name), [settings.LANGUAGE_CODE]) for name in IN_LANGUAGES}
