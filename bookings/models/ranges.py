"""SQL pieces for ranges of time. A tick is five minutes, as in `bookings.scheduling.timeline`."""

from django.db.models import BooleanField, Func, IntegerField

_EPOCH = "extract(epoch from ({edge}({column}) at time zone 'UTC'))"
"""With the zone named the result is immutable; without it PostgreSQL refuses a stored generated column."""


class SameId(Func):
    """`id = id` inside a GiST index without an extension: two ranges of one id overlap."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, %(expressions)s, '[]')"


class StartTick(Func):
    template = "(" + _EPOCH.format(edge="lower", column="%(expressions)s") + "::bigint / 300)::int"
    output_field = IntegerField()


class EndTick(Func):
    template = "(" + _EPOCH.format(edge="upper", column="%(expressions)s") + "::bigint / 300)::int"
    output_field = IntegerField()


class OnTicks(Func):
    """Half-open, both ends present and on a full five minutes, the end after the start.

    A range without these traps the exclusion constraint: an empty one blocks nobody,
    one without an end blocks for ever.
    """

    _start = _EPOCH.format(edge="lower", column="%(expressions)s")
    _end = _EPOCH.format(edge="upper", column="%(expressions)s")
    template = (
        "(lower(%(expressions)s) IS NOT NULL AND upper(%(expressions)s) IS NOT NULL"
        " AND NOT isempty(%(expressions)s)"
        " AND lower_inc(%(expressions)s) AND NOT upper_inc(%(expressions)s)"
        f" AND mod({_start}, 300) = 0 AND mod({_end}, 300) = 0)"
    )
    output_field = BooleanField()
    conditional = True


class LastsMinutes(Func):
    """The real length of a range is exactly that many minutes, on the days the clocks change too."""

    template = "(upper({0}) - lower({0}) = make_interval(mins => {1}))"
    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler, connection, **context):
        (span, minutes) = [compiler.compile(e) for e in self.source_expressions]
        return self.template.format(span[0], minutes[0]), [*span[1], *span[1], *minutes[1]]
