"""When a place, or a room of it, is shut, as one value to be kept in versions and restored: see accounts.sheets.

The content is {"closures": [...]}, each {"room": id or None, "start", "end": instants in ISO,
"reason": language and text}.
"""

import datetime as dt
import json

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from i18nfield.strings import LazyI18nString

from accounts.sheets import Content, Page
from locations.languages import each
from locations.models import Closure, Location


def read(place: Location) -> Content:
    return {"closures": [_told(row) for row in place.closures.order_by("during", "pk")]}


def write(place: Location, content: Content) -> None:
    """What stays keeps its row, which other pages may be about."""
    wanted = [_key(told) for told in content["closures"]]
    for row in place.closures.order_by("pk"):
        key = _key(_told(row))
        if key in wanted:
            wanted.remove(key)
        else:
            row.delete()
    for key in wanted:
        told = json.loads(key)
        during = DateTimeTZRange(dt.datetime.fromisoformat(told["start"]), dt.datetime.fromisoformat(told["end"]))
        row = Closure(location=place, room_id=told["room"], during=during, reason=LazyI18nString(told["reason"]))
        row.full_clean()
        row.save()


CLOSURES = Page(kind="place.closures", read=read, write=write)


def _told(row: Closure) -> Content:
    ends = {"start": row.during.lower.isoformat(), "end": row.during.upper.isoformat()}
    return {"room": row.room_id, **ends, "reason": each(row.reason, [settings.LANGUAGE_CODE])}


def _key(told: Content) -> str:
    return json.dumps(told, sort_keys=True)
