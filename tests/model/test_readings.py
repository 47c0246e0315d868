"""The quantity of a finding as one text: no number of it can change unseen."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evidence.model.columns import cells_of, columns_of, content_of
from evidence.model.finding import Finding
from evidence.model.readings import (
    APART,
    AROUND,
    LINE_COLUMNS,
    REASONS,
    ReadingReason,
    parted,
    recorded,
)
from evidence.numbers.quantity import FORMS
from evidence.run import Built
from tests.findings import ARMS, DIFFERENCE, finding

NUMBERED = [column for column in columns_of(Finding) if column.name not in APART]
# Forms that print words around a number, which may be put better
OF_WORDS = {"measure", "population", "baseline"}


def test_a_quantity_is_told_by_the_columns_of_a_table() -> None:
    told = recorded(
        finding(value="48.9", interval=["40.8", "56.9"], level="95", unit="percent", n=482)
    )
    assert told == "value 48.9; low 40.8; high 56.9; level 95; unit percent; n 482"


def test_two_arms_and_their_difference_are_told() -> None:
    told = recorded(finding(arms=ARMS, difference=DIFFERENCE, p="0.010", time="52 weeks"))
    assert told == (
        "time 52 weeks; arms-treated-percent 56.3; arms-treated-events 58; arms-treated-n 103; "
        "arms-control-percent 38.6; arms-control-events 39; arms-control-n 101; difference-value 17.7; "
        "difference-low 4.2; difference-high 31.2; difference-level 95; "
        "difference-unit percentage points; p 0.010"
    )


def test_a_zero_at_the_end_is_a_digit_that_was_printed() -> None:
    assert recorded(finding(value="52", unit="percent")) != recorded(
        finding(value="52.0", unit="percent")
    )


def test_a_date_and_a_statement_are_told() -> None:
    assert recorded(finding(date="2024-12")) == "date 2024-12"
    told = recorded(finding(statement="Ended; nobody says why.", **{"as-of": "2023-03"}))
    assert told == "statement Ended; nobody says why.; as-of 2023-03"


@pytest.mark.parametrize("name", sorted(AROUND))
def test_words_around_a_quantity_may_be_put_better_and_their_numbers_not(name: str) -> None:
    def told(words: str) -> str:
        cells = {**cells_of(finding(events=7, n=20, arms=ARMS)), name: words}
        return recorded(Finding.model_validate(content_of(cells, Finding)))

    assert told("at least 50 points") == told("50 points or more")
    assert told("at least 50 points") != told("at least 60 points")


def test_notes_marks_and_locators_are_no_part_of_it() -> None:
    bare = finding(events=7, n=20)
    noted = bare.model_copy(update={"note": "8 in a table", "locator": "Table 9"})
    assert recorded(noted) == recorded(bare)


def test_only_columns_that_hold_no_number_of_a_source_are_left_out() -> None:
    known = {column.name for column in columns_of(Finding)}
    assert known >= APART | AROUND
    assert {"value", "low", "high", "level", "unit", "sign", "events", "n", "p", "date", "statement",
            "as-of", "time", "baseline-time", "arms-treated-sd", "arms-control-person-years",
            "difference-standard-error"} <= known - APART - AROUND  # fmt: skip


def other_digits(cell: str) -> list[str]:
    """Return a cell with each of its digits changed, one at a time."""
    return [
        f"{cell[:at]}{(int(digit) + 1) % 10}{cell[at + 1 :]}"
        for at, digit in enumerate(cell)
        if digit.isascii() and digit.isdigit()
    ]


def test_each_digit_of_each_quantity_of_the_site_counts(real_site: Built) -> None:
    changed = 0
    for address, whole in real_site.report.findings.items():
        cells, told = cells_of(whole), recorded(whole)
        for column in NUMBERED:
            for cell in other_digits(cells[column.name]):
                try:
                    other = Finding.model_validate(
                        content_of({**cells, column.name: cell}, Finding)
                    )
                except ValidationError:
                    continue  # the build says so anyway
                assert recorded(other) != told, (address, column.name, cell)
                changed += 1
    assert changed > 10_000


NUMBERS = st.sampled_from(["0", "1", "1.0", "-1", "12.5", "50"])
COUNTS = st.sampled_from([20, 21, 2000])
WORDS = st.sampled_from(["pain at week 4", "pain at week 5", "pain, week 4"])
ARM = st.fixed_dictionaries(
    {"n": COUNTS},
    optional={
        "percent": st.sampled_from(["1", "12.5"]),
        "value": NUMBERS,
        "events": st.just(3),
        "person-years": st.sampled_from(["9", "10"]),
    },
)
FIELDS = st.fixed_dictionaries(
    {"statement": st.sampled_from(["It was 7.", "It was 8."])},
    optional={
        "value": NUMBERS,
        "unit": st.sampled_from(["percent", "points", "odds ratio"]),
        "interval": st.sampled_from([["1", "2"], ["1", "2.0"], ["-3", "2"]]),
        "level": st.sampled_from(["95", "97.5"]),
        "sign": st.sampled_from(["<", ">", "about"]),
        "events": st.just(7),
        "n": COUNTS,
        "p": st.sampled_from(["0.01", "0.010", "<0.01"]),
        "as-of": st.sampled_from(["2023", "2024-01"]),
        "time": WORDS,
        "arms": st.fixed_dictionaries({"treated": ARM, "control": ARM}),
        "difference": st.fixed_dictionaries(
            {"unit": st.sampled_from(["points", "risk ratio"])}, optional={"value": NUMBERS}
        ),
    },
)


def read(fields: dict[str, Any]) -> Finding | None:
    try:
        return finding(**fields)
    except ValidationError:
        return None


@given(FIELDS, FIELDS)
def test_what_is_printed_otherwise_is_recorded_otherwise(
    one: dict[str, Any], two: dict[str, Any]
) -> None:
    """Any two findings, of which one has some fields of the other."""
    first, second = read(one), read({**two, **dict(list(one.items())[::2])})
    if first is None or second is None or recorded(first) != recorded(second):
        return
    for name, form in FORMS.items():
        if name not in OF_WORDS:
            assert form(first) == form(second), name


@given(FIELDS)
def test_the_parts_of_a_quantity_are_the_whole_of_it(fields: dict[str, Any]) -> None:
    whole = read(fields)
    if whole is not None:
        parts = parted(recorded(whole))
        assert "; ".join(parts.values()) == recorded(whole)
        assert all(part.startswith(f"{name} ") for name, part in parts.items())


def test_the_reasons_are_one_closed_list() -> None:
    assert get_args(ReadingReason) == tuple(REASONS)


def test_the_columns_of_the_ledger() -> None:
    assert ",".join(LINE_COLUMNS) == (
        "study,finding,quantity,on,by,reason,note,second-on,second-by"
    )
