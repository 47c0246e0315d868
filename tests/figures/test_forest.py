from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evidence.figures import missing
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import Item, items_of
from evidence.model.figure import Figure
from evidence.numbers.pooling import Counts, pooled_share
from evidence.steps.compute import compute
from evidence.store import Store
from tests.conftest import MakeProject
from tests.figures.declaring import (
    Stated,
    drawn,
    figure_of,
    place_of,
    report_of,
    result_of,
    words_of,
)
from tests.figures.inside import outside
from tests.figures.trials import BCG_ROWS, BCG_STATED, ungrouped
from tests.projects import places_of

SHARES: Stated = {
    "wang-2014/better": {"events": 37, "n": 40},
    "dai-2013/better": {"events": 9, "n": 20},
    "pal-2009/better": {"events": 0, "n": 20},
    "review/better": {
        "value": 48.9, "unit": "percent", "interval": [40.8, 56.9], "level": 95,
    },
}  # fmt: skip
SHARE_ROWS: list[Any] = [*list(SHARES)[:3], {"finding": "review/better", "pooled": True}]
HAZARDS: Stated = {
    "a/death": {"value": 0.70, "interval": [0.52, 0.95], "level": 95, "unit": "hazard ratio"},
    "b/death": {
        "difference": {"value": 0.25, "interval": [0.02, 40], "level": 95, "unit": "hazard ratio"}
    },
}


def bcg(**fields: Any) -> Figure:
    return figure_of("forest", BCG_ROWS, **{"measure": "risk-ratio", "pooled": "both", **fields})


def parts(figure: Figure, stated: Stated, part: str) -> list[Item]:
    items = items_of(result_of(figure, report_of(stated)))
    return [item for item in items if item.part == part]


def test_bcg_is_pooled_as_metafor_pools_it() -> None:
    # metafor: rma(yi, vi, data=escalc("RR", ...), test="knha"): exp(-0.7145), tau² 0.3132,
    # I² 92.22%, Q(12) 152.2330; weights(res) 5.06 6.36 4.44 9.70 8.87 10.10 6.03 10.19 ...
    *_, overall = parts(bcg(), BCG_STATED, "pooled")
    assert overall.sentence == (
        "All studies, pooled over 13 studies: risk ratio 0.49, 95% CI 0.33 to 0.73 (computed here)"
    )
    spread = parts(bcg(), BCG_STATED, "spread")[-1]
    # metafor's confint: tau² 0.1197 to 1.1115, I² 81.92 to 97.68
    words = (
        "tau² 0.31 (95% CI 0.12 to 1.11; log scale), I² 92% (95% CI 82 to 98), "
        "Q 152.2 with 12 degrees of freedom, P < 0.001"
    )
    assert spread.printed == words
    weights = {item.label: str(item.weight) for item in parts(bcg(), BCG_STATED, "study")}
    assert weights["Aronson 1948"] == "5.1"
    assert weights["TPT Madras 1980"] == "10.2"
    assert weights["Comstock & Webster 1969"] == "3.8"


def test_each_group_has_its_diamond_and_a_group_of_one_has_none() -> None:
    rows = [*BCG_ROWS[:4], {**BCG_ROWS[4], "group": "Alone"}]
    figure = figure_of("forest", rows, measure="risk-ratio", pooled="subgroups")
    assert [item.group for item in parts(figure, BCG_STATED, "pooled")] == ["Random allocation"]
    assert [item.label for item in parts(figure, BCG_STATED, "between")] == [
        "Difference between groups"
    ]


def test_a_study_is_said_with_estimate_interval_counts_and_weight() -> None:
    first = parts(bcg(), BCG_STATED, "study")[0]
    assert first.sentence == (
        "Aronson 1948: risk ratio 0.41, 95% CI 0.13 to 1.26 (computed from the counts), "
        "4 of 123 with BCG and 11 of 139 with no BCG, weight 5.1%"
    )


def test_a_prediction_interval_takes_three_studies() -> None:
    def predicted(many: int) -> list[Item]:
        figure = figure_of(
            "forest", ungrouped(BCG_ROWS)[:many], measure="risk-ratio", pooled="overall"
        )
        return parts(figure, BCG_STATED, "prediction")

    assert predicted(2) == []
    assert predicted(3)[0].sentence.startswith(
        "Pooled, prediction interval: the true effect of a further study like these would be expected within"
    )


def test_nothing_is_pooled_unless_the_editor_asks() -> None:
    result = result_of(bcg(pooled="none"), report_of(BCG_STATED))
    assert {item.part for item in items_of(result)} == {"study"}
    assert "Weight" not in result.columns


def test_shares_are_pooled_as_the_re_analysis_pools_them_and_called_uncompared() -> None:
    counts: list[Counts] = [(37, 40), (9, 20), (0, 20)]
    expected = pooled_share(counts)
    figure = figure_of("forest", SHARE_ROWS, measure="share", pooled="overall")
    (pooled,) = parts(figure, SHARES, "pooled")
    assert pooled.estimate == Decimal(str(round(expected.percent, 1)))
    assert (float(pooled.low or 0), float(pooled.high or 0)) == pytest.approx(
        (expected.low, expected.high), abs=0.05
    )
    assert "(share of people, no comparison group)" in pooled.sentence
    conventions = result_of(figure, report_of(SHARES)).conventions
    assert "Shares of people: there is no comparison group." in conventions


def test_a_result_that_its_source_pooled_is_a_hollow_diamond_and_is_not_pooled_again() -> None:
    figure = figure_of("forest", SHARE_ROWS, measure="share", pooled="overall")
    (reported,) = parts(figure, SHARES, "reported")
    assert reported.sentence == (
        "Review (pooled, as reported; share of people, no comparison group): "
        "48.9%, 95% CI 40.8 to 56.9"
    )
    assert parts(figure, SHARES, "pooled")[0].label == "Pooled, 3 studies: study in the middle"
    result = result_of(figure, report_of(SHARES))
    assert "Hollow diamond: pooled by its source, as reported." in result.conventions
    filled = re.findall(
        r'fill="var\(--(paper|figure-ink),[^"]*" stroke="var\(--figure-ink',
        drawn(figure, report_of(SHARES)).wide,
    )
    assert filled == ["paper", "figure-ink"]


def test_printed_ratios_stand_with_their_own_digits_on_both_sides_of_one() -> None:
    figure = figure_of("forest", list(HAZARDS), measure="printed", pooled="overall")
    result = result_of(figure, report_of(HAZARDS))
    assert result.axis == "Hazard ratio, logarithmic scale"
    assert [item.printed for item in result.items[:2]] == [
        "hazard ratio 0.7 (95% CI 0.52 to 0.95)",
        "hazard ratio 0.25 (95% CI 0.02 to 40)",
    ]


def test_an_interval_beyond_the_axis_ends_in_an_arrow_that_is_explained() -> None:
    figure = figure_of("forest", list(HAZARDS), measure="printed")
    result = result_of(figure, report_of(HAZARDS))
    assert "Arrow: the interval goes on beyond the axis." in result.conventions
    near = result_of(figure_of("forest", ["a/death"], measure="printed"), report_of(HAZARDS))
    assert not any("Arrow" in sentence for sentence in near.conventions)


def test_squares_have_areas_in_the_ratio_of_the_weights() -> None:
    figure = bcg(pooled="overall")
    drawing = drawn(figure, report_of(BCG_STATED)).wide
    sides = [float(side) for side in re.findall(r'd="M-[\d.]+,-[\d.]+h([\d.]+)v', drawing)]
    weights = [float(item.weight or 0) for item in parts(figure, BCG_STATED, "study")]
    assert len(sides) == len(weights)
    for side, weight in zip(sides, weights, strict=True):
        assert (side / max(sides)) ** 2 == pytest.approx(weight / max(weights), abs=0.02)


def test_the_five_forms_hold_the_same_numbers() -> None:
    rows = ungrouped(BCG_ROWS)[:6]
    figure = figure_of("forest", rows, measure="risk-difference", pooled="overall")
    report = report_of(BCG_STATED)
    result, drawing = result_of(figure, report), drawn(figure, report)
    held = json.dumps(json.loads(drawing.specification)["datasets"], ensure_ascii=False)
    file, table = (
        csv_bytes(result).decode("utf-8-sig"),
        " ".join(" ".join(row) for row in result.table),
    )
    svgs = [" ".join(words_of(svg)) for svg in (drawing.wide, drawing.narrow)]
    for item in items_of(result):
        weight = "" if item.weight is None else f"{item.weight}%"
        for printed in (item.estimate_text, item.interval_text, weight):
            assert printed in table
            assert printed in result.alternative
            assert all(printed in svg for svg in svgs)
        assert item.printed in file
        if item.part != "spread":
            assert json.dumps(item.sentence, ensure_ascii=False) in held
            assert json.dumps(float(item.low or 0)) in held


def test_what_lies_on_either_side_is_said_on_its_side() -> None:
    sides = ["Fewer cases", "More cases"]
    wide = drawn(bcg(sides=sides), report_of(BCG_STATED)).wide
    assert place_of(wide, "← Fewer cases")[0] < place_of(wide, "1")[0]
    assert place_of(wide, "More cases →")[0] > place_of(wide, "1")[0]


def test_heterogeneity_and_method_are_printed() -> None:
    words = words_of(drawn(bcg(), report_of(BCG_STATED)).wide)
    assert (
        "Pooled results: computed here, random effects, tau² by REML, "
        "ad hoc Hartung-Knapp interval." in result_of(bcg(), report_of(BCG_STATED)).conventions
    )
    between = "Difference between groups: Q\u00a01.9 with 2 degrees of freedom, P\u00a0=\u00a00.39"
    assert between in words


STRANGE: Stated = {
    "a/none": {
        "arms": {"treated": {"events": 0, "n": 20}, "control": {"events": 0, "n": 20}},
    },
    "b/words": {"statement": "Some improved."},
    "c/arm": {"events": 3, "n": 9},
    "d/percent": {"value": 12, "unit": "percent", "interval": [10, 15]},
    "e/zero": {"value": 1, "unit": "risk ratio", "interval": [0, 2]},
    "f/outside": {"value": 3, "unit": "risk ratio", "interval": [1, 2]},
    "g/flat": {"value": 2, "unit": "risk ratio", "interval": [2, 2]},
    "h/bare": {"value": 2, "unit": "risk ratio"},
    "i/sure": {"value": 2, "unit": "risk ratio", "interval": [1, 4]},
}
PROBLEMS = [
    (["c/arm"], {}, "needs to know what is measured"),
    (["c/arm"], {"measure": "share", "reference": 1}, "line of no effect follows from the measure"),
    (["c/arm"], {"measure": "risk-ratio"}, "no counts of two arms"),
    (["a/none"], {"measure": "risk-ratio"}, "no event in either arm"),
    (["a/none"], {"measure": "share"}, "no count of one group"),
    (["b/words"], {"measure": "share"}, "no count of one group"),
    (["b/words"], {"measure": "printed"}, "no estimate with an interval"),
    (["h/bare"], {"measure": "printed"}, "no estimate with an interval"),
    (["e/zero"], {"measure": "printed"}, "a ratio cannot"),
    (["f/outside"], {"measure": "printed"}, "outside its interval"),
    (["g/flat"], {"measure": "printed"}, "without width"),
    (["i/sure", "d/percent"], {"measure": "printed"}, "is in percent, the first row in risk ratio"),
    (["d/percent", "d/percent"], {"measure": "printed"}, "stands here twice"),
    (["d/percent"], {"measure": "printed", "pooled": "overall"}, "it takes at least two"),
    (["c/arm"], {"measure": "share", "pooled": "overall"}, "it takes at least two"),
    (["c/arm"], {"measure": "share", "pooled": "subgroups"}, "no row has a group"),
    ([{"finding": "d/percent", "pooled": True}], {"measure": "share"}, "no row is a study"),
    (["c/arm", {"finding": "i/sure", "pooled": True}], {"measure": "share"}, "in risk ratio"),
]


@pytest.mark.parametrize(("rows", "fields", "expected"), PROBLEMS)
def test_what_cannot_be_shown_or_pooled_is_a_problem(
    rows: list[Any], fields: dict[str, str], expected: str
) -> None:
    found = list(missing(figure_of("forest", rows, **fields), report_of(STRANGE).findings))
    assert any(expected in message for _, message, _ in found), found
    assert all(hint for _, _, hint in found)


def test_five_hundred_rows_are_refused() -> None:
    stated: Stated = {f"study-{number}/better": {"events": 1, "n": 9} for number in range(500)}
    figure = figure_of("forest", list(stated), measure="share")
    assert (
        "500 rows are more than can be read"
        in next(iter(missing(figure, report_of(stated).findings)))[1]
    )


@pytest.mark.parametrize("label", ["A long label " * 23, "دراسة طويلة جدا في العربية", "W" * 24])
def test_long_and_right_to_left_labels_stay_inside(label: str) -> None:
    rows = [{"finding": "a/death", "label": label}, {"finding": "b/death"}]
    figure = figure_of("forest", rows, measure="printed", pooled="overall")
    drawing = drawn(figure, report_of(HAZARDS))
    assert outside(drawing.wide) == []
    assert outside(drawing.narrow) == []


def test_pooling_is_kept_by_what_went_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = report_of(BCG_STATED)
    report.figures["tried"] = bcg()
    first = compute(report, Store(tmp_path)).figures["tried"]
    monkeypatch.setattr("evidence.numbers.synthesising.synthesised", None)  # nothing is pooled anew
    assert compute(report, Store(tmp_path)).figures["tried"] == first


def test_a_count_of_zero_is_said_to_be_adjusted() -> None:
    stated: Stated = {
        "a/b": {"arms": {"treated": {"events": 0, "n": 20}, "control": {"events": 4, "n": 20}}}
    }
    figure = figure_of("forest", ["a/b"], measure="odds-ratio")
    assert "1/2 added to each count because one is 0" in parts(figure, stated, "study")[0].sentence
    conventions = result_of(figure, report_of(stated)).conventions
    assert "Where a count is 0, 1/2 was added to each." in conventions


FIGURE = """kind: {}
title: Some improved
subtitle: One trial
{}rows:
  - {{finding: smith-2020/improved{}}}
"""


@pytest.mark.parametrize(
    ("kind", "keys", "of_row", "place", "rule"),
    [
        ("intervals", "measure: share\n", "", "4:1", "key-known"),
        ("intervals", "pooled: overall\n", "", "4:1", "key-known"),
        ("arms", "sides: [Left, Right]\n", "", "4:1", "key-known"),
        ("arms", "", ", pooled: true", "5:36", "key-known"),
        ("forest", "measure: shares\n", "", "4:10", "value-known"),
        ("forest", "", "", "5:5", "figure-drawable"),
        ("forest", "measure: share\npooled: overall\n", "", "7:5", "figure-drawable"),
        ("cumulative", "measure: share\n", "", "6:5", "figure-drawable"),
        ("icons", "sides: [Left, Right]\n", "", "4:1", "key-known"),
    ],
)
def test_what_is_wrong_in_a_declaration_has_its_place(
    kind: str, keys: str, of_row: str, place: str, rule: str, with_files: MakeProject
) -> None:
    root = with_files({"data/figures/a.yaml": FIGURE.format(kind, keys, of_row)})
    assert (f"data/figures/a.yaml:{place}", rule) in places_of(root)


def test_a_result_that_this_site_pooled_is_not_called_reported() -> None:
    ours = {"value": 40, "unit": "percent", "interval": [20, 60], "level": 95, "counts": "derived"}
    stated = {**SHARES, "review/better": ours}
    figure = figure_of("forest", SHARE_ROWS, measure="share")
    (pooled,) = parts(figure, stated, "reported")
    assert pooled.sentence == (
        "Review (pooled; share of people, no comparison group): "
        "40%, 95% CI 20 to 60 (computed here)"
    )
    assert "as reported" not in " ".join(result_of(figure, report_of(stated)).conventions)


def test_a_pooled_result_has_the_counts_of_its_studies_added_up() -> None:
    groups = parts(bcg(), BCG_STATED, "pooled")
    counts = [BCG_STATED[row["finding"]]["arms"] for row in BCG_ROWS]
    for arm, shown in (("treated", groups[-1].treated_text), ("control", groups[-1].control_text)):
        events, n = (sum(each[arm][key] for each in counts) for key in ("events", "n"))
        assert shown == f"{events:,} of {n:,}"
    assert "Counts of pooled results" in " ".join(
        result_of(bcg(), report_of(BCG_STATED)).conventions
    )
    figure = figure_of("forest", SHARE_ROWS, measure="share", pooled="overall")
    (pooled,) = parts(figure, SHARES, "pooled")
    assert pooled.count_text == "46 of 80"  # without what the review pooled
