"""What one row of a figure says, worded once for the drawing, the table and the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evidence.figures.resolved import Resolved, is_pooled
from evidence.model.arms import Estimate
from evidence.model.finding import Finding
from evidence.numbers.quantity import (
    RATIOS,
    SIGNS,
    implied_events,
    interval_text,
    number_text,
    printed,
    rounded,
)
from evidence.numbers.results import Datum, FigureResult
from evidence.numbers.statistics.proportions import DifferenceResult, ProportionResult

MANY = 12
NOT_GIVEN = "not given"
DAGGER = "†"
BASES = {
    "reported": "the source",
    "computed": "the counts, computed here",
    "none": "interval not given",
}
# The columns of the files that readers keep, by the names of fields
FIELDS = {
    "group": "group", "label": "label", "date": "date", "first_year": "first-year",
    "last_year": "last-year", "until": "until", "printed": "printed", "estimate": "estimate", "low": "low",
    "high": "high", "level_text": "level", "basis": "interval", "events": "events", "n": "n",
    "count_text": "count", "treated_text": "treated", "control_text": "control",
    "weight": "weight", "standard_error": "standard-error", "doubtful": "doubtful", "address": "finding", "source": "source",
    "locator": "locator",
}  # fmt: skip


@dataclass(frozen=True)
class Item(Datum):
    """A datum with its parts as they are printed.

    ``part`` says what it is within its figure where that is not plain: an arm, the rest.
    ``date`` is ISO, as precise as its source. ``doubtful`` items are drawn hollow. ``rank`` is the
    place of its series in the figure. ``until`` says where a year ends that is cut short. ``said`` is what a
    sentence says of the item behind its name. ``counted`` are the two numbers of a ``count_text``
    that is "12 of 30". ``way`` is the names through which a band
    goes, and ``places`` where each stands in its column. ``weight`` is in percent; ``standard_error`` is on the scale
    on which studies are pooled.
    """

    estimate_text: str = ""
    interval_text: str = ""
    level_text: str = ""
    count_text: str = ""
    counted: tuple[str, ...] = ()
    way: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    said: str = ""
    part: str = ""
    date: str = ""
    doubtful: bool = False
    rank: int = 0
    until: str = ""
    treated_text: str = ""
    control_text: str = ""
    weight: Decimal | None = None
    standard_error: Decimal | None = None


@dataclass(frozen=True)
class Interval:
    """An interval with its ends, its words, and where it comes from."""

    low: Decimal | None = None
    high: Decimal | None = None
    words: str = ""
    level: str = ""
    basis: str = "none"


def row_unit(finding: Finding) -> str:
    """Return the unit of a row; counts are shown as percentages."""
    return finding.unit or "percent" if finding.value is not None else "percent"


def row_item(row: Resolved) -> Item:
    """Return the item of one row, whose estimate is printed or else follows from its counts."""
    finding, proportion = row.finding, row.computed.proportion
    interval, events, derived = _interval_and_count(row)
    if finding.value is not None:
        estimate: Decimal | None = finding.value
        estimate_text = estimate_words(finding)
        said = printed(finding, "value", row.computed).text
    else:
        estimate = rounded(proportion.percent) if proportion is not None else None
        estimate_text = said = printed(finding, "computed-percent", row.computed).text
    count = count_words(events, finding.n, derived=derived and events is not None)
    doubtful = row.study.reanalysis == "doubtful"
    sentence = spoken(said, interval, count)
    brackets = f" ({interval.level} {interval.words})" if interval.words else ""
    return Item(
        label=row.label,
        printed=f"{said}{brackets}",
        sentence=f"{row.label}{' (doubtful)' if doubtful else ''}: {sentence}",
        said=sentence,
        group=row.row.group or "",
        address=row.row.finding,
        source=row.source,
        locator=finding.locator,
        estimate=estimate,
        low=interval.low,
        high=interval.high,
        events=events,
        n=finding.n,
        basis=interval.basis,
        estimate_text=estimate_text,
        interval_text=interval.words,
        level_text=interval.level,
        count_text=count,
        doubtful=doubtful,
    )


def _interval_and_count(row: Resolved) -> tuple[Interval, int | None, bool]:
    """Return a row's interval, its count, and whether the count is derived.

    Where only a percentage is printed, both are those of the one count that gives it.
    """
    finding, proportion = row.finding, row.computed.proportion
    interval, events = printed_interval(finding), finding.events
    derived = finding.counts == "derived"
    if interval.basis == "none" and row_unit(finding) == "percent":
        if proportion is None and not is_pooled(row):
            proportion, derived = row.computed.implied, True
            events = None if proportion is None else implied_events(finding)
        interval = computed_interval(proportion)
    return interval, events, derived


def printed_interval(stated: Finding | Estimate | None) -> Interval:
    """Return the interval that the source prints; an empty one if it prints none."""
    if stated is None or stated.interval is None:
        return Interval()
    low, high = stated.interval
    level = "interval" if stated.level is None else f"{number_text(stated.level)}% CI"
    ours = isinstance(stated, Finding) and stated.counts == "derived"
    return Interval(low, high, interval_text(low, high), level, "computed" if ours else "reported")


def computed_interval(result: ProportionResult | DifferenceResult | None) -> Interval:
    """Return an interval computed from counts, rounded as it is printed everywhere."""
    if result is None:
        return Interval()
    low, high = rounded(result.low), rounded(result.high)
    level = f"{number_text(Decimal(str(result.level)).normalize())}% CI"
    return Interval(low, high, interval_text(low, high), level, "computed")


def estimate_words(finding: Finding) -> str:
    """Return the printed value with its sign and unit, but without the name of a ratio."""
    value = printed(finding, "value", None)
    sign = SIGNS.get(finding.sign or "", "") if finding.value is not None else ""
    return f"{sign}{value.number}" if finding.unit in RATIOS else value.text


def count_words(events: int | None, n: int | None, *, derived: bool = False) -> str:
    """Return "37 of 40", "n = 482" or nothing; derived counts are called so."""
    if n is None:
        return ""
    if events is None:
        return f"n = {n:,}"
    return f"{events:,} of {n:,}{' (derived)' if derived else ''}"


def short_count(item: Item) -> str:
    """Return the count as a drawing prints it: a dagger stands for "derived"."""
    return item.count_text.replace(" (derived)", DAGGER)


def count_notes(items: list[Item]) -> list[str]:
    """Return the line that explains the dagger, if one of ``items`` has it."""
    used = any(short_count(item).endswith(DAGGER) for item in items)
    return [f"{DAGGER} Count worked out here, not printed."] if used else []


def interval_words(item: Item) -> str:
    """Return the interval as a table or column prints it."""
    if item.basis == "none":
        return NOT_GIVEN
    return item.interval_text


def spoken(estimate: str, interval: Interval, count: str) -> str:
    """Return what a sentence says of one item: "92.5%, 95% CI 79.6 to 98.4, 37 of 40"."""
    parts = [estimate]
    if interval.basis == "none":
        parts.append("interval not given")
    else:
        computed = ""
        if interval.basis == "computed":
            computed = " (computed from the counts)" if count else " (computed here)"
        parts.append(f"{interval.level} {interval.words}{computed}")
    if count:
        parts.append(count)
    return ", ".join(parts)


def told(title: str, drawn: str, items: tuple[Item, ...], *, extremes: bool = True) -> str:
    """Return the alternative text: what is shown, then every item or, of many, the extremes."""
    opening = f"{title.rstrip('.')}. {drawn}"
    if len(items) <= MANY:
        return " ".join([opening, *(f"{item.sentence}." for item in items)])
    known = [item for item in items if item.estimate is not None]
    if not extremes or not known:
        return f"{opening} The table beside it lists all {len(items)}."
    lowest = min(known, key=lambda item: item.estimate or 0)
    highest = max(known, key=lambda item: item.estimate or 0)
    return (
        f"{opening} Lowest: {lowest.sentence}. Highest: {highest.sentence}. "
        f"The table beside it lists all {len(items)}."
    )


def items_of(result: FigureResult) -> list[Item]:
    """Return the items of a result that a kind of this package made."""
    return [item for item in result.items if isinstance(item, Item)]


def groups_of(items: list[Item]) -> list[str]:
    """Return the names of the groups in order of first use."""
    return list(dict.fromkeys(item.group for item in items))


def in_percent(items: list[Item]) -> bool:
    """Tell whether everything shown is a percentage."""
    return all(item.estimate_text.endswith("%") for item in items if item.estimate is not None)


def where_read(item: Item) -> str:
    """Return the source and the locator of an item."""
    return ", ".join(part for part in (item.source, item.locator) if part)
