from __future__ import annotations

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

TREATED = {"percent": 56.3, "events": 58, "n": 103, "label": "cells"}
CONTROL = {"percent": 38.6, "events": 39, "n": 101, "label": "placebo"}
DIFFERENCE = {
    "value": 17.7,
    "interval": [4.2, 31.2],
    "level": 95,
    "unit": "percentage points",
}
STATED: Stated = {
    "trial/remission": {
        "arms": {"treated": TREATED, "control": CONTROL},
        "difference": DIFFERENCE,
        "counts": "derived",
    }
}


def test_a_row_gives_both_arms_and_their_difference() -> None:
    result = result_of(figure_of("arms", list(STATED)), report_of(STATED))
    assert [item.sentence for item in result.items] == [
        "Trial, cells: 56.3%, 95% CI 46.2 to 66.1 (computed from the counts), 58 of 103 (derived)",
        "Trial, placebo: 38.6%, 95% CI 29.1 to 48.8 (computed from the counts), 39 of 101 (derived)",
        "Trial, difference: 17.7 percentage points, 95% CI 4.2 to 31.2",
    ]
    assert [item.basis for item in result.items] == ["computed", "computed", "reported"]


def test_the_rate_of_a_single_arm_is_refused() -> None:
    stated: Stated = {"a/single": {"events": 37, "n": 40}, **STATED}
    ((position, message, hint),) = missing(
        figure_of("arms", list(stated)), report_of(stated).findings
    )
    assert (position, message) == (0, "'a/single' has no two arms")
    assert "never drawn as with against without" in hint


def test_an_arm_without_a_percentage_or_counts_is_refused() -> None:
    stated: Stated = {"a/b": {"arms": {"treated": TREATED, "control": {"n": 101}}}}
    ((_, message, _),) = missing(figure_of("arms", list(stated)), report_of(stated).findings)
    assert message == "the control arm of 'a/b' has no percentage and no counts"


def test_the_difference_is_drawn_on_its_side_of_zero() -> None:
    below = {"value": -26.9, "interval": [-40, -3], "level": 95, "unit": "percentage points"}
    for difference, side in ((DIFFERENCE, 1), (below, -1)):
        stated: Stated = {"a/b": {**STATED["trial/remission"], "difference": difference}}
        narrow = drawn(figure_of("arms", ["a/b"]), report_of(stated)).narrow
        ((low, mark, high, _),) = (
            line for line in lines_of(narrow, "figure-ink") if line[1] == line[3]
        )
        zero = [
            x
            for x, top, end, bottom in lines_of(narrow, "figure-muted")
            if top < mark < bottom and x == end
        ]
        assert len(zero) == 1
        assert (low - zero[0]) * side > 0
        assert (high - zero[0]) * side > 0


def test_arms_differ_in_shape_and_colour_and_stand_beside_their_names() -> None:
    wide = drawn(figure_of("arms", list(STATED)), report_of(STATED)).wide
    ((_, treated, _, _),) = lines_of(wide, "series-1")
    ((_, control, _, _),) = lines_of(wide, "series-2")
    assert abs(place_of(wide, "cells")[1] - treated) < 6
    assert abs(place_of(wide, "placebo")[1] - control) < 6
    assert 'fill="var(--paper,#FBFAF7)"' in wide


def test_a_difference_that_was_not_printed_is_computed_and_called_so() -> None:
    stated: Stated = {"a/b": {"arms": {"treated": TREATED, "control": CONTROL}}}
    figure, report = figure_of("arms", ["a/b"]), report_of(stated)
    result = result_of(figure, report)
    assert result.items[2].basis == "computed"
    assert "17.7 percentage points" in result.table[0]
    assert "95% CI 4.0 to 30.5 (computed)" in result.table[0]  # Newcombe's, as in prose
    assert "95% CI 4.0 to 30.5*" in words_of(drawn(figure, report).wide)
    assert "* Difference and interval computed here from the counts." in result.conventions


def test_a_ratio_is_not_drawn_as_a_difference_in_points() -> None:
    ratio = {"value": 1.46, "unit": "risk ratio"}
    arms = {"treated": {"percent": 50}, "control": {"percent": 34}}
    report = report_of({"a/b": {"arms": arms, "difference": ratio}})
    difference = result_of(figure_of("arms", ["a/b"]), report).items[2]
    assert (difference.estimate, difference.printed) == (None, "not given")


def test_long_names_of_arms_are_wrapped_beside_the_plot() -> None:
    long = {**TREATED, "label": "umbilical cord mesenchymal stromal cells"}
    stated: Stated = {"a/b": {"arms": {"treated": long, "control": CONTROL}}}
    wide = drawn(figure_of("arms", ["a/b"]), report_of(stated)).wide
    assert "umbilical cord" in words_of(wide)
    assert max(place_of(wide, words)[0] for words in ("umbilical cord", "placebo")) == 0
