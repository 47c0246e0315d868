from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from evidence.figures import judgements, missing
from evidence.figures.drawing import csv_bytes
from evidence.figures.look import LIGHT, themed
from evidence.figures.verdicts import DESIGN, RISK_OF_BIAS
from evidence.model.figure import Figure
from evidence.model.report import Report
from tests.figures.declaring import (
    SVG,
    Stated,
    drawn,
    figure_of,
    report_of,
    report_with,
    result_of,
    table_figure,
    words_of,
)
from tests.figures.inside import outside
from tests.projects import GALLERY, ROOT, change, make_project, problems_of

ROWS = """study,domain,judgement
Smith 2019,Randomisation,low
Smith 2019,Blinding,high
Park 2005,Randomisation,no-information
Park 2005,Blinding,some-concerns"""
COLUMNS = {"study": "study", "domain": "domain", "judgement": "judgement"}
BY = "the authors of the review"
STATED: Stated = {
    "smith-2019/people": {"value": 1120, "unit": "people"},
    "park-2005/people": {"events": 4, "n": 10},
}
DESIGNS = {
    "smith_2019": {
        "design": {
            "kind": "randomised-controlled-trial",
            "blinding": "double",
            "control": "placebo",
        }
    },
    "park_2005": {"design": {"kind": "case-series", "blinding": "open", "control": "none"}},
}


def declared(written: str = ROWS, **fields: object) -> tuple[Figure, Report]:
    figure = table_figure("judgements", "j.csv", COLUMNS, **{"judged_by": BY, **fields})
    return figure, report_with("j.csv", written)


def unfit(written: str, **fields: object) -> list[tuple[str, str, str]]:
    figure, report = declared(f"study,domain,judgement\n{written}", **fields)
    table = report.tables["j.csv"]
    rows = [dict(zip(table.columns, row, strict=True)) for _, row in table.rows]
    return list(judgements.unfit(figure, rows))


def test_each_cell_is_an_item_with_a_sentence() -> None:
    result = result_of(*declared())
    assert [item.sentence for item in result.items] == [
        "Smith 2019, randomisation: low",
        "Smith 2019, blinding: high",
        "Park 2005, randomisation: no information",
        "Park 2005, blinding: some concerns",
    ]


def test_the_same_words_stand_in_table_csv_svg_sentences_and_specification() -> None:
    figure, report = declared()
    result, drawing = result_of(figure, report), drawn(figure, report)
    words = {(item.label, item.group): item.printed for item in result.items}
    heads = result.columns[1:]
    assert {
        (row[0], head): cell
        for row in result.table
        for head, cell in zip(heads, row[1:], strict=True)
    } == words
    read = csv.DictReader(io.StringIO(csv_bytes(result).decode("utf-8-sig")))
    assert {(row["label"], row["group"]): row["printed"] for row in read} == words
    data = json.dumps(json.loads(drawing.specification), ensure_ascii=False)
    for item in result.items:
        assert f'"sentence": "{item.sentence}"' in data
        assert item.sentence in drawing.wide
        assert item.sentence in drawing.narrow
    assert "Randomisation: Low 1, No information 1." in result.alternative


def test_who_judged_is_printed_and_has_to_be_named() -> None:
    figure, report = declared()
    assert result_of(figure, report).conventions == (f"Judged by {BY}, not by this site.",)
    assert f"Judged by {BY}, not by this site." in words_of(drawn(figure, report).svg)
    ((_, message, hint),) = unfit("A,B,low", judged_by=None)
    assert message == "nothing says who judged"
    assert "judged-by" in hint


def test_an_unknown_judgement_is_a_problem_and_never_grey() -> None:
    assert judgements.wrong("lwo") == (
        "'lwo' is not a judgement that is known",
        "Did you mean 'low'?",
    )
    assert judgements.wrong("Seroius") == (
        "'Seroius' is not a judgement that is known",
        "Did you mean 'serious'?",
    )
    for cell in ("yes", "", "risk"):
        assert "not a judgement" in (judgements.wrong(cell) or "")[0], cell


def test_a_wrong_judgement_is_told_at_its_cell(tmp_path: Path) -> None:
    root = make_project(tmp_path, GALLERY)
    table = "data/tables/risk-of-bias.csv"
    change(root, table, "Missing outcomes,no-information", "Missing outcomes,no-informtion")
    line = (
        (root / table)
        .read_text("utf-8")
        .split("\n")
        .index("Rest 2020,Missing outcomes,no-informtion")
    )
    (problem,) = problems_of(root)
    assert (problem.place.file, problem.place.line, problem.place.column) == (table, line + 1, 3)
    assert problem.rule == "figure-drawable"
    assert problem.hint == "Did you mean 'no-information'?"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Low", "Low"),
        ("Low risk", "Low"),
        ("Some concerns", "Some concerns"),
        ("some-concerns", "Some concerns"),
        ("High", "High"),
        ("Moderate", "Moderate"),
        ("Serious", "Serious"),
        ("Critical", "Critical"),
        ("No information", "No information"),
        ("Unclear risk of bias", "Unclear"),
        ("Not applicable", "Not applicable"),
    ],
)
def test_words_of_the_tools_are_known_as_they_print_them(written: str, printed: str) -> None:
    assert judgements.wrong(written) is None
    figure, report = declared(f"study,domain,judgement\nA,B,{written}")
    assert [item.printed for item in result_of(figure, report).items] == [printed]
    assert printed in words_of(drawn(figure, report).wide)


def test_a_matrix_with_holes_or_doubles_is_a_problem() -> None:
    assert unfit("A,B,low\nA,C,high\nD,B,low")[0][1] == "'D' has no judgement in 'C'"
    assert unfit("A,B,low\nA,B,high")[0][1] == "'A' is judged twice in 'B'"
    assert "is empty" in unfit(",B,low")[0][1]
    many = "\n".join(f"Study {number},B,low" for number in range(500))
    assert "500 studies are too many" in unfit(many)[0][1]
    assert "9 domains" in unfit("\n".join(f"A,domain {number},low" for number in range(9)))[0][1]


def test_every_sign_differs_by_more_than_its_colour() -> None:
    for vocabulary in (RISK_OF_BIAS, DESIGN):
        looks = Counter((each.sign, each.hollow) for each in vocabulary.values())
        assert max(looks.values()) == 1


def test_each_cell_is_one_mark_with_the_sign_of_its_judgement() -> None:
    drawing = drawn(*declared())
    for verdict in ("low", "high", "no-information", "some-concerns"):
        look = RISK_OF_BIAS[verdict]
        ground = LIGHT["paper"] if look.hollow else LIGHT[look.colour]
        for svg in (drawing.wide, drawing.narrow):
            signed = [mark for mark in marks(svg) if mark.get("fill") == themed(ground)]
            signed = [mark for mark in signed if mark.get("d", "").count("M") > 1]
            assert len(signed) == 2, verdict  # in the cell and in the key


def marks(svg: str) -> list[dict[str, str]]:
    """Return the attributes of what is painted with a line around it."""
    painted = etree.fromstring(svg.encode()).iter(f"{SVG}path")
    return [dict(mark.attrib) for mark in painted if mark.get("stroke")]


def test_the_order_of_signs_is_that_of_the_closed_list() -> None:
    words = words_of(drawn(*declared()).wide)
    there = [each.word for each in RISK_OF_BIAS.values() if each.word in words]
    assert there == ["Low", "Some concerns", "High", "No information"]
    assert sorted(there, key=words.index) == there


def test_sums_stand_below_the_columns_in_the_heights_of_their_numbers() -> None:
    written = "A,B,low\nC,B,low\nD,B,low\nE,B,high"
    wide = drawn(*declared(f"study,domain,judgement\n{written}")).wide
    bars = re.findall(r'd="M[\d.]+,[\d.]+h20v([\d.]+)h-20Z" fill="var\(--(\w+)', wide)
    assert [(float(high) + 1, role) for high, role in bars] == [
        (42, "supported"),
        (14, "contradicted"),
    ]


def test_parts_of_a_sum_have_their_signs_where_there_is_room() -> None:
    def signs(written: str) -> list[int]:
        drawing = drawn(*declared(f"study,domain,judgement\n{written}"))
        return [
            sum("fill" not in mark for mark in marks(svg)) for svg in (drawing.wide, drawing.narrow)
        ]

    assert signs("A,B,low\nC,B,unclear") == [2, 2]
    many = "\n".join(f"S{number},B,unclear" for number in range(9))
    assert signs(f"A,B,low\n{many}") == [1, 1]  # one is too low
    assert "All 2" in words_of(drawn(*declared("study,domain,judgement\nA,B,low\nC,B,low")).wide)


def test_heads_too_long_are_short_or_numbers_with_a_key() -> None:
    long = ROWS.replace("Randomisation", "Electroencephalographically measured outcomes " * 3)
    words = words_of(drawn(*declared(long)).narrow)
    assert "1" in words
    assert any(word.startswith("1 Electroenceph") for word in words)


def test_long_and_foreign_names_stay_inside() -> None:
    for name in ("x" * 300, "many words " * 27, "دراسة"):
        drawing = drawn(*declared(ROWS.replace("Smith 2019", name.strip())))
        assert not outside(drawing.wide)
        assert not outside(drawing.narrow)


def test_facts_of_design_follow_from_the_studies() -> None:
    figure, report = figure_of("designs", list(STATED)), report_of(STATED, **DESIGNS)
    result = result_of(figure, report)
    assert result.columns[1:] == (
        *("People", "Control group", "Randomised", "Blinded"),
        "Read here in full",
    )
    assert result.table == (
        ("Smith 2019", "1,120", "Yes", "Yes", "Yes", "No"),
        ("Park 2005", "10", "No", "No", "No", "No"),
    )
    assert "People: Smith 2019 1,120, Park 2005 10. Control group: Yes 1, No 1." in (
        result.alternative
    )
    drawing = drawn(figure, report)
    assert "1,120" in words_of(drawing.wide)
    assert "Smith 2019, people: 1,120" in drawing.narrow
    assert "not a rating" in result.conventions[0]
    read = list(csv.DictReader(io.StringIO(csv_bytes(result).decode("utf-8-sig"))))
    assert [row["estimate"] for row in read if row["estimate"]] == ["1120", "10"]


def test_what_a_source_does_not_state_is_not_a_no() -> None:
    study = {"smith_2019": {"design": {"kind": "not-stated"}}}
    figure = figure_of("designs", ["smith-2019/people"])
    row = result_of(figure, report_of(STATED, **study)).table[0]
    assert row[2:5] == ("Not stated", "Not stated", "Not stated")


@pytest.mark.parametrize(
    ("stated", "rows", "said"),
    [
        ({"a/x": {"value": 40, "unit": "percent"}}, ["a/x"], "is not a number of people"),
        ({"a/x": {"statement": "Nothing."}}, ["a/x"], "is not a number of people"),
        ({"a/x": {"n": 4, "events": 1}}, ["a/x", "a/x"], "stands here twice"),
    ],
)
def test_rows_without_people_are_a_problem(stated: Stated, rows: list[str], said: str) -> None:
    found = missing(figure_of("designs", rows), report_of(stated).findings)
    assert any(said in message for _, message, _ in found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_stand_out_from_the_paper_and_from_their_marks(scheme: str) -> None:
    sheet = {"light": "site.css", "dark": "dark.css"}[scheme]
    block = (ROOT / "templates/static" / sheet).read_text("utf-8").partition("\n}\n")[0]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", block))
    for role in ("supported", "caveat", "contradicted", "series-1", "muted", "ink"):
        assert contrast(colours[role], colours["paper"]) >= 4.5, role
    for role in ("supported", "caveat", "contradicted"):
        assert scheme == "dark" or LIGHT[role].lower() == colours[role]


def contrast(first: str, second: str) -> float:
    shades = sorted((luminance(first), luminance(second)), reverse=True)
    return (shades[0] + 0.05) / (shades[1] + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_heads_on_a_phone_are_words_and_no_numerals() -> None:
    figure, report = figure_of("designs", list(STATED)), report_of(STATED, **DESIGNS)
    words = words_of(drawn(figure, report).narrow)
    assert {"Randomised", "Blinded"} <= set(words)
    assert not {"1", "2", "3", "4", "5"} & set(words)
