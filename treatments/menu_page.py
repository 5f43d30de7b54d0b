"""A treatment with its lengths and prices as one value, to be written, kept in versions and restored.

Words hold language and text; `lengths` are {"minutes", "price": "45.00", "on_menu"}. A length that is left out goes off
the menu: what was booked of it stays as it was agreed. See accounts.sheets.
"""

from decimal import Decimal

from django.conf import settings
from i18nfield.strings import LazyI18nString

from accounts.sheets import Content, Page
from locations.languages import each
from treatments.models import Length, Treatment

MINUTES = ("before_minutes", "after_minutes", "room_before_minutes", "room_after_minutes")
PLAIN = ("slug", "style_id", *MINUTES, "needed_props", "areas", "at_home", "on_menu", "order")
IN_LANGUAGES = ("name", "description")


def read(treatment: Treatment) -> Content:
    plain: Content = {name: getattr(treatment, name) for name in PLAIN}
    said = {name: each(getattr(treatment, name), [settings.LANGUAGE_CODE]) for name in IN_LANGUAGES}
    rows = treatment.lengths.order_by("minutes") if treatment.pk else []
    lengths = [{"minutes": row.minutes, "price": f"{row.price:.2f}", "on_menu": row.on_menu} for row in rows]
    return plain | said | {"lengths": lengths}


def write(treatment: Treatment, content: Content) -> None:
    for name in PLAIN:
        setattr(treatment, name, content[name])
    for name in IN_LANGUAGES:
        setattr(treatment, name, LazyI18nString(content[name]))
    treatment.full_clean()
    treatment.save()
    given = {length["minutes"]: length for length in content["lengths"]}
    treatment.lengths.exclude(minutes__in=given).update(on_menu=False)
    for minutes, length in given.items():
        row = treatment.lengths.filter(minutes=minutes).first() or Length(treatment=treatment, minutes=minutes)
        row.price, row.on_menu = Decimal(length["price"]), length["on_menu"]
        row.full_clean()
        row.save()


TREATMENT = Page(kind="treatment", read=read, write=write)
