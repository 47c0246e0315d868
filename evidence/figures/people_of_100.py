"""How many of a hundred people a share is, in words."""

from __future__ import annotations

from evidence.figures.figure_item import Item
from evidence.figures.measures import Amount
from evidence.numbers.quantity import rounded


def people(percent: Amount) -> int:
    """Return how many of 100 are drawn: the nearest whole number, halves up."""
    return min(max(int(rounded(percent, 0)), 0), 100)


def of_100(percent: Amount) -> str:
    """Return "about 56", "50" where it is exact, "fewer than 1" or "more than 99"."""
    count = people(percent)
    if float(percent) == count:
        return str(count)
    if count == 0:
        return "fewer than 1"
    return "more than 99" if count == 100 else f"about {count}"


def range_of_100(low: Amount, high: Amount) -> str:
    """Return "47 to 66"."""
    return f"{people(low)} to {people(high)}"


def difference_words(item: Item, groups: list[Item]) -> str:
    """Return "About 18 more of 100 with honey than with placebo"."""
    treated, control = groups[0].label, groups[1].label
    count = abs(int(rounded(item.estimate or 0, 0)))
    if count == 0:
        return f"About as many of 100 with {treated} as with {control}"
    either = "; no difference is possible too" if _may_be_none(item) else ""
    return f"About {more(item.estimate or 0)} of 100 with {treated} than with {control}{either}"


def _may_be_none(item: Item) -> bool:
    return item.low is not None and item.high is not None and item.low <= 0 <= item.high


def more(points: Amount) -> str:
    """Return "4 more", "1 fewer" or "none more" for a difference in percentage points."""
    count = int(rounded(points if points > 0 else -points, 0))
    if count == 0:
        return "none more"
    return f"{count} {'more' if points > 0 else 'fewer'}"
