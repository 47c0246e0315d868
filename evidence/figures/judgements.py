"""Risk of bias as somebody judged it: studies by domains, and who judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence.figures.figure_item import Item
from evidence.figures.kind import FigureKind, Missing, Role
from evidence.figures.tabular import chosen, sequence, word
from evidence.figures.verdict_chart import chart
from evidence.figures.verdicts import RISK_OF_BIAS, heard, known, matrix, verdict_item
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.results import Computed, FigureResult
from evidence.problems import did_you_mean

MOST_STUDIES, MOST_DOMAINS = 40, 8


def wrong(cell: str) -> tuple[str, str] | None:
    """Tell that no tool has the word of a cell, and which is the nearest."""
    if known(cell) in RISK_OF_BIAS:
        return None
    hint = did_you_mean(known(cell), RISK_OF_BIAS, f"Known: {', '.join(RISK_OF_BIAS)}.")
    return f"'{cell}' is not a judgement that is known", hint


ROLES = (
    Role("study", "the study that was judged"),
    Role("domain", "what was judged of it"),
    Role("judgement", f"the judgement: {', '.join(RISK_OF_BIAS)}", wrong=wrong),
)


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield unknown judgements, cells given twice or never, and too much for one picture."""
    if not figure.judged_by:
        hint = "Add 'judged-by: the authors of the review', for this site judges nothing itself."
        yield "kind", "nothing says who judged", hint
    study, domain = figure.columns["study"], figure.columns["domain"]
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
            name,
            domain_name,
            known(cells[name, domain_name][judgement]),
            source=source,
            locator=locator,
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


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return who judged."""
    return (result.axis,)


KIND = FigureKind(
    name="judgements",
    sentence="For the risk of bias as somebody judged it: studies by domains.",
    missing=missing,
    items=items,
    axis=axis,
    table=matrix,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
    roles=ROLES,
    options=("judged_by", "short"),
    unfit=unfit,
)
