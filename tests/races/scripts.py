"""What visitors do. Each returns a short word for what she saw; anything but the promised answer says what it was."""

import http.client
import threading
from html import escape
from typing import Any

from .visitor import Page, Visitor

GONE = "That time has just gone"
CANCELLED = "This booking is cancelled."
KEPT = "What you typed is kept."


def arrive(visitor: Visitor, gate: Any, day: str) -> str:
    """Open the page of times."""
    gate()
    page = visitor.choose(**{"from": day})
    return "here" if page.status == 200 and visitor.token else f"page {page.status}"


def type_details(visitor: Visitor, gate: Any, day: str, start: str, therapist: str) -> str:
    """Hold a time of her own and type name and e-mail, but forget the safety question."""
    gate()
    visitor.choose(**{"from": day})
    held = visitor.hold(start, therapist)
    if held.status != 303:
        return f"hold {held.status}"
    visitor.follow(held)
    page = visitor.post(visitor.details, visitor.words | {"do": "book"})
    return "typed" if page.status == 422 and typed_words(visitor, page) else f"details {page.status}"


def hold(visitor: Visitor, gate: Any, start: str, therapist: str = "") -> str:
    """Press a time."""
    gate()
    page = visitor.hold(start, therapist)
    if page.status == 303:
        return "held"
    return taken(page)


def book(visitor: Visitor, gate: Any) -> str:
    """Send the details of the time she chose."""
    gate()
    return sent(visitor, visitor.book())


def take(visitor: Visitor, gate: Any, start: str, therapist: str = "") -> str:
    """The whole path from the pressed time: "booked", or the page that says it has just gone, nothing typed lost."""
    gate()
    mine = visitor.details
    page = visitor.hold(start, therapist)
    if page.status != 303:
        return lost(visitor, page, mine)
    if visitor.follow(page).status != 200:
        return "no details"
    return sent(visitor, visitor.book())


def sent(visitor: Visitor, page: Page) -> str:
    """What became of a sent form."""
    if page.status != 303:
        return lost(visitor, page, "")
    booked = visitor.follow(page)
    visitor.details = ""
    if booked.status == 303:  # the desk has cancelled it already
        return "booked" if CANCELLED in visitor.follow(booked).text else "no word of the booking"
    return "booked" if booked.status == 200 and booked.reference else f"booked page {booked.status}"


def lost(visitor: Visitor, page: Page, mine: str) -> str:
    """What the loser of a race sees. `mine`: the details page of a time that she still holds."""
    if taken(page) != "taken" or not mine:
        return taken(page)
    if KEPT not in page.text:
        return "nothing said of what was typed"
    return "taken" if typed_words(visitor, visitor.get(mine)) else "what was typed is lost"


def taken(page: Page) -> str:
    if page.status != 409 or GONE not in page.text:
        return f"status {page.status}"
    return "taken" if len(page.slots) == 3 else f"{len(page.slots)} times near"


def typed_words(visitor: Visitor, page: Page) -> bool:
    """Whether the form shows what she typed."""
    return all(f'value="{escape(word)}"' in page.text for word in visitor.words.values() if word)


def late(visitor: Visitor, gate: Any, again: str) -> str:
    """Book after her hold ran out. When it is gone, press a time near it: the form must know what she typed."""
    gate()
    page = visitor.book()
    if page.status == 303:
        return sent(visitor, page)
    if taken(page) != "taken" or KEPT not in page.text:
        return taken(page)
    held = visitor.hold(again)
    return "taken" if typed_words(visitor, visitor.follow(held)) else "what was typed is lost"


def submit_often(visitor: Visitor, gate: Any, times: int) -> list[tuple[int, str, str]]:
    """Send the same form several times in parallel; what each sender is shown: status, address, reference."""
    gate()
    seen: list[tuple[int, str, str]] = []

    def submit() -> None:
        twin = Visitor(visitor.number, visitor.port, cookies=dict(visitor.cookies), token=visitor.token)
        page = twin.post(visitor.details, visitor.filled_in())
        shown = twin.follow(page) if page.status == 303 else page
        seen.append((page.status, page.location, shown.reference))

    threads = [threading.Thread(target=submit) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def lose_reply(visitor: Visitor, gate: Any) -> tuple[str, str]:
    """Send the form, hang up before the answer comes, and send it again: the address and the reference shown."""
    gate()
    asked: http.client.HTTPConnection = visitor.send("POST", visitor.details, visitor.filled_in())
    asked.close()
    page = visitor.book()
    return page.location, visitor.follow(page).reference


def come_and_go(visitor: Visitor, gate: Any, starts: list[str], times: int) -> list[str]:
    """Hold and book one time after the other; what she saw of each."""
    gate()
    return [take(visitor, gate, starts[(visitor.number + turn) % len(starts)], "ana") for turn in range(times)]


def owner_or_rival(visitor: Visitor, gate: Any, start: str = "", again: str = "") -> str:
    """The owner of a hold that ran out comes back late; a rival takes its time."""
    return late(visitor, gate, again) if again else take(visitor, gate, start, "ana")
