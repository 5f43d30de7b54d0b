"""How much a therapist gives in a day, as one value, to be kept in versions and restored: see accounts.sheets.

The content is {"limits": [...]}, each {"weekday": 0 to 6 or None for every day, "sessions", "hands_on_minutes",
"run_minutes", "rest_minutes"}; None is no limit.
"""

from accounts.sheets import Content, Page
from therapists.models import Limit, Therapist

COUNTS = ("sessions", "hands_on_minutes", "run_minutes", "rest_minutes")


def read(person: Therapist) -> Content:
    rows = person.limits.values("weekday", *COUNTS)
    return {"limits": sorted(rows, key=lambda row: -1 if row["weekday"] is None else row["weekday"])}


def write(person: Therapist, content: Content) -> None:
    rows = [Limit(therapist=person, **row) for row in content["limits"]]
    person.limits.all().delete()
    for row in rows:
        row.full_clean()
        row.save()


LIMITS = Page(kind="therapist.limits", read=read, write=write)
