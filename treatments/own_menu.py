"""What one therapist gives of the menu, as one value, to be kept in versions and restored: see accounts.sheets.

The content is {"rows": [...]}, each {"treatment": id, "gives", "price": "52.00" or None, "before_minutes",
"after_minutes"}. Without a row she gives what her styles say, at the price of the menu.
"""

from decimal import Decimal

from accounts.sheets import Content, Page
from therapists.models import Therapist
from treatments.models import TherapistTreatment

MINUTES = ("before_minutes", "after_minutes")


def read(person: Therapist) -> Content:
    rows = person.treatment_rows.order_by("treatment_id").values("treatment_id", "gives", "price", *MINUTES)
    return {"rows": [_told(row) for row in rows]}


def write(person: Therapist, content: Content) -> None:
    person.treatment_rows.all().delete()
    for told in content["rows"]:
        row = TherapistTreatment(
            therapist=person,
            treatment_id=told["treatment"],
            gives=told["gives"],
            price=None if told["price"] is None else Decimal(told["price"]),
            **{name: told[name] for name in MINUTES},
        )
        row.full_clean()
        row.save()


OWN_MENU = Page(kind="therapist.treatments", read=read, write=write)


def _told(row: dict) -> Content:
    price = row["price"]
    own = {"treatment": row["treatment_id"], "gives": row["gives"], "price": None if price is None else f"{price:.2f}"}
    return own | {name: row[name] for name in MINUTES}
