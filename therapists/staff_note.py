"""What staff note of a therapist, as one value: {"note": text}. See accounts.sheets."""

from accounts.sheets import Content, Page
from therapists.models import Therapist


def read(person: Therapist) -> Content:
    return {"note": person.staff_note}


def write(person: Therapist, content: Content) -> None:
    person.staff_note = content["note"]
    person.save(update_fields=["staff_note"])


STAFF_NOTE = Page(kind="therapist.note", read=read, write=write)
