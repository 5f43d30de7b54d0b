"""A room and what stands in it as one value, to be written, kept in versions and restored: see accounts.sheets.

`props` are {"kind", "name", "inspected_until", "out_from", "out_until",
"out_reason"}: a day, and two instants in ISO, or None.
"""

import datetime as dt

from accounts.sheets import Content, Page
from locations.models import Prop, Room

PLAIN = ("location_id", "name", "in_use", "order")
DATES = ("inspected_until", "out_from", "out_until")


def read(room: Room) -> Content:
    plain: Content = {name: getattr(room, name) for name in PLAIN}
    props = room.props.order_by("pk") if room.pk else []
    return plain | {"props": [_told(prop) for prop in props]}


def write(room: Room, content: Content) -> None:
    """Nothing points at a prop, so they are written anew."""
    for name in PLAIN:
        setattr(room, name, content[name])
    room.full_clean()
    room.save()
    room.props.all().delete()
    for told in content["props"]:
        day, *out = told["inspected_until"], told["out_from"], told["out_until"]
        prop = Prop(
            room=room,
            kind=told["kind"],
            name=told["name"],
            out_reason=told["out_reason"],
            inspected_until=day and dt.date.fromisoformat(day),
            out_from=out[0] and dt.datetime.fromisoformat(out[0]),
            out_until=out[1] and dt.datetime.fromisoformat(out[1]),
        )
        prop.full_clean()
        prop.save()


ROOM = Page(kind="room", read=read, write=write)


def _told(prop: Prop) -> Content:
    days = {name: (value := getattr(prop, name)) and value.isoformat() for name in DATES}
    return {"kind": prop.kind, "name": prop.name, "out_reason": prop.out_reason} | days
