"""How wide words are, so that labels can be placed without drawing them first.

Widths are those of Liberation Sans in thousandths of the text size. Arial and Helvetica have the
same ones, and so has the project's own family, in which pictures are drawn on every machine.
"""

from __future__ import annotations

import re
import unicodedata

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
    1000: "—…@",
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
    1000: "—…@",
}
STATISTIC = re.compile(r"(?<![^ ])(tau²|I²|Q|P) (?:([=<≤]) )?(?=\S)")
BLANKS = re.compile("[ \t\n]+")
USUAL = 556  # digits, most small letters, the en dash


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
    return STATISTIC.sub(lambda found: found.group().replace(" ", "\u00a0"), words)
