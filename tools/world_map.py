"""Remake ``evidence/figures/world-map.json``, the outlines that the kind world-map draws.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.world_map package

Shapes are those of countries-110m.json, places of small countries those of countries-10m.json, both
made from Natural Earth. Projection: Equal Earth (Savric, Patterson and Jenny 2019, equations 1 to
3). Lines are thinned by the area that each of their points adds (Visvalingam and Whyatt 1993);
borders are shared lines, so that neighbours stay neighbours.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from evidence.figures.world import thinned

OUT = Path(__file__).parent.parent / "evidence" / "figures" / "world-map.json"
UNIT = 600  # steps of the grid in one radius of the earth
LEAST = 330.0  # area in steps of the grid below which a point is left out
SMALLEST = 160.0  # the same of a whole island
LEFT_OUT = {"ATA"}
MIDDLE = 11.5  # the meridian in the middle, so that the edge runs through the Bering Strait
CODES = {"Kosovo": "XKX"}  # in use, though not in ISO 3166
# Territories with a code of their own that Natural Earth has as parts of a country, by longitude and
# latitude
OVERSEAS = {
    "BES": (-68.27, 12.18),
    "BVT": (3.36, -54.42),
    "CCK": (96.83, -12.17),
    "CXR": (105.63, -10.45),
    "GLP": (-61.55, 16.25),
    "GUF": (-53.0, 4.0),
    "MTQ": (-61.02, 14.65),
    "MYT": (45.15, -12.83),
    "REU": (55.53, -21.12),
    "SJM": (16.0, 78.5),
    "TKL": (-171.85, -9.2),
}
A = (1.340264, -0.081106, 0.000893, 0.003796)
Point = tuple[int, int]
ABOUT = "Made with Natural Earth, which is in the public domain. Shapes by way of world-atlas 2.0.2, copyright 2013-2019 Michael Bostock, ISC licence. Simplified."


def projected(longitude: float, latitude: float) -> Point:
    """Return a place on the grid, Equal Earth, y downwards."""
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = angle * angle
    slope = A[0] + 3 * A[1] * square + square**3 * (7 * A[2] + 9 * A[3] * square)
    turned = (longitude - MIDDLE + 180) % 360 - 180
    x = 2 * math.radians(turned) * math.cos(angle) / (math.sqrt(3) * slope)
    y = angle * (A[0] + A[1] * square + square**3 * (A[2] + A[3] * square))
    return round(UNIT * x), round(-UNIT * y)


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the lines of a TopoJSON file as points on the grid."""
    across, down = topology["transform"]["scale"]
    left, bottom = topology["transform"]["translate"]
    made = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append(projected(x * across + left, y * down + bottom))
        made.append(line)
    return made


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a country as numbers of arcs; a hole is a ring like any other."""
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for part in parts for ring in part]


def traced(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return the points of a ring; ``~n`` is the arc n backwards."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def area(points: list[Point]) -> float:
    """Return the area of a ring in steps of the grid."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x * b - a * y for (x, y), (a, b) in pairs)) / 2


def centre(points: list[Point]) -> Point:
    """Return the centroid of a ring."""
    twice = x_sum = y_sum = 0
    for (x, y), (a, b) in zip(points, points[1:] + points[:1], strict=True):
        cross = x * b - a * y
        twice, x_sum, y_sum = twice + cross, x_sum + (x + a) * cross, y_sum + (y + b) * cross
    return (round(x_sum / 3 / twice), round(y_sum / 3 / twice)) if twice else points[0]


def code_of(geometry: dict[str, Any]) -> str | None:
    """Return the alpha-3 code of a country of the file, if it has one."""
    import pycountry  # noqa: PLC0415 - reads its tables when first asked

    known = pycountry.countries.get(numeric=geometry["id"]) if "id" in geometry else None
    return known.alpha_3 if known else CODES.get(geometry["properties"]["name"])


def places(topology: dict[str, Any]) -> dict[str, Point]:
    """Return where the largest piece of each country has its middle."""
    arcs = arcs_of(topology)
    found: dict[str, tuple[float, Point]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        for ring in rings_of(geometry) if code else []:
            points = traced(ring, arcs)
            if area(points) >= found.get(code or "", (-1.0, (0, 0)))[0]:
                found[code or ""] = (area(points), centre(points))
    return {code: place for code, (_, place) in found.items()}


def names() -> dict[str, str]:
    """Return the short English name of every country by its code."""
    import pycountry  # noqa: PLC0415 - reads its tables when first asked

    known = {each.alpha_3: getattr(each, "common_name", each.name) for each in pycountry.countries}
    return dict(sorted((known | {"XKX": "Kosovo"}).items()))


def main() -> None:
    """Write the file from the folder of world-atlas that is given."""
    folder = Path(sys.argv[1])
    coarse = json.loads((folder / "countries-110m.json").read_text("utf-8"))
    fine = json.loads((folder / "countries-10m.json").read_text("utf-8"))
    whole = arcs_of(coarse)
    shapes: dict[str, list[list[int]]] = {}
    for geometry in coarse["objects"]["countries"]["geometries"]:
        code = code_of(geometry) or f"-{geometry['properties']['name']}"
        if code not in LEFT_OUT:
            shapes[code] = _large(rings_of(geometry), whole)
    _part_overseas(shapes, whole)
    arcs = _thinner(shapes, whole)
    shapes = {
        code: rings
        for code, rings in shapes.items()
        if any(area(traced(ring, arcs)) > 1 for ring in rings)
    }
    middle = places(fine) | {code: projected(*place) for code, place in OVERSEAS.items()}
    small = sorted(set(middle) - set(shapes) - LEFT_OUT)
    written = {
        "about": ABOUT,
        "unit": UNIT,
        "names": names(),
        "places": {code: middle[code] for code in small},
        **_numbered(shapes, arcs),
    }
    lines = [
        f'"{key}":{json.dumps(each, ensure_ascii=False, separators=(",", ":"))}'
        for key, each in written.items()
    ]
    OUT.write_text("{" + ",\n".join(lines) + "}\n", "utf-8")
    print(OUT.stat().st_size, "bytes", sum(map(len, arcs)), "points")


def _large(rings: list[list[int]], arcs: list[list[Point]]) -> list[list[int]]:
    """Return the largest ring of a country, and its others that can be seen."""
    sizes = [area(traced(ring, arcs)) for ring in rings]
    return [
        ring
        for ring, size in zip(rings, sizes, strict=True)
        if size >= SMALLEST or size == max(sizes)
    ]


def _part_overseas(shapes: dict[str, list[list[int]]], arcs: list[list[Point]]) -> None:
    """Give each territory of OVERSEAS the outline around its place, which its country had."""
    for territory, place in OVERSEAS.items():
        for rings in list(shapes.values()):
            largest = max(rings, key=lambda ring: area(traced(ring, arcs)))
            for ring in [ring for ring in rings if ring is not largest]:
                if _around(traced(ring, arcs), projected(*place)):
                    rings.remove(ring)
                    shapes.setdefault(territory, []).append(ring)


def _around(points: list[Point], place: Point) -> bool:
    """Tell whether the box around a ring holds a place."""
    sides = zip(*points, strict=True)
    return all(min(side) <= at <= max(side) for side, at in zip(sides, place, strict=True))


def _thinner(shapes: dict[str, list[list[int]]], whole: list[list[Point]]) -> list[list[Point]]:
    """Return the arcs with fewer points, but for those of countries that would vanish."""
    arcs = [thinned(arc, LEAST) for arc in whole]
    for rings in shapes.values():
        for ring in rings:
            if area(traced(ring, arcs)) < 0.7 * area(traced(ring, whole)):
                for number in ring:
                    arcs[max(number, ~number)] = thinned(whole[max(number, ~number)], LEAST / 5)
    return arcs


def _numbered(shapes: dict[str, list[list[int]]], arcs: list[list[Point]]) -> dict[str, Any]:
    """Return shapes and arcs with only the arcs that a shape uses, as steps from point to point."""
    used = sorted({max(n, ~n) for rings in shapes.values() for ring in rings for n in ring})
    order = {old: new for new, old in enumerate(used)}
    steps = []
    for old in used:
        here, line = (0, 0), []
        for x, y in arcs[old]:
            line += [x - here[0], y - here[1]]
            here = (x, y)
        steps.append(",".join(map(str, line)))
    renamed = {
        code: [[order[n] if n >= 0 else ~order[~n] for n in ring] for ring in rings]
        for code, rings in sorted(shapes.items())
    }
    return {"shapes": renamed, "arcs": steps}


if __name__ == "__main__":
    main()
