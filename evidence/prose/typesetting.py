"""Typesetting of written HTML: quotation marks curled, tables dressed, terms marked where first used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import escape

from evidence.model.site import Term
from evidence.prose.numbering import CAPTION_ID, mark_of

# Quotation marks and apostrophes as print has them: typed straight, shown curled.

STRAIGHT = re.compile(r"""["']|&#3[49];""")
# What stands between two tags, where a straight mark may be in it; none is looked for inside tags
TEXT = re.compile(r""">[^<>"'&]*+["'&][^<>]*+(?=<)""")
WITHIN = re.compile(r"<(?!p\b|/p>|li\b|t[dh]\b|d[dt]\b|h\d)[^<>]*>")  # a tag in a line of text
DOUBLE = {'"', "&#34;"}
OPENING_AFTER = frozenset(" \t\n\xa0([{/–—>“‘")
VERBATIM = re.compile(r"<(code|pre)\b.*?(?:</\1>|\Z)", re.DOTALL)
FAR_ENOUGH = 200


def curl_quotes(page: str) -> str:
    """Return a page of HTML with the straight marks of its text curled; code stays as it is."""
    coded = "<code" in page or "<pre" in page
    verbatim = [match.span() for match in VERBATIM.finditer(page)] if coded else []
    return TEXT.sub(partial(_piece, verbatim), page)


def _piece(verbatim: list[tuple[int, int]], match: re.Match[str]) -> str:
    """Return a piece of text with its marks curled, if it is no code."""
    start, end = match.span()
    if any(first < end < last for first, last in verbatim):
        return match.group()
    marks = STRAIGHT.finditer(match.string, start, end)
    parts, position = [], start
    for mark in marks:
        parts += [match.string[position : mark.start()], _curled(mark)]
        position = mark.end()
    return "".join((*parts, match.string[position:end]))


def _curled(mark: re.Match[str]) -> str:
    place = mark.start()
    before = _without_tags(mark.string[max(0, place - FAR_ENOUGH) : place])
    opening = not before or before[-1] in OPENING_AFTER
    if mark.group() in DOUBLE:
        return "“" if opening else "”"
    return "‘" if opening and not mark.string[mark.end() : mark.end() + 2].isdigit() else "’"


def _without_tags(before: str) -> str:
    """Return what stands before the tags in a line of text that end it."""
    while before.endswith(">"):
        start = before.rfind("<")
        if start < 0 or not WITHIN.fullmatch(before, start):
            break
        before = before[:start]
    return before


# Tables that an editor wrote: a box that scrolls, headers for rows, numbers to the right.

# What is inside ends where the next of its kind begins or ends
TABLE = re.compile(
    r"(<table>[^<]*+(?:<(?!/?table>)[^<]*+)*+</table>)"
    r"(?:\s*+<p>Table: *+([^<]*+(?:<(?!/?p>)[^<]*+)*+)</p>)?"
)
ROW = re.compile(r"<tr>([^<]*+(?:<(?!/?tr>)[^<]*+)*+)</tr>")
CELL = re.compile(r'<t([hd])(?: align="(\w+)")?>([^<]*+(?:<(?!/t[hd]>|t[hd][ >])[^<]*+)*+)</t[hd]>')
TAG = re.compile(r"<[^>]++(?:>|\Z)")
PLACEHOLDER = re.compile("\ue000(\\d+)\ue001")
# A number, a share or a range with its unit, and its interval in brackets; no second number
FIGURE = r"[<>−–-]?\d[\d,.]*%?"
NUMBER = re.compile(
    rf"(?:P (?:[<>=] )?|less than |more than |about )?{FIGURE}(?: (?:of|to) {FIGURE})?"
    r"(?: of every 100)?(?: [A-Za-z-]+){0,2}(?: \([^()]*\))?"
)
ABSENT = re.compile(r"[–-]?|not [^\d]*|none")

# Letters in a line: of the text's column, and of a phone; and how many a column asks for at most
BROAD, WIDE, COLUMN = 80, 46, 30
RIGHT = ' class="number"'
CAPTION = "caption"  # under which captions are counted; names of tables begin otherwise


@dataclass(frozen=True)
class Cell:
    """A cell as HTML and as a reader sees it; ``right`` when the editor aligned it so."""

    html: str
    text: str
    right: bool = False

    @property
    def numeric(self) -> bool:
        """Tell whether a number stands in it, alone or with its interval."""
        return NUMBER.fullmatch(self.text) is not None

    @property
    def width(self) -> int:
        """Return about how many letters it would like to have in a line."""
        return min(COLUMN, max(len(part) for part in self.text.split(" (")))


def numeric_columns(rows: Sequence[Sequence[str]]) -> list[bool]:
    """Tell of each column of plain text whether it holds numbers, which belong to the right."""
    return _numeric([[Cell(text, text) for text in row] for row in rows])


def dress_tables(html: str, shown: Sequence[str]) -> str:
    """Return ``html`` with its tables in boxes; ``shown`` is what stands for each placeholder.

    A paragraph below a table that begins with "Table:" becomes its caption.
    """
    names: Counter[str] = Counter()
    return TABLE.sub(partial(_dress, shown, names), html)


def _dress(texts: Sequence[str], names: Counter[str], match: re.Match[str]) -> str:
    rows = [_cells(row, texts) for row in ROW.findall(match[1])]
    lengths = {len(row) for row in rows}
    caption, anchor = _caption(match[2], names)
    if len(lengths) != 1 or lengths == {
        0
    }:  # typed as HTML, with cells over several columns or none
        return match[1].replace("<table>", f"<table>{caption}", 1) if caption else match[1]
    head, body = rows[0], rows[1:]
    numeric = _numeric(body) or [False] * len(head)
    width = sum(max(cell.width for cell in column) + 3 for column in zip(*rows, strict=False))
    kind = "table" + (" broad" if width > BROAD else "") + (" wide" if width > WIDE else "")
    lines = "\n".join(_row(row, numeric) for row in body)
    named = (
        f'id="{anchor}" role="region" aria-labelledby="{anchor}-caption"'
        if caption
        else f'role="region" aria-label="{escape(_name(head, names))}"'
    )
    return (
        f'<div class="{kind}" {named} tabindex="0">\n'
        f"<table>\n{caption}<thead>{_head(head, numeric)}</thead>\n<tbody>\n{lines}\n</tbody>\n"
        "</table>\n</div>"
    )


def _name(head: Sequence[Cell], names: Counter[str]) -> str:
    """Return what a table without a caption is called: its columns, and which of several of them it is."""
    name = "Table: " + ", ".join(cell.text for cell in head if cell.text)
    names[name] += 1
    return f"{name} ({names[name]})" if names[name] > 1 else name


def _caption(written: str | None, names: Counter[str]) -> tuple[str, str]:
    """Return the caption of a table as HTML, and the anchor of its table; nothing where none is written."""
    if written is None:
        return "", ""
    names[CAPTION] += 1
    id_written = CAPTION_ID.search(written)
    words = written[: id_written.start() if id_written else None].strip()
    name = id_written[1] if id_written else str(names[CAPTION])
    anchor = f"table-{name}"
    return (
        f'<caption id="{anchor}-caption">{mark_of(f"table:{name}", anchor)}{words}</caption>\n',
        anchor,
    )


def _numeric(rows: Sequence[Sequence[Cell]]) -> list[bool]:
    """Tell of each column whether it holds numbers alone. The first names the rows."""
    columns = list(zip(*rows, strict=False))
    return [place > 0 and _holds_numbers(column) for place, column in enumerate(columns)]


def _holds_numbers(cells: Sequence[Cell]) -> bool:
    alone = all(cell.numeric or ABSENT.fullmatch(cell.text) for cell in cells)
    return any(cell.right for cell in cells) or (alone and any(cell.numeric for cell in cells))


def _cells(row: str, texts: Sequence[str]) -> list[Cell]:
    cells = []
    for _, align, inner in CELL.findall(row):
        text = PLACEHOLDER.sub(lambda match: texts[int(match.group(1))], TAG.sub("", inner))
        cells.append(Cell(inner, " ".join(text.split()), align == "right"))
    return cells


def _head(cells: Sequence[Cell], numeric: Sequence[bool]) -> str:
    parts = []
    for cell, right in zip(cells, numeric, strict=True):
        opening = f'<th scope="col"{RIGHT if right else ""}>'
        parts.append(f"{opening}{cell.html}</th>" if cell.text else "<td></td>")
    return f"<tr>{''.join(parts)}</tr>"


def _row(cells: Sequence[Cell], numeric: Sequence[bool]) -> str:
    parts = [f'<th scope="row">{cells[0].html}</th>'] if cells else []
    for cell, right in zip(cells[1:], numeric[1:], strict=False):
        parts.append(f"<td{RIGHT if right else ''}>{cell.html}</td>")
    return f"<tr>{''.join(parts)}</tr>"


# The first use of each glossary term in a page's text.

MARKUP = re.compile(r"(<[^>]++(?:>|\Z))")
NAME = re.compile(r"</?([a-z0-9]+)")
NOT_INSIDE = {"a", "code", "pre", "h2", "h3", "h4", "th", "kbd", "math"}


class TermFinder:
    """Finds glossary terms: lower-case ones in any case, names with capitals as written."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Prepare one pattern for all terms, longest first."""
        self._terms: dict[str, Term] = {}
        for term in terms:
            for spelling in (term.term, *term.also):
                self._terms[spelling if _has_capitals(spelling) else spelling.lower()] = term
        spellings = sorted(self._terms, key=lambda spelling: (-len(spelling), spelling))
        parts = [
            re.escape(spelling) if _has_capitals(spelling) else f"(?i:{re.escape(spelling)})"
            for spelling in spellings
        ]
        self._pattern = re.compile(rf"\b(?:{'|'.join(parts)})s?\b") if parts else None

    def mark(self, html: str, replace: Callable[[Term, str], str]) -> str:
        """Return ``html`` with ``replace(term, written)`` for each term in its text.

        Text inside links, headings and code is left alone.
        """
        if self._pattern is None:
            return html
        inside = 0
        parts = MARKUP.split(html)
        for position, part in enumerate(parts):
            if part.startswith("<"):
                tag = NAME.match(part)
                if tag and tag.group(1) in NOT_INSIDE:
                    inside += -1 if part.startswith("</") else 1
            elif not inside:
                parts[position] = self._pattern.sub(
                    lambda match: self._replace(match.group(), replace), part
                )
        return "".join(parts)

    def _replace(self, written: str, replace: Callable[[Term, str], str]) -> str:
        for candidate in (written, written.lower(), written.removesuffix("s"),
                          written.lower().removesuffix("s")):  # fmt: skip
            if candidate in self._terms:
                return replace(self._terms[candidate], written)
        return written


def _has_capitals(spelling: str) -> bool:
    return any(letter.isupper() for letter in spelling[1:]) or (
        len(spelling) == 1 and spelling.isupper()
    )
