"""Which whole numbers can give a printed percentage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class GranularityResult:
    """The counts that give a printed percentage, and whether the test says anything."""

    counts: tuple[int, ...]
    has_power: bool


def reachable_counts(printed: Decimal, n: int) -> GranularityResult:
    """Return the whole numbers of ``n`` that round to ``printed`` percent at its decimals."""
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    near = int(printed * n / 100)
    counts = tuple(
        count
        for count in range(max(0, near - 2), min(n, near + 2) + 1)
        if printed
        in {
            (Decimal(100 * count) / n).quantize(step, rounding=way)
            for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)
        }
    )
    return GranularityResult(counts, Decimal(100) / n > step)
