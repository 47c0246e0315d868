"""Whether small studies differ from large ones, below a funnel."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.figures import missing
from evidence.figures.figure_item import items_of
from evidence.model.figure import Figure
from tests.figures.declaring import Stated, drawn, figure_of, report_of, result_of
from tests.figures.inside import outside
from tests.figures.test_pooling_choices import means
from tests.figures.trials import BCG_ROWS, BCG_STATED, ungrouped

ROWS = ungrouped(BCG_ROWS)


def funnel(measure: str, many: int = 13) -> Figure:
    return figure_of("funnel", ROWS[:many], measure=measure, asymmetry=True)


def last(figure: Figure, stated: Stated) -> str:
    return items_of(result_of(figure, report_of(stated)))[-1].sentence


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        # R: regtest(escalc("RR", ..., data=dat.bcg), model="lm"): t = -1.4013, df = 11, p = 0.1887
        ("risk-ratio", "Egger’s test: t −1.40 with 11 degrees of freedom, P = 0.19. It is little"),
        # R: lm(yi ~ I(1/n), weights = 1/(1/events + 1/others)) with escalc("OR", ...)
        (
            "odds-ratio",
            "Peters’ test: t −1.36 with 11 degrees of freedom, P = 0.20. That a test",
        ),
    ],
)
def test_bcg_is_tested_as_r_tests_it(measure: str, words: str) -> None:
    assert last(funnel(measure), BCG_STATED).startswith(words)
    assert "does not rule it out" in last(funnel(measure), BCG_STATED)


def test_the_test_stands_below_the_drawing_and_in_the_words_beside_it() -> None:
    result = result_of(funnel("odds-ratio"), report_of(BCG_STATED))
    assert any(words.startswith("Peters’ test: t −1.36") for words in result.conventions)
    assert "Peters’ test: t −1.36" in result.alternative
    drawing = drawn(funnel("odds-ratio"), report_of(BCG_STATED))
    assert outside(drawing.wide) == outside(drawing.narrow) == []


def test_nothing_is_tested_unless_the_editor_asks() -> None:
    figure = figure_of("funnel", ROWS, measure="odds-ratio")
    assert "test:" not in result_of(figure, report_of(BCG_STATED)).alternative


def test_fewer_than_ten_studies_are_refused() -> None:
    ((_, message, hint),) = missing(funnel("odds-ratio", 9), report_of(BCG_STATED).findings)
    assert message == "9 studies are too few for a test of asymmetry: it takes ten"
    assert hint == "Leave out 'asymmetry:'."
    assert list(missing(funnel("odds-ratio", 10), report_of(BCG_STATED).findings)) == []


def test_printed_odds_ratios_are_refused() -> None:
    ratio: dict[str, Any] = {
        "value": 0.5,
        "interval": [0.2, 0.9],
        "level": 95,
        "unit": "odds ratio",
    }
    stated: Stated = {f"s-{place}/b": ratio for place in range(10)}
    figure = figure_of("funnel", list(stated), measure="printed", asymmetry=True)
    ((_, message, _),) = missing(figure, report_of(stated).findings)
    assert message.startswith("an odds ratio hangs together with its standard error")


def test_equally_exact_studies_are_not_tested_and_that_is_said() -> None:
    stated = means(*[(4.0 + place, 2, 20, 3, 2, 20) for place in range(10)])
    figure = figure_of("funnel", list(stated), measure="mean-difference", asymmetry=True)
    assert last(figure, stated).startswith("Egger’s test: not made: all studies are equally exact")


def test_a_standardised_difference_hangs_together_with_its_error() -> None:
    stated = means(*[(4.0 + place % 3, 2, 20 + place, 3, 2, 20) for place in range(10)])
    figure = figure_of(
        "funnel", list(stated), measure="standardised-mean-difference", asymmetry=True
    )
    assert "hangs on the difference itself" in last(figure, stated)
