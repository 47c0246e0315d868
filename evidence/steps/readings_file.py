"""The files to which 'accept' adds lines: what stands in them stays, letter for letter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from evidence.model.accepted import AcceptedCheck
from evidence.model.columns import MARK, cells_of, csv_line
from evidence.model.readings import LINE_COLUMNS, FindingReading


def text_of(raw: bytes | None, columns: Iterable[str] = LINE_COLUMNS) -> str:
    """Return a list of lines as text; of one that is not there its header."""
    return MARK + csv_line(columns) if raw is None else raw.decode()


def _end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _row(line: FindingReading | AcceptedCheck, end: str) -> str:
    return csv_line(cells_of(line).values()).removesuffix("\n") + end


def with_lines(text: str, lines: Iterable[FindingReading | AcceptedCheck]) -> str:
    """Return the list with more lines at its end."""
    end = _end(text)
    whole = text if text.endswith("\n") else text + end
    return whole + "".join(_row(line, end) for line in lines)


def with_seconds(text: str, confirmed: Mapping[str, FindingReading]) -> str:
    """Return the ledger with the last line of each confirmed finding in place of what it was."""
    rows = list(_rows(text))
    last = {address: at for at, (address, _) in enumerate(rows)}
    for address, line in confirmed.items():
        rows[last[address]] = (address, _row(line, _end(text)))
    return "".join(row for _, row in rows)


def _rows(text: str) -> Iterator[tuple[str, str]]:
    """Yield each row as it is written, with the finding that it is of; one may go over several lines."""
    lines = io.StringIO(text, newline="").readlines()
    reader, start = csv.reader(iter(lines), strict=True), 0
    for cells in reader:
        named = "/".join(cell.strip() for cell in cells[:2])
        yield named, "".join(lines[start : reader.line_num])
        start = reader.line_num
