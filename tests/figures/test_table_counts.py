"""What holds of every kind of figure that shows a table of counts by rows, columns or years."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import re
from pathlib import Path
from typing import Any

import altair as alt
import pytest

from evidence.figures import KINDS
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import items_of
from evidence.figures.look import NARROW, WIDE
from evidence.figures.series import PALE
from evidence.model.figure import Figure
from tests.figures.counted import CASES, EXTRA
from tests.figures.declaring import drawn, report_with, result_of, table_figure, words_of
from tests.figures.inside import outside
from tests.figures.marked import marks_of
from tests.projects import MINIMAL, ROOT, make_project, places_of, problems_of, write

ALL = {**CASES, **EXTRA}
every_kind = pytest.mark.parametrize("kind", CASES)
every_case = pytest.mark.parametrize("case", ALL)
# One small table serves every kind
SMALL = """year,condition,phase,design,trials
2019,cold,1,randomised,1200
2019,cold,2,single-arm,1
2020,cold,1,controlled,30
2019,cough,1,randomised-and-blinded,7
2020,cough,2,not-stated,25"""
ROLES = {
    "stacked-years": {"year": "year", "series": "phase", "value": "trials"},
    "stacked-bars": {"category": "condition", "series": "phase", "value": "trials"},
    "ranking": {"category": "condition", "value": "trials"},
    "grid": {"category": "condition", "series": "phase", "value": "trials"},
    "evidence-map": {"category": "condition", "series": "phase", "design": "design",
                     "value": "trials"},
    "small-multiples": {"facet": "condition", "year": "year", "value": "trials"},
}  # fmt: skip
WORDS = {"stacked-years": "series", "small-multiples": "facet"}  # else the category is the word


def small(kind: str, **fields: Any) -> Figure:
    return table_figure(kind, "small.csv", ROLES[kind], **fields)


@every_kind
def test_every_number_is_the_same_in_words_table_file_drawing_and_specification(kind: str) -> None:
    figure, report = small(kind), report_with("small.csv", SMALL)
    result, drawing = result_of(figure, report), drawn(figure, report)
    items = items_of(result)
    assert items
    table = [cell for row in result.table for cell in row]
    file = list(csv.DictReader(io.StringIO(csv_bytes(result).decode("utf-8-sig"))))
    held = json.dumps(json.loads(drawing.specification), ensure_ascii=False)
    sides = [mark.sentence for mark in marks_of(result, WIDE)]
    for item, row in zip(items, file, strict=True):
        assert any(item.estimate_text in cell for cell in table)
        assert f"{item.sentence}." in result.alternative
        assert row["estimate"] == str(item.estimate)
        assert row["printed"] == item.printed
        assert item.estimate_text.replace(",", "") == str(item.estimate)
        assert item.sentence in sides
        assert item.sentence in drawing.wide
        assert item.sentence in drawing.narrow
        assert f'"estimate": {float(item.estimate or 0)}' in held


@every_case
def test_every_item_is_drawn_once_with_its_sentence(case: str) -> None:
    result = result_of(*ALL[case])
    for width in (WIDE, NARROW):
        sentences = [mark.sentence for mark in marks_of(result, width)]
        assert len(set(sentences)) == len(sentences)
        assert {item.sentence for item in items_of(result) if item.estimate != 0} <= set(sentences)


@every_case
def test_sentences_name_what_is_counted(case: str) -> None:
    for item in items_of(result_of(*ALL[case])):
        assert re.search(
            r": [\d,.]+%?(, [\d,]+ of [\d,]+| of [\d,]+)? trials?|no row", item.sentence
        )


@every_case
def test_words_stay_inside_and_are_large_enough(case: str) -> None:
    drawing = drawn(*ALL[case])
    for svg in (drawing.wide, drawing.narrow):
        assert outside(svg) == []
        sizes = {part.split('"')[0] for part in svg.split('font-size="')[1:]}
        assert sizes <= {"12px", "13px", "14px"}
        assert svg.count("#") == svg.count("var(--")
        assert "style=" not in svg
        assert "url(" not in svg


@every_case
def test_a_drawing_is_light(case: str) -> None:
    drawing = drawn(*ALL[case])
    assert len(gzip.compress((drawing.wide + drawing.narrow).encode(), 9)) < 12_000


@every_case
def test_the_drawing_is_valid_vega_lite(case: str) -> None:
    figure, report = ALL[case]
    for width in (WIDE, NARROW) if case in CASES else (NARROW,):
        made = KINDS[figure.kind].chart(result_of(figure, report), width)
        alt.Chart.from_dict(made, validate=True)


@every_case
def test_the_alternative_text_says_what_is_shown_and_is_no_list_of_everything(case: str) -> None:
    result = result_of(*ALL[case])
    assert result.alternative.startswith("A message. The figure shows")
    assert len(result.alternative) < 1_600
    assert result.alternative.endswith(".")


@every_case
def test_the_table_has_as_many_cells_in_each_row_as_columns(case: str) -> None:
    result = result_of(*ALL[case])
    assert {len(row) for row in result.table} == {len(result.columns)}


@every_kind
def test_words_written_from_right_to_left_are_drawn_as_they_are(kind: str) -> None:
    arabic = "التهاب المفاصل"
    written = SMALL.replace("cough", arabic).replace(",2,", f",{arabic} ٢,")
    figure = small(kind)
    drawing = drawn(figure, report_with("small.csv", written))
    assert arabic in " ".join(words_of(drawing.wide)).replace("<tspan>", "")
    assert outside(drawing.narrow) == []


@every_kind
def test_cells_with_one_label_are_added_up(kind: str) -> None:
    role = WORDS.get(kind, "category")
    cells = ("1", "2") if role == "series" else ("cold", "cough")
    figure = small(kind, labels=dict.fromkeys(cells, "Both"))
    items = items_of(result_of(figure, report_with("small.csv", SMALL)))
    assert sum(item.estimate or 0 for item in items) == 1263
    assert {item.group or item.label for item in items} == {"Both"}


def problems(kind: str, written: str, tmp_path: Path, **changed: str) -> list[str]:
    """Return the problems of a small site with one figure, as "file:line rule: message / hint"."""
    keys = {"table": "small.csv", "columns": json.dumps(ROLES[kind]), **changed}
    lines = [f"{key.replace('_', '-')}: {words}" for key, words in keys.items()]
    head = [f"kind: {kind}", "title: A message", "subtitle: What, where"]
    source = "read-in: {source: smith-2020, locator: Table}"
    project = make_project(tmp_path, MINIMAL)
    figure = "\n".join([*head, *lines, source, ""])
    write(project, {"data/figures/small.yaml": figure, "data/tables/small.csv": f"{written}\n"})
    assert places_of(project)
    return [
        f"{each.place.file}:{each.place.line} {each.rule}: {each.message} / {each.hint}"
        for each in problems_of(project)
    ]


@every_kind
def test_a_column_that_the_table_has_not_is_a_problem_there(kind: str, tmp_path: Path) -> None:
    columns = json.dumps({**ROLES[kind], "value": "trails"})
    (found,) = problems(kind, SMALL, tmp_path, columns=columns)
    assert found.startswith("data/figures/small.yaml:5 figure-drawable: ")
    assert "no column 'trails'" in found
    assert "'trials'" in found


@every_kind
@pytest.mark.parametrize(
    ("cell", "said"),
    [("many", "'many' is not a number"), ("", "a number is missing"), ("-3", "less than nothing")],
)
def test_a_cell_that_is_no_count_is_a_problem_in_the_table(
    kind: str, cell: str, said: str, tmp_path: Path
) -> None:
    (found,) = problems(kind, SMALL.replace(",30", f",{cell}"), tmp_path)
    assert found.startswith("data/tables/small.csv:4 ")
    assert said in found


@every_kind
def test_a_key_that_the_kind_has_no_use_for_is_a_problem(kind: str, tmp_path: Path) -> None:
    key = "share" if kind not in {"stacked-bars", "ranking"} else "until"
    (found,) = problems(kind, SMALL, tmp_path, **{key: "2020" if key == "until" else "true"})
    assert found.startswith("data/figures/small.yaml:6 key-known: ")
    assert f"'{kind}' has no use for '{key}'" in found


def unfit(figure: Figure, written: str) -> list[tuple[str, str, str]]:
    """Return what the kind says against the rows of a table."""
    header, *rows = (line.split(",") for line in written.strip().split("\n"))
    check = KINDS[figure.kind].unfit
    assert check is not None
    return list(check(figure, [dict(zip(header, row, strict=True)) for row in rows]))


@every_kind
def test_the_small_table_has_no_problem(kind: str) -> None:
    assert unfit(small(kind), SMALL) == []


@every_kind
def test_one_row_is_not_enough_for_a_figure(kind: str) -> None:
    written = "\n".join(SMALL.split("\n")[:2])
    if kind == "evidence-map":  # one crossing is a circle with its number, and drawn
        assert unfit(small(kind), written) == []
        return
    messages = [message for _, message, _ in unfit(small(kind), written)]
    assert any("only" in message for message in messages)


@every_kind
def test_a_table_of_zeros_is_a_problem(kind: str) -> None:
    written = re.sub(r",\d+$", ",0", SMALL, flags=re.MULTILINE)
    assert "every number is zero" in [message for _, message, _ in unfit(small(kind), written)]


@every_kind
def test_a_label_of_300_letters_and_a_cell_without_words_are_problems(kind: str) -> None:
    role = WORDS.get(kind, "category")
    cell = "1" if role == "series" else "cough"
    long = unfit(small(kind), SMALL.replace(f",{cell},", f",{'long ' * 60},"))
    assert [key for key, _, _ in long] == ["columns"]
    assert "too long to print" in long[0][1]
    unbroken = unfit(small(kind), SMALL.replace(f",{cell},", f",{'x' * 40},"))
    assert "too long to print" in unbroken[0][1]
    empty = unfit(small(kind), SMALL.replace(f",{cell},", ",,"))
    assert "without a word" in empty[0][1]
    assert "'not-stated'" in empty[0][2]


@every_kind
def test_five_hundred_words_cannot_be_told_apart(kind: str) -> None:
    role = WORDS.get(kind, "category")
    column = ROLES[kind][role]
    header = SMALL.split("\n", maxsplit=1)[0].split(",")
    row = dict(zip(header, SMALL.split("\n")[1].split(","), strict=True))
    many = [",".join({**row, column: f"w{number}"}.values()) for number in range(501)]
    found = unfit(small(kind), "\n".join([",".join(header), *many]))
    assert any("cannot be told apart" in message for _, message, _ in found)


def _palettes() -> list[dict[str, str]]:
    sheets = [
        (ROOT / "templates/static" / name).read_text("utf-8") for name in ("site.css", "dark.css")
    ]
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", sheet.partition("\n}\n")[0]))
        for sheet in sheets
    )
    assert dark
    return [light, light | dark]


def _contrast(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", _palettes(), ids=["light", "dark"])
def test_steps_and_words_on_them_can_be_seen(colours: dict[str, str]) -> None:
    for step in range(1, 7):
        fill = colours[f"step-{step}"]
        letters = colours["ink"] if step <= PALE else colours["paper"]
        assert _contrast(fill, letters) >= 4.5, step
        edge = colours["step-4"] if step <= PALE else fill
        assert _contrast(edge, colours["paper"]) >= 3, step
    for number in range(1, 7):
        assert _contrast(colours[f"series-{number}"], colours["paper"]) >= 4.5
    steps = [_contrast(colours[f"step-{step}"], colours["paper"]) for step in range(1, 7)]
    assert all(after / before > 1.3 for before, after in itertools.pairwise(steps))
