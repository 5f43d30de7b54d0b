"""Who may import whom. docs/architecture.md draws it; an arrow always points down."""

import ast
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[1]
APPS = {"accounts": 0, "locations": 1, "therapists": 2, "treatments": 3, "clients": 4, "bookings": 5}
APPS |= {"desk": 6, "studio": 6, "pages": 6}
# Inside bookings: the level of every module that stands there.
LEVELS = {
    "scheduling": 0,
    "guidance": 0,
    "periods": 0,
    "reminder_rules": 0,
    "models": 1,
    "migrations": 1,
    "availability": 2,
    "advice": 2,
    "asking": 2,
    "reminders": 2,
    "reminder_rows": 2,
    "wanted": 2,
    "reminder_steps": 2,
    "reach": 2,
    "rerouting": 2,
    "sharing": 2,
    "batch": 1,
    "reasons": 0,
    "therapist_calendar": 2,
    "staff_notices": 2,
    "staff_daily": 2,
    "waiting_notices": 2,
    "waiting_times": 2,
    "waiting_words": 2,
    "links": 2,
    "standing": 2,
    "finding": 2,
    "caps": 2,
    "returning": 2,
    "field_map": 2,
    "calendar_file": 2,
    "actions": 3,
    "privacy": 3,
    "retention": 3,
    "outbox": 4,
    "tasks": 5,
    "management": 5,
    "demo": 5,
    "forms": 6,
    "templatetags": 6,
    "views": 6,
    "urls": 6,
    "admin": 6,
    "apps": 6,
}
PURE = {"bookings.scheduling", "bookings.guidance", "bookings.reminder_rules"}
GROUND = {"spa.clock", "spa.web", "spa.texts"}
WIRING = {"spa.urls", "spa.settings", "spa.celery", "spa.health", "spa.start"}
# What faces people may show a text, but sending is not its business.
SENDING = {"bookings.tasks", "bookings.outbox.delivery", "bookings.outbox.channels", "bookings.outbox.sms"}


def modules() -> dict[str, Path]:
    """Every module of the project by its dotted name."""
    found = {}
    for room in ("spa", *APPS):
        for file in (BASE / room).rglob("*.py"):
            name = ".".join(file.relative_to(BASE).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = file
    return found


MODULES = modules()


def imports(module: str, source: str) -> set[str]:
    """The dotted names that a source imports, submodules told apart from names where the project has them."""
    package = module if MODULES.get(module, BASE).name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            above = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            origin = ".".join(part for part in (above, node.module) if part)
            found |= {name if (name := f"{origin}.{alias.name}") in MODULES else origin for alias in node.names}
    return found


def breaches(module: str, source: str) -> list[str]:
    """What a module imports against the rules, one line each."""
    return sorted(f"{module} imports {name}" for name in imports(module, source) if not allowed(module, name))


def allowed(module: str, name: str) -> bool:
    room, other = module.split(".")[0], name.split(".")[0]
    if within(module, PURE):
        return within(name, PURE) or other in sys.stdlib_module_names
    if other not in APPS and other != "spa":
        return True
    if room == "spa":
        return spa_may(module, name)
    if other == "spa":
        return name in GROUND
    if room == other:
        return room != "bookings" or inside_bookings(module, name)
    if APPS[room] > APPS["bookings"] and within(name, SENDING):
        return False
    return APPS[other] < APPS[room]


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def spa_may(module: str, name: str) -> bool:
    if module in GROUND:
        return name in GROUND
    if name.split(".")[0] != "spa":
        return module in WIRING
    return name != "spa.urls"


def inside_bookings(module: str, name: str) -> bool:
    if module == "bookings" or name == "bookings":
        return module == name
    mine, its = (LEVELS.get(dotted.split(".")[1], 0) for dotted in (module, name))
    if mine == LEVELS["views"]:
        return name == "bookings.outbox.compose" or its in (6, 3, 2, 1, 0)
    return its <= mine


def test_every_import_points_down() -> None:
    found = [breach for module, file in MODULES.items() for breach in breaches(module, file.read_text())]
    assert found == []


def test_every_room_of_bookings_has_a_level() -> None:
    rooms = {name.split(".")[1] for name in MODULES if name.startswith("bookings.")}
    assert rooms - LEVELS.keys() == set()


PLANTED = [
    ("accounts.models", "import clients.models", "clients.models"),
    ("locations.models", "from bookings.models import Booking", "bookings.models"),
    ("therapists.models", "def late():\n    from treatments.models import Treatment", "treatments.models"),
    ("clients.models", "from bookings import links", "bookings.links"),
    ("pages.views", "from desk.views import messages", "desk.views.messages"),
    ("desk.views.messages", "from pages.views import start", "pages.views.start"),
    ("desk.views.messages", "from bookings.outbox import delivery", "bookings.outbox.delivery"),
    ("bookings.actions.messages", "from desk import lines", "desk.lines"),
    ("pages.views", "from bookings import tasks", "bookings.tasks"),
    ("pages.views", "from bookings.outbox.delivery import send", "bookings.outbox.delivery"),
    ("pages.views", "from spa.urls import urlpatterns", "spa.urls"),
    ("studio.views", "from desk.lines import line", "desk.lines"),
    ("studio.preview", "from bookings.outbox.delivery import tick", "bookings.outbox.delivery"),
    ("bookings.reminder_steps", "from studio.timeline import usual", "studio.timeline"),
    ("bookings.scheduling.offers", "from django.utils import timezone", "django.utils"),
    ("bookings.scheduling.offers", "from bookings.models import Booking", "bookings.models"),
    ("bookings.guidance", "import icalendar", "icalendar"),
    ("bookings.models.booking", "from bookings.actions import book", "bookings.actions"),
    ("bookings.models.booking", "from ..links import read_link", "bookings.links"),
    ("bookings.availability.search", "from bookings.actions import holding", "bookings.actions.holding"),
    ("bookings.actions.booking", "from bookings.outbox import compose", "bookings.outbox.compose"),
    ("bookings.outbox.compose", "from bookings.tasks import deliver_due", "bookings.tasks"),
    ("bookings.tasks", "from bookings.views.choose import choose", "bookings.views.choose"),
    ("bookings.views.choose", "from bookings.outbox import delivery", "bookings.outbox.delivery"),
    ("bookings.views.choose", "from bookings.tasks import deliver_due", "bookings.tasks"),
    ("spa.clock", "from bookings.models import Booking", "bookings.models"),
    ("spa.web", "from spa.health import unavailable", "spa.health"),
    ("spa.middleware", "from accounts.models import User", "accounts.models"),
]


@pytest.mark.parametrize(("module", "source", "name"), PLANTED)
def test_a_planted_upward_import_is_found(module: str, source: str, name: str) -> None:
    assert breaches(module, source) == [f"{module} imports {name}"]


ALLOWED = [
    ("clients.models", "from accounts.models import User"),
    ("pages.views", "from bookings.availability import offers"),
    ("pages.views", "from bookings.outbox.compose import compose"),
    ("studio.preview", "from bookings.outbox.compose import compose\nfrom accounts import versions"),
    ("desk.letter", "from bookings.outbox.compose import compose\nfrom bookings.outbox import kinds"),
    ("desk.views.messages", "from bookings import actions\nfrom accounts.roles import may"),
    ("bookings.scheduling.offers", "import datetime\nfrom bookings.scheduling import timeline"),
    ("bookings.models.booking", "from .status import Status"),
    ("bookings.actions.booking", "from bookings.availability import search"),
    ("bookings.tasks", "from bookings.outbox import delivery"),
    ("bookings.views.choose", "from bookings.outbox.compose import compose\nfrom spa import clock"),
    ("spa.health", "from bookings.models import Message"),
    ("spa.middleware", "from spa.health import unavailable"),
]


@pytest.mark.parametrize(("module", "source"), ALLOWED)
def test_the_nearest_downward_import_is_allowed(module: str, source: str) -> None:
    assert breaches(module, source) == []
