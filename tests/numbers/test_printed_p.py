"""A printed P value: its sign, its digits, and what may stand behind them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evidence.numbers.printed_p import PrintedP


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("0.010", "P = 0.010"),
        (".05", "P = .05"),
        ("1", "P = 1"),
        ("<0.001", "P < 0.001"),
        ("< 0.001", "P < 0.001"),
        (">0.05", "P > 0.05"),
        ("≤0.05", "P ≤ 0.05"),
        ("≥ .05", "P ≥ .05"),
    ],
)
def test_a_p_value_is_printed_with_its_sign_and_its_own_digits(printed: str, text: str) -> None:
    assert PrintedP.read(printed).text == text


@pytest.mark.parametrize(
    ("printed", "below", "at", "above"),
    [
        ("<0.05", True, False, False),
        ("≤0.05", True, True, False),
        (">0.05", False, False, True),
        ("≥0.05", False, True, True),
    ],
)
def test_a_bound_holds_on_its_own_side(printed: str, *, below: bool, at: bool, above: bool) -> None:
    p = PrintedP.read(printed)
    assert (p.holds(0.0499), p.holds(0.05), p.holds(0.0501)) == (below, at, above)


@pytest.mark.parametrize(
    ("printed", "below", "above"),
    [
        ("0.01", True, False),
        ("0.04", True, False),
        ("0.05", True, True),  # from 0.045 to 0.055
        ("0.050", True, True),
        ("0.055", False, True),
        ("0.049", True, False),
        ("0.06", False, True),
        ("0.0", True, False),  # from -0.05 to 0.05: it ends there
        ("0.1", False, True),  # it begins there
        ("<0.05", True, False),
        ("≤0.05", True, False),
        ("<0.051", True, True),
        ("<0.10", True, True),  # may be 0.07 as well as 0.01
        (">0.05", False, True),
        ("≥0.05", False, True),
        (">0.049", True, True),
        (">0.01", True, True),
    ],
)
def test_what_is_printed_says_on_which_side_of_a_threshold_p_can_be(
    printed: str, *, below: bool, above: bool
) -> None:
    p, threshold = PrintedP.read(printed), Decimal("0.05")
    assert (p.can_be_below(threshold), p.can_be_above(threshold)) == (below, above)


@pytest.mark.parametrize(("printed", "places"), [("0.010", 3), ("<.05", 2), ("1", 0), ("1.0", 1)])
def test_decimals_are_those_that_are_printed(printed: str, places: int) -> None:
    assert PrintedP.read(printed).places == places
