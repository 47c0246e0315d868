from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections import Counter
from decimal import Decimal

import pytest
from lxml import etree

from evidence.figures import world_map
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import Item
from evidence.figures.ground import APART, Ground, near, through
from evidence.figures.look import LIGHT, NARROW, WIDE, themed
from evidence.figures.theme import TOP
from evidence.figures.world import WorldMap, area, has_place, names
from evidence.figures.world_map_chart import COLOURS, classes
from evidence.figures.world_map_names import LONGEST, Naming, Scene, _tried, placed
from evidence.model.figure import Figure
from evidence.model.report import Report
from tests.figures.declaring import SVG, drawn, report_with, result_of, table_figure, words_of
from tests.figures.inside import outside
from tests.projects import ROOT

ROWS = """code,country,trials
CHN,China,1352
USA,United States,214
SGP,Singapore,3
FRA,France,1
,several countries,61
,not stated,44"""
COLUMNS = {"code": "code", "value": "trials", "name": "country"}


def declared(written: str = ROWS, **fields: object) -> tuple[Figure, Report]:
    return table_figure("world-map", "c.csv", COLUMNS, **fields), report_with("c.csv", written)


def unfit(rows: str, **fields: object) -> list[tuple[str, str, str]]:
    figure, report = declared(f"code,country,trials\n{rows}", **fields)
    table = report.tables["c.csv"]
    return list(
        world_map.unfit(
            figure, [dict(zip(table.columns, row, strict=True)) for _, row in table.rows]
        )
    )


def test_countries_come_most_first_and_what_has_no_country_last() -> None:
    result = result_of(*declared())
    assert [item.label for item in result.items] == [
        *("China", "United States", "Singapore", "France"),
        *("Several countries", "Not stated"),
    ]
    assert result.items[0].sentence == "China: 1,352 trials"
    assert result.items[3].sentence == "France: 1 trial"


def test_the_same_numbers_stand_in_table_csv_svg_words_and_specification() -> None:
    figure, report = declared()
    result, drawing = result_of(figure, report), drawn(figure, report)
    numbers = {item.label: str(item.estimate) for item in result.items}
    assert {row[0]: row[-1].replace(",", "") for row in result.table} == numbers
    read = csv.DictReader(io.StringIO(csv_bytes(result).decode("utf-8-sig")))
    assert {row["label"]: row["estimate"] for row in read} == numbers
    data = json.dumps(json.loads(drawing.specification), ensure_ascii=False)
    for item in result.items:
        assert item.sentence in result.alternative
        for svg in (drawing.wide, drawing.narrow):
            assert item.sentence in svg
    for item in result.items[:4]:
        assert f'"sentence": "{item.sentence}"' in data
        assert f'"label": "{item.label}"' in data


def test_the_most_frequent_are_named_with_their_number() -> None:
    drawing = drawn(*declared())
    assert "China 1,352" in words_of(drawing.wide) or "1,352" in words_of(drawing.wide)
    assert "1,352" in words_of(drawing.narrow)
    assert any("China 1,352" in words for words in words_of(drawing.narrow))


def test_what_has_no_country_and_how_territories_count_is_said_below_the_map() -> None:
    figure, report = declared()
    said = result_of(figure, report).conventions
    assert said[0] == "Not on the map: Several countries 61, Not stated 44."
    assert "French Guiana" in said[1]
    assert "take no side" in said[2]
    alone = " ".join(words_of(drawn(figure, report).svg))
    assert said[0] in alone


def test_a_country_without_a_row_is_neutral_and_one_with_a_row_has_the_colour_of_its_class() -> (
    None
):
    wide = drawn(*declared()).wide
    fills = re.findall(r'fill="var\(--([\w-]+),', wide)
    assert fills[0] == "figure-rule"  # all land, first
    assert {"step-2", "step-6"} <= set(fills)


def test_small_countries_are_circles_at_their_place() -> None:
    wide = drawn(*declared()).wide
    x, y = WorldMap(WIDE).place("SGP")
    assert not WorldMap(WIDE).rings("SGP")
    assert re.search(rf'd="M4,0[^>]* transform="translate\({x:g},{y + TOP:g}\)"', wide)


def test_classes_hold_every_number_once_and_print_their_limits() -> None:
    for most in (1, 2, 3, 5, 9, 40, 352, 9999):
        scale = classes(most)
        assert len(scale) <= 5
        assert [scale[0].low, scale[-1].high] == [1, most]
        for first, second in itertools.pairwise(scale):
            assert second.low == first.high + 1
        colours = [COLOURS.index(each.colour) for each in scale]
        assert colours == sorted(set(colours))
    assert [each.words for each in classes(1352)][-1].endswith("1,352")


def test_classes_are_drawn_from_light_to_dark() -> None:
    def luminance(role: str) -> int:
        return sum(int(LIGHT[role][at : at + 2], 16) for at in (1, 3, 5))

    shades = [luminance(role) for role in COLOURS]
    assert shades == sorted(shades, reverse=True)


def test_an_unknown_code_is_a_problem_with_the_nearest_one() -> None:
    ((key, message, hint),) = unfit("CHM,China,4\nFRA,France,2")
    assert (key, message) == ("table", "'CHM' is not the code of a country")
    assert "Did you mean '" in hint
    assert "'fr' is not the code" in unfit("fr,France,2\nUSA,United States,1")[0][1]


def test_what_cannot_be_drawn_is_a_problem() -> None:
    assert "not on the map" in unfit("ATA,Antarctica,4\nFRA,France,2")[0][1]
    assert "not a whole number" in unfit("FRA,France,2.5")[0][1]
    assert "no country" in unfit(",not stated,5")[0][1]
    assert "no country" in unfit("FRA,France,0")[0][1]


def test_a_country_of_the_past_is_named_below_the_map() -> None:
    table = "code,country,trials\nSCG,Serbia and Montenegro,3\nANT,,2\nDEU,Germany,5"
    figure, report = declared(table)
    assert not unfit(table.partition("\n")[2])
    drawing = drawn(figure, report)
    assert "Serbia and Montenegro" in drawing.wide
    assert "Netherlands Antilles" in drawing.wide
    assert "no country" in unfit("SCG,Serbia and Montenegro,3")[0][1]


def test_a_label_makes_a_cell_stand_outside_the_map() -> None:
    assert not unfit("EU,European register,4\nFRA,France,2", labels={"EU": "European register"})


def test_one_row_and_a_zero_are_drawn() -> None:
    figure, report = declared("code,country,trials\nFRA,France,1\nDEU,Germany,0")
    drawing = drawn(figure, report)
    assert not outside(drawing.wide)
    assert not outside(drawing.narrow)
    assert "Germany: 0 trials" in drawing.wide


def test_every_country_at_once_and_long_or_foreign_names_stay_inside() -> None:
    every = [code for code in names() if has_place(code)]
    lines = [f"{code},{names()[code].replace(',', '')},{n}" for n, code in enumerate(every, 1)]
    lines[-1] = f"{every[-1]},{'x' * 300},900"
    lines[-2] = f"{every[-2]},إيران,901"
    figure, report = declared("code,country,trials\n" + "\n".join([*lines, *lines]))
    result, drawing = result_of(figure, report), drawn(figure, report)
    assert len(result.items) == len(every)
    assert result.items[0].estimate == Decimal(2 * 901)
    assert not outside(drawing.wide)
    assert not outside(drawing.narrow)
    assert all(len(words) < LONGEST + 90 for words in words_of(drawing.wide))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_land_lies_within_the_sheet_and_no_line_crosses_it(width: int) -> None:
    world = WorldMap(width, coarse=width == NARROW)
    for ring in world.land():
        across = [x for x, _ in ring]
        assert min(across) >= 0
        assert max(across) <= width
        for (x, _), (a, _) in itertools.pairwise(ring):
            assert abs(a - x) < width / 8
    assert area(world.rings("RUS")[0]) > area(world.rings("CHN")[0])


def test_places_are_where_they_are_known_to_be() -> None:
    world = WorldMap(WIDE)
    assert world.place("USA")[0] < world.place("FRA")[0] < world.place("CHN")[0]
    assert world.place("NOR")[1] < world.place("ITA")[1] < world.place("ZAF")[1]
    x, y = world.place("SGP")
    assert abs(x - world.place("MYS")[0]) < 40
    assert abs(y - world.place("IDN")[1]) < 30


def test_each_country_has_the_colour_of_the_class_that_holds_its_number() -> None:
    figure, report = declared()
    wide = etree.fromstring(drawn(figure, report).wide.encode())
    painted = Counter(path.get("fill", "") for path in wide.iter(f"{SVG}path"))
    legend = 1
    for item in result_of(figure, report).items[:4]:
        (shade,) = (e for e in classes(1352) if e.low <= (item.estimate or 0) <= e.high)
        alike = sum(
            shade.low <= (each.estimate or 0) <= shade.high
            for each in result_of(figure, report).items[:4]
        )
        assert painted[themed(LIGHT[shade.colour])] == alike + legend, item.label


def test_the_legend_names_each_class_and_what_has_no_number() -> None:
    for svg in (drawn(*declared()).wide, drawn(*declared()).narrow):
        said = words_of(svg)
        assert {"none in this table", *(each.words for each in classes(1352))} <= set(said)


def test_a_territory_with_a_code_of_its_own_is_no_part_of_its_country() -> None:
    world = WorldMap(WIDE)
    assert max(x for ring in world.rings("GUF") for x, _ in ring) < world.place("MRT")[0]
    assert min(x for ring in world.rings("FRA") for x, _ in ring) > world.place("MRT")[0]
    assert min(y for ring in world.rings("SJM") for _, y in ring) < min(
        y for ring in world.rings("NOR") for _, y in ring
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_name_hides_another_country_that_has_a_number(width: int) -> None:
    table = "code,country,trials\nKOR,South Korea,31\nJPN,Japan,30\nCHN,China,67\nSGP,,2\nMYS,,9"
    items = [item for item in result_of(*declared(table)).items if isinstance(item, Item)]
    world = WorldMap(width)
    scene = Scene(world, items, 4)
    namings = [Naming(item, world.place(item.part)) for item in items]
    labels, leaders = placed(scene, namings)
    assert {"China", "Japan"} <= {leader["label"] for leader in leaders}
    outlines = {item.label: world.rings(item.part) for item in items}
    for naming in namings:
        for tried in _tried(naming, scene):
            left, top = (at + APART for at in tried.box[:2])
            right, bottom = (at - APART for at in tried.box[2:])
            others = [r for label, rings in outlines.items() if label != naming.name for r in rings]
            assert not any(
                left < x < right and top < y < bottom for ring in others for x, y in ring
            ), naming.name
    assert labels


def test_outlines_are_topojson_that_shares_borders() -> None:
    topology = WorldMap(WIDE).topology(["FRA", "DEU", "SGP"])
    features = topology["objects"]["outlines"]["geometries"]
    assert [each["id"] for each in features] == ["land", "borders", "FRA", "DEU"]
    france, germany = (
        {max(n, ~n) for part in each["arcs"] for ring in part for n in ring}
        for each in features[2:]
    )
    assert france & germany
    assert all(0 <= arc < len(topology["arcs"]) for arc in france | germany)


@pytest.mark.parametrize(
    "box", [(0, 0, 30, 20), (7.5, 3.1, 25, 18), (12, 12, 12, 12), (-9, 50, 90, 99)]
)
def test_what_lies_in_a_box_is_counted_at_once(box: tuple[float, float, float, float]) -> None:
    rings = [
        [(5.0, 2.0), (28.0, 4.0), (20.0, 19.0), (8.0, 16.0)],
        [(1.0, 1.0), (4.0, 1.0), (2.0, 9.0)],
    ]
    ground = Ground(40, 30)
    ground.add(rings, 1)
    ground.add(rings[:1], 6)
    rows = [(row, crossed) for row in range(12) for crossed in [_crossed(rings, row * APART)]]
    first = [(row, crossed) for row in range(12) for crossed in [_crossed(rings[:1], row * APART)]]
    weight = _points(rows, box) + 6 * _points(first, box)
    assert ground.summed().inside(box) == weight


def _crossed(rings: list[list[tuple[float, float]]], y: float) -> list[float]:
    edges = [pair for ring in rings for pair in zip(ring, ring[1:] + ring[:1], strict=True)]
    return sorted(a + (y - b) / (d - b) * (c - a) for (a, b), (c, d) in edges if (b < y) != (d < y))


def _points(rows: list[tuple[int, list[float]]], box: tuple[float, float, float, float]) -> int:
    return sum(
        start <= column * APART <= end and box[0] <= column * APART <= box[2]
        for row, crossed in rows
        if box[1] <= row * APART <= box[3]
        for start, end in zip(crossed[::2], crossed[1::2], strict=True)
        for column in range(14)
    )


def test_a_line_meets_a_box_and_a_place_only_where_it_does() -> None:
    box = (10.0, 10.0, 20.0, 20.0)
    assert through(((0.0, 15.0), (30.0, 15.0)), box)
    assert through(((0.0, 0.0), (11.0, 11.0)), box)
    assert not through(((0.0, 0.0), (9.0, 9.0)), box)
    assert not through(((0.0, 25.0), (30.0, 25.0)), box)
    assert not through(((5.0, 0.0), (5.0, 30.0)), box)
    assert near(((0.0, 0.0), (100.0, 0.0)), (50.0, 5.0))
    assert not near(((0.0, 0.0), (100.0, 0.0)), (108.0, 0.0))
    assert not near(((0.0, 0.0), (0.0, 0.0)), (0.0, 7.0))


def test_in_forced_colours_countries_without_a_number_recede() -> None:
    styles = (ROOT / "templates/static/site.css").read_text("utf-8")
    forced = styles.partition("@media (forced-colors: active)")[2].partition("\n}")[0]
    (land,) = re.findall(r"--figure-rule: ([^;]+);", forced)
    (part,) = re.findall(r"color-mix\(in srgb, GrayText (\d+)%, Canvas\)", land)
    assert int(part) <= 40
