"""A machine whose clock is wrong: on the PYTHONPATH of a program, it shifts what that program reads as the time.

CLOCK_OFF names whom by how many seconds, like "worker=3600 gunicorn=-3600": a word of the command line each.
"""

import datetime
import os
import sys
import time

wanted = (part.split("=") for part in os.environ["CLOCK_OFF"].split())
OFF = sum(int(seconds) for word, seconds in wanted if any(word in given for given in sys.orig_argv))
real_time, real = time.time, datetime.datetime


class Either(type):
    """Instants that were made before, or in C, are instants as well."""

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, real)


class Shifted(real, metaclass=Either):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return real.now(tz) + datetime.timedelta(seconds=OFF)

    @classmethod
    def utcnow(cls) -> datetime.datetime:
        return cls.now(datetime.UTC).replace(tzinfo=None)


if OFF:
    time.time = lambda: real_time() + OFF
    time.time_ns = lambda: int(time.time() * 1e9)
    datetime.datetime = Shifted
