"""The countries of the trials as outlines, for the map of the explorer: loaded when it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from evidence.figures.world import Ring, WorldMap, area, has_place
from evidence.model.vocabularies import Vocabularies

WIDTH = 960  # pixels; the page draws it as wide as there is room
TOO_SMALL = 60.0  # square pixels below which a country is a circle


def map_of(words: Vocabularies, used: AbstractSet[str]) -> dict[str, Any]:
    """Return the coasts, and for each country that is ``used`` its outline and middle.

    A country that is too small to point at has no outline. One that the map does not know is left
    out; it stands in the list of countries.
    """
    world = WorldMap(WIDTH)
    countries = {}
    for name in sorted(used & words.countries.keys()):
        code = words.countries[name].code
        if has_place(code):
            rings = world.rings(code)
            whole = sum(map(area, rings)) >= TOO_SMALL
            countries[name] = [_outline(rings) if whole else "", *map(round, world.place(code))]
    return {
        "width": WIDTH,
        "height": round(world.height),
        "land": _outline(world.land()),
        "countries": countries,
    }


def _outline(rings: Sequence[Ring]) -> str:
    """Return rings as one path in whole pixels and steps, which is short."""
    return "".join(_steps(ring) for ring in rings)


def _steps(ring: Ring) -> str:
    points = [(round(x), round(y)) for x, y in ring]
    x, y = points[0]
    path = f"M{x} {y}l"
    steps = []
    for along, down in points[1:]:
        if (along, down) != (x, y):
            steps.append(f"{along - x} {down - y}")
            x, y = along, down
    return f"{path}{' '.join(steps).replace(' -', '-')}z" if len(steps) > 1 else ""
