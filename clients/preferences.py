"""What a client likes, as the desk and her therapist keep it: no word about health."""

from dataclasses import dataclass
from typing import Any

from clients.models import Client


@dataclass(frozen=True, slots=True)
class Preferences:
    """Pressure from 1 to 5 or None, no oil, areas by their keys, and whether something has to be taken care of."""

    pressure: int | None
    oil_free: bool
    focus_areas: tuple[str, ...] = ()
    avoid_areas: tuple[str, ...] = ()
    caution: bool = False

    @classmethod
    def of(cls, client: Client) -> "Preferences":
        areas = tuple(client.focus_areas), tuple(client.avoid_areas)
        return cls(client.pressure, client.oil_free, *areas, client.caution)

    def both(self, other: "Preferences") -> "Preferences":
        """What two records of one person say together: hers first, and nothing that protects her is lost."""
        avoid = _union(self.avoid_areas, other.avoid_areas)
        focus = tuple(area for area in _union(self.focus_areas, other.focus_areas) if area not in avoid)
        pressure = self.pressure or other.pressure
        return Preferences(pressure, self.oil_free or other.oil_free, focus, avoid, self.caution or other.caution)


def keep(*, client: Client, preferences: Preferences) -> None:
    """Write them into her record, with one statement."""
    Client.objects.filter(pk=client.pk).update(**_likes(preferences), caution=preferences.caution)


def keep_likes(*, client: Client, preferences: Preferences) -> None:
    """The same without `caution`: that is for her therapist and the desk to say."""
    Client.objects.filter(pk=client.pk).update(**_likes(preferences))


def _likes(preferences: Preferences) -> dict[str, Any]:
    return {
        "pressure": preferences.pressure,
        "oil_free": preferences.oil_free,
        "focus_areas": list(preferences.focus_areas),
        "avoid_areas": list(preferences.avoid_areas),
    }


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
