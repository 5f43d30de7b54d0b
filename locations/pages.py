"""The studio, a place and its opening hours as values, to be kept in versions and restored: see accounts.sheets."""

import datetime as dt

from django.conf import settings
from i18nfield.strings import LazyI18nString

from accounts.sheets import Content, Page
from locations.languages import each
from locations.models import Location, OpeningHours, Studio

OF_STUDIO = ("name", "reference_prefix", "email", "languages")
COUNTS = (
    *("lead_minutes", "horizon_days", "start_step_minutes", "hold_minutes", "offer_minutes", "free_cancel_hours"),
    "order",
)
OF_PLACE = ("slug", "name", "address", "phone", "country", "zone_name", "currency", "is_open", "gap_rule", *COUNTS)
QUIET = ("quiet_from", "quiet_until")


def read_studio(studio: Studio) -> Content:
    return {name: getattr(studio, name) for name in OF_STUDIO}


def write_studio(studio: Studio, content: Content) -> None:
    for name in OF_STUDIO:
        setattr(studio, name, content[name])
    studio.pk = 1  # there is one studio per installation
    studio.full_clean(validate_unique=not studio._state.adding)
    studio.save()


def read_place(place: Location) -> Content:
    plain: Content = {name: getattr(place, name) for name in OF_PLACE}
    quiet = {name: _clock(getattr(place, name)) for name in QUIET}
    return plain | quiet | {"access": each(place.access, [settings.LANGUAGE_CODE])}


def write_place(place: Location, content: Content) -> None:
    for name in OF_PLACE:
        setattr(place, name, content[name])
    for name in QUIET:
        setattr(place, name, dt.time.fromisoformat(content[name]))
    place.access = LazyI18nString(content["access"])
    place.full_clean()
    place.save()


def read_hours(place: Location) -> Content:
    """{"days": [[["09:00", "18:00"], ...], ...]}, seven days from Monday."""
    days: list[list[list[str]]] = [[] for _day in range(7)]
    for row in place.opening_hours.order_by("weekday", "opens"):
        days[row.weekday].append([_clock(row.opens), _clock(row.closes)])
    return {"days": days}


def write_hours(place: Location, content: Content) -> None:
    place.opening_hours.all().delete()
    for weekday, blocks in enumerate(content["days"]):
        for opens, closes in blocks:
            times = {"opens": dt.time.fromisoformat(opens), "closes": dt.time.fromisoformat(closes)}
            row = OpeningHours(location=place, weekday=weekday, **times)
            row.full_clean()
            row.save()


STUDIO = Page(kind="studio", read=read_studio, write=write_studio)
PLACE = Page(kind="place", read=read_place, write=write_place)
OPENING = Page(kind="place.hours", read=read_hours, write=write_hours)


def _clock(reading: dt.time | str) -> str:
    return reading if isinstance(reading, str) else f"{reading:%H:%M}"
