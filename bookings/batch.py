"""Reading once for many messages in a row: the studio's words, its advice, the other sessions of a day."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_seen: ContextVar[dict[Hashable, Any] | None] = ContextVar("seen", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within the block `once` keeps what it has read. Keep it short: what a studio saves meanwhile is not seen."""
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives; outside of `reading_once` it is asked each time."""
    seen = _seen.get()
    if seen is None:
        return read()
    if key not in seen:
        seen[key] = read()
    return seen[key]
