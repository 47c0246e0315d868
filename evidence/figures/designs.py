"""What the design of each study lets one conclude: facts, study by study, and no rating."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.figures.figure_item import Item
from evidence.figures.kind import FigureKind, Missing
from evidence.figures.resolved import Resolved, resolved
from evidence.figures.verdict_chart import chart
from evidence.figures.verdicts import NUMBER, heard, matrix, verdict_item
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.numbers.quantity import number_text
from evidence.numbers.results import Computed, FigureResult

MOST = 40
PEOPLE = {"people", "patients", "participants", "children", "adults", "volunteers"}
NOT_STATED_KINDS = {"not-stated", "registered-trial"}
NO_GROUPS = {"systematic-review", "review", "registry-analysis", "regulatory-history", "letter"}
CONTROLS = {"none": "no", "historical": "in-part"} | {
    name: name for name in ("not-stated", "not-applicable")
}
BLINDING = {"double": "yes", "single": "in-part", "open": "no"} | {
    name: name for name in ("not-stated", "not-applicable")
}
SCRAPS = ("abstract", "title")


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield rows that are no number of people, studies named twice, and too many rows."""
    seen = set()
    for position, row in enumerate(figure.rows):
        study = row.finding.partition("/")[0]
        if people(findings[row.finding]) is None:
            hint = "Name the finding that says how many people took part."
            yield position, f"'{row.finding}' is not a number of people", hint
        if study in seen:
            yield position, f"the study '{study}' stands here twice", "Keep one row for each study."
        seen.add(study)
    if len(figure.rows) > MOST:
        message = f"{len(figure.rows)} studies are too many; at most {MOST} fit"
        yield len(figure.rows) - 1, message, "Make several figures."


def people(finding: Finding) -> Decimal | None:
    """Return how many people a finding counts, if it does."""
    if finding.value is not None and finding.unit in PEOPLE:
        return finding.value if finding.value >= 0 else None
    return Decimal(finding.n) if finding.value is None and finding.n is not None else None


def randomised(study: Study) -> str:
    """Return whether chance made the groups."""
    if study.design.kind == "randomised-controlled-trial":
        return "yes"
    if study.design.kind in NOT_STATED_KINDS:
        return "not-stated"
    return "not-applicable" if study.design.kind in NO_GROUPS else "no"


def read_in_full(source: Source) -> str:
    """Return whether the whole text was read here, or only parts of it."""
    whole = [reading for reading in source.reading if reading.extent == "whole"]
    if any(
        "full text" in reading.part.lower() or "whole" in reading.part.lower() for reading in whole
    ):
        return "yes"
    more = [reading for reading in source.reading if not reading.part.lower().startswith(SCRAPS)]
    return "in-part" if more else "no"


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return the cells of each study: people, control group, chance, blinding, reading."""
    rows = resolved(figure, report, computed)
    return tuple(item for row in rows for item in _cells(row, report))


def _cells(row: Resolved, report: Report) -> list[Item]:
    study, source = row.study, report.sources[row.study.described_in.source]
    words = number_text(people(row.finding) or Decimal(0))
    number = Item(
        label=row.label,
        printed=words,
        sentence=f"{row.label}, people: {words}",
        group="People",
        address=row.row.finding,
        source=row.source,
        locator=row.finding.locator,
        estimate=people(row.finding),
        estimate_text=words,
        part=NUMBER,
    )
    facts = {
        "Control group": CONTROLS.get(study.design.control, "yes"),
        "Randomised": randomised(study),
        "Blinded": BLINDING[study.design.blinding],
        "Read here in full": read_in_full(source),
    }
    read = {"source": source.short, "locator": study.described_in.locator}
    return [number, *(verdict_item(row.label, fact, name, **read) for fact, name in facts.items())]


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what the signs are."""
    del figure, findings
    return "Facts of design as the sources read state them, not a rating."


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the sums of every fact."""
    return heard(title, "facts of design", items)


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return that nothing is rated."""
    return (result.axis,)


KIND = FigureKind(
    name="designs",
    sentence="For what the designs of studies let one conclude: facts of each study, in rows.",
    missing=missing,
    items=items,
    axis=axis,
    table=matrix,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
)
