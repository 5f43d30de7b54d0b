"""/studio/style-guide/: every part that pages are made of, in both themes: for staff to see, for tests to measure."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.access import page_for
from accounts.roles import ALL
from bookings.views.near import PRESSURE
from locations.house import House
from studio.page import show

THEMES = (("light", _("Light")), ("dark", _("Dark")))
# The names of static/css/tokens.css; a test holds the two together.
COLOURS = (
    ("bg", "paper", "sunk", "line", "edge", "ink", "ink-2", "focus", "shade", "hatch")
    + ("ai", "ai-deep", "on-ai", "cloth", "cloth-2", "on-cloth", "on-cloth-2")
    + ("dip-0", "dip-1", "dip-2", "dip-3", "dip-4", "on-dip-4", "wood", "wood-2")
    + ("care", "care-wash", "moss", "moss-wash", "beet", "beet-wash", "on-beet")
)  # fmt: skip
# Where a card stands on the board, how it looks, its time and its state.
CARDS = (
    ("h9 m0 d30", "is-done", "9:00", _("done")),
    ("h9 m40 d30", "is-on", "9:40", _("in session")),
    ("h10 m10 d20", "is-confirmed is-moving", "10:10", _("confirmed")),
    ("h10 m40 d20", "is-booked is-late", "10:40", _("late")),
    ("h11 m0 d30", "is-confirmed is-changed", "11:00", _("confirmed")),
    ("h11 m30 d20", "is-asked", "11:30", _("no answer")),
)
ORDER = (
    (_("You arrive"), _("Shoes off, phone off. We ask how you are today and what should be left alone.")),
    (_("You lie face down"), _("On a firm floor mat in loose clothes, or on the table under a sheet.")),
    (_("The walk"), _("Long, slow strokes of the sole on either side of the spine.")),
)
CHOICES = (
    {"name": _("Back on the mat"), "price": "45.00", "hint": _("Clothed, no oil.")},
    {"name": _("Bars and oil"), "price": "52.00", "hint": _("On the table, under a sheet.")},
)
DRAWINGS = [f"components/_draw_{name}.html" for name in ("water", "bowl", "cloth", "mat", "bars", "oil", "bamboo")]


@page_for(*ALL)("GET", "HEAD")
def style_guide(request: HttpRequest) -> HttpResponse:
    context = {
        "themes": THEMES,
        "colours": COLOURS,
        "pressure": [str(word).capitalize() for word in PRESSURE.values()],
        "cards": CARDS,
        "order": ORDER,
        "items": CHOICES,
        "drawings": DRAWINGS,
    }
    return show(request, "studio/looks/page.html", context, House.load(request))
