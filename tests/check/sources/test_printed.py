"""The figures of a finding are those that its source prints, in whatever notation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evidence.check.sources.printed import differences
from evidence.model.readings import recorded
from tests.findings import ARMS, finding
from tests.projects import build_in_memory, change, places_of

STUDY = "data/studies/smith-2020.yaml"
SHARE = {"value": "48.9", "unit": "percent", "interval": ["40.8", "56.9"], "level": "95"}
RATIO = {"value": "2.31", "unit": "odds ratio", "interval": ["1.2", "4.5"], "p": "0.01"}
COUNT = {"value": "1136", "unit": "trials"}
CHANGE = {"value": "-0.4", "unit": "points", "interval": ["-0.6", "-0.1"]}
EVENTS = {"events": 37, "n": 40}


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        (SHARE, "48.9% [40.8%, 56.9%]"),
        (SHARE, "48,9 % (95 % CI 40,8 % \u2013 56,9 %)"),
        (SHARE, "48.9% (40.8%-56.9%)"),
        (RATIO, "OR 2.31 (1.2-4.5), p=0.01"),
        (RATIO, "OR 2\u00b731 (1\u00b72\u20134\u00b75); P = \u00b701"),
        (COUNT, "1,136 trials"),
        (COUNT, "1\u202f136"),
        (COUNT, "1 136"),
        (COUNT, "1136"),
        (CHANGE, "\u22120.4 (\u22120.6 to \u22120.1)"),
        (CHANGE, "-0.4 [-0.6, -0.1]"),
        (CHANGE, "\u20130\u00b74 (\u20130\u00b76, \u20130\u00b71)"),
        (EVENTS, "37/40 (92.5%)"),
        (EVENTS, "37 of 40 (92%)"),
        (EVENTS | {"counts": "derived", "value": "92.5"}, "92.5%"),
        ({"value": "14", "unit": "people", "p": "<0.001"}, "14, p<.001"),
        ({"arms": ARMS}, "58/103 (56.3%) against 39/101 (38.6%)"),
    ],
)
def test_what_is_meant_is_read(fields: dict[str, Any], printed: str) -> None:
    assert differences(finding(**fields, printed=printed)) == []


@pytest.mark.parametrize(
    ("fields", "printed", "said"),
    [
        (SHARE, "48.9% [40.8%, 57.9%]",
         ["high is 56.9, which is not in '48.9% [40.8%, 57.9%]'",
          "57.9 is in '48.9% [40.8%, 57.9%]', and is no figure of this finding"]),
        (RATIO, "OR 2.31 (1.2-4.5)", ["p is 0.01, which is not in 'OR 2.31 (1.2-4.5)'"]),
        (EVENTS, "37 had it", ["n is 40, which is not in '37 had it'"]),
        (COUNT | {"value": "1137"}, "1,136", ["value is 1137, which is not in '1,136'",
                                              "1.136 is in '1,136', and is no figure of this finding"]),
        (CHANGE, "0.4 (-0.6 to -0.1)", ["value is -0.4, which is not in '0.4 (-0.6 to -0.1)'",
                                        "0.4 is in '0.4 (-0.6 to -0.1)', and is no figure of this finding"]),
        ({"value": "52.0", "unit": "percent"}, "52%",
         ["value is 52.0, which is not in '52%'", "52 is in '52%', and is no figure of this finding"]),
        (EVENTS, "37/40 (91%)", ["91 is in '37/40 (91%)', and is no figure of this finding"]),
    ],
)  # fmt: skip
def test_each_figure_that_differs_is_named(
    fields: dict[str, Any], printed: str, said: list[str]
) -> None:
    assert differences(finding(**fields, printed=printed)) == said


def test_it_is_told_at_its_place_and_shown_in_the_note(minimal: Path) -> None:
    change(minimal, STUDY, "    n: 40\n", "    n: 40\n    printed: 37/40 (92.5%)\n")
    page = str(build_in_memory(minimal).site.files["index.html"])
    assert "<dt>As printed</dt><dd>37/40 (92.5%)</dd>" in page
    change(minimal, STUDY, "37/40", "38/40")
    assert places_of(minimal) == [(f"{STUDY}:12:14", "printed-fits")]


def test_what_says_the_same_again_is_no_change_of_a_number() -> None:
    assert recorded(finding(**EVENTS)) == recorded(finding(**EVENTS, printed="37/40"))
