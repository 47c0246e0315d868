"""What is measured before it is drawn: numbers along one direction, and words in a line.

Widths are those of Liberation Sans in thousandths of the text size. Arial and Helvetica have the
same ones, and so has the project's own family, in which pictures are drawn on every machine.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.numbers.quantity import number_text

Amount = Decimal | float
LOGARITHMIC_STEPS = (1, 2, 5)
REGULAR = {
    191: "'",
    222: "ijl’‘",
    260: "|",
    278: " \u00a0!,./:;I[\\]ft·",
    333: "()-`r“”²",
    355: '"',
    389: "*",
    500: "Jcksvxyz",
    549: "≥≤±",
    584: "+<=>~−×",
    611: "FTZßø",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm½",
    889: "%æ",
    944: "W",
    1000: "—…@←→",
}
BOLD = {
    238: "'",
    278: " \u00a0,./I\\ijl’‘·|",
    333: "!()-:;[]`ft²",
    389: "*r{}",
    474: '"',
    500: "z“”",
    549: "≥≤±",
    584: "+<=>~−×",
    611: "?FLTZbdghnopquø",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M½",
    889: "%mæ",
    944: "W",
    1000: "—…@←→",
}
STATISTIC = re.compile(r"(?<![^ ])(tau²|I²|Q|P) (?:([=<≤]) )?(?=\S)")
BLANKS = re.compile("[ \t\n]+")
USUAL = 556  # digits, most small letters, the en dash


@dataclass(frozen=True)
class AxisScale:
    """Numbers from ``low`` to ``high`` drawn between the pixels ``start`` and ``end``."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...] = ()
    logarithmic: bool = False

    def at(self, number: Amount) -> float:
        """Return the pixel of ``number``."""
        low, high, here = float(self.low), float(self.high), float(number)
        if self.logarithmic:
            low, high, here = math.log(low), math.log(high), math.log(here)
        return self.start + (here - low) / (high - low) * (self.end - self.start)


def linear(numbers: list[Amount], start: float, end: float, most: int = 5) -> AxisScale:
    """Return a scale from round number to round number that holds ``numbers`` and zero."""
    low, high = min(0.0, *map(float, numbers)), max(0.0, *map(float, numbers))
    high = high if high > low else low + 1
    step = _step(high - low, most)
    first, last = math.floor(round(low / step, 9)), math.ceil(round(high / step, 9))
    ticks = tuple(round(count * step, 9) for count in range(first, last + 1))
    return AxisScale(ticks[0], ticks[-1], start, end, ticks)


def percentages(start: float, end: float) -> AxisScale:
    """Return the scale of a whole: 0 to 100."""
    return AxisScale(0, 100, start, end, (0, 25, 50, 75, 100))


def ratios(numbers: list[Amount], start: float, end: float, most: int = 6) -> AxisScale:
    """Return a logarithmic scale that holds ``numbers``, all above zero, on both sides of one."""
    low, high = min(0.9, *map(float, numbers)), max(1.1, *map(float, numbers))
    steps = _logarithmic_steps(math.floor(math.log10(low)), math.ceil(math.log10(high)))
    below = [step for step in steps if step <= low]
    above = [step for step in steps if step >= high]
    ticks = [step for step in steps if below[-1] <= step <= above[0]]
    if len(ticks) > most:
        powers = [tick for tick in ticks if math.log10(tick).is_integer()]
        ticks = sorted({ticks[0], *powers, ticks[-1]})
    return AxisScale(ticks[0], ticks[-1], start, end, tuple(ticks), logarithmic=True)


def _logarithmic_steps(first: int, last: int) -> list[float]:
    return [
        float(Decimal(step).scaleb(power))
        for power in range(first - 1, last + 1)
        for step in LOGARITHMIC_STEPS
    ]


def _step(span: float, most: int) -> float:
    """Return 1, 2, 2.5 or 5 times a power of ten: the finest with at most ``most`` steps."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(
        factor * power for factor in (1, 2, 2.5, 5, 10, 20) if span / (factor * power) <= most
    )


def tick_words(tick: float) -> str:
    """Return a tick as it is printed: 20, 0.5, −10."""
    return number_text(Decimal(f"{tick:.10g}"))


def labelled_years(scale: AxisScale, apart: float) -> list[int]:
    """Return the years to be named, at least ``apart`` pixels from one another."""
    year_width = abs(scale.at(1) - scale.at(0))
    steps = (factor * 10**power for power in range(5) for factor in (1, 2, 5))
    step = next((step for step in steps if step * year_width >= apart), 10**5)
    return [year for year in range(int(scale.low), int(scale.high)) if year % step == 0]


def _by_letter(widths: dict[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in widths.items() for letter in letters}


LETTERS = {False: _by_letter(REGULAR), True: _by_letter(BOLD)}


def text_width(words: str, size: float = 14, *, bold: bool = False) -> float:
    """Return the width of ``words`` in pixels at ``size`` pixels."""
    letters = LETTERS[bold]
    plain = (unicodedata.normalize("NFD", letter)[0] for letter in words)
    return sum(letters.get(letter, USUAL) for letter in plain) * size / 1000


def filled(words: str, width: float, size: float = 14, *, bold: bool = False) -> list[str]:
    """Return ``words`` in lines as full as ``width`` allows; a longer word has its own line.

    No line breaks at a no-break space.
    """
    lines: list[str] = []
    for word in _words(words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitting(line: str, width: float, size: float = 14, *, bold: bool = False) -> str:
    """Return a line, cut with an ellipsis where it is longer than ``width`` pixels."""
    if text_width(line, size, bold=bold) <= width:
        return line
    while line and text_width(f"{line}…", size, bold=bold) > width:
        line = line[:-1]
    return f"{line}…"


def columns_within(words: Sequence[str], width: float, size: float, more: float) -> int:
    """Return in how many columns ``words`` fit, each column as wide as its longest and ``more``."""
    rooms = [text_width(each, size) + more for each in words]
    fits = (
        n for n in range(len(rooms), 1, -1) if sum(max(rooms[at::n]) for at in range(n)) <= width
    )
    return next(fits, 1)


def _words(words: str) -> list[str]:
    return [word for word in BLANKS.split(words) if word]


def wrapped(words: str, width: float, size: float = 14, *, bold: bool = False) -> list[str]:
    """Return ``words`` in lines of at most ``width`` pixels; two lines are made alike."""
    lines = filled(words, width, size, bold=bold)
    if len(lines) != 2:
        return lines
    parts = _words(words)
    breaks = [[" ".join(parts[:cut]), " ".join(parts[cut:])] for cut in range(1, len(parts))]
    return min(breaks, key=lambda pair: max(text_width(line, size, bold=bold) for line in pair))


def kept_together(words: str) -> str:
    """Return ``words`` with no break between the name of a statistic and its number."""
    return STATISTIC.sub(lambda match: match.group().replace(" ", "\u00a0"), words)
