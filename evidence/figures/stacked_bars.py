"""One bar a category, made of its series: counts, or shares of each category's own whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures import tabular
from evidence.figures.figure_item import MANY, Item, items_of, told
from evidence.figures.furniture import LINE, draw_lines, ink, is_narrow, muted
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import SMALL_SIZE, Lettering, Look
from evidence.figures.measures import AxisScale, text_width, wrapped
from evidence.figures.old_series import MOST, Series, draw_key, fitting, hatch, key_end, series_of
from evidence.figures.sheet import Sheet
from evidence.figures.table_counts import (
    NONE_HERE,
    Unfit,
    amount,
    axis_of,
    counts_of,
    digits,
    nothing_unfit,
    part_of,
    percent,
    read_in,
    total,
    whole_number,
    words_of,
    words_unfit,
)
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.results import Computed, FigureResult

MOST_BARS = 30
WIDEST_LABEL = 190
BAR = 22


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no rows of findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[Unfit]:
    """Yield too many bars or series, and shares of nothing."""
    yield from words_unfit(figure, rows, {"category": MOST_BARS, "series": MOST})
    yield from nothing_unfit(rows, figure.columns["value"])
    if len({row[figure.columns["series"]] for row in rows}) == 1:
        hint = "Choose 'ranking', which shows one number for each bar."
        yield "columns", f"'{figure.columns['series']}' has one word only", hint
    if figure.share:
        sums: dict[str, Decimal] = {}
        for row in rows:
            name = row[figure.columns["category"]]
            number = tabular.parsed(row[figure.columns["value"]]) or Decimal(0)
            sums[name] = sums.get(name, Decimal(0)) + number
        for name, number in sums.items():
            if not number:
                hint = "Leave the row out with 'where:'."
                yield "share", f"'{name}' is zero, and nothing has no shares", hint


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a part, bar by bar."""
    del computed
    counts = counts_of(figure, report, "series", "category")
    series = words_of(figure, report, "series", counts)
    sums: dict[str, Decimal] = {}
    for count in counts:
        word = count.words["category"]
        sums[word] = sums.get(word, Decimal(0)) + count.number
    categories = words_of(figure, report, "category", counts)
    if figure.order == "number":
        last = {count.words["category"] for count in counts if part_of(count, "category")}
        categories.sort(key=lambda word: (word in last, -sums[word]))
    counts.sort(
        key=lambda count: (
            categories.index(count.words["category"]),
            series.index(count.words["series"]),
        )
    )
    return tuple(_item(figure, report, count, series, sums[count.words["category"]])
                 for count in counts)  # fmt: skip


def _item(
    figure: Figure, report: Report, count: tabular.Count, series: list[str], whole: Decimal
) -> Item:
    category, word = count.words["category"], count.words["series"]
    number, written, said = count.number, digits(count.number), amount(count.number, figure)
    counted: dict[str, Any] = {}
    if figure.share:
        number, written = percent(count.number, whole)
        said = f"{written}, {digits(count.number)} of {amount(whole, figure)}"
        counted = {"events": whole_number(count.number), "n": whole_number(whole)}
        counted["counted"] = (digits(count.number), digits(whole))
        counted["count_text"] = " of ".join(counted["counted"])
    return Item(
        label=word,
        printed=written,
        sentence=f"{category}, {word}: {said}",
        group=category,
        estimate=number,
        estimate_text=written,
        part=part_of(count, "series"),
        rank=series.index(word),
        **counted,
        **read_in(figure, report),
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted, or of what the percentages are."""
    del findings
    if figure.share:
        unit = axis_of(figure).lower()
        return f"Percent of the {unit} of each row; n is the number of {unit}"
    return axis_of(figure)


def table(items: tuple[Item, ...]) -> Table:
    """Return one row a bar, with a column a series and their sum."""
    names = names_of(items)
    shares = any(item.count_text for item in items)
    rows = []
    for group in dict.fromkeys(item.group for item in items):
        here = {item.label: item for item in items if item.group == group}
        cells = [_cell(here[name]) if name in here else NONE_HERE for name in names]
        rows.append((group, *cells, whole_words(list(here.values()))))
    return ("", *names, "All" if not shares else "n"), tuple(rows)


def _cell(item: Item) -> str:
    return f"{item.estimate_text} ({item.counted[0]})" if item.counted else item.estimate_text


def names_of(items: tuple[Item, ...]) -> list[str]:
    """Return the names of the series in their order."""
    return list(dict.fromkeys(item.label for item in sorted(items, key=lambda item: item.rank)))


def whole_words(bar: list[Item]) -> str:
    """Return the sum of a bar as it is printed, or the whole of which it shows shares."""
    if bar[0].counted:
        return bar[0].counted[1]
    return digits(total(bar))


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the bars in words: every part of few, else the sums of the bars."""
    names = ", ".join(names_of(items))
    drawn = f"The figure shows one bar for each row, made of {names}."
    if len(items) <= MANY:
        return told(title, drawn, items)
    bars: dict[str, list[Item]] = {}
    for item in items:
        bars.setdefault(item.group, []).append(item)
    said = []
    for group, bar in list(bars.items())[:MANY]:
        most = max(bar, key=lambda item: item.estimate or 0)
        part = "most" if any(item.estimate for item in bar if item is not most) else "all"
        said.append(f"{group}: {whole_words(bar)}, {part} of them {most.label}, {most.printed}.")
    rest = f"{len(bars) - MANY} more rows. " if len(bars) > MANY else ""
    closing = f"{rest}The table beside it lists all {len(items)} numbers."
    return f"{title.rstrip('.')}. {drawn} {' '.join(said)} {closing}"


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: names of the series above, then one bar a row."""
    items = items_of(result)
    series = series_of(items, ordered=bool(result.options.get("ordered")))
    shares = bool(result.options.get("share"))
    bars = [
        [item for item in items if item.group == group]
        for group in dict.fromkeys(item.group for item in items)
    ]
    sheet, narrow = Sheet(width), is_narrow(width)
    ends = [f"n = {whole_words(bar)}" if shares else whole_words(bar) for bar in bars]
    label = min(max(text_width(bar[0].group) for bar in bars), WIDEST_LABEL)
    room = max(text_width(words, bold=True) for words in ends) + 10
    longest = 100.0 if shares else max(float(total(bar)) for bar in bars)
    across = (
        AxisScale(0, longest, 0, width)
        if narrow
        else AxisScale(0, longest, label + 14, width - room)
    )
    y = draw_lines(sheet, [result.axis], 0, key_end(series, width, 14) + 6, width) - 6
    for bar, words in zip(bars, ends, strict=True):
        y = _draw_bar(sheet, bar, series, across, (words, y))
    draw_key(sheet, series, 14)
    return sheet.specification(y)


def _draw_bar(
    sheet: Sheet,
    bar: list[Item],
    series: list[Series],
    across: AxisScale,
    placed: tuple[str, float],
) -> float:
    """Draw one bar with its name and sum below ``placed``; return where it ends."""
    words, y = placed
    narrow = is_narrow(sheet.width)
    room = sheet.width - text_width(words, bold=True) - 10 if narrow else across.start - 12
    lines = wrapped(bar[0].group, room)
    beyond = 0.0 if narrow else max(0.0, LINE * len(lines) - BAR) / 2
    top = y + (LINE * len(lines) + 5 if narrow else beyond)
    first = y + 14 if narrow else top + BAR / 2 + 5 - LINE * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        sheet.write(0, first + number * LINE, line, ink())
    base = 0.0
    for item in bar:
        its_series = next(one_series for one_series in series if one_series.word == item.label)
        _draw_part(sheet, item, its_series, across, (base, top))
        base += float(item.estimate or 0)
    if words.startswith("n ="):
        sheet.write(sheet.width, first if narrow else top + 16, words, muted("right"))
    elif narrow:
        sheet.write(sheet.width, first, words, ink("right", bold=True))
    else:
        sheet.write(across.at(base) + 8, top + 16, words, ink(bold=True))
    return top + BAR + beyond + (14 if narrow else 10)


def _draw_part(
    sheet: Sheet, item: Item, series: Series, across: AxisScale, corner: tuple[float, float]
) -> None:
    base, top = corner
    end = base + float(item.estimate or 0)
    if end == base:
        return
    mark = {"x": base, "x2": end, "y": top, "y2": top + BAR}
    sheet.mark(series.look, mark | {"label": item.label, "sentence": item.sentence}, across)
    box = (across.at(base), top, across.at(end), top + BAR)
    room = fitting(item.estimate_text, box)
    middle = (box[0] + box[2]) / 2
    if series.unstated:
        hatch(sheet, box)
        if room:
            half = text_width(item.estimate_text, SMALL_SIZE) / 2 + 3
            behind = {"x": middle - half, "x2": middle + half, "y": top + 3, "y2": top + BAR - 3}
            sheet.mark(Look("bar", "paper"), behind)
    if room:
        lettering = Lettering("center", colour=series.letters, size=SMALL_SIZE)
        sheet.write(middle, top + 16, item.estimate_text, lettering)


KIND = FigureKind(
    name="stacked-bars",
    sentence="One bar a category from a table, made of its series; counts, or shares of each bar.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    roles=(
        Role("category", "what each bar stands for"),
        Role("series", "what the bars are made of"),
        Role("value", "the number of each part", number=True),
    ),
    options=("unit", "ordered", "order", "share"),
    unfit=unfit,
)
