"""What a studio may begin with: one style each, and a treatment of it. Sources and customs, not rules: all is edited.

Where little is known of a style, little is filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.sheets import Content
from studio.spoken import in_each

LOOSE, SHEET = _("Loose, comfortable clothes"), _("Under a sheet, with oil")
FLOOR = _("Floor mat")
BACK = ("lower_back", "hips", "beside_spine")
LEGS = ("lower_back", "buttocks", "thighs", "calves")


@dataclass(frozen=True, slots=True)
class Preset:
    """A style and its first treatment; `needs` are groups of props, of which the room has one each."""

    key: str
    name: Promise
    origin: Promise
    treatment: Promise
    about: Promise
    surface: Promise
    needs: tuple[tuple[str, ...], ...]
    areas: tuple[str, ...] = BACK
    is_dressed: bool = True
    is_certified: bool = False

    def style(self, languages: Sequence[str], order: int) -> Content:
        """The content of its style (see therapists.style_page)."""
        clothing = LOOSE if self.is_dressed else SHEET
        said = {"name": self.name, "origin": self.origin, "surface": self.surface, "clothing": clothing}
        plain = {"slug": self.key, "order": order, "needs_certificate": self.is_certified}
        plain |= {"is_clothed": self.is_dressed, "uses_oil": not self.is_dressed}
        return plain | {part: in_each(words, languages) for part, words in said.items()}

    def first_treatment(self, languages: Sequence[str]) -> Content:
        """What it says of the content of its treatment (see treatments.menu_page): all but prices and the style."""
        said = {"name": in_each(self.treatment, languages), "description": in_each(self.about, languages)}
        return said | {"needed_props": [list(group) for group in self.needs], "areas": list(self.areas)}


PRESETS = {
    preset.key: preset
    for preset in (
        Preset(
            "chinese",
            _("Chinese"),
            _("China"),
            _("Bamboo walk"),
            _("Clothed, no oil, on a floor mat. The therapist keeps her balance with bamboo poles or bars."),
            FLOOR,
            (("mat",), ("bamboo", "bars", "chair")),
            LEGS,
        ),
        Preset(
            "japanese",
            _("Japanese"),
            _("Japan"),
            _("Back on the mat"),
            _("Barefoot shiatsu: clothed, no oil, on a floor mat, with a pole or a chair for balance."),
            FLOOR,
            (("mat",), ("bamboo", "chair", "bars")),
        ),
        Preset(
            "indian",
            _("Indian rope massage"),
            _("Kerala, India"),
            _("Rope and oil"),
            _("On a woven floor mat, with plenty of warm oil. One rope overhead carries the weight."),
            _("Woven floor mat"),
            (("mat",), ("rope",)),
            (*BACK, "thighs", "calves"),
            is_dressed=False,
            is_certified=True,
        ),
        Preset(
            "thai",
            _("Thai"),
            _("Thailand"),
            _("Thai floor"),
            _("Clothed, no oil. Walking mixed with slow stretches, on a wide mat."),
            FLOOR,
            (("mat",),),
            (*BACK, "thighs", "calves"),
        ),
        Preset(
            "filipino",
            _("Filipino"),
            _("Philippines"),
            _("Filipino back walking"),
            _("Clothed, on a floor mat."),
            FLOOR,
            (("mat",),),
            ("lower_back",),
        ),
        Preset(
            "bar-therapy",
            _("Bar therapy"),
            _("Western"),
            _("Bars and oil"),
            _("On the table, under a sheet, with oil. Long gliding strokes from two bars overhead."),
            _("Table"),
            (("bars",), ("table",)),
            (*BACK, "buttocks", "thighs"),
            is_dressed=False,
            is_certified=True,
        ),
    )
}
