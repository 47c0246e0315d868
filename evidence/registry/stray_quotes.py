"""A row in which a quote inside a quoted cell is not written twice, where it has one reading only."""

from __future__ import annotations

from collections.abc import Iterator

QUOTE = '"'
MOST_STARTS = 2000  # places in a row at which a cell may begin: beyond that nobody can tell


def readings(text: str, separator: str, columns: int) -> list[list[str]]:
    """Return how a row can be cut into its cells: no way, the one way, or two of several.

    A cell is quoted from end to end, or holds no quote at all. A quote, a separator and a quote in
    a row always part two cells.
    """
    cells_at: dict[int, list[tuple[int, str]]] = {}
    waiting = [0]
    while waiting:
        start = waiting.pop()
        if start in cells_at:
            continue
        if len(cells_at) == MOST_STARTS:
            return []
        cells_at[start] = list(_cells(text, separator, start))
        waiting += [after for after, _ in cells_at[start] if after <= len(text)]
    # From the end: how a rest can be cut into so many cells, two ways at the most
    end = len(text) + 1
    ways: dict[int, dict[int, list[list[str]]]] = {end: {0: [[]]}}
    for start in sorted(cells_at, reverse=True):
        here = ways.setdefault(start, {})
        for after, cell in cells_at[start]:
            for count, rests in ways.get(after, {}).items():
                if count < columns:
                    known = here.setdefault(count + 1, [])
                    known += [[cell, *rest] for rest in rests[: 2 - len(known)]]
    return ways[0].get(columns, [])


def _cells(text: str, separator: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield each cell that may begin at a place, with the place at which the next would."""
    if not text.startswith(QUOTE, start):
        end = text.find(separator, start)
        end = len(text) if end < 0 else end
        cell = text[start:end]
        if QUOTE not in cell and not {"\n", "\r"} & {*cell}:
            yield end + 1, cell
        return
    parting = QUOTE + separator + QUOTE
    close = text.find(QUOTE, start + 1)
    while close >= 0:
        if close + 1 == len(text) or text[close + 1] == separator:
            yield close + 2, text[start + 1 : close].replace(QUOTE * 2, QUOTE)
        if text.startswith(parting, close):
            return
        close = text.find(QUOTE, close + 1)
