"""Quantiles and tail probabilities, all from SciPy, which is loaded when first asked for."""

from __future__ import annotations


def normal_quantile(level: float) -> float:
    """Return z so that ``level`` percent of a normal distribution lie within plus or minus z."""
    from scipy.special import ndtri  # noqa: PLC0415 - loaded only when something is computed

    # The tail below, not the part above: it keeps its digits when the level is near 100
    return -float(ndtri(_tail(level)))


def student_quantile(level: float, degrees: int) -> float:
    """Return t so that ``level`` percent of Student's distribution lie within plus or minus t."""
    from scipy.special import stdtrit  # noqa: PLC0415 - loaded only when something is computed

    return -float(stdtrit(degrees, _tail(level)))


def chi_squared_quantile(above: float, degrees: int) -> float:
    """Return the value that a chi-squared variable exceeds with probability ``above``."""
    from scipy.special import chdtri  # noqa: PLC0415 - loaded only when something is computed

    return float(chdtri(degrees, above))


def normal_p(z: float) -> float:
    """Return the two-sided p-value of a standard normal statistic."""
    from scipy.special import ndtr  # noqa: PLC0415 - loaded only when something is computed

    return 2 * float(ndtr(-abs(z)))


def student_p(t: float, degrees: int) -> float:
    """Return the two-sided p-value of a Student statistic."""
    from scipy.special import stdtr  # noqa: PLC0415 - loaded only when something is computed

    return 2 * float(stdtr(degrees, -abs(t)))


def chi_squared_p(statistic: float, degrees: int) -> float:
    """Return the probability that a chi-squared variable is larger than ``statistic``."""
    from scipy.special import chdtrc  # noqa: PLC0415 - loaded only when something is computed

    return float(chdtrc(degrees, statistic))


def _tail(level: float) -> float:
    if not 0 < level < 100:
        message = f"a level of {level} percent is not between 0 and 100"
        raise ValueError(message)
    return (100 - level) / 200
