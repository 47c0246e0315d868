from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.figures import KINDS, missing
from evidence.figures.drawing import csv_bytes
from tests.figures.declaring import figure_of, report_of, result_of

numbers = st.decimals(-10_000, 10_000_000, allow_nan=False, places=2) | st.integers(0, 100)
percentages = st.decimals(0, 100, places=1)
counts = st.integers(1, 3_000).flatmap(
    lambda n: st.fixed_dictionaries({"events": st.integers(0, n), "n": st.just(n)})
)
intervals = st.tuples(numbers, numbers).map(sorted)
units = st.sampled_from(["percent", "points", "odds ratio", "trials", "trials a year"])
# Not blanks alone, nor two hyphens, which are no words
words = (
    st.text("abc déφ中-", min_size=1, max_size=60)
    .filter(str.strip)
    .filter(lambda text: "--" not in text)
)
years = st.integers(1, 9999)
printed_years = st.integers(1800, 2200)
valued = st.fixed_dictionaries(
    {"value": numbers, "unit": units},
    optional={"interval": intervals, "level": st.sampled_from([95, 97.5]), "n": years},
)
counted = counts.flatmap(
    lambda fixed: st.fixed_dictionaries(
        {name: st.just(each) for name, each in fixed.items()},
        optional={"value": percentages, "counts": st.just("derived"), "interval": intervals},
    )
)
arm = st.fixed_dictionaries({"percent": percentages}, optional={"label": words}) | counts
compared = st.fixed_dictionaries(
    {"arms": st.fixed_dictionaries({"treated": arm, "control": arm})},
    optional={
        "difference": st.fixed_dictionaries(
            {"value": numbers, "unit": st.sampled_from(["percentage points", "risk ratio"])},
            optional={"interval": intervals},
        )
    },
)
dated = st.fixed_dictionaries({"date": years.map(lambda year: f"{year:04}-07")})
findings = valued | counted | compared | dated | st.just({"statement": "Words."})
given_rows = st.fixed_dictionaries(
    {},
    optional={
        "label": words,
        "group": words,
        "first-year": printed_years,
        "last-year": printed_years,
    },
)
measures = st.sampled_from(["share", "risk-difference", "risk-ratio", "odds-ratio", "printed"])
options = st.fixed_dictionaries(
    {}, optional={"reference": st.sampled_from([0, 1]), "rest": st.just({"label": "Rest"}),
              "measure": measures, "pooled": st.sampled_from(["none", "overall", "both"])}
)  # fmt: skip


@given(
    st.sampled_from([name for name, kind in KINDS.items() if not kind.roles]), st.data(), options
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_figure_that_lacks_nothing_can_be_drawn(
    kind: str, picked: st.DataObject, fields: dict[str, Any]
) -> None:
    fitting: dict[str, st.SearchStrategy[Any]] = {
        "arms": compared,
        "timeline": dated,
        "years": valued,
        "shares": counted,
        "intervals": counted,
        **dict.fromkeys(
            ("forest", "cumulative", "leave-one-out", "funnel", "icons"), counted | compared
        ),
    }
    likely = picked.draw(st.sampled_from([*2 * [fitting.get(kind, findings)], valued, findings]))
    stated: list[dict[str, Any]] = picked.draw(st.lists(likely, min_size=1, max_size=6))
    addresses = [f"study-{number}/finding" for number in range(len(stated))]
    rows = [
        {"finding": address, "first-year": 1800 + 7 * number, **picked.draw(given_rows)}
        for number, address in enumerate(addresses)
    ]
    report = report_of(dict(zip(addresses, stated, strict=True)))
    figure = figure_of(kind, rows, **fields)
    if list(missing(figure, report.findings)):
        return
    result = result_of(figure, report)
    assert csv_bytes(result)
    assert len({len(row) for row in result.table} | {len(result.columns)}) == 1
    for width in (680, 340):
        assert KINDS[kind].chart(result, width)["datasets"]
