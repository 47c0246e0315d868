"""Risk of bias as somebody judged it: studies by domains, and who judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.furniture import LINE, draw_lines, ink, is_narrow, muted
from evidence.figures.kind import FigureKind, Missing, Role
from evidence.figures.look import SMALL_SIZE, Lettering, Look
from evidence.figures.measures import filled, text_width
from evidence.figures.sheet import Sheet
from evidence.figures.tabular import chosen, sequence, word
from evidence.figures.verdicts import (
    RISK_OF_BIAS,
    VERDICTS,
    Judgement,
    Sign,
    domains_of,
    heard,
    matrix,
    studies_of,
    verdict_item,
)
from evidence.figures.world import circle
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.results import Computed, FigureResult
from evidence.problems import did_you_mean

MOST_STUDIES, MOST_DOMAINS = 40, 8
ROLES = (
    Role("study", "the study that was judged"),
    Role("domain", "what was judged of it"),
    Role("judgement", f"the judgement: {', '.join(RISK_OF_BIAS)}"),
)
RADIUS = 9.0
ROW, NARROW_ROW = 28.0, 49.0
WIDEST_LABEL = 190.0
WIDEST_CELL, CELL_PAD = 120.0, 8.0
MOST_LINES = 4
BAR_HIGH, BAR_WIDE, LEAST_SIGNED = 56.0, 20.0, 13.0
SIGNS: dict[Sign, str] = {
    "tick": "M{0:.1f},{1:.1f}m-4.5,0.5l3,3.5l6,-7.5",
    "cross": "M{0:.1f},{1:.1f}m-3.5,-3.5l7,7m0,-7l-7,7",
    "tilde": "M{0:.1f},{1:.1f}m-5,1.2c1.5,-4,3.5,-3,5,-1.2c1.5,1.8,3.5,2.6,5,-1.2",
    "dash": "M{0:.1f},{1:.1f}m-4,0l8,0",
}


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield unknown judgements, cells given twice or never, and too much for one picture."""
    if not figure.judged_by:
        hint = "Add 'judged-by: the authors of the review', for this site judges nothing itself."
        yield "kind", "nothing says who judged", hint
    study, domain, judgement = (figure.columns[role.name] for role in ROLES)
    for written in dict.fromkeys(row[judgement] for row in rows):
        if written not in RISK_OF_BIAS:
            hint = did_you_mean(written, RISK_OF_BIAS, f"Known: {', '.join(RISK_OF_BIAS)}.")
            yield "table", f"'{written}' is not a judgement that is known", hint
    for role, column, most in (("studies", study, MOST_STUDIES), ("domains", domain, MOST_DOMAINS)):
        cells = {row[column] for row in rows}
        if "" in cells:
            yield "table", f"a cell of the column '{column}' is empty", "Write what it is."
        if len(cells) > most:
            hint = "Choose some with 'where:', or make several figures."
            yield "table", f"{len(cells)} {role} are too many; at most {most} fit", hint
            return
    given = [(row[study], row[domain]) for row in rows]
    for pair in dict.fromkeys(given):
        if given.count(pair) > 1:
            message = f"'{pair[0]}' is judged twice in '{pair[1]}'"
            yield "table", message, "Keep one row, or choose one with 'where:'."
    for name in dict.fromkeys(name for name, _ in given):
        for domain_name in dict.fromkeys(domain_name for _, domain_name in given):
            if (name, domain_name) not in given:
                message = f"'{name}' has no judgement in '{domain_name}'"
                yield "table", message, "Add a row; 'no-information' says that there is none."


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a cell, study by study."""
    del computed
    study, domain, judgement = (figure.columns[role.name] for role in ROLES)
    source = report.sources[figure.read_in.source].short if figure.read_in else ""
    locator = figure.read_in.locator if figure.read_in else ""
    cells = {
        (word(figure, report, study, row[study]), word(figure, report, domain, row[domain])): row
        for _, row in chosen(figure, report.tables[figure.table or ""])
    }
    return tuple(
        verdict_item(
            name, domain_name, cells[name, domain_name][judgement], source=source, locator=locator
        )
        for name in sequence(figure, report, "study")
        for domain_name in sequence(figure, report, "domain")
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return who judged."""
    del findings
    return f"Judged by {figure.judged_by}, not by this site."


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the sums of every domain."""
    return heard(title, "judgements of the risk of bias", items)


@dataclass(frozen=True)
class JudgementGrid:
    """Where the columns stand: ``left`` is their edge, ``cell`` the width of each in pixels."""

    left: float
    cell: float
    narrow: bool

    def middle(self, column: int) -> float:
        """Return the middle of a column."""
        return self.left + (column + 0.5) * self.cell


class Signs:
    """Draws round signs: all grounds first, so that no ground hides a mark drawn before it."""

    def __init__(self, sheet: Sheet) -> None:
        """Start with no sign on ``sheet``."""
        self.sheet = sheet
        self._marks: list[tuple[Judgement, float, float]] = []

    def draw(self, verdict: Judgement, x: float, y: float, **told: str) -> None:
        """Draw the ground of a sign around a point."""
        ground = "paper" if verdict.hollow else verdict.colour
        look = Look("path", ground, 1.25, _dash(verdict), outline=verdict.colour)
        self.sheet.path(circle(x, y, RADIUS), look, **told)
        self.sign(verdict, x, y)

    def sign(self, verdict: Judgement, x: float, y: float) -> None:
        """Draw only the mark of a sign, on the ground that is there."""
        self._marks.append((verdict, x, y))

    def finish(self) -> None:
        """Draw the marks: light on a filled ground, dark on a hollow one."""
        for verdict, x, y in self._marks:
            colour = verdict.colour if verdict.hollow else "paper"
            if verdict.sign == "question":
                self.sheet.write(x, y + 5, "?", Lettering("center", bold=True, colour=colour))
            else:
                path = SIGNS[verdict.sign].format(x, y)
                self.sheet.path(path, Look("path", "", 2, outline=colour))


def _dash(verdict: Judgement) -> tuple[int, ...]:
    return (3, 2) if verdict.hollow and verdict.sign in {"question", "dash"} else ()


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: heads, a row a study, sums, the order of the signs, who judged."""
    items = items_of(result)
    studies, domains = studies_of(items), domains_of(items)
    sheet, grid = Sheet(width), _grid(studies, len(domains), width)
    signs = Signs(sheet)
    heads = _heads(domains, dict(result.options.get("short", {})), grid)
    y = _draw_heads(sheet, heads, grid)
    for study in studies:
        y = _draw_row(signs, [item for item in items if item.label == study], grid, y)
    sheet.line((0, y), (grid.left + grid.cell * len(domains), y), "figure-muted")
    if len(studies) > 1:
        y = _draw_sums(signs, items, grid, y + 10)
    y = _draw_order(signs, items, y + 24)
    signs.finish()
    key = [f"{at} {domain}" for at, domain in enumerate(domains, 1)] if heads[0] == "1" else []
    for line in key if grid.narrow else filter(None, [", ".join(key)]):
        y = draw_lines(sheet, [line], 0, y, width)
    y = draw_lines(sheet, [result.axis], 0, y + 6, width)
    return sheet.specification(y - LINE + 6)


def _grid(studies: list[str], columns: int, width: int) -> JudgementGrid:
    if is_narrow(width):
        return JudgementGrid(0, min(width / columns, 64.0), narrow=True)
    label = min(max(text_width(study) for study in studies), WIDEST_LABEL) + 14
    return JudgementGrid(label, min((width - label) / columns, WIDEST_CELL), narrow=False)


def _heads(domains: list[str], short: dict[str, str], grid: JudgementGrid) -> list[str]:
    """Return the heads of the columns: whole, short, or numbers where words are too wide."""
    for heads in (domains, [short.get(domain, domain) for domain in domains]):
        words = [word for head in heads for word in head.split()]
        fits = all(text_width(word, SMALL_SIZE) <= grid.cell - CELL_PAD for word in words)
        if fits and max(len(_lines(head, grid)) for head in heads) <= MOST_LINES:
            return heads
    return [str(at) for at in range(1, len(domains) + 1)]


def _lines(words: str, grid: JudgementGrid) -> list[str]:
    return filled(words, grid.cell - CELL_PAD, SMALL_SIZE)


def _draw_heads(sheet: Sheet, heads: list[str], grid: JudgementGrid) -> float:
    written = [_lines(head, grid) for head in heads]
    tallest = max(len(lines) for lines in written)
    for column, lines in enumerate(written):
        for number, line in enumerate(lines):
            y = 12.0 + (tallest - len(lines) + number) * 16
            sheet.write(grid.middle(column), y, line, muted("center"))
    y = tallest * 16 + 4.0
    sheet.line((0, y), (grid.left + grid.cell * len(heads), y), "figure-muted")
    return y


def _draw_row(signs: Signs, cells: list[Item], grid: JudgementGrid, y: float) -> float:
    """Draw one study: its name beside its signs, or above them on a phone; return the next top."""
    sheet = signs.sheet
    room = sheet.width if grid.narrow else grid.left - 12
    lines = filled(cells[0].label, room)
    lines = [_fitting(line, room) for line in lines[:3]]
    if grid.narrow:
        high = NARROW_ROW + LINE * (len(lines) - 1)
        middle, first = y + high - 15, y + 18
    else:
        high = max(ROW, LINE * len(lines) + 8)
        middle = y + high / 2
        first = middle + 5 - LINE * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        sheet.write(0, first + LINE * number, line, ink())
    for column, item in enumerate(cells):
        x = grid.middle(column)
        told = {"label": item.label, "sentence": item.sentence}
        if item.part not in VERDICTS:
            box = f"M{x - 18:.1f},{middle - 11:.1f}h36v22h-36Z"
            sheet.path(box, Look("path", "paper"), **told)
            sheet.write(x, middle + 5, item.estimate_text, ink("center", bold=True))
            continue
        signs.draw(VERDICTS[item.part], x, middle, **told)
    end = grid.left + grid.cell * len(cells)
    sheet.line((0, y + high), (end, y + high))
    return y + high


def _draw_sums(signs: Signs, items: list[Item], grid: JudgementGrid, y: float) -> float:
    """Draw below each domain how its judgements divide, the first word at the bottom."""
    sheet, studies = signs.sheet, len(studies_of(items))
    sheet.write(0, y + (10 if grid.narrow else BAR_HIGH / 2 + 4), f"All {studies}", muted())
    y += LINE if grid.narrow else 0
    study_height = BAR_HIGH / studies
    for column, domain in enumerate(domains_of(items)):
        names = [item.part for item in items if item.group == domain]
        x, foot = grid.middle(column) - BAR_WIDE / 2, y + BAR_HIGH
        for name, verdict in VERDICTS.items():
            high = study_height * names.count(name)
            if not high:
                continue
            ground = "paper" if verdict.hollow else verdict.colour
            edge = verdict.colour if verdict.hollow else ""
            look = Look("path", ground, 1, _dash(verdict), outline=edge)
            box = f"M{x:.1f},{foot - high:.1f}h{BAR_WIDE}v{high - 1:.1f}h-{BAR_WIDE}Z"
            sheet.path(box, look)
            if high >= LEAST_SIGNED:  # so that no colour has to be told from another
                signs.sign(verdict, grid.middle(column), foot - high / 2 - 0.5)
            foot -= high
    return y + BAR_HIGH


def _draw_order(signs: Signs, items: list[Item], y: float) -> float:
    """Draw the signs in their order with their words; return the next base line."""
    there = {item.part for item in items}
    x = RADIUS + 1
    for name, verdict in VERDICTS.items():
        if name not in there:
            continue
        needed = RADIUS + 6 + text_width(verdict.word, SMALL_SIZE)
        if x > RADIUS + 1 and x + needed > signs.sheet.width:
            x, y = RADIUS + 1, y + 26
        signs.draw(verdict, x, y)
        signs.sheet.write(x + RADIUS + 6, y + 5, verdict.word, Lettering(size=SMALL_SIZE))
        x += needed + RADIUS + 18
    return y + 30


def _fitting(line: str, width: float) -> str:
    """Return a line whose one word is too long for its place with an ellipsis."""
    if text_width(line) <= width:
        return line
    while line and text_width(f"{line}…") > width:
        line = line[:-1]
    return f"{line}…"


KIND = FigureKind(
    name="judgements",
    sentence="For the risk of bias as somebody judged it: studies by domains.",
    missing=missing,
    items=items,
    axis=axis,
    table=matrix,
    alternative=alternative,
    chart=chart,
    roles=ROLES,
    options=("judged_by", "short"),
    unfit=unfit,
)
