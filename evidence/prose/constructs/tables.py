"""Tables: a row of names, a row of dashes, and rows with as many cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

BAR = re.compile(r"(?<!\\)\|")
LEFT = re.compile(r"(?m)^[ \t>]*+(?:\|[^\n]*+|:?-[ :-]*+\|[ :|-]*+|\+[-=+]{3,}+)$")
ALIGNED = "text-align:"


def _read(parser: MarkdownIt) -> None:
    parser.enable("table")
    parser.core.ruler.after("inline", "alignment", _align)


def _align(state: StateCore) -> None:
    """Say by an attribute where a cell stands: styles do not pass the policy of a page."""
    for token in state.tokens:
        style = str(token.attrs.get("style", ""))
        if style.startswith(ALIGNED):
            del token.attrs["style"]
            token.attrSet("align", style.removeprefix(ALIGNED))


def _cells(row: str) -> int:
    inside = row.strip().strip("> ")
    inside = inside.removeprefix("|")
    inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
    return len(BAR.findall(inside)) + 1


def _strays(draft: Draft) -> Iterator[Stray]:
    for token in draft.tokens:
        if token.type != "table_open" or token.map is None:
            continue
        first, end = token.map
        columns = _cells(_row(draft, first)[1])
        for line in range(first + 2, end):
            start, row = _row(draft, line)
            cells = _cells(row)
            if row and cells != columns:
                message = (
                    f"this row has {cells} cell{'s' * (cells > 1)}, and its table {columns} columns"
                )
                hint = "Give it as many; below a table leave an empty line; a bar inside a cell is written \\|."
                yield Stray(start, row, "table-shape", message, hint)
    for match in LEFT.finditer(draft.bare):
        written = match[0].strip()
        message = "bars and dashes stand here, and make no table"
        hint = "A table has a row of names, below it | --- | with as many cells, then its rows, and nothing else in between."
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Stray(start, written, "table-shape", message, hint)


def _row(draft: Draft, line: int) -> tuple[int, str]:
    start, _ = draft.line_at(line)
    return start, draft.readable[start:].partition("\n")[0].strip()


CONSTRUCT = Construct(
    "Tables",
    "A row of names, below it a row of dashes, then rows with as many cells, also straight below a line of text. Numbers "
    "stand to the right by themselves. A caption stands below, after an empty line: `Table: Words`.",
    (
        Example(
            "Text:\n| a | b |\n| --- | --- |\n| c | d |",
            '<p>Text:</p>\n<div class="table" role="region" aria-label="Table: a, b" tabindex="0">\n<table>\n<thead><tr>'
            '<th scope="col">a</th><th scope="col">b</th></tr></thead>\n<tbody>\n<tr><th scope="row">c</th><td>d</td></tr>\n'
            "</tbody>\n</table>\n</div>",
        ),
        Example(
            "| a | b |\n| --- | --- |\n| c | d | e |", rule="table-shape", line=3, said="3 cells"
        ),
        Example("| a | b |\n| --- | --- |\n| c |", rule="table-shape", line=3, said="1 cell,"),
        Example(
            "| a | b |\n| --- | --- |\n| c | d |\nText.",
            rule="table-shape",
            line=4,
            said="leave an empty line",
        ),
        Example("| a | b |\n| c | d |", rule="table-shape", said="below it | --- |"),
        Example("| a | b |\n| --- |\n| c | d |", rule="table-shape", said="make no table"),
        Example("+---+---+\n| a | b |\n+===+===+", rule="table-shape", said="make no table"),
    ),
    _read,
    _strays,
)
