"""Whatever a table holds that no kind finds fault with can be drawn, at both widths."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.figures import KINDS
from evidence.figures.drawing import csv_bytes
from evidence.figures.evidence_map import DESIGNS
from evidence.figures.look import NARROW, WIDE
from tests.figures.declaring import report_with, result_of
from tests.figures.test_table_counts import ROLES, small, unfit

words = st.one_of(
    st.text("abc déφ中ת-", min_size=1, max_size=70)
    .map(str.strip)
    .filter(bool)
    .filter(lambda text: "--" not in text),
    st.sampled_from(["not-stated", "unclassified", "A", "B"]),
)
numbers = st.one_of(
    st.integers(0, 5_000_000), st.sampled_from([0, 1]), st.decimals(0, 10, places=2)
)
rows = st.tuples(st.integers(1990, 2025), words, words, st.sampled_from(list(DESIGNS)), numbers)
options = st.fixed_dictionaries(
    {},
    optional={
        "ordered": st.booleans(),
        "order": st.sampled_from(["given", "number"]),
        "share": st.booleans(),
        "total": st.booleans(),
        "line": st.booleans(),
        "most": st.integers(1, 50),
        "until": st.sampled_from(["2025-03", "1990"]),
        "unit": words,
        "short": st.dictionaries(words, words, max_size=2),
        "labels": st.dictionaries(words, words, max_size=2),
    },
)


@given(st.sampled_from(list(ROLES)), st.lists(rows, min_size=1, max_size=30), options)
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_table_without_fault_can_be_drawn(
    kind: str, found: list[tuple[Any, ...]], chosen: dict[str, Any]
) -> None:
    known = {*KINDS[kind].options, "labels"}
    figure = small(kind, **{key: value for key, value in chosen.items() if key in known})
    lines = [",".join(map(str, row)) for row in found]
    written = "\n".join(["year,condition,phase,design,trials", *lines])
    if unfit(figure, written):
        return
    result = result_of(figure, report_with("small.csv", written))
    assert csv_bytes(result)
    assert {len(row) for row in result.table} == {len(result.columns)}
    assert result.alternative
    for width in (WIDE, NARROW):
        assert KINDS[kind].chart(result, width)["datasets"]
