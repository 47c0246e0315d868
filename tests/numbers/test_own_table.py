"""The table of a site's own studies says what their files say, one row each."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import pytest
import yaml

from evidence.figures.evidence_map import DESIGNS
from evidence.numbers.own_table import COLUMNS, OWN_STUDIES, design_of, own_studies
from evidence.run import Built
from tests.conftest import MakeProject
from tests.findings import study
from tests.projects import ROOT, change, problems_of


@pytest.mark.parametrize(
    ("design", "words"),
    [
        ({"kind": "randomised-controlled-trial", "blinding": "double"}, "randomised-and-blinded"),
        ({"kind": "randomised-controlled-trial", "blinding": "single"}, "randomised-and-blinded"),
        ({"kind": "randomised-controlled-trial", "blinding": "open"}, "randomised"),
        ({"kind": "randomised-controlled-trial"}, "randomised"),
        ({"kind": "non-randomised-controlled-trial", "blinding": "double"}, "controlled"),
        ({"kind": "case-report"}, "single-arm"),
        ({"kind": "expanded-access"}, "single-arm"),
        ({"kind": "not-stated"}, "not-stated"),
        ({"kind": "systematic-review"}, "not-applicable"),
        ({"kind": "cohort"}, "not-applicable"),
    ],
)
def test_a_design_is_one_of_five_words(design: dict[str, Any], words: str) -> None:
    assert design_of(study(design=design)) == words
    assert words in {*DESIGNS, "not-applicable"}


def test_each_study_is_one_row(real_site: Built) -> None:
    table = own_studies(real_site.report.studies)
    assert table.name == OWN_STUDIES
    assert [cells[0] for _, cells in table.rows] == list(real_site.report.studies)
    assert all(len(cells) == len(COLUMNS) and cells[-1] == "1" for _, cells in table.rows)


def test_the_map_of_studies_counts_what_the_files_say(real_site: Built) -> None:
    """Counted anew from the YAML of figure and studies, crossing by crossing."""
    declared = yaml.safe_load((ROOT / "data/figures/studies-by-design.yaml").read_text("utf-8"))
    cells, labels = set(declared["where"]["cell"]), declared["labels"]
    counted: Counter[tuple[str, str]] = Counter()
    treated = {"randomised-controlled-trial", "non-randomised-controlled-trial", "single-arm-trial",
               "case-series", "case-report", "expanded-access", "not-stated"}  # fmt: skip
    for file in (ROOT / "data" / "studies").glob("*.yaml"):
        written = yaml.safe_load(file.read_text("utf-8"))
        cell = (written.get("intervention") or {}).get("cell")
        if cell in cells and written["design"]["kind"] in treated:
            counted[labels[written["condition"]], labels[cell]] += 1
    text = real_site.site.files["figures/studies-by-design.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    shown = {(row["group"].replace("’", "'"), row["label"]): int(row["estimate"]) for row in rows}
    assert shown == counted
    # what the title says
    compared = {
        row["label"]
        for row in rows
        if "single arm" not in row["count"] and "stated" not in row["count"]
    }
    assert compared == {labels[cell] for cell in cells}


FIGURE = (
    "kind: evidence-map\ntitle: Studies\nsubtitle: By condition\ntable: studies\nunit: studies\n"
    "columns: {category: condition, series: cell, design: design, value: studies}\n"
)


def test_a_mistake_in_a_study_gives_no_second_problem_in_a_figure(with_files: MakeProject) -> None:
    root = with_files({"data/figures/counted.yaml": f"{FIGURE}where: {{condition: cold}}\n"})
    of_figure = [problem for problem in problems_of(root) if "counted" in problem.place.file]
    assert of_figure == []
    change(root, "data/studies/smith-2020.yaml", "design:", "desing:")
    files = {problem.place.file for problem in problems_of(root)}
    assert files == {"data/studies/smith-2020.yaml"}


def test_a_table_of_this_site_has_no_source_elsewhere(with_files: MakeProject) -> None:
    read_in = "read-in: {source: smith-2020, locator: Table}\n"
    root = with_files({"data/figures/counted.yaml": FIGURE + read_in})
    (problem,) = (each for each in problems_of(root) if "counted" in each.place.file)
    assert (problem.rule, problem.place.line) == ("key-known", 7)
