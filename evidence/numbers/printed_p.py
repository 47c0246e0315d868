"""A P value as somebody printed it: a number, or a bound such as "<0.001"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

SIGNS = "<≤>≥"


@dataclass(frozen=True)
class PrintedP:
    """A printed P value: its ``sign``, one of < ≤ > ≥ or nothing, and its ``digits`` as printed."""

    sign: str
    digits: str

    @classmethod
    def read(cls, printed: str) -> PrintedP:
        """Return what a P value says that the model has let through."""
        sign = printed[0] if printed[0] in SIGNS else ""
        return cls(sign, printed.removeprefix(sign).strip())

    @property
    def number(self) -> Decimal:
        """Return the number without its sign."""
        return Decimal(self.digits)

    @property
    def places(self) -> int:
        """Return how many decimals are printed."""
        return -int(self.number.as_tuple().exponent)

    @property
    def is_upper(self) -> bool:
        """Tell whether P is said to be below a number."""
        return self.sign in {"<", "≤"}

    @property
    def is_lower(self) -> bool:
        """Tell whether P is said to be above a number."""
        return self.sign in {">", "≥"}

    @property
    def text(self) -> str:
        """Return "P = 0.010" or "P < 0.001"."""
        return f"P {self.sign or '='} {self.digits}"

    def holds(self, p: float) -> bool:
        """Tell whether a bound holds for the P value ``p``, which is not rounded."""
        number = float(self.number)
        return {"<": p < number, "≤": p <= number, ">": p > number, "≥": p >= number}[self.sign]

    def can_be_below(self, threshold: Decimal) -> bool:
        """Tell whether the P value behind the print can be below ``threshold``.

        A printed 0.05 may stand for anything from 0.045 to 0.055.
        """
        if self.is_upper:
            return True
        return (self.number if self.is_lower else self.number - self._half) < threshold

    def can_be_above(self, threshold: Decimal) -> bool:
        """Tell whether the P value behind the print can be above ``threshold``."""
        if self.is_lower:
            return True
        return (self.number if self.is_upper else self.number + self._half) > threshold

    @property
    def _half(self) -> Decimal:
        return Decimal("0.5").scaleb(-self.places)
