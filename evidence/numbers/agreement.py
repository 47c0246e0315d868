"""What was reported, beside what its counts give: do they agree to the last printed digit?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from evidence.model.arms import Arm
from evidence.model.finding import Finding
from evidence.numbers.printed_p import PrintedP
from evidence.numbers.quantity import interval_text, number_text, rounded
from evidence.numbers.results import Computed
from evidence.numbers.statistics.effect import PValueResult
from evidence.numbers.statistics.proportions import DifferenceResult, ProportionResult

AgreementVerdict = Literal["agrees", "close", "differs"]


@dataclass(frozen=True)
class Agreement:
    """One quantity as printed and as computed, with the method that comes nearest."""

    quantity: str
    reported: str
    computed: str
    verdict: AgreementVerdict
    method: str

    @property
    def sentence(self) -> str:
        """Return the comparison in words."""
        words = {
            "agrees": "agrees with",
            "close": "is one apart in the last digit from",
            "differs": "differs from",
        }[self.verdict]
        return (
            f"The printed {self.quantity}, {self.reported}, {words} the one computed, "
            f"{self.computed} ({self.method})."
        )


def agreements(finding: Finding, computed: Computed | None) -> Iterator[Agreement]:
    """Yield a comparison for each printed quantity that the counts give too."""
    if computed is None:
        return
    if computed.proportion is not None:
        yield from _proportion(finding, computed.proportion, computed.other_intervals)
    if finding.arms is not None:
        yield from _arm("percentage of the treated", finding.arms.treated, computed.treated)
        yield from _arm("percentage of the control group", finding.arms.control, computed.control)
    differences = [
        difference for difference in (computed.difference, computed.difference_score) if difference
    ]
    if finding.difference is not None and differences:
        yield from _difference(finding, differences)
    if finding.p is not None and finding.arms is not None and computed.p_values:
        yield from _p_value(finding.p, computed.p_values)


def _proportion(
    finding: Finding, proportion: ProportionResult, others: tuple[ProportionResult, ...]
) -> Iterator[Agreement]:
    if finding.value is not None and finding.unit in {None, "percent"}:
        yield _number("percentage", finding.value, proportion.percent, "events / n", "%")
        if finding.interval is not None:
            yield _nearest(finding.interval, (proportion, *others), (0, 100))


def _arm(quantity: str, arm: Arm, computed: ProportionResult | None) -> Iterator[Agreement]:
    if arm.percent is not None and computed is not None:
        yield _number(quantity, arm.percent, computed.percent, "events / n", "%")


def _difference(finding: Finding, differences: list[DifferenceResult]) -> Iterator[Agreement]:
    printed = finding.difference
    if printed is None or printed.unit != "percentage points":
        return
    if printed.value is not None:
        points = differences[0].points
        yield _number("difference", printed.value, points, "difference of the percentages", "")
    if printed.interval is not None:
        yield _nearest(printed.interval, differences, (-100, 100))


def _p_value(printed: str, candidates: tuple[PValueResult, ...]) -> Iterator[Agreement]:
    """Compare P with the test that comes nearest; a bound such as <0.001 holds or does not."""
    p_value = PrintedP.read(printed)
    number, places = p_value.number, p_value.places
    reported = f"{p_value.sign}{number_text(number)}"
    if p_value.sign:
        choose = min if p_value.is_upper else max
        nearest = choose(candidates, key=lambda test: test.p)
        verdict: AgreementVerdict = "agrees" if p_value.holds(nearest.p) else "differs"
    else:
        nearest = min(candidates, key=lambda test: abs(test.p - float(number)))
        apart = abs(rounded(nearest.p, places) - number).scaleb(places)
        verdict = "agrees" if apart == 0 else "close" if apart <= 1 else "differs"
    exact = number_text(rounded(nearest.p, max(places, 3)))
    yield Agreement("P value", reported, exact, verdict, nearest.method)


def _number(quantity: str, printed: Decimal, computed: float, method: str, sign: str) -> Agreement:
    places = -int(printed.as_tuple().exponent)
    as_precise = rounded(computed, max(places, 0))
    verdict = _verdict([(printed, computed)])
    # Where they differ, a digit more shows why
    exact = as_precise if verdict == "agrees" else rounded(computed, max(places, 0) + 1)
    return Agreement(
        quantity, f"{number_text(printed)}{sign}", f"{number_text(exact)}{sign}", verdict, method
    )


def _nearest(
    printed: tuple[Decimal, Decimal],
    candidates: Iterable[ProportionResult | DifferenceResult],
    scale: tuple[int, int],
) -> Agreement:
    """Return the comparison with the method whose interval comes nearest.

    An interval that leaves the scale, or has no width, is only compared with a printed one that
    does so too: there it explains, elsewhere it would be an impossible number of ours.
    """
    low, high = printed
    faulty = low < scale[0] or high > scale[1] or low == high
    best = min(
        (candidate for candidate in candidates if faulty or not candidate.fault),
        key=lambda candidate: abs(candidate.low - float(low)) + abs(candidate.high - float(high)),
    )
    places = max(-int(end.as_tuple().exponent) for end in printed)
    computed = interval_text(rounded(best.low, places), rounded(best.high, places))
    verdict = _verdict([(low, best.low), (high, best.high)])
    method = f"{best.method}, though {best.fault}" if best.fault else best.method
    return Agreement("interval", interval_text(low, high), computed, verdict, method)


def _verdict(pairs: list[tuple[Decimal, float]]) -> AgreementVerdict:
    worst = Decimal(0)
    for printed, computed in pairs:
        places = -int(printed.as_tuple().exponent)
        step = Decimal(1).scaleb(-max(places, 0))
        worst = max(worst, abs(rounded(computed, max(places, 0)) - printed) / step)
    if worst == 0:
        return "agrees"
    # A percentage is arithmetic: one apart is wrong. An interval depends on its method.
    return "close" if worst <= 1 and len(pairs) > 1 else "differs"
