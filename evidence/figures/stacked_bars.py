"""One bar a category, made of its series: counts, or shares of each category's own whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures import tabular
from evidence.figures.bars import Bars, bars_of
from evidence.figures.figure_item import MANY, Item, groups_of, items_of, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import SMALL_SIZE, is_narrow
from evidence.figures.measures import text_width
from evidence.figures.rows import ROW, RowWords, WordColumn, layers
from evidence.figures.series import (
    KEY,
    MOST,
    UNSTATED,
    Series,
    hatched,
    key_above,
    key_layers,
    painted,
    series_of,
)
from evidence.figures.series import told as told_series
from evidence.figures.table_counts import (
    NONE_HERE,
    Unfit,
    amount,
    axis_of,
    counts_of,
    digits,
    nothing_unfit,
    part_of,
    percents,
    read_in,
    total,
    whole_number,
    words_of,
    words_unfit,
)
from evidence.figures.theme import (
    PAPER,
    Chart,
    Values,
    alt,
    heard,
    kept,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.results import Computed, FigureResult

MOST_BARS = 30
WHOLE = "whole"


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
    wholes = [sums[count.words["category"]] for count in counts]
    shares = percents([(count.number, whole) for count, whole in zip(counts, wholes, strict=True)])
    return tuple(
        _item(figure, report, count, series.index(count.words["series"]), (whole, *share))
        for count, whole, share in zip(counts, wholes, shares, strict=True)
    )


def _item(
    figure: Figure,
    report: Report,
    count: tabular.Count,
    rank: int,
    of: tuple[Decimal, Decimal, str],
) -> Item:
    """Return the item of one part; ``of`` is its whole, and its share of it, also in words."""
    whole, share, share_words = of
    category, word = count.words["category"], count.words["series"]
    number, written, said = count.number, digits(count.number), amount(count.number, figure)
    counted: dict[str, Any] = {}
    if figure.share:
        number, written = share, share_words
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
        rank=rank,
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
    groups = [[item for item in items if item.group == group] for group in groups_of(items)]
    shares = bool(result.options.get("share"))
    bars = _bars(result, groups, width)
    values = _placed(result, groups, bars)
    key, high = key_above(series, width)
    key = [{**row, "y": round(row["y"] - high - bars.titled - 8, 1)} for row in key]
    with unchecked():
        drawn = alt.layer(
            *_parts(bars, series, {item.part for item in items}),
            *_numbers(bars, series),
            *([] if shares else _wholes(bars)),
            *layers(bars.layout, []),
            *key_layers(series, key),
            width=width,
            height=bars.height,
        )
        words = bars.layout.words
        words = words if shares else [{**word, WHOLE: None} for word in words]
        datasets = {"items": values, KEY: key, "words": words}
        return specification(drawn, result, datasets, told_series(series))


def _bars(result: FigureResult, groups: list[list[Item]], width: int) -> Bars:
    """Return where the bars lie; shares are parts of 100, whose whole stands at the right."""
    shares = bool(result.options.get("share"))
    wholes = [f"n = {whole_words(bar)}" if shares else whole_words(bar) for bar in groups]
    lines = [
        RowWords(bar[0].group, {WHOLE: words}) for bar, words in zip(groups, wholes, strict=True)
    ]
    at_right = shares or is_narrow(width)
    room = 0 if at_right else max(text_width(words, bold=True) for words in wholes) + 10
    longest = 100.0 if shares else max(float(total(bar)) for bar in groups)
    columns = [WordColumn(WHOLE, "", bold=not shares)] if at_right else []
    return bars_of(lines, columns, width, longest, room, result.axis)


def _placed(result: FigureResult, groups: list[list[Item]], bars: Bars) -> Values:
    """Return the items, each with the row of its bar, that of its name, and if its number fits."""
    layout = bars.layout
    named_at = [word[ROW] for word in layout.words if WHOLE in word] or layout.rows
    rows = {bar[0].group: place for bar, *place in zip(groups, layout.rows, named_at, strict=True)}
    return [
        {
            **value,
            "row": rows[value["group"]][0],
            "named-at": rows[value["group"]][1],
            "fits": text_width(value["printed"], SMALL_SIZE) + 6
            <= value["estimate"] * bars.pixels[0],
        }
        for value in values_of(result)
    ]


def _stacked() -> Chart:
    """Return the parts that readers have not left out, each with where it begins and ends."""
    return (
        named()
        .transform_filter(kept("label"))
        .transform_stack(stack="estimate", groupby=["group"], as_=["low", "high"])
        .transform_filter("datum.estimate > 0")
    )


def _parts(bars: Bars, series: list[Series], parts: set[str]) -> Iterator[Chart]:
    """Yield the parts of the bars, and the hatching of what nobody states."""
    yield (
        _stacked()
        .mark_bar(**bars.marked(strokeWidth=0.75))
        .encode(
            x=bars.across("low:Q"),
            x2=alt.X2("high:Q"),
            y=bars.layout.row(),
            **painted(series),
            **heard(),
        )
    )
    if UNSTATED in parts:
        yield hatched(
            _stacked().transform_filter(f"datum.part === '{UNSTATED}'"),
            ("datum.low", "datum.high", *bars.edges()),
            bars.pixels,
            bars.across,
            bars.layout.row,
        )


def _numbers(bars: Bars, series: list[Series]) -> Iterator[Chart]:
    """Yield the numbers in the parts that have room for them; one on hatching clears its place."""
    fitting = (
        _stacked()
        .transform_filter("datum.fits")
        .transform_calculate(middle="(datum.low + datum.high) / 2")
    )
    written = {"aria": False, "fontSize": SMALL_SIZE}
    place = {
        "x": bars.across("middle:Q"),
        "y": bars.layout.row(),
        "text": alt.Text("printed", type="nominal"),
    }
    cleared = fitting.transform_filter(f"datum.part === '{UNSTATED}'")
    yield cleared.mark_text(**written, stroke=PAPER, strokeWidth=5).encode(**place)
    letters = alt.Scale(
        domain=[one_series.word for one_series in series],
        range=[one_series.letters for one_series in series],
    )
    colour = alt.Color("label", type="nominal", scale=letters, legend=None)
    yield fitting.mark_text(**written).encode(**place, color=colour)


def _wholes(bars: Bars) -> Iterator[Chart]:
    """Yield what each bar comes to: at its end, or at the right of its name on a phone."""
    whole = _stacked().transform_aggregate(whole="sum(estimate)", groupby=["row", "named-at"])
    style = {"aria": False, "fontWeight": "bold"}
    text = alt.Text("whole:Q", format=",~f")
    if bars.narrow:
        place = {"x": alt.value(bars.layout.width), "y": bars.layout.row("named-at")}
        yield whole.mark_text(align="right", **style).encode(**place, text=text)
    else:
        place = {"x": bars.across("whole:Q"), "y": bars.layout.row()}
        yield whole.mark_text(align="left", dx=8, **style).encode(**place, text=text)


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
