"""A column as ready HTML: a day holds up to four hundred entries, and a template loop is its largest cost.

End tags of list items and quotes around single words are left out, and a page says addresses as seen from its own:
each letter counts once per entry.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bookings.models.status import Status

from .cards import LOOKS
from .items import BLOCKED, CARD, GAP, SHUT, TURN, Item

DRAWN = '<li class="%s"><%s><b>%s<em> %s</em> %s</b>%s<i>%s</i></%s>'
WARNED = "<span><u>%s</u> %s</span>"
LINE = "<span>%s</span>"


def draw(items: Iterable[Item], page: str = "") -> SafeString:
    """The entries of one column in their order. `page`: the address of a page above those that they lead to."""
    free = escape(_("Free"))
    return SafeString("".join([_WAYS[item.kind](item, free, page) for item in items]))


def _card(item: Item, _free: str, page: str) -> str:
    tag, end = f'span class="bk {item.look}"', "span"
    if item.link:
        look = item.look.removeprefix(LOOKS[Status.BOOKED]).lstrip()  # most are booked: a card without a look is
        names = f'"bk {look}"' if look else "bk"
        tag, end = f"a class={names} href={item.link.removeprefix(page)} data-v={item.version}", "a"
    *above, last = item.lines
    lines = "".join([LINE % escape(line) for line in above]) + _last(item.warn, last)
    return DRAWN % (item.at, tag, item.head, item.until, escape(item.name), lines, escape(item.state), end)


def _last(warn: str, line: str) -> str:
    if not warn:
        return LINE % escape(line)
    return WARNED % (escape(f"{warn}," if line else warn), escape(line))


def _turn(item: Item, _free: str, _page: str) -> str:
    return f'<li class="turn {item.at}">{escape(item.head)}'


def _gap(item: Item, free: str, page: str) -> str:
    return f'<li class="{item.at}">{_way("gap", item.link.removeprefix(page), f"<b>{free}</b> {escape(item.head)}")}'


def _blocked(item: Item, _free: str, page: str) -> str:
    """What gives the time back, or else says why nobody can book it."""
    words = f"<b>{item.head}<em> {item.until}</em></b><span>{escape(item.name)}</span>"
    return f'<li class="{item.at}">{_way("bk is-blocked", (item.link or item.why).removeprefix(page), words)}'


def _shut(item: Item, _free: str, page: str) -> str:
    way = _way("why", item.why.removeprefix(page), escape(item.head)) if item.why else escape(item.head)
    return f'<li class="shut {item.at}">{way}'


def _way(look: str, link: str, words: str) -> str:
    return f'<a class="{look}" href="{escape(link)}">{words}</a>' if link else f'<span class="{look}">{words}</span>'


_WAYS = {CARD: _card, TURN: _turn, GAP: _gap, BLOCKED: _blocked, SHUT: _shut}
