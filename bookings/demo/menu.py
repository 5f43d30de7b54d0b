"""The words of the demo: styles, treatments, lengths and advice, in English and Spanish.

The numbers of the advice are the strictest that practitioners give; a studio edits them.
"""

from decimal import Decimal

from i18nfield.strings import LazyI18nString

from therapists.models import Style
from treatments.models import Guidance, Length, Treatment


def both(english: str, spanish: str) -> LazyI18nString:
    return LazyI18nString({"en": english, "es": spanish})


LOOSE = both("Loose, comfortable clothes", "Ropa suelta y cómoda")
SHEET = both("Under a sheet, with oil", "Bajo una sábana, con aceite")
FLOOR = both("Floor mat", "Colchoneta en el suelo")
TABLE = both("Table", "Camilla")

# slug: name, origin, surface, clothing, dressed, oil, needs a certificate
STYLES = {
    "japanese": (both("Japanese", "Japonés"), both("Japan", "Japón"), FLOOR, LOOSE, True, False, False),
    "bar-therapy": (
        both("Bar therapy", "Terapia con barras"),
        both("Western, from 1995", "Occidental, desde 1995"),
        TABLE, SHEET, False, True, True,
    ),
    "thai": (both("Thai", "Tailandés"), both("Thailand", "Tailandia"), FLOOR, LOOSE, True, False, False),
    "indian": (
        both("Indian rope massage", "Masaje indio con cuerda"),
        both("Kerala, India", "Kerala, India"),
        both("Woven floor mat", "Estera tejida"), SHEET, False, True, True,
    ),
    "chinese": (both("Chinese", "Chino"), both("China", "China"), FLOOR, LOOSE, True, False, False),
    "filipino": (both("Filipino", "Filipino"), both("Philippines", "Filipinas"), FLOOR, LOOSE, True, False, False),
}  # fmt: skip

# slug: style, name, description, needed props, areas, {minutes: price}
TREATMENTS = {
    "back-on-the-mat": (
        "japanese",
        both("Back on the mat", "Espalda en colchoneta"),
        both("Clothed, no oil. A firm mat, and a pole or the bars for balance.",
             "Con ropa, sin aceite. Colchoneta firme, y una caña o las barras para el equilibrio."),
        [["mat"], ["bars", "bamboo"]],
        ["lower_back", "hips", "beside_spine"],
        {20: "32.00", 30: "45.00"},
    ),
    "bars-and-oil": (
        "bar-therapy",
        both("Bars and oil", "Barras y aceite"),
        both("On the table, under a sheet. Long gliding strokes from two bars overhead.",
             "En camilla, bajo una sábana. Pases largos con dos barras en el techo."),
        [["bars"], ["table"]],
        ["lower_back", "hips", "buttocks", "thighs", "beside_spine"],
        {30: "52.00"},
    ),
    "thai-floor": (
        "thai",
        both("Thai floor", "Suelo tailandés"),
        both("Clothed. Walking mixed with slow stretches, on a wide mat.",
             "Con ropa. Pisadas y estiramientos lentos, en una colchoneta ancha."),
        [["mat"]],
        ["lower_back", "hips", "thighs", "calves"],
        {30: "48.00"},
    ),
    "rope-and-oil": (
        "indian",
        both("Rope and oil", "Cuerda y aceite"),
        both("On a woven mat, with plenty of warm oil. One rope overhead carries the weight.",
             "En estera, con mucho aceite tibio. Una cuerda en el techo lleva el peso."),
        [["mat"], ["rope"]],
        ["lower_back", "thighs", "calves", "beside_spine"],
        {25: "47.00", 30: "54.00"},
    ),
    "bamboo-walk": (
        "chinese",
        both("Bamboo walk for back, hips, thighs and calves", "Paseo con bambú: espalda, caderas y piernas"),
        both("Clothed, no oil. Two poles for balance, one area after the other.",
             "Con ropa, sin aceite. Dos cañas para el equilibrio, una zona tras otra."),
        [["mat"], ["bamboo"]],
        ["lower_back", "hips", "buttocks", "thighs", "calves"],
        {20: "34.00", 25: "39.00"},
    ),
}  # fmt: skip

# kind: anchor, minutes, title, text
ADVICE = {
    "water_before": (
        "start", -180,
        both("Water through the day", "Agua durante el día"),
        both("Keep a bottle near you until {start_time}.", "Ten una botella cerca hasta las {start_time}."),
    ),
    "heavy_meal": (
        "start", -120,
        both("Nothing heavy after {time}", "Nada pesado después de las {time}"),
        both("Something light is fine until {meal_time}.", "Algo ligero está bien hasta las {meal_time}."),
    ),
    "meal": (
        "start", -90,
        both("Finish eating by {time}", "Termina de comer antes de las {time}"),
        both("Do not come hungry: a small snack before this is fine.",
             "No vengas con hambre: algo ligero antes está bien."),
    ),
    "clothes": (
        "start", 0,
        both("Comfortable clothes", "Ropa cómoda"),
        both("No belt, no buttons on the back.", "Sin cinturón ni botones en la espalda."),
    ),
    "arrival": (
        "start", -10,
        both("Arrive at {time}", "Llega a las {time}"),
        both("Shoes off at the door, phone off.", "Descálzate en la puerta y apaga el teléfono."),
    ),
    "water_after": (
        "end", 10,
        both("Water again", "Agua otra vez"),
        both("A glass or two, and more through today and tomorrow.", "Un vaso o dos, y más durante hoy y mañana."),
    ),
    "aftercare": (
        "end", 60,
        both("Take it gently", "Con calma"),
        both("Eat something light. No alcohol, hot bath, heavy lifting or hard exercise until tomorrow. "
             "You may be a little sore for up to two days.",
             "Come algo ligero. Nada de alcohol, baño caliente, cargas ni ejercicio fuerte hasta mañana. "
             "Puedes tener molestias leves hasta dos días."),
    ),
}  # fmt: skip

DRESSED = (
    both("Loose clothes", "Ropa suelta"),
    both("You stay dressed for this style. No belt, no buttons on the back.",
         "En este estilo te quedas con la ropa. Sin cinturón ni botones en la espalda."),
)  # fmt: skip
UNDRESSED = (
    both("Under a sheet", "Bajo una sábana"),
    both("You undress as far as you like and stay covered. Bring nothing; keep oil off your best clothes.",
         "Te desvistes hasta donde quieras y sigues a cubierto. No traigas nada; cuida tu ropa del aceite."),
)  # fmt: skip


def make_styles() -> dict[str, Style]:
    """Styles by slug."""
    rows = [
        Style(
            slug=slug, name=name, origin=origin, surface=surface, clothing=clothing,
            is_clothed=dressed, uses_oil=oil, needs_certificate=certified, order=order,
        )
        for order, (slug, (name, origin, surface, clothing, dressed, oil, certified)) in enumerate(STYLES.items())
    ]  # fmt: skip
    return {style.slug: style for style in Style.objects.bulk_create(rows)}


def make_menu(styles: dict[str, Style]) -> dict[str, list[Length]]:
    """Lengths by the slug of their style."""
    lengths: dict[str, list[Length]] = {}
    for order, (slug, (style, name, about, props, areas, prices)) in enumerate(TREATMENTS.items()):
        treatment = Treatment.objects.create(
            slug=slug, name=name, description=about, style=styles[style],
            needed_props=props, areas=areas, order=order,
        )  # fmt: skip
        rows = [Length(treatment=treatment, minutes=m, price=Decimal(price)) for m, price in prices.items()]
        lengths[style] = Length.objects.bulk_create(rows)
    return lengths


def make_advice(styles: dict[str, Style]) -> None:
    rows = [
        Guidance(kind=kind, anchor=anchor, offset_minutes=minutes, title=title, text=text)
        for kind, (anchor, minutes, title, text) in ADVICE.items()
    ]
    for style in styles.values():
        title, text = DRESSED if style.is_clothed else UNDRESSED
        rows.append(Guidance(kind="clothes", style=style, title=title, text=text))
    Guidance.objects.bulk_create(rows)
