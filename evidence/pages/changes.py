"""A page for each export that was compared with the one before: what changed in the registry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from evidence.model.base import parse_partial_date
from evidence.model.export import Export
from evidence.model.registry_changes import RECRUITING, counted, recruiting
from evidence.model.registry_record import ChangedField, RegistryChange
from evidence.model.report import Report
from evidence.model.trial import trial_id
from evidence.numbers.registry_counts import title
from evidence.pages.view import Crumb, Planned, View, Workshop

FIELD_TITLES: dict[ChangedField, str] = {
    "status": "Status",
    "phase": "Phase",
    "enrolment": "People",
    "start": "Start",
    "completion": "Completion",
    "results": "Results posted",
    "countries": "Countries",
}
NOTHING = {"results": "none"}  # what an empty cell means; elsewhere that the record does not say
MOST_LINES = 1_000  # of one table on the page: the file has all


@dataclass(frozen=True)
class ChangeLine:
    """One change as it is printed: the record, its trial's name and page if it has one, and what changed."""

    record: str
    name: str
    address: str | None
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeTable:
    """Changes of one kind: an anchor, a heading, its lines, and how many lines there are in all."""

    id: str
    heading: str
    columns: tuple[str, ...]
    lines: tuple[ChangeLine, ...]
    total: int


def address_of(export: Export) -> str:
    """Return the address of the page of an export's changes."""
    return f"registry/{export.id}/changes.html"


def title_of(export: Export) -> str:
    """Return the name of that page, as plain text."""
    base = export.compared_with
    since = base.exported.words if base else ""
    return f"What changed in the registry, {since} to {export.exported.words}"


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield a page for each export that was compared."""
    for export in workshop.report.exports.values():
        if export.compared_with:
            # The records of the newest export of a search are trials, each with its page
            is_shown = _is_newest(workshop.report, export)
            here = [change.id for change in export.changes if change.change != "gone"]
            names = tuple(dict.fromkeys(map(trial_id, here))) if is_shown else ()
            view = partial(_changes, workshop, export)
            yield Planned(address_of(export), title_of(export), view, names=names)


def _is_newest(report: Report, export: Export) -> bool:
    later = (
        (other.exported.first_day, other.id)
        for other in report.exports.values()
        if other.origin == export.origin
    )
    return max(later) == (export.exported.first_day, export.id)


def _changes(workshop: Workshop, export: Export) -> View:
    address = address_of(export)
    writer = workshop.writer(address)
    name = title_of(export)
    base = export.compared_with
    earlier = workshop.report.exports.get(base.export) if base else None
    kinds, fields = counted(export.changes)
    now, no_longer = recruiting(export.changes)
    here = f"registry/{export.id}.html"
    return View(
        address=address,
        template="changes.html",
        kind="changes",
        name=name,
        title=writer.inline(name),
        description="Which records of a trial registry are new, gone or changed since the export before.",
        writer=writer,
        kicker="Registry export",
        crumbs=(
            Crumb("Home", "index.html"),
            Crumb("Registry export", here),
            Crumb("What changed", None),
        ),
        dated=export.exported,
        broad=True,
        content={
            "export": export,
            "export_address": here,
            "earlier_address": f"registry/{earlier.id}.html" if earlier else "",
            "kinds": kinds,
            "now": len(now),
            "no_longer": len(no_longer),
            "fields": [(FIELD_TITLES[field], number) for field, number in fields.items()],
            "unknown": [FIELD_TITLES[field] for field in base.not_compared] if base else [],
            "rules": (earlier.rules.version, export.rules.version) if earlier else None,
            "source": workshop.report.vocabularies.wording.source,
            "tables": [table for table in _tables(workshop, export) if table.total],
        },
    )


def _tables(workshop: Workshop, export: Export) -> Iterator[ChangeTable]:
    """Yield what matters to patients first: what is recruiting now, and what no longer is."""
    status = [change for change in export.changes if change.field == "status"]
    by_kind = {
        kind: [change for change in export.changes if change.change == kind]
        for kind in ("new", "gone", "changed")
    }
    both = ("Field", "Before", "Now")
    parts: tuple[tuple[str, str, tuple[str, ...], Sequence[RegistryChange]], ...] = (
        ("recruiting", "Recruiting now, and not before", ("Before", "Now"), [c for c in status if c.after == RECRUITING]),
        ("no-longer", "No longer recruiting", ("Before", "Now"), [c for c in status if c.before == RECRUITING]),
        ("new", "New in the registry's answer", ("Now",), by_kind["new"]),
        ("gone", "Gone from it", ("Before",), by_kind["gone"]),
        ("changed", "Changed", both, by_kind["changed"]),
    )  # fmt: skip
    for anchor, heading, columns, changes in parts:
        lines = tuple(_line(workshop, change) for change in changes[:MOST_LINES])
        yield ChangeTable(anchor, heading, columns, lines, len(changes))


def _line(workshop: Workshop, change: RegistryChange) -> ChangeLine:
    trial = workshop.report.trials.get(trial_id(change.id))
    before, after = (_printed(workshop, change, cell) for cell in (change.before, change.after))
    if change.change == "new":
        before = "not in the answer"
    if change.change == "gone":
        after = "not in the answer"
    return ChangeLine(
        change.id,
        trial.name if trial else "",
        trial.address if trial else None,
        FIELD_TITLES[change.field],
        before,
        after,
    )


def _printed(workshop: Workshop, change: RegistryChange, cell: str | None) -> str:
    """Return a value as it is printed: by the closed lists, and dates in words."""
    words = workshop.report.vocabularies
    if cell is None:
        return NOTHING.get(change.field, "not stated")
    if change.field == "countries":
        names = {country.code: country.title for country in words.countries.values()}
        return ", ".join(names.get(code, code) for code in cell.split("; "))
    if change.field in {"status", "phase"}:
        return title(words, change.field, cell)
    if change.field in {"start", "completion", "results"} and cell[:1].isdigit():
        return parse_partial_date(cell).words
    return cell
