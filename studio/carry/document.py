"""The whole file: which keys there are, what each holds, and what it is when left out."""

from zoneinfo import available_timezones

from django.conf import settings

from locations.models import Prop
from studio.carry.plain import Among, Choice, Clock, Day, Flag, Instant, Pattern, Price, Text, Whole
from studio.carry.shapes import NEEDED, Many, Map, Shape, Words
from studio.carry.week import WEEKDAYS, Week
from studio.menu.forms import LENGTHS
from studio.menu.place_forms import BOUNDS, STEPS
from therapists.models import OwnParts, Therapist, usual_parts
from treatments.models import AREAS, Guidance, ReminderStep

FORMAT = 1
LANGUAGES = dict(settings.LANGUAGES)
LONGEST_TEXT = 4000
SLUG = Pattern(r"[-a-zA-Z0-9_]{1,50}", "write an address in letters, digits and hyphens, like back-walking")
SPOKEN = Pattern(r"[a-z]{2,3}(-[a-zA-Z]{2,6})?", "write the code of a language, like en")
ORDER = Whole(0, 999)
MINUTES = Whole(0, 120, step=5)
A_DAY = Whole(0, 1440)
TWO_WEEKS = Whole(-20160, 20160)


def line(longest: int) -> Text:
    return Text(longest)


def words(longest: int, *, lines: bool = False) -> Words:
    return Words(longest, LANGUAGES, lines)


def needed(shape: Shape) -> tuple[Shape, object]:
    return shape, NEEDED


STUDIO = Map(
    {
        "name": needed(line(80)),
        "reference_prefix": needed(Pattern(r"[A-Z]{1,3}", "write one to three capital letters")),
        "email": needed(line(254)),
        "languages": needed(Many(Choice(LANGUAGES))),
        "failure_digest": (Flag(), True),
        "second_factor": (Flag(), False),
        "therapists_edit": (Many(Choice(OwnParts.Part.values)), sorted(usual_parts())),
    }
)
STYLE = Map(
    {
        "slug": needed(SLUG),
        "name": needed(words(80)),
        "origin": (words(80), {}),
        "surface": (words(80), {}),
        "clothing": (words(120), {}),
        "is_clothed": (Flag(), True),
        "uses_oil": (Flag(), False),
        "needs_certificate": (Flag(), False),
        "order": (ORDER, 0),
    }
)
PROP = Map(
    {
        "kind": needed(Choice(Prop.Kind.values)),
        "name": needed(line(60)),
        "inspected_until": (Day(), None),
        "out_from": (Instant(), None),
        "out_until": (Instant(), None),
        "out_reason": (line(120), ""),
    }
)
ROOM = Map(
    {"name": needed(line(60)), "in_use": (Flag(), True), "order": (ORDER, 0), "props": (Many(PROP), [])},
)
CLOSURE = Map(
    {"room": (line(60), None), "start": needed(Instant()), "end": needed(Instant()), "reason": (words(200), {})}
)
PLACE = Map(
    {
        "slug": needed(SLUG),
        "name": needed(line(80)),
        "address": needed(line(200)),
        "access": (words(200), {}),
        "phone": needed(line(20)),
        "country": needed(Pattern(r"[A-Z]{2}", "write two capital letters, like GB")),
        "zone_name": needed(Choice(available_timezones(), "write a time zone by its name, like Europe/London")),
        "currency": needed(Pattern(r"[A-Z]{3}", "write three capital letters, like GBP")),
        "is_open": (Flag(), True),
        "order": (ORDER, 0),
        "start_step_minutes": needed(Among(STEPS)),
        **{name: needed(Whole(least, most)) for name, (least, most, _label) in BOUNDS.items()},
        "quiet_from": needed(Clock()),
        "quiet_until": needed(Clock()),
        "gap_rule": (Flag(), True),
        "opening_hours": needed(Week()),
        "closures": (Many(CLOSURE), []),
        "rooms": (Many(ROOM, ("name",)), []),
    }
)
LENGTH = Map(
    {"minutes": needed(Among(LENGTHS)), "price": needed(Price()), "on_menu": (Flag(), True)},
)
TREATMENT = Map(
    {
        "slug": needed(SLUG),
        "style": needed(SLUG),
        "name": needed(words(80)),
        "description": (words(LONGEST_TEXT, lines=True), {}),
        "before_minutes": (MINUTES, 0),
        "after_minutes": (MINUTES, 10),
        "room_before_minutes": (MINUTES, 0),
        "room_after_minutes": (MINUTES, 10),
        "needed_props": (Many(Many(Choice(Prop.Kind.values))), []),
        "areas": (Many(Choice(AREAS)), []),
        "at_home": (Flag(), False),
        "on_menu": (Flag(), True),
        "order": (ORDER, 0),
        "lengths": needed(Many(LENGTH, ("minutes",))),
    }
)
FOR = {"treatment": (SLUG, None), "style": (SLUG, None)}
ANCHOR = Choice(Guidance.Anchor.values)
GUIDANCE = Map(
    {
        "kind": needed(Choice(Guidance.Kind.values)),
        **FOR,
        "anchor": (ANCHOR, "start"),
        "offset_minutes": (TWO_WEEKS, 0),
        "title": needed(words(80)),
        "text": (words(LONGEST_TEXT, lines=True), {}),
    }
)
MESSAGE = Map(
    {
        "kind": needed(Choice(ReminderStep.Kind.values)),
        **FOR,
        "anchor": (ANCHOR, "start"),
        "offset_minutes": needed(TWO_WEEKS),
        "is_on": (Flag(), True),
        "channels": (Many(Choice(ReminderStep.Channel.values)), []),
        "subject": (words(200), {}),
        "text": (words(LONGEST_TEXT, lines=True), {}),
    }
)
CERTIFICATE = Map(
    {
        "body": needed(line(80)),
        "level": (line(60), ""),
        "number": (line(40), ""),
        "issued_on": needed(Day()),
        "expires_on": (Day(), None),
        "styles": (Many(SLUG), []),
    }
)
OWN_TREATMENT = Map(
    {
        "treatment": needed(SLUG),
        "gives": (Flag(), True),
        "price": (Price(), None),
        "before_minutes": (MINUTES, None),
        "after_minutes": (MINUTES, None),
    }
)
LIMIT = Map(
    {
        "weekday": (Choice(WEEKDAYS), None),
        "sessions": (Whole(0, 100), None),
        "hands_on_minutes": (A_DAY, None),
        "run_minutes": (A_DAY, None),
        "rest_minutes": (A_DAY, 0),
    }
)
PLAN = Map(
    {
        "place": needed(SLUG),
        "since": needed(Day()),
        "until": (Day(), None),
        "every_weeks": (Among((1, 2)), 1),
        "days": needed(Week()),
    }
)
PERIOD = {"start": needed(Instant()), "end": needed(Instant())}
THERAPIST = Map(
    {
        "slug": needed(SLUG),
        "name": needed(line(80)),
        "headline": (words(80), {}),
        "bio": (words(LONGEST_TEXT, lines=True), {}),
        "languages": (Many(SPOKEN), []),
        "styles": (Many(SLUG), []),
        "pressure_from": (Whole(1, 5), 1),
        "pressure_to": (Whole(1, 5), 5),
        "gender": (Choice(Therapist.Gender.values), ""),
        "public": (Flag(), True),
        "bookable": (Flag(), True),
        "order": (ORDER, 0),
        "staff_note": (Text(LONGEST_TEXT, lines=True), ""),
        "certificates": (Many(CERTIFICATE), []),
        "treatments": (Many(OWN_TREATMENT, ("treatment",)), []),
        "limits": (Many(LIMIT, ("weekday",)), []),
        "hours": (Many(PLAN, most=20), []),
        "extra_hours": (Many(Map({"place": needed(SLUG), **PERIOD})), []),
        "time_off": (Many(Map(PERIOD)), []),
    }
)
WHOLE = Map(
    {
        "format": needed(Among((FORMAT,))),
        "studio": needed(STUDIO),
        "styles": (Many(STYLE, ("slug",)), []),
        "places": (Many(PLACE, ("slug",)), []),
        "treatments": (Many(TREATMENT, ("slug",)), []),
        "guidance": (Many(GUIDANCE, ("kind", "treatment", "style")), []),
        "messages": (Many(MESSAGE, ("kind", "treatment", "style")), []),
        "therapists": (Many(THERAPIST, ("slug",)), []),
    }
)
