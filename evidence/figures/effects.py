"""Rows of findings as the studies of a synthesis: what they lack, their numbers, their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.figures.arm_effects import TWO_ARMS as ARM_EFFECTS
from evidence.figures.arm_effects import arms_of, lacking_arms, unit_of_means
from evidence.figures.figure_item import Interval
from evidence.figures.kind import Missing
from evidence.figures.resolved import Resolved
from evidence.model.figure import Figure
from evidence.model.figure_row import Row
from evidence.model.finding import Finding
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.numbers.quantity import interval_text, number_text, rounded
from evidence.numbers.results import Part, PoolingQuestion

MEASURES = {
    "share": "Percent",
    "risk-difference": "Risk difference, percentage points",
    "risk-ratio": "Risk ratio",
    "odds-ratio": "Odds ratio",
    "rate-ratio": "Rate ratio",
    "mean-difference": "Mean difference",
    "standardised-mean-difference": "Standardised mean difference, Hedges’ g",
    "printed": "",
}
UNITS = {"share": "percent", "risk-difference": "percentage points",
         "risk-ratio": "risk ratio", "odds-ratio": "odds ratio", "rate-ratio": "rate ratio",
         "standardised-mean-difference": "standard deviations"}  # fmt: skip
TWO_ARMS = tuple(ARM_EFFECTS)
MOST_APART = 100.0  # percentage points between two shares
MOST = 60
SMALLEST, LARGEST = Decimal("0.001"), Decimal(1000)


def stated(finding: Finding) -> Finding:
    """Return a finding with its printed difference in place of a value that it has not."""
    difference = finding.difference
    if finding.value is not None or difference is None:
        return finding
    moved = {"value": difference.value, "unit": difference.unit, "arms": None}
    return finding.model_copy(
        update=moved | {"interval": difference.interval, "level": difference.level}
    )


def unit_of(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return the unit of the studies."""
    if figure.measure in UNITS:
        return UNITS[figure.measure]
    first = next((findings.get(row.finding) for row in figure.rows), None)
    if figure.measure == "mean-difference" and first is not None and first.arms is not None:
        return unit_of_means(first)
    return (stated(first).unit if first is not None else None) or "percent"


def is_ratio(unit: str) -> bool:
    """Tell whether a unit is a ratio, for which 1 is no difference."""
    return unit.endswith("ratio")


def pooled_here(figure: Figure) -> list[Row]:
    """Return the rows that are studies, not results that their source pooled."""
    return [row for row in figure.rows if not row.pooled]


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield what keeps the rows from standing, and being pooled, in one figure."""
    if figure.measure is None:
        hint = f"Add 'measure:' with one of {', '.join(MEASURES)}."
        yield 0, f"the kind '{figure.kind}' needs to know what is measured", hint
        return
    if figure.reference is not None:
        hint = "Leave out 'reference:'; ratios have it at 1, differences at 0."
        yield 0, "the line of no effect follows from the measure", hint
    if len(figure.rows) > MOST:
        message = f"{len(figure.rows)} rows are more than can be read; {MOST} can"
        yield MOST, message, "Make several figures, or pool first."
    unit = unit_of(figure, findings)
    seen: set[str] = set()
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if finding is None:
            continue
        lack = _lacking_pooled(finding, unit) if row.pooled else _lacking(figure, finding, unit)
        if row.finding in seen:
            lack = "stands here twice", "Nobody may be counted twice: delete one of the rows."
        seen.add(row.finding)
        if lack:
            yield position, f"'{row.finding}' {lack[0]}", lack[1]


def _lacking(figure: Figure, finding: Finding, unit: str) -> tuple[str, str] | None:
    if figure.measure == "share":
        if finding.events is None or finding.n is None:
            return "has no count of one group of people", _hint(finding, "'events' and 'n'")
        return None
    if figure.measure == "printed":
        return _lacking_printed(finding, unit)
    lack = lacking_arms(figure.measure or "", finding)
    if lack is not None or figure.measure != "mean-difference":
        return lack
    own = unit_of_means(finding)
    if not own:
        return "has no unit of its means", "Add 'unit:' to the finding."
    if own != unit:
        hint = "Means of different scales: 'measure: standardised-mean-difference'."
        return f"is in {own}, the first row in {unit}", hint
    return None


def _lacking_printed(finding: Finding, unit: str) -> tuple[str, str] | None:
    given = stated(finding)
    error = printed_error(finding)
    if given.value is None or (given.interval is None and error is None):
        return "prints no estimate with an interval", _hint(finding, "'value' and 'interval'")
    if (given.unit or "percent") != unit:
        hint = "One figure has one measure: make a second figure."
        return f"is in {given.unit or 'percent'}, the first row in {unit}", hint
    if given.interval is None:
        if is_ratio(unit) and given.value <= 0:
            return "reaches zero or below, which a ratio cannot", "Compare with the source."
        return None
    low, high = given.interval
    if not low <= given.value <= high:
        return "lies outside its interval", "Compare with the source."
    if is_ratio(unit) and low <= 0:
        return "reaches zero or below, which a ratio cannot", "Compare with the source."
    if low == high:
        return "has an interval without width, which weighs without end", "Compare with the source."
    return None


def _lacking_pooled(finding: Finding, unit: str) -> tuple[str, str] | None:
    given = stated(finding)
    if given.value is None or given.interval is None:
        hint = "Name a finding with 'value' and 'interval', or delete 'pooled: true'."
        return "has no pooled estimate with an interval", hint
    if (given.unit or "percent") != unit:
        hint = "A pooled result has the measure of the studies above it."
        return f"is in {given.unit or 'percent'}, the studies in {unit}", hint
    if is_ratio(unit) and given.interval[0] <= 0:
        return "reaches zero or below, which a ratio cannot", "Compare with the source."
    return None


def _hint(finding: Finding, wanted: str) -> str:
    if finding.arms is not None:
        return "For two arms, 'measure: risk-difference', 'risk-ratio' or 'odds-ratio'."
    return f"Name a finding with {wanted}, or choose another 'measure'."


def lacking_pool(figure: Figure, least: int) -> Iterator[Missing]:
    """Yield why the rows cannot be pooled: too few, or percentages without their counts."""
    studies = pooled_here(figure)
    if len(studies) < least:
        words = {2: "two", 3: "three"}[least]
        message = f"{len(studies)} of the rows can be pooled: it takes at least {words}"
        yield 0, message, "Add studies, or show them by 'kind: intervals'."


def lacking_counts(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield that printed percentages have no scale on which to pool them."""
    if figure.measure == "printed" and unit_of(figure, findings) == "percent":
        hint = "Percentages are pooled from their counts: 'measure: share'."
        yield 0, "printed percentages cannot be pooled", hint


def lacking_years(
    figure: Figure, studies: dict[str, Study], sources: dict[str, Source]
) -> Iterator[Missing]:
    """Yield the rows whose year nobody knows."""
    for position, row in enumerate(figure.rows):
        study, _, name = row.finding.partition("/")
        source = sources.get(studies[study].findings[name].source)
        if row.first_year is None and (source is None or source.issued is None):
            message = f"nothing says from which year '{row.finding}' is"
            yield position, message, "Give its source 'issued', or the row 'first-year'."


def printed_error(finding: Finding) -> Decimal | None:
    """Return the standard error that is printed instead of an interval, if it is."""
    difference = finding.difference
    if finding.value is not None or difference is None or difference.interval is not None:
        return None
    return difference.standard_error


def question(
    figure: Figure, rows: list[Finding], wanted: tuple[Part, ...], **more: tuple[int, ...]
) -> PoolingQuestion:
    """Return what is asked of the statistics about ``rows``, the studies of ``figure``."""
    measure = figure.measure or "share"
    numbers = tuple(_numbers(measure, finding) for finding in rows)
    unit = UNITS.get(measure) or stated(rows[0]).unit or ""
    logarithmic = is_ratio(unit) and measure != "mean-difference"
    groups = tuple(row.group or "" for row in pooled_here(figure))
    shares = unit == "percentage points" and all(
        abs(of_study[0]) <= MOST_APART for of_study in numbers
    )
    limits = (-MOST_APART, MOST_APART) if measure == "printed" and shares else None
    return PoolingQuestion(
        measure=measure,
        studies=numbers,
        logarithmic=logarithmic,
        groups=groups,
        years=more.get("years", ()),
        wanted=wanted,
        limits=limits,
        method=figure.method or "inverse-variance",
        estimator=figure.estimator or "REML",
        prediction=figure.prediction is not False,
    )


def _numbers(measure: str, finding: Finding) -> tuple[float, ...]:
    if measure == "share":
        return finding.events or 0, finding.n or 0
    if measure == "printed":
        given, error = stated(finding), printed_error(finding)
        if error is not None:
            return float(given.value or 0), float(error)
        low, high = given.interval or (0, 0)
        return float(given.value or 0), float(low), float(high), float(given.level or 95)
    treated, control = arms_of(measure, finding) or ((), ())
    return *treated, *control


@dataclass(frozen=True)
class Digits:
    """How computed numbers of a figure are printed: in which unit, with how many decimals."""

    unit: str
    places: int

    def number(self, value: float) -> Decimal:
        """Return a number as it is printed; ratios have three decimals below 0.01."""
        if not is_ratio(self.unit):
            rounded_value = rounded(min(max(value, -1e9), 1e9), self.places)
            return abs(rounded_value) if rounded_value == 0 else rounded_value
        held = min(max(value, float(SMALLEST)), float(LARGEST))
        return rounded(held, self.places if held >= 0.0095 else 3)

    def words(self, number: Decimal) -> str:
        """Return the words of a printed number."""
        if is_ratio(self.unit) and number in {SMALLEST, LARGEST}:
            return f"{'<' if number == SMALLEST else '>'}{number_text(number.normalize())}"
        return number_text(number)

    def estimate(self, number: Decimal) -> str:
        """Return an estimate in words: a percent sign where it is a percentage."""
        return f"{self.words(number)}{'%' if self.unit == 'percent' else ''}"

    def said(self, estimate: str) -> str:
        """Return the words of an estimate with its unit, as a sentence has them."""
        if self.unit == "percent":
            return estimate
        return f"{self.unit} {estimate}" if is_ratio(self.unit) else f"{estimate} {self.unit}"

    def interval(self, low: float, high: float) -> Interval:
        """Return an interval at 95 percent that was computed here."""
        ends = self.number(low), self.number(high)
        words = " to ".join(self.words(end) for end in ends)
        if not is_ratio(self.unit):
            words = interval_text(*ends)
        return Interval(*ends, words, "95% CI", "computed")


def digits_of(figure: Figure, rows: list[Resolved]) -> Digits:
    """Return the decimals of computed numbers: those of what is printed beside them."""
    unit = unit_of(figure, {row.row.finding: row.finding for row in rows})
    if figure.measure == "standardised-mean-difference":
        return Digits(unit, 2)
    if figure.measure not in {"printed", "mean-difference"}:
        return Digits(unit, 2 if is_ratio(unit) else 1)
    arms = [row.finding.arms for row in rows] if figure.measure == "mean-difference" else []
    printed = [arm.value for two in arms if two for arm in (two.treated, two.control)]
    printed = printed or [stated(row.finding).value for row in rows]
    places = [-int(value.as_tuple().exponent) for value in printed if value is not None]
    return Digits(unit, min(max([1, *places]), 3))
