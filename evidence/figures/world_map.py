"""A table of counts by country as a map: darker where there are more, and what has no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from evidence.figures.figure_item import Item, items_of, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.tabular import Count, counts, parsed
from evidence.figures.world import has_place, names
from evidence.figures.world_map_chart import chart, listed
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.former_countries import FORMER
from evidence.model.report import Report
from evidence.numbers.quantity import number_text, with_unit
from evidence.numbers.results import Computed, FigureResult
from evidence.problems import did_you_mean

NOT_CODES = {"", "not-stated", "unclassified", "several", "several-countries"}
NO_COUNTRY = "No country stated"
ROLES = (
    Role(
        "code", "the country, as its three letters in ISO 3166-1; empty if there is no one country"
    ),
    Role("value", "how many", number=True),
    Role("name", "what the country is called", optional=True),
)
TERRITORIES = (
    "Territories with a code of their own in ISO 3166, such as French Guiana, are counted and drawn "
    "apart from their country."
)
ABOUT = (
    "Borders are those of Natural Earth and take no side; disputed territories are drawn as there. "
    "Small countries are circles. Antarctica is left out."
)


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield codes that no country has, and tables without a number to show."""
    code, value = figure.columns["code"], figure.columns["value"]
    for row in rows:
        number = parsed(row[value])
        if number is not None and number != number.to_integral_value():
            hint = "The classes of the map are whole numbers: show shares in a ranking instead."
            yield "table", f"'{row[value]}' is not a whole number of {value}", hint
    unknown = dict.fromkeys(row[code] for row in rows if not _stands_alone(row[code], figure))
    for cell in unknown:
        if cell not in names():
            hint = "Codes are the three capital letters of ISO 3166-1, such as FRA."
            message = f"'{cell}' is not the code of a country"
            yield "table", message, did_you_mean(cell.upper(), names(), hint)
        elif not has_place(cell):
            hint = "Leave it out with 'where:', and say so in the note."
            yield "table", f"'{cell}', {names()[cell]}, is not on the map", hint
    if not any((parsed(row[value]) or 0) > 0 and row[code] in names() for row in rows):
        hint = "A map needs one country with a number above zero."
        yield "table", "no country in this table has a number to show", hint


def _stands_alone(code: str, figure: Figure) -> bool:
    """Tell whether a cell stands for no one country of today."""
    return (
        code in NOT_CODES
        or (code in FORMER and code not in names())
        or (code in figure.labels and code not in names())
    )


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a country, most first, then what has no one country."""
    del computed
    source = report.sources[figure.read_in.source].short if figure.read_in else ""
    locator = figure.read_in.locator if figure.read_in else ""
    countries = []
    for count in counts(figure, report):
        code = count.cells["code"]
        alone = _stands_alone(code, figure)
        label, words = _name(count, code), number_text(count.number)
        countries.append(
            Item(
                label=label,
                printed=words,
                sentence=f"{label}: {with_unit(count.number, unit_of(figure))}",
                source=source,
                locator=locator,
                estimate=count.number,
                estimate_text=words,
                part="" if alone else code,
            )
        )
    return tuple(
        sorted(countries, key=lambda item: (not item.part, -(item.estimate or 0), item.label))
    )


def unit_of(figure: Figure) -> str:
    """Return what is counted, in the plural."""
    return figure.unit or figure.columns["value"]


def _name(count: Count, code: str) -> str:
    written = count.words.get("name") or count.words["code"]
    known = names().get(code) or FORMER.get(code)
    if known is not None and written in {code, ""}:
        return known
    return written[:1].upper() + written[1:] if written else NO_COUNTRY


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted."""
    del findings
    return f"Number of {unit_of(figure)}"


def table(items: tuple[Item, ...]) -> Table:
    """Return country, code and number."""
    rows = tuple((item.label, item.part or "none", item.estimate_text) for item in items)
    return ("Country", "Code", "Number"), rows


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return how many countries there are, the most frequent, and what has no country."""
    there = [item for item in items if item.part]
    total = sum((item.estimate or Decimal(0) for item in items), Decimal(0))
    drawn = "The figure shows a map of the world, darker where the number is higher."
    if len(items) <= 8:
        return told(title, drawn, items)
    rest = [item for item in items if not item.part]
    first = "; ".join(item.sentence for item in there[:5])
    without = f" Not on the map: {'; '.join(item.sentence for item in rest)}." if rest else ""
    return (
        f"{title.rstrip('.')}. {drawn} It has {len(there)} countries; all numbers together make "
        f"{number_text(total)}. Most: {first}.{without} "
        f"The table beside it lists all {len(items)}."
    )


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what has no place on the map, how territories are counted, and whose borders these are."""
    rest = [item for item in items_of(result) if not item.part]
    return (*([f"Not on the map: {listed(rest)}."] if rest else ()), TERRITORIES, ABOUT)


KIND = FigureKind(
    name="world-map",
    sentence="For counts by country: where in the world, and what has no one country.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
    roles=ROLES,
    options=("unit",),
    unfit=unfit,
)
