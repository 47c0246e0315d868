from __future__ import annotations

from typing import Any

import pytest

from evidence.figures import missing
from evidence.figures.look import NARROW, WIDE
from tests.figures.declaring import (
    Stated,
    drawn,
    figure_of,
    lines_of,
    report_of,
    result_of,
    words_of,
)
from tests.figures.marked import marks_of

STATED: Stated = {
    "letter/early": {"value": 11, "unit": "trials a year"},
    "letter/later": {"value": 24, "unit": "trials a year"},
    "letter/peak": {"value": 73, "unit": "trials"},
    "letter/cut-off": {"date": "2024-10"},
}
ROWS: list[dict[str, Any]] = [
    {"finding": "letter/peak", "label": "stated peak", "first-year": 2019},
    {"finding": "letter/early", "label": "mean", "first-year": 2000, "last-year": 2004},
    {"finding": "letter/later", "label": "mean", "first-year": 2005, "last-year": 2009},
    {"finding": "letter/cut-off", "label": "Cut-off"},
]


def test_years_that_nobody_states_are_left_as_gaps() -> None:
    result = result_of(figure_of("years", ROWS), report_of(STATED))
    spans = [(int(item.first_year or 0), int(item.last_year or 0)) for item in result.items[:-1]]
    assert spans == [(2000, 2004), (2005, 2009), (2010, 2018), (2019, 2019), (2020, 2024)]
    gaps = [item for item in result.items if item.printed == "not stated"]
    assert [item.estimate for item in gaps] == [None, None]
    assert [item.sentence for item in gaps] == [
        "2010 to 2018: not stated",
        "2020 to 2024: not stated",
    ]


def test_gaps_are_drawn_empty_and_labelled() -> None:
    words = words_of(drawn(figure_of("years", ROWS), report_of(STATED)).wide)
    assert words.count("not stated") == 2
    assert "2010–18" in words


def test_a_gap_too_narrow_for_words_is_explained_below() -> None:
    rows = [{**ROWS[0], "first-year": year} for year in (2000,)]
    rows += [{"finding": "letter/early", "first-year": 2002, "last-year": 2024}]
    figure, report = figure_of("years", rows), report_of(STATED)
    assert "not stated" not in words_of(drawn(figure, report).narrow)
    assert result_of(figure, report).conventions == ("Grey: not stated.",)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_stated_mean_is_a_flat_step_over_its_years_and_a_single_year_is_a_bar(width: int) -> None:
    figure, report = figure_of("years", ROWS), report_of(STATED)
    marks = {mark.sentence[:4]: mark for mark in marks_of(result_of(figure, report), width)}
    early, later, peak = (marks[year] for year in ("2000", "2005", "2019"))
    assert later.height / early.height == pytest.approx(24 / 11, rel=0.03)
    assert peak.height / early.height == pytest.approx(73 / 11, rel=0.03)
    year = (early.width + 0.3) / 4.84
    assert peak.width / year == pytest.approx(0.84, abs=0.06)
    assert early.paint.get("fill-opacity") == later.paint["fill-opacity"]
    assert "fill-opacity" not in peak.paint
    steps = lines_of(drawn(figure, report).wide, "series-1")
    assert len(steps) == 2
    assert all(first == last for _, first, _, last in steps)


def test_the_end_of_what_was_searched_is_said() -> None:
    figure, report = figure_of("years", ROWS), report_of(STATED)
    assert "Cut-off: October 2024." in result_of(figure, report).conventions
    assert "Cut-off: October 2024." in words_of(drawn(figure, report).svg)
    assert result_of(figure, report).alternative.endswith("Cut-off: October 2024.")


def test_the_gap_has_the_name_that_the_editor_gives_it() -> None:
    figure = figure_of("years", ROWS, rest={"label": "No number printed"})
    assert result_of(figure, report_of(STATED)).items[2].printed == "no number printed"


def test_rows_without_years_or_with_the_same_years_cannot_be_drawn() -> None:
    findings = report_of({**STATED, "letter/words": {"statement": "Many."}}).findings

    def messages(*rows: dict[str, Any]) -> list[str]:
        return [message for _, message, _ in missing(figure_of("years", [*rows]), findings)]

    assert not messages(*ROWS)
    assert messages({"finding": "letter/peak"}) == ["'letter/peak' has no 'first-year'"]
    assert "no value to draw" in messages({"finding": "letter/words", "first-year": 2000})[0]
    assert "both cover 2019" in messages(ROWS[0], {**ROWS[1], "last-year": 2019})[0]
    assert "before it begins" in messages({**ROWS[1], "last-year": 1999})[0]
    assert messages(ROWS[3]) == ["no row has a number"]


def test_a_total_is_not_drawn_as_a_mean_of_its_years() -> None:
    row = {**ROWS[0], "last-year": 2022}
    ((_, message, _),) = missing(figure_of("years", [row]), report_of(STATED).findings)
    assert "'trials' is not a number for each year" in message
