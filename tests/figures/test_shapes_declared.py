"""Mistakes in figures of shapes, as an editor is told of them: place, rule and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import altair as alt
import pytest

from evidence.figures import KINDS
from evidence.figures.look import NARROW, WIDE
from tests.figures.declaring import result_of
from tests.figures.test_flow import declared as flow
from tests.figures.test_judgements import declared as judgements
from tests.figures.test_world_map import declared as world_map
from tests.projects import GALLERY, change, make_project, problems_of

FIGURES = "data/figures"


def told(root: Path) -> list[str]:
    return [f"{problem.place} {problem.rule}: {problem.message}" for problem in problems_of(root)]


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        (
            f"{FIGURES}/honey-in-the-world.yaml",
            "code: code",
            "code: cod",
            "honey-in-the-world.yaml:5:17 figure-drawable: the table",
        ),
        (
            "data/tables/trials-of-honey-by-country.csv",
            "IND,India",
            "IDN?,India",
            "figure-drawable: 'IDN?' is not the code of a country",
        ),
        (
            "data/tables/trials-of-honey-by-country.csv",
            "India,38",
            "India,-38",
            "trials-of-honey-by-country.csv:4:3 quantity-possible",
        ),
        (
            "data/tables/trials-by-condition-remedy-phase.csv",
            "cough,honey,2,31",
            "cough,honey,2,many",
            "figure-drawable: 'many' is not a number",
        ),
        (
            "data/tables/risk-of-bias.csv",
            "Chance,high",
            "Chance,hihg",
            "figure-drawable: 'hihg' is not a judgement that is known",
        ),
        (
            f"{FIGURES}/search-for-remedies.yaml",
            "  - {finding: search-2021/bees, label: About bees, leaves: true}\n",
            "",
            "figure-drawable: 1,433, but the next step has 132",
        ),
        (
            f"{FIGURES}/remedies.yaml",
            "label: Honey}",
            "label: Honey, leaves: true}",
            "key-known: the kind 'shares' has no use for 'leaves'",
        ),
        (
            f"{FIGURES}/from-condition-to-phase.yaml",
            "short:",
            "judged-by: nobody\nshort:",
            "key-known: the kind 'flow' has no use for 'judged-by'",
        ),
        (
            f"{FIGURES}/bias-of-remedies.yaml",
            "judged-by: the authors of the review\n",
            "",
            "bias-of-remedies.yaml:1:7 figure-drawable: nothing says who judged",
        ),
    ],
)
def test_a_mistake_is_told_once_with_its_place(
    name: str, before: str, after: str, said: str, tmp_path: Path
) -> None:
    root = make_project(tmp_path, GALLERY)
    change(root, name, before, after)
    found = told(root)
    assert any(said in each for each in found), found


@pytest.mark.parametrize("declared", [world_map, flow, judgements])
def test_specifications_are_vega_lite_as_its_schema_has_it(declared: object) -> None:
    figure, report = declared()  # type: ignore[operator]
    result = result_of(figure, report)
    for width in (WIDE, NARROW):
        made = KINDS[figure.kind].chart(result, width)
        alt.Chart.from_dict(json.loads(json.dumps(made)))
