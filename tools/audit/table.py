"""The table: what was asked, what was found, what it is held to, and whether that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEADS = ("what", "where", "found", "bar", "")
SIGNS = {True: "holds", False: "FAILS", None: "not audited"}


@dataclass(frozen=True)
class Row:
    """One line of the audit.

    ``found`` and ``bar`` are words or numbers as printed; ``holds`` is None for what could not be asked,
    and ``found`` then says why. ``more`` are the first things that are wrong, a line each.
    """

    what: str
    where: str
    found: str
    bar: str
    holds: bool | None
    more: tuple[str, ...] = ()

    @classmethod
    def count(cls, what: str, where: str, wrong: Sequence[str], of: str) -> Row:
        """Return a line for something of which none may be ``wrong``, among what ``of`` says."""
        return cls(what, where, f"{len(wrong)} in {of}", "0", not wrong, tuple(wrong[:5]))

    @classmethod
    def not_asked(cls, what: str, where: str, why: str) -> Row:
        """Return a line for what could not be audited."""
        return cls(what, where, why, "", None)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table whose columns are aligned, and below it what is wrong."""
    cells = [HEADS, *((row.what, row.where, row.found, row.bar, SIGNS[row.holds]) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADS))]
    lines = [_line(line, widths) for line in cells]
    lines.insert(1, _line(tuple("-" * width for width in widths), widths))
    lines += [f"\n{row.what}, {row.where}:\n  " + "\n  ".join(row.more) for row in rows if row.more]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def exit_code(rows: Sequence[Row]) -> int:
    """Return 1 when something fails, 2 when nothing does but something was not audited, else 0."""
    if any(row.holds is False for row in rows):
        return 1
    return 2 if any(row.holds is None for row in rows) else 0
