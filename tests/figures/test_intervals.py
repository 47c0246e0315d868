from __future__ import annotations

import re
from decimal import Decimal

import pytest

from evidence.figures import missing
from tests.figures.declaring import (
    Stated,
    drawn,
    figure_of,
    lines_of,
    place_of,
    report_of,
    result_of,
    words_of,
)

MARKS = "series-1"
PRINTED: Stated = {
    "wang-2014/survival": {
        "value": 92.5,
        "unit": "percent",
        "interval": [79.6, 98.4],
        "level": 95,
        "events": 37,
        "n": 40,
    },
    "rest-2020/better": {"value": 48.9, "unit": "percent", "interval": [40.8, 56.9], "level": 95},
}


def test_an_item_says_estimate_interval_and_counts_in_one_sentence() -> None:
    result = result_of(figure_of("intervals", ["wang-2014/survival"]), report_of(PRINTED))
    assert result.items[0].sentence == "Wang 2014: 92.5%, 95% CI 79.6 to 98.4, 37 of 40"
    assert result.items[0].printed == "92.5% (95% CI 79.6 to 98.4)"
    assert result.items[0].basis == "reported"


def test_a_printed_interval_is_kept_although_one_could_be_computed() -> None:
    report = report_of({"a/b": PRINTED["wang-2014/survival"] | {"interval": [70, 99]}})
    item = result_of(figure_of("intervals", ["a/b"]), report).items[0]
    assert (item.low, item.high, item.basis) == (Decimal(70), Decimal(99), "reported")


def test_counts_alone_give_a_computed_interval_that_is_called_so() -> None:
    # Clopper-Pearson for 5 of 6: 35.9 to 99.6 (R: binom.test(5, 6))
    figure, report = figure_of("intervals", ["a/b"]), report_of({"a/b": {"events": 5, "n": 6}})
    result = result_of(figure, report)
    item = result.items[0]
    assert (str(item.estimate), str(item.low), str(item.high)) == ("83.3", "35.9", "99.6")
    assert item.basis == "computed"
    assert item.sentence == "A: 83.3%, 95% CI 35.9 to 99.6 (computed from the counts), 5 of 6"
    assert "the counts, computed here" in result.table[0]
    assert "Intervals computed here from the counts (Clopper-Pearson)." in result.conventions


def test_an_estimate_with_neither_interval_nor_counts_is_a_mark_alone() -> None:
    stated: Stated = {"a/b": {"value": 15, "unit": "percent", "n": 482}}
    figure, report = figure_of("intervals", ["a/b"]), report_of(stated)
    result = result_of(figure, report)
    assert result.items[0].sentence == "A: 15%, interval not given, n = 482"
    assert "interval not given" in result.table[0]
    drawing = drawn(figure, report)
    assert lines_of(drawing.wide, MARKS) == []
    assert "translate" in drawing.wide


def test_an_interval_is_drawn_from_low_to_high_with_the_estimate_between() -> None:
    stated: Stated = {"a/b": {"value": 25, "unit": "percent", "interval": [0, 75], "level": 95}}
    wide = drawn(figure_of("intervals", ["a/b"]), report_of(stated)).wide
    ((low, _, high, _),) = lines_of(wide, MARKS)
    assert low == pytest.approx(place_of(wide, "0")[0], abs=0.6)
    assert high == pytest.approx(place_of(wide, "75")[0], abs=0.6)
    middles = [float(x) for x in re.findall(r"translate\(([\d.]+),", wide)]
    assert pytest.approx(place_of(wide, "25")[0], abs=0.6) in middles


def test_a_difference_is_drawn_across_zero() -> None:
    stated: Stated = {
        "a/b": {"value": 2.4, "unit": "points", "interval": [-5.8, 10.6], "level": 95}
    }
    wide = drawn(figure_of("intervals", ["a/b"]), report_of(stated)).wide
    ((low, _, high, _),) = lines_of(wide, MARKS)
    assert low < place_of(wide, "0")[0] < high
    assert "−5.8 to 10.6" in words_of(wide)


def test_ratios_are_drawn_on_a_logarithmic_axis_on_both_sides_of_one() -> None:
    stated: Stated = {
        "a/b": {"value": 2.0, "unit": "odds ratio", "interval": [0.5, 8], "level": 95},
    }
    figure = figure_of("intervals", ["a/b"], reference=1)
    report = report_of(stated)
    assert result_of(figure, report).axis == "Odds ratio, logarithmic scale"
    wide = drawn(figure, report).wide
    ((low, _, high, _),) = lines_of(wide, MARKS)
    one, two = place_of(wide, "1")[0], place_of(wide, "2")[0]
    assert low < one < two < high
    assert abs((two - low) - (high - two)) < 1.1


def test_doubtful_rows_are_hollow_and_said_to_be_doubtful() -> None:
    report = report_of({"a/b": {"events": 5, "n": 6}}, a={"reanalysis": "doubtful"})
    figure = figure_of("intervals", ["a/b"])
    result = result_of(figure, report)
    assert result.items[0].sentence.startswith("A (doubtful): ")
    assert "doubtful" in result.table[0]
    wide = drawn(figure, report).wide
    assert 'fill="var(--paper,#FBFAF7)"' in wide
    assert "Hollow marks: studies whose counts or cells are in doubt." in result.conventions


def test_derived_counts_carry_a_dagger_in_the_drawing_and_the_word_in_the_table() -> None:
    report = report_of({"a/b": {"events": 7, "n": 23, "counts": "derived"}})
    figure = figure_of("intervals", ["a/b"])
    assert "7 of 23 (derived)" in result_of(figure, report).table[0]
    words = words_of(drawn(figure, report).wide)
    assert "7 of 23†" in words
    assert "† Count worked out here, not printed." in result_of(figure, report).conventions


def test_a_percentage_that_one_count_alone_gives_has_the_interval_of_that_count() -> None:
    # 74 of 482 are 15.35%, 73 are 15.15% and 75 are 15.56%; R: binom.test(74, 482) 12.3 to 18.9
    report = report_of({"a/b": {"value": 15.4, "unit": "percent", "n": 482}})
    item = result_of(figure_of("intervals", ["a/b"]), report).items[0]
    assert (item.events, item.low, item.high) == (74, Decimal("12.3"), Decimal("18.9"))
    assert item.sentence == (
        "A: 15.4%, 95% CI 12.3 to 18.9 (computed from the counts), 74 of 482 (derived)"
    )


@pytest.mark.parametrize(
    ("value", "n", "sign"),
    [("20", 2000, None), ("15.3", 53, None), ("15.4", 482, "about"), ("50", 0, None)],
)
def test_a_percentage_that_several_counts_or_none_give_has_no_interval(
    value: str, n: int, sign: str | None
) -> None:
    stated = {"value": Decimal(value), "unit": "percent", "n": n or None}
    report = report_of({"a/b": stated | ({"sign": sign} if sign else {})})
    item = result_of(figure_of("intervals", ["a/b"]), report).items[0]
    assert (item.low, item.high, item.basis) == (None, None, "none")


def test_what_a_source_pooled_is_a_hollow_diamond_and_single_studies_are_squares() -> None:
    rows = ["wang-2014/survival", {"finding": "rest-2020/better", "pooled": True}]
    figure, report = figure_of("intervals", rows), report_of(PRINTED)
    wide = drawn(figure, report).wide
    squares = re.findall(r'd="M-4\.2,-4\.2h8\.4v8\.4h-8\.4Z"', wide)
    diamonds = re.findall(r'<path d="M[\d.,L]+Z"[^>]*fill="var\(--paper', wide)
    assert (len(squares), len(diamonds)) == (1, 1)
    assert "Diamonds: pooled results" in " ".join(result_of(figure, report).conventions)


def test_groups_stand_under_their_headings_and_differ_in_colour() -> None:
    rows = [
        {"finding": "wang-2014/survival", "group": "Given cells"},
        {"finding": "rest-2020/better", "group": "Not given cells"},
    ]
    figure, report = figure_of("intervals", rows), report_of(PRINTED)
    wide = drawn(figure, report).wide
    heights = [place_of(wide, words)[1] for words in ("Given cells", "Wang 2014")]
    heights += [place_of(wide, words)[1] for words in ("Not given cells", "Rest 2020")]
    assert heights == sorted(heights)
    assert lines_of(wide, "series-1")
    assert lines_of(wide, "series-2")
    assert result_of(figure, report).columns[1] == "Group"


def test_numbers_stand_above_the_marks_on_a_phone() -> None:
    narrow = drawn(figure_of("intervals", ["rest-2020/better"]), report_of(PRINTED)).narrow
    ((_, mark, _, _),) = lines_of(narrow, MARKS)
    assert place_of(narrow, "40.8 to 56.9")[1] < mark
    assert place_of(narrow, "Rest 2020")[1] < mark


def test_many_rows_are_told_by_their_extremes() -> None:
    stated: Stated = {f"study-{number}/better": {"events": number, "n": 20} for number in range(14)}
    told = result_of(figure_of("intervals", list(stated)), report_of(stated)).alternative
    assert "Lowest: Study 0: 0.0%" in told
    assert "Highest: Study 13: 65.0%" in told
    assert "The table beside it lists all 14." in told
    assert "Study 7" not in told


def test_rows_without_a_number_or_of_another_unit_cannot_be_drawn() -> None:
    stated: Stated = {
        "a/b": {"value": 25, "unit": "percent"},
        "a/words": {"statement": "Some improved."},
        "a/arms": {"arms": {"treated": {"percent": 1}, "control": {"percent": 2}}},
        "a/points": {"value": 3, "unit": "points"},
    }
    figure = figure_of("intervals", list(stated))
    found = list(missing(figure, report_of(stated).findings))
    assert [position for position, _, _ in found] == [1, 2, 3]
    assert "no value and no counts" in found[0][1]
    assert "kind: arms" in found[1][2]
    assert "in points" in found[2][1]


def test_a_ratio_that_reaches_zero_cannot_be_drawn() -> None:
    stated: Stated = {"a/b": {"value": 1, "unit": "risk ratio", "interval": [0, 2]}}
    figure = figure_of("intervals", ["a/b"], reference=1)
    ((_, message, _),) = missing(figure, report_of(stated).findings)
    assert "a ratio cannot" in message
