"""What therapists edit of their own profile, as one value to be kept in versions: see accounts.sheets."""

from accounts.sheets import Content, Page
from therapists.models import OwnParts


def standing() -> OwnParts:
    """What holds now; the usual parts as long as nobody has chosen. One query."""
    return OwnParts.objects.first() or OwnParts()


def read(row: OwnParts) -> Content:
    return {"parts": sorted(row.parts)}


def write(row: OwnParts, content: Content) -> None:
    row.pk, row.parts = 1, content["parts"]
    row.full_clean(validate_unique=False)
    row.save()


OWN_PARTS = Page(kind="own-parts", read=read, write=write)
