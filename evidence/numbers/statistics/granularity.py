"""Which whole numbers can give a printed percentage.

Brown and Heathers, Soc Psychol Personal Sci 2017;8:363-369 (the GRIM test), for percentages. A
percentage that no whole number gives shows a mistake somewhere, or a base other than the one
stated; it does not say which, and never why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

METHOD = "granularity (GRIM); rounded half up, half to even, or cut off"


@dataclass(frozen=True)
class GranularityResult:
    """The counts that give a printed percentage, and whether the test says anything.

    ``counts`` give it by rounding, half up or half to even; ``cut`` only when digits are cut off
    instead. ``power`` is the share of all printed percentages that no count gives by rounding,
    from 0 (every percentage can be reached) towards 1; without it the test says nothing.
    """

    counts: tuple[int, ...]
    has_power: bool
    cut: tuple[int, ...] = ()
    power: float = 0.0
    method: str = METHOD


@dataclass(frozen=True)
class SizesResult:
    """The sizes with which every printed percentage can be reached by rounding.

    ``has_power`` is false when some size is so large that it reaches every percentage.
    """

    sizes: tuple[int, ...]
    has_power: bool
    method: str = METHOD


def reachable_counts(printed: Decimal, n: int) -> GranularityResult:
    """Return the whole numbers of ``n`` people that give ``printed`` percent at its decimals.

    There is power only while one person is more than one step of the last printed digit, 100 / n
    percent above 10 to the power of minus the decimals (Brown and Heathers); the power is
    then 1 - (n + 1) / (number of percentages from 0 to 100 with so many decimals), as each count
    gives one. Without power no counts are listed: there would be many, and they say nothing.
    Below 0 and above 100 percent there are none, whatever ``n``. Decimals are those of
    ``printed``: 34 has none, 34.0 has one.
    Raises ValueError when ``n`` is below 1 or ``printed`` is not a number.
    """
    if n < 1:
        message = f"{n} people have no percentage"
        raise ValueError(message)
    value, steps = _in_steps(printed)
    if not 0 <= value <= steps:
        return GranularityResult((), has_power=True, power=1.0)
    if n >= steps:
        return GranularityResult((), has_power=False)
    # The counts whose exact percentage lies less than a step away from the printed one
    first, last = max(0, (value - 1) * n // steps), min(n, (value + 1) * n // steps + 1)
    rounded, cut = [], []
    for count in range(first, last + 1):
        whole, rest = divmod(count * steps, n)
        nearest = {whole + (2 * rest >= n), whole + (2 * rest > n or (2 * rest == n and whole % 2))}
        if value in nearest:
            rounded.append(count)
        elif value == whole:
            cut.append(count)
    power = 1 - (n + 1) / (steps + 1)
    return GranularityResult(tuple(rounded), has_power=True, cut=tuple(cut), power=power)


def reachable_sizes(printed: Sequence[Decimal], sizes: Iterable[int]) -> SizesResult:
    """Return those of ``sizes`` at which every one of the ``printed`` percentages can be reached.

    For percentages of one and the same group whose size is unknown, or doubted: none left means
    that no single base gives them all.
    Raises ValueError for no percentage, no size, a size below 1 or a percentage not a number.
    """
    tried = sorted(set(sizes))
    if not printed or not tried:
        raise ValueError("there must be a percentage and a size to try")
    found = {n: [reachable_counts(each, n) for each in printed] for n in tried}
    fitting = tuple(
        n
        for n, results in found.items()
        if all(each.counts or not each.has_power for each in results)
    )
    # The percentage with most decimals is the one that tells most
    has_power = all(any(each.has_power for each in results) for results in found.values())
    return SizesResult(fitting, has_power)


def _in_steps(printed: Decimal) -> tuple[int, int]:
    """Return the percentage, and 100 percent, in steps of the last printed digit."""
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int):
        message = f"{printed} is not a percentage"
        raise ValueError(message)  # noqa: TRY004 - a Decimal may be no number at all
    decimals = max(0, -exponent)
    return int(printed.scaleb(decimals)), 100 * 10**decimals
