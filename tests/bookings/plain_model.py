"""Who has which time, in plain Python: lists and comparisons, and none of the code it is compared with.

The small studio on one day: Ana and Mei, open from 9:00 to 18:00, a room with a mat and one with everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
TURNOVER, HOLD, LONGEST, NOTICE = 10 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE
GIVERS = {"back": ("ana", "mei"), "oil": ("ana",)}
ROOMS = {"back": ("Mat room", "Bar room"), "oil": ("Bar room",)}
TAKE_TIME = ("held", "booked", "arrived", "in_session", "done", "no_show")
AGREED = ("booked", "arrived", "in_session", "done", "no_show", "cancelled")
MAY_BECOME = {
    "arrived": ("booked", "in_session", "no_show"),
    "in_session": ("booked", "arrived", "done"),
    "done": ("in_session",),
    "no_show": ("booked", "arrived"),
    "cancelled": ("booked", "arrived"),
}
"""Which states may become this one."""


@dataclass
class Session:
    """One row. `her_end` and `room_end`: until when therapist and room are taken by it."""

    owner: str
    kind: str
    who: str
    room: str
    start: datetime
    minutes: int
    since: datetime
    until: datetime
    status: str = "held"
    her_end: datetime = field(init=False)
    room_end: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.her_end = self.room_end = self.full_end

    @property
    def end(self) -> datetime:
        return self.start + self.minutes * MINUTE

    @property
    def full_end(self) -> datetime:
        return self.end + TURNOVER

    def is_live(self, now: datetime) -> bool:
        return self.status == "held" and self.until > now

    def takes_time(self, now: datetime) -> bool:
        return self.status in TAKE_TIME and (self.status != "held" or self.until > now)


@dataclass
class PlainStudio:
    """All sessions, and when people are off and rooms (None: the house) closed."""

    sessions: list[Session] = field(default_factory=list)
    off: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    closed: list[tuple[str | None, datetime, datetime]] = field(default_factory=list)

    def hold(
        self, owner: str, kind: str, minutes: int, asked: str | None, start: datetime, now: datetime
    ) -> Session | None:
        """The held session, None when the time cannot be had."""
        former = [row for row in self.sessions if row.owner == owner and row.status == "held"]
        others = self._others(now, former)
        end = start + minutes * MINUTE
        people = [who for who in GIVERS[kind] if asked in (None, who) and self._is_free(who, start, end, others)]
        rooms = self._free_rooms(kind, start, end + TURNOVER, others)
        if not people or not rooms or not self._is_bookable(start, end, now):
            return None
        who = min(people, key=lambda name: self._load(name, start, others))
        for row in former:
            row.status = "expired"
        held = Session(owner, kind, who, rooms[0], start, minutes, since=now, until=now + HOLD)
        self._let_go_in_the_way(held, now)
        self.sessions.append(held)
        return held

    def take_up(self, row: Session, now: datetime, to_hold: bool = False) -> bool:
        """Whether a hold stands, also one that ran out while nobody took its time; it may change rooms.

        When it is only to be held again, it replaces the other hold of its owner, as a new one would.
        """
        if row.status in AGREED or row.is_live(now):
            return True
        former = [other for other in self.sessions if to_hold and (other.owner, other.status) == (row.owner, "held")]
        others = self._others(now, [row, *former])
        rooms = self._free_rooms(row.kind, row.start, row.full_end, others)
        if not rooms or not self._is_free(row.who, row.start, row.end, others):
            return False
        if not self._is_bookable(row.start, row.end, now):
            return False
        for other in former:
            other.status = "expired"
        row.room, row.status, row.since, row.until = rooms[0], "held", now, now + HOLD
        self._let_go_in_the_way(row, now)
        return True

    def book(self, row: Session, now: datetime) -> bool:
        if not self.take_up(row, now):
            return False
        row.status = row.status if row.status in AGREED else "booked"
        return True

    def keep_longer(self, row: Session, now: datetime) -> str:
        """In a word: "kept", "longest" or "gone"."""
        if not self.take_up(row, now, to_hold=True):
            return "gone"
        if row.status in AGREED:
            return "kept"
        longest = row.since + LONGEST
        if row.until >= longest:
            return "longest"
        row.until = max(row.until, min(now + HOLD, longest))
        return "kept"

    def move(self, row: Session, asked: str | None, start: datetime, now: datetime) -> str:
        """In a word: "moved", "wrong" state, or "gone". She keeps therapist and room where she can."""
        if row.status not in ("booked", "arrived"):
            return "wrong"
        others, end = self._others(now, [row]), start + row.minutes * MINUTE
        people = [who for who in GIVERS[row.kind] if asked in (None, who) and self._is_free(who, start, end, others)]
        rooms = self._free_rooms(row.kind, start, end + TURNOVER, others)
        if not people or not rooms or not self._is_bookable(start, end, now):
            return "gone"
        row.who = row.who if row.who in people else min(people, key=lambda name: self._load(name, start, others))
        row.room = row.room if row.room in rooms else rooms[0]
        row.start = start
        row.her_end = row.room_end = row.full_end
        self._let_go_in_the_way(row, now)
        return "moved"

    def swap(self, one: Session, other: Session, now: datetime) -> str:
        """In a word: "swapped", "wrong" state, or "gone". Each takes the other's room where it can."""
        if one is other or any(row.status not in ("booked", "arrived") for row in (one, other)):
            return "wrong"
        places = []
        for row, its in ((one, other), (other, one)):
            place = self._place_of(row, its, places, self._others(now, [one, other]), now)
            if place is None:
                return "gone"
            places.append(place)
        for row, (who, room, start, _end) in zip((one, other), places, strict=True):
            row.who, row.room, row.start = who, room, start
            row.her_end = row.room_end = row.full_end
        for row in (one, other):
            self._let_go_in_the_way(row, now)
        return "swapped"

    def _place_of(
        self, row: Session, its: Session, taken: list[tuple], others: list[Session], now: datetime
    ) -> tuple | None:
        """Therapist, room, start and end of the whole time that a session would have in the place of another."""
        start, end = its.start, its.start + row.minutes * MINUTE
        until, in_time = end + TURNOVER, start >= _up_to_five(now) or start == row.start
        rooms = self._free_rooms(row.kind, start, until, others)
        for who, room, begins, ends in taken:
            if _meet(start, until, begins, ends):
                rooms = [free for free in rooms if free != room]
                if who == its.who:
                    return None
        if its.who not in GIVERS[row.kind] or not self._is_free(its.who, start, end, others) or not rooms:
            return None
        if not in_time or not self._is_open(start, end):
            return None
        wanted = [its.room, row.room]
        if _meet(row.start, row.room_end, its.start, its.room_end):
            wanted.reverse()
        return its.who, next((room for room in wanted if room in rooms), rooms[0]), start, until

    def restore(self, row: Session, now: datetime) -> str:
        """In a word: "restored", "wrong" state, or "gone". Hours and notice were asked when it was booked."""
        if row.status != "cancelled" or row.end <= now:
            return "wrong"
        others = self._others(now, [row])
        rooms = self._free_rooms(row.kind, row.start, row.full_end, others)
        is_free = self._is_free(row.who, row.start, row.end, others) and not self._is_shut(row.start, row.end)
        if not is_free or not rooms:
            return "gone"
        row.status, row.room = "booked", row.room if row.room in rooms else rooms[0]
        row.her_end = row.room_end = row.full_end
        self._let_go_in_the_way(row, now)
        return "restored"

    def step(self, row: Session, to: str, now: datetime) -> str:
        """In a word: "done", "wrong" step, or "taken" when a slip can no longer be undone."""
        if row.status not in MAY_BECOME[to]:
            return "wrong"
        if row.status in ("done", "no_show") and not self._reopen(row, now):
            return "taken"
        row.status = to
        if to in ("done", "no_show"):
            cut = max(_up_to_five(now), row.start + 5 * MINUTE)
            row.her_end, row.room_end = min(row.her_end, cut), min(row.room_end, cut)
        return "done"

    def _reopen(self, row: Session, now: datetime) -> bool:
        """Whether the session's whole time is still to be had; then it is taken again."""
        others = self._others(now, [row])
        if any(row.who == other.who and _meet(row.start, row.full_end, other.start, other.her_end) for other in others):
            return False
        if any(
            row.room == other.room and _meet(row.start, row.full_end, other.start, other.room_end) for other in others
        ):
            return False
        row.her_end = row.room_end = row.full_end
        self._let_go_in_the_way(row, now)
        return True

    def _others(self, now: datetime, but: list[Session]) -> list[Session]:
        return [row for row in self.sessions if row.takes_time(now) and not any(row is one for one in but)]

    def _is_bookable(self, start: datetime, end: datetime, now: datetime) -> bool:
        return self._is_open(start, end) and start >= _up_to_five(now + NOTICE)

    def _is_open(self, start: datetime, end: datetime) -> bool:
        opens, closes = start.replace(hour=9, minute=0), start.replace(hour=18, minute=0)
        return opens <= start and end + TURNOVER <= closes and not self._is_shut(start, end)

    def _is_shut(self, start: datetime, end: datetime) -> bool:
        return any(room is None and _meet(start, end + TURNOVER, begins, ends) for room, begins, ends in self.closed)

    def _is_free(self, who: str, start: datetime, end: datetime, others: Iterable[Session]) -> bool:
        until = end + TURNOVER
        is_off = any(name == who and _meet(start, until, begins, ends) for name, begins, ends in self.off)
        return not is_off and not any(row.who == who and _meet(start, until, row.start, row.her_end) for row in others)

    def _free_rooms(self, kind: str, start: datetime, until: datetime, others: Iterable[Session]) -> list[str]:
        """The least equipped first."""
        taken = {row.room for row in others if _meet(start, until, row.start, row.room_end)}
        taken |= {room for room, begins, ends in self.closed if room and _meet(start, until, begins, ends)}
        return [room for room in ROOMS[kind] if room not in taken]

    def _load(self, who: str, start: datetime, others: Iterable[Session]) -> tuple[timedelta, datetime]:
        """Minutes given that day, and the end of the last session before."""
        midnight = start.replace(hour=0, minute=0)
        hers = [
            row for row in others if row.who == who and row.status != "no_show" and row.start.date() == start.date()
        ]
        last = max((row.end for row in hers if row.end <= start), default=midnight)
        return sum((row.end - row.start for row in hers), timedelta()), last

    def _let_go_in_the_way(self, new: Session, now: datetime) -> None:
        for row in self.sessions:
            is_stale = row.status == "held" and row.until <= now and row is not new
            meets = _meet(row.start, row.full_end, new.start, new.full_end)
            if is_stale and meets and (row.who == new.who or row.room == new.room):
                row.status = "expired"


def _meet(start: datetime, end: datetime, begins: datetime, ends: datetime) -> bool:
    return start < ends and begins < end


def _up_to_five(moment: datetime) -> datetime:
    return moment + (-moment.timestamp() % 300) * timedelta(seconds=1)
