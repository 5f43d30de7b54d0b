"""Time off as people type it and read it: whole days, or hours of a day, on the wall clock of the studio."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from bookings.reminder_rules import wall_instant
from spa import texts

ONE_DAY = dt.timedelta(days=1)


def period_of(
    first: dt.date,
    last: dt.date | None,
    begin: dt.time | None,
    finish: dt.time | None,
    zone: ZoneInfo,
    now: dt.datetime,
) -> DateTimeTZRange:
    """What was typed as instants. Without times it is whole days, the last one included.

    Raises ValidationError by the fields `first_on`, `last_on` and `finish`.
    """
    last = last or first
    start = wall_instant(first, begin or dt.time(), zone)
    end = wall_instant(last, finish, zone) if finish else wall_instant(last + ONE_DAY, dt.time(), zone)
    if end <= start:
        field = "finish" if last == first else "last_on"
        raise ValidationError({field: _("Choose an end that is later than the beginning.")})
    if end <= now:
        raise ValidationError({"first_on": _("This is over already: choose a day that is still to come.")})
    return DateTimeTZRange(start, end)


def period_words(during: DateTimeTZRange, zone: dt.tzinfo) -> str:
    """ "Friday 20 November 2026", with its hours, or "… to …" over several days."""
    start, end = during.lower.astimezone(zone), during.upper.astimezone(zone)
    is_whole = start.time() == end.time() == dt.time()
    last = end.date() - ONE_DAY if is_whole else end.date()
    if start.date() == last:
        return texts.long_day(last) if is_whole else texts.whole(start, end)
    ends = (texts.long_day(start), texts.long_day(last)) if is_whole else (texts.moment(start), texts.moment(end))
    return _("%(start)s to %(end)s") % dict(zip(("start", "end"), ends, strict=True))
