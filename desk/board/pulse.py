"""A short digest of all that the board shows of a day: as long as it stays the same, nobody need draw it again."""

from datetime import datetime

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models.status import OCCUPYING
from bookings.scheduling.timeline import instant_of

from .look import Look
from .rows import REACH

# What stands there now is hashed, not the newest instant of it: transactions may commit in any order.
DIGEST = """
WITH shown AS (
    SELECT b.id, b.client_id, concat_ws(':', b.id, b.version, b.status, b.screening, b.hold_expires_at) AS said
    FROM bookings_booking b
    WHERE b.start_tick >= %(first)s AND b.start_tick < %(last)s AND b.status = ANY(%(occupying)s)
        AND (b.status <> 'held' OR b.hold_expires_at > %(now)s)
)
SELECT md5(concat_ws('|',
    %(is_today)s::text,
    (SELECT string_agg(said, ',' ORDER BY id) FROM shown),
    (SELECT string_agg(concat_ws(':', c.id, c.name, c.pressure, c.oil_free), ',' ORDER BY c.id)
        FROM clients_client c WHERE c.id IN (SELECT client_id FROM shown)),
    (SELECT string_agg(concat_ws(':', m.id, m.state), ',' ORDER BY m.id)
        FROM bookings_message m WHERE m.booking_id IN (SELECT id FROM shown)
        AND (m.state = 'failed' OR m.key LIKE '%%/again/%%')),
    (SELECT string_agg(concat_ws(':', t.id, t.therapist_id, t.during, t.state, t.kind, t.reason), ',' ORDER BY t.id)
        FROM therapists_timeoff t WHERE t.during && %(window)s),
    (SELECT string_agg(concat_ws(':', e.id, e.therapist_id, e.location_id, e.during), ',' ORDER BY e.id)
        FROM therapists_extrahours e WHERE e.during && %(window)s),
    (SELECT string_agg(concat_ws(':', k.id, k.location_id, k.room_id, k.during, k.reason), ',' ORDER BY k.id)
        FROM locations_closure k WHERE k.during && %(window)s),
    (SELECT string_agg(concat_ws(':', w.id, w.name, w.state, w.from_minute, w.until_minute), ',' ORDER BY w.id)
        FROM bookings_waitingentry w WHERE w.state IN ('waiting', 'offered')
        AND w.location_id = %(place)s AND w.first_on <= %(day)s AND w.last_on >= %(day)s),
    (SELECT string_agg(number::text, '') FROM bookings_setuprevision)
))
"""


def digest(look: Look, now: datetime) -> str:
    """32 letters, another word as soon as anything on the board of this day is different. One statement."""
    last = look.first + look.ticks
    given = {
        "first": look.first - REACH,
        "last": last + REACH,
        "occupying": [str(status) for status in OCCUPYING],
        "now": now,
        "place": look.place.pk,
        "day": look.day,
        "is_today": look.is_today,
        "window": DateTimeTZRange(instant_of(look.first), instant_of(last)),
    }
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, given)
        return cursor.fetchone()[0]
