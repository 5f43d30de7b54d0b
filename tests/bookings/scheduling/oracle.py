"""A second opinion on hours and offers, minute by minute and tick by tick, with no line of the product in it.

It is slow and plain on purpose. Hours: walk the UTC minutes and look at the wall clock. Offers: try every start and
check each rule by a loop. Masks are read bit by bit; therapists, rooms and rules are read by their attributes.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

WALK_DAYS_AROUND = 2


@lru_cache(maxsize=256)
def walk(zone_name, first_day, days):
    """Pairs (UTC minute, what the wall clock shows), from two days before the first day to two after the last."""
    zone = ZoneInfo(zone_name)
    midnight = datetime(first_day.year, first_day.month, first_day.day, tzinfo=UTC)
    begin = int(midnight.timestamp()) // 60 - WALK_DAYS_AROUND * 1440
    minutes = range(begin, begin + (days + 2 * WALK_DAYS_AROUND) * 1440)
    return [(minute, datetime.fromtimestamp(minute * 60, zone).replace(tzinfo=None, fold=0)) for minute in minutes]


def first_minute(zone_name, day, at):
    """The first UTC minute at which the wall clock shows this reading or more."""
    wanted = datetime.combine(day, at)
    return next(minute for minute, shown in walk(zone_name, day, 1) if shown >= wanted)


def midnight_minute(zone_name, day):
    return first_minute(zone_name, day, datetime.min.time())


def rule_begins(rule, day):
    """Does a block of this rule begin on this date? Weeks are counted one by one."""
    if day.weekday() != rule.weekday:
        return False
    if rule.valid_until is not None and day > rule.valid_until:
        return False
    if rule.valid_from is None:
        return True
    week = rule.valid_from
    while week.weekday() != 0:
        week -= timedelta(days=1)
    while week + timedelta(days=6) < day:
        week += timedelta(days=7 * rule.every_weeks)
    return day >= rule.valid_from and week <= day


@lru_cache(maxsize=256)
def dates_of(zone_name, first_day, days):
    return {shown.date() for _minute, shown in walk(zone_name, first_day, days)}


def blocks(rules, zone_name, first_day, days):
    """Pairs of readings (opens, closes) of the blocks that begin on the day before the first day or on these days."""
    dates_shown = dates_of(zone_name, first_day, days)
    found = []
    for number in range(-1, days):
        day = first_day + timedelta(days=number)
        for rule in rules:
            if day in dates_shown and rule_begins(rule, day):
                last = day if rule.closes > rule.opens else day + timedelta(days=1)
                found.append((datetime.combine(day, rule.opens), datetime.combine(last, rule.closes)))
    return found


def open_minutes(rules, zone_name, first_day, days):
    """The UTC minutes at which some block is open.

    The door opens when the clock first shows the opening time or more, and stays as it is when the clock is put back.
    """
    found = set()
    for opens, closes in blocks(rules, zone_name, first_day, days):
        found.update(
            [minute for minute, latest in latest_shown(zone_name, first_day, days) if opens <= latest < closes]
        )
    return found


@lru_cache(maxsize=256)
def latest_shown(zone_name, first_day, days):
    """Pairs (UTC minute, the latest reading that the wall clock has shown so far)."""
    walked = walk(zone_name, first_day, days)
    readings = accumulate((shown for _minute, shown in walked), max)
    return [(minute, latest) for (minute, _shown), latest in zip(walked, readings, strict=True)]


def grid_minutes(zone_name, first_day, days, step):
    """The UTC minutes of these dates at which the wall clock's minutes since midnight are a multiple of the step."""
    dates = {first_day + timedelta(days=number) for number in range(days)}
    found = set()
    for minute, shown in walk(zone_name, first_day, days):
        if shown.date() in dates and (shown.hour * 60 + shown.minute) % step == 0:
            found.add(minute)
    return found


def has(mask, tick):
    return tick >= 0 and mask >> tick & 1 == 1


def is_free(therapist, tick):
    return has(therapist.working, tick) and not has(therapist.busy, tick)


def broken_rules(start, therapist, rooms, rules):
    """The names of the hard rules that this start breaks, one by one."""
    terms = therapist.terms
    block = range(start - terms.before, start + terms.hands_on + terms.after)
    during = range(start, start + terms.hands_on)
    in_room = range(start - terms.room_before, start + terms.hands_on + terms.room_after)
    if start < rules.now:
        yield "past"
    if start < rules.earliest:
        yield "notice"
    if start >= rules.latest:
        yield "horizon"
    if not all(has(rules.opening, tick) for tick in during):
        yield "closed"
    if not all(has(therapist.working, tick) for tick in block):
        yield "off"
    if not all(is_free(therapist, tick) for tick in block):
        yield "busy"
    if not any(all(has(room.free, tick) for tick in in_room) for room in rooms):
        yield "room"
    at_edge = not is_free(therapist, block[0] - 1) or not is_free(therapist, block[-1] + 1)
    if not has(rules.grid, start) and not at_edge:
        yield "grid"
    yield from broken_limits(start, therapist, rules)


def broken_limits(start, therapist, rules):
    day = next((day for day in rules.days if day.start <= start < day.end), None)
    if day is None:
        return
    limit = limit_of(day, therapist.limits)
    if limit is None:
        return
    today = [session for session in therapist.sessions if day.start <= session[0] < day.end]
    length = therapist.terms.hands_on
    minutes = sum(session[1] - session[0] for session in today) + length
    if (
        limit.sessions is not None
        and len(today) + 1 > limit.sessions
        or limit.hands_on is not None
        and minutes > limit.hands_on
    ):
        yield "limit"
    if limit.run is not None and run_length((start, start + length), therapist.sessions, limit.rest) > limit.run:
        yield "rest"


def limit_of(day, limits):
    own = [limit for limit in limits if limit.weekday == day.date.weekday()]
    every = [limit for limit in limits if limit.weekday is None]
    return (own + every + [None])[0]


def run_length(new, sessions, rest):
    """The ticks from the first start to the last end of all sessions that hang together with the new one."""
    run, others = [new], list(sessions)
    grown = True
    while grown:
        grown = False
        for other in others:
            if any(other[0] - mine[1] < rest and mine[0] - other[1] < rest for mine in run):
                run.append(other)
                others.remove(other)
                grown = True
                break
    return max(end for _start, end in run) - min(start for start, _end in run)


def offered(therapist, rooms, rules, ticks):
    """The set of offered starts: no hard rule broken, then the gap rule."""
    starts = [tick for tick in range(ticks) if next(broken_rules(tick, therapist, rooms, rules), None) is None]
    if not rules.gap_rule:
        return set(starts)
    intervals = {start: free_interval(start, therapist) for start in starts}
    clean = {start for start in starts if leaves_no_gap(start, starts, intervals, therapist, rules)}
    with_clean = {intervals[start] for start in clean}
    return {start for start in starts if start in clean or intervals[start] not in with_clean}


def free_interval(start, therapist):
    begin = end = start
    while is_free(therapist, begin - 1):
        begin -= 1
    while is_free(therapist, end):
        end += 1
    return begin, end


def leaves_no_gap(start, starts, intervals, therapist, rules):
    terms = therapist.terms
    same = [other for other in starts if intervals[other] == intervals[start]]
    begin, end = min(same) - terms.before, max(same) + terms.hands_on + terms.after
    piece_before = start - terms.before - begin
    piece_after = end - (start + terms.hands_on + terms.after)
    return all(piece == 0 or piece >= therapist.shortest_block for piece in (piece_before, piece_after))
