"""How a study flow is drawn: a box a step, arrows down, and arrows aside to what leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.furniture import LINE, ink, is_narrow, muted
from evidence.figures.lettering import filled, text_width
from evidence.figures.look import SMALL_SIZE, Align, Lettering, Look
from evidence.figures.sheet import Sheet
from evidence.numbers.results import FigureResult

STEP, LEAVES, GAP = "step", "leaves", "gap"
PAD = 10.0
DOWN = 30.0  # from one step to the next where nothing leaves
DASH = (4, 3)
Box = tuple[float, float, float, float]  # left, top, width, height in pixels


@dataclass(frozen=True)
class Lane:
    """Where boxes of one sort stand: from ``left``, ``width`` pixels wide."""

    left: float
    width: float


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: steps in one lane, what leaves in another to its right."""
    narrow = is_narrow(width)
    steps = Lane(1, width - 2) if narrow else Lane(1, 330)
    aside = Lane(52, width - 53) if narrow else Lane(388, width - 389)
    spine = 22.0 if narrow else steps.left + steps.width / 2
    sheet = Sheet(width)
    y, group = 1.0, ""
    runs = _runs(items_of(result))
    for number, (step, leaving) in enumerate(runs):
        if step.group and step.group != group:
            y = _draw_group(sheet, step.group, y, spine if number else None, steps)
            group = step.group
        last = number == len(runs) - 1
        y = _draw_box(sheet, step, steps, y, last=last)
        if last:
            break
        start, y = y, y + (14 if leaving else 0)
        for item in leaving:
            end = _draw_box(sheet, item, aside, y, last=False)
            middle = (y + end) / 2
            _arrow(sheet, (spine, middle), (aside.left, middle), dashed=GAP in item.part)
            y = end + 6
        y = y + 16 if leaving else start + DOWN
        following = runs[number + 1][0]
        if following.group and following.group != group:
            _line(sheet, (spine, start), (spine, y), dashed=GAP in following.part)
        else:
            _arrow(sheet, (spine, start), (spine, y), dashed=GAP in following.part)
    return sheet.specification(y + 2)


def _runs(shown: list[Item]) -> list[tuple[Item, list[Item]]]:
    """Return each step with what leaves after it."""
    runs: list[tuple[Item, list[Item]]] = []
    for item in shown:
        if item.part.startswith(LEAVES):
            runs[-1][1].append(item)
        else:
            runs.append((item, []))
    return runs


def _draw_group(sheet: Sheet, words: str, y: float, spine: float | None, lane: Lane) -> float:
    """Write what the next steps are part of, and lead the arrow past it; return where they begin."""
    after = 0.0 if spine is None or spine > lane.left + 40 else 14.0
    room = (
        lane.width - after
        if spine is None
        else lane.width / 2 - 12
        if not after
        else lane.width - 40
    )
    left = lane.left + (spine or 0) * bool(after) + (12 if after else 0)
    lines = filled(words, room, SMALL_SIZE)
    for number, line in enumerate(lines):
        sheet.write(left, y + 12 + number * LINE, _fitting(line, room), muted())
    end = y + LINE * len(lines) + 3
    if spine is not None:
        _arrow(sheet, (spine, y), (spine, end), dashed=False)
    return end


def _draw_box(sheet: Sheet, item: Item, lane: Lane, y: float, *, last: bool) -> float:
    """Draw one box with its label and number; return where it ends."""
    gap = GAP in item.part
    number = text_width(item.estimate_text, bold=not gap)
    room = lane.width - 3 * PAD - number
    beside = room >= 110
    lines = filled(item.label, room if beside else lane.width - 2 * PAD)
    lines = [_fitting(line, room if beside else lane.width - 2 * PAD) for line in lines]
    high = LINE * (len(lines) + (0 if beside else 1)) + 11
    leaves = item.part.startswith(LEAVES)
    look = Look(
        "path",
        "paper",
        2 if last else 1,
        DASH if gap else (),
        outline="figure-muted" if leaves or gap else "figure-ink",
    )
    path = f"M{lane.left:.1f},{y:.1f}h{lane.width:.1f}v{high:.1f}h-{lane.width:.1f}Z"
    sheet.path(path, look, label=item.label, sentence=item.sentence)
    for at, line in enumerate(lines):
        sheet.write(lane.left + PAD, y + 18 + at * LINE, line, ink())
    align: Align = "right" if beside else "left"
    x = lane.left + lane.width - PAD if beside else lane.left + PAD
    base = y + 18 + (0 if beside else LINE * len(lines))
    lettering = Lettering(align, colour="figure-muted") if gap else ink(align, bold=True)
    sheet.write(x, base, item.estimate_text, lettering)
    return y + high


def _fitting(line: str, width: float) -> str:
    """Return a line whose one word is too long for its place with an ellipsis."""
    if text_width(line) <= width:
        return line
    while line and text_width(f"{line}…") > width:
        line = line[:-1]
    return f"{line}…"


def _line(
    sheet: Sheet, start: tuple[float, float], end: tuple[float, float], *, dashed: bool
) -> None:
    sheet.line(start, end, "figure-muted", 1.25, DASH if dashed else ())


def _arrow(
    sheet: Sheet, start: tuple[float, float], end: tuple[float, float], *, dashed: bool
) -> None:
    """Draw an arrow that goes down or to the right."""
    _line(sheet, start, end, dashed=dashed)
    x, y = end
    if end[0] == start[0]:
        head = f"M{x:.1f},{y:.1f}L{x - 4:.1f},{y - 7:.1f}L{x + 4:.1f},{y - 7:.1f}Z"
    else:
        head = f"M{x:.1f},{y:.1f}L{x - 7:.1f},{y - 4:.1f}L{x - 7:.1f},{y + 4:.1f}Z"
    sheet.path(head, Look("path", "figure-muted"))
