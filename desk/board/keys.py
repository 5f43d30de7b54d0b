"""The keys of the board, as its help says them. The same letters stand in static/js/board/keys.js."""

from django.utils.translation import gettext as _


def rows() -> list[tuple[str, str]]:
    """Keys and what they do."""
    return [
        (_("Arrows"), _("go to the next session or free time, and to the one beside it")),
        (_("Enter"), _("open it")),
        ("m", _("move the session: arrows, then Enter; Escape leaves it where it was")),
        ("c", _("pick the session up for another day")),
        ("a", _("arrived")),
        ("s", _("started")),
        ("d", _("done")),
        ("x", _("no-show")),
        ("n", _("book")),
        ("w", _("walk-in")),
        ("/", _("find a client")),
        ("t", _("today")),
        ("[  ]", _("the day before, the day after")),
        ("p", _("print")),
        ("u", _("undo the last change of the session")),
        ("?", _("this help")),
    ]
