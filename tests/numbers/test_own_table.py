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
from tests.findings import study
from tests.projects import ROOT


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
    """Counted anew from the YAML: blood-forming cells in multiple sclerosis."""
    counted: Counter[str] = Counter()
    for file in (ROOT / "data" / "studies").glob("*.yaml"):
        written = yaml.safe_load(file.read_text("utf-8"))
        cell = (written.get("intervention") or {}).get("cell")
        reviews = {"systematic-review", "review", "registered-trial", "registry-analysis"}
        if (
            written["condition"] == "multiple-sclerosis"
            and written["design"]["kind"] not in reviews
        ):
            counted[cell] += 1
    text = real_site.site.files["figures/studies-by-design.csv"].decode("utf-8-sig")
    shown = {
        row["label"]: int(row["estimate"])
        for row in csv.DictReader(io.StringIO(text))
        if row["group"] == "Multiple sclerosis"
    }
    assert shown["Blood stem cells"] == counted["haematopoietic"]
    assert shown["MSC, bone marrow"] == counted["bone-marrow-msc"]
