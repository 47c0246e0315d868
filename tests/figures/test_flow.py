from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest

from evidence.figures import flow
from evidence.figures.accessible_svg import around, path_points
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import items_of
from evidence.figures.flow_layout import arranged, stacked
from evidence.figures.flow_places import MOST_BANDS
from evidence.model.figure import Figure
from evidence.model.report import Report
from tests.figures.declaring import drawn, report_with, result_of, table_figure, words_of
from tests.figures.inside import outside

ROWS = """condition,cell,phase,trials
Multiple sclerosis,Bone marrow,Phase 1,31
Multiple sclerosis,Fat,Phase 2,1
Lupus,Fat,Phase 1,1200
Lupus,not-stated,Phase 2,7"""
THREE = {"first": "condition", "second": "cell", "third": "phase", "value": "trials"}
TWO = {"first": "condition", "second": "cell", "value": "trials"}


def declared(
    columns: dict[str, str] = THREE, written: str = ROWS, **fields: object
) -> tuple[Figure, Report]:
    return table_figure("flow", "f.csv", columns, **fields), report_with("f.csv", written)


def unfit(written: str, columns: dict[str, str] = TWO, **fields: object) -> list[str]:
    figure, report = declared(columns, written, **fields)
    table = report.tables["f.csv"]
    rows = [dict(zip(table.columns, row, strict=True)) for _, row in table.rows]
    return [message for _, message, _ in flow.unfit(figure, rows)]


def test_each_way_is_an_item_with_a_sentence() -> None:
    result = result_of(*declared())
    assert "Multiple sclerosis, Bone marrow, Phase 1: 31 trials" in [
        item.sentence for item in result.items
    ]
    assert "Multiple sclerosis, Fat, Phase 2: 1 trial" in [i.sentence for i in result.items]
    assert sum(item.estimate or Decimal(0) for item in result.items) == 1239


def test_rows_of_one_way_are_added_up() -> None:
    result = result_of(*declared(TWO, f"{ROWS}\nLupus,Fat,Phase 2,5"))
    lupus = next(item for item in result.items if item.label == "Lupus · Fat")
    assert (lupus.estimate, lupus.printed) == (Decimal(1205), "1,205")


def test_the_same_numbers_stand_in_table_csv_svg_words_and_specification() -> None:
    figure, report = declared()
    result, drawing = result_of(figure, report), drawn(figure, report)
    numbers = {item.label: str(item.estimate) for item in result.items}
    assert {" · ".join(row[:3]): row[3].replace(",", "") for row in result.table} == numbers
    read = csv.DictReader(io.StringIO(csv_bytes(result).decode("utf-8-sig")))
    assert {row["label"]: row["estimate"] for row in read} == numbers
    data = json.dumps(json.loads(drawing.specification), ensure_ascii=False)
    for item in result.items:
        assert item.sentence in result.alternative
        assert item.sentence in drawing.wide
        assert item.sentence in drawing.narrow
        assert f'"label": "{item.label}"' in data
        assert f'"sentence": "{item.sentence}"' in data


def test_bars_carry_names_and_sums() -> None:
    words = words_of(drawn(*declared()).wide)
    assert {"Multiple sclerosis 32", "Lupus 1,207", "Fat 1,201", "Not stated 7"} <= set(words)
    assert "Phase 1 1,231" in words


def test_bars_of_a_column_are_as_high_as_their_numbers() -> None:
    ways = [(("a", "x"), Decimal(30)), (("b", "x"), Decimal(10))]
    (first, second), _ = stacked(ways, [["a", "b"], ["x"]], 200, {"a": 16, "b": 16, "x": 16})
    assert [bar.height for bar in first.bars] == [150, 50]
    assert second.bars[0].height == 200
    assert first.bars[1].top >= first.bars[0].top + 150


def test_bands_are_as_wide_as_their_numbers() -> None:
    wide = drawn(*declared(TWO, "condition,cell,trials\nA,X,30\nA,Y,10")).wide
    bands = re.findall(r'd="([^"]*c[^"]*)" fill="var\(--series-1[^>]*fill-opacity="0.5"', wide)
    heights = [box[3] - box[1] for box in (around(path_points(band)) for band in bands) if box]
    held = json.loads(drawn(*declared(TWO, "condition,cell,trials\nA,X,30\nA,Y,10")).specification)
    assert [(row["to"], row["value"]) for row in held["datasets"]["bands"]] == [
        ("X", 30),
        ("Y", 10),
    ]
    assert [round(row["high"]) for row in held["datasets"]["bands"]] == [225, 75]
    assert len(heights) == 2
    assert heights[0] >= 225


def test_crossings_are_avoided_but_an_order_is_kept() -> None:
    ways = [(("a", "x"), Decimal(5)), (("b", "y"), Decimal(5))]
    assert arranged(ways, [["a", "b"], ["y", "x"]], {0}) == [["a", "b"], ["x", "y"]]
    assert arranged(ways, [["a", "b"], ["y", "x"]], {0, 1}) == [["a", "b"], ["y", "x"]]


def test_what_is_not_stated_comes_last_and_is_hollow() -> None:
    result = result_of(*declared(TWO))
    assert result.items[-1].label == "Lupus · Not stated"
    wide = drawn(*declared(TWO)).wide
    assert re.search(r'fill="var\(--paper,#FBFAF7\)"[^>]* stroke="var\(--figure-muted', wide)
    assert "stroke-dasharray" in wide


def test_short_words_are_for_the_phone() -> None:
    drawing = drawn(*declared(short={"Multiple sclerosis": "MS"}))
    assert "MS 32" in words_of(drawing.narrow)
    assert "MS 32" not in words_of(drawing.wide)


def test_what_cannot_be_drawn_is_a_problem() -> None:
    many = "\n".join(f"condition {n},x,1" for n in range(11))
    assert "11 different cells; at most 10" in unfit(f"condition,cell,trials\n{many}")[0]
    together = {f"condition {n}": "Other" for n in range(5, 11)}
    assert not unfit(f"condition,cell,trials\n{many}", labels=together)
    assert "is empty" in unfit("condition,cell,trials\n,x,1")[0]
    assert "above zero" in unfit("condition,cell,trials\na,x,0")[0]
    assert "' · '" not in unfit("condition,cell,trials\na · b,x,1")[0]
    assert "holds '·'" in unfit("condition,cell,trials\na · b,x,1")[0]
    every = "\n".join(f"{a},{b},{c},1" for a in range(8) for b in range(8) for c in range(8))
    messages = unfit(f"condition,cell,phase,trials\n{every}", THREE)
    assert "512 ways" in messages[0]


def test_one_row_long_and_foreign_names_stay_inside() -> None:
    for name in ("x" * 300, "many words " * 30, "إيران والعراق", "A"):
        for columns in (TWO, THREE):
            written = f"condition,cell,phase,trials\n{name.strip()},{name.strip()},1,3"
            drawing = drawn(*declared(columns, written))
            assert not outside(drawing.wide)
            assert not outside(drawing.narrow)


def test_bars_of_the_first_column_are_made_of_their_items_in_the_colours_of_the_bands() -> None:
    figure, report = declared()
    drawing = drawn(figure, report)
    for svg in (drawing.wide, drawing.narrow):
        slices = re.findall(r'h1[12][\d.]*v[\d.]+h-1[12][\d.]*Z" fill="var\(--(series-\d)', svg)
        assert sorted(slices) == ["series-1"] * 2 + ["series-2"] * 2
    held = json.loads(drawing.specification)["datasets"]
    for bar in (bar for bar in held["bars"] if bar["first"]):
        there = [row for row in held["items"] if row["from"] == bar["name"]]
        assert min(row["top"] for row in there) == bar["top"]
        assert max(row["bottom"] for row in there) == pytest.approx(bar["bottom"], abs=0.02)


def test_bands_keep_the_colour_of_the_first_column_all_the_way() -> None:
    drawing = drawn(*declared())
    for svg in (drawing.wide, drawing.narrow):
        bands = re.findall(r'fill="var\(--(series-\d),#\w+\)" fill-opacity="0.5"', svg)
        assert sorted(bands) == ["series-1"] * 4 + ["series-2"] * 4


MANY = "condition,cell,phase,trials\n" + "\n".join(
    f"{a},{b},{c},{1 + ord(a) * ord(b) * ord(c) % 17}"
    for a in "abcd"
    for b in "vwxyz"
    for c in "pqr"
)


def test_of_many_bands_the_widest_are_drawn_and_the_others_put_together() -> None:
    figure, report = declared(THREE, MANY)
    result, drawing = result_of(figure, report), drawn(figure, report)
    assert len(result.items) == 60
    held = json.loads(drawing.specification)["datasets"]
    assert len(held["bands"]) == MOST_BANDS
    assert len(held["items"]) == 60
    widest = min(row["value"] for row in held["bands"])
    for step, (of, to) in enumerate((("abcd", "vwxyz"), ("vwxyz", "pqr"))):
        for names, end in ((of, "from"), (to, "to")):
            for name in names:
                whole = sum(item.estimate or 0 for item in items_of(result) if name in item.way)
                rows = [*held["bands"], *held["others"]]
                there = [row for row in rows if row[end] == name and _is_of(row, of, to)]
                assert sum(row["value"] for row in there) == whole, (step, name)
    assert widest >= 1
    said = " ".join(result.conventions)
    assert f"The {MOST_BANDS} widest bands are drawn whole." in said
    assert "The table has all 60 ways." in said
    assert len(result.table) == 60
    assert not outside(drawing.wide)
    assert not outside(drawing.narrow)


def _is_of(row: dict[str, Any], of: str, to: str) -> bool:
    return (not row["from"] or row["from"] in of) and (not row["to"] or row["to"] in to)


def test_a_number_of_the_others_is_written_only_where_no_name_stands() -> None:
    held = json.loads(drawn(*declared(THREE, MANY)).specification)["datasets"]
    assert any(row["numbered"] for row in held["others"])
    plates = [row for row in held["names"] if row["over"]]
    for row in (row for row in held["others"] if row["numbered"]):
        for plate in plates:
            across = row["x"] < plate["x2"] and plate["x"] < row["x2"]
            assert not (across and row["top"] < plate["bottom"] and plate["top"] < row["bottom"])


def test_few_bands_are_all_drawn_and_nothing_is_said_of_others() -> None:
    figure, report = declared()
    assert result_of(figure, report).conventions == (
        "Trials by condition, cell and phase. A band is as wide as its number.",
    )
    assert not json.loads(drawn(figure, report).specification)["datasets"]["others"]
