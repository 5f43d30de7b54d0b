"""A therapist's profile as one value, to be written, kept in versions and restored: see accounts.sheets."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from accounts.sheets import Content, Page
from locations.languages import each
from therapists.models import Style, Therapist

PLAIN = ("name", "slug", "languages", "pressure_from", "pressure_to", "gender", "public", "bookable", "order")
IN_LANGUAGES = ("headline", "bio")


def read(person: Therapist) -> Content:
    """`headline` and `bio` hold language and text, `styles` their ids; all else is as in the row."""
    plain: Content = {name: getattr(person, name) for name in PLAIN}
    said = {name: each(getattr(person, name), [settings.LANGUAGE_CODE]) for name in IN_LANGUAGES}
    return plain | said | {"styles": sorted(person.styles.values_list("pk", flat=True))}


def write(person: Therapist, content: Content) -> None:
    for name in PLAIN:
        setattr(person, name, content[name])
    for name in IN_LANGUAGES:
        setattr(person, name, LazyI18nString(content[name]))
    person.full_clean()
    try:
        with transaction.atomic():  # two pages at once may choose the same address
            person.save()
    except IntegrityError:
        raise ValidationError({"slug": _("Another therapist has this address: choose another one.")}) from None
    person.styles.set(Style.objects.filter(pk__in=content["styles"]))


PROFILE = Page(kind="therapist.profile", read=read, write=write)


def empty() -> Content:
    """The profile of somebody who is new: bookable and on the site as soon as she has hours."""
    blank = Therapist()
    plain: Content = {name: getattr(blank, name) for name in PLAIN}
    return plain | {"headline": {}, "bio": {}, "styles": []}
