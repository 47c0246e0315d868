"""An export compared with the one before of the same search: what is kept of it, and what is printed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.model.columns import columns_of
from evidence.model.export import Origin
from evidence.model.registry_changes import (
    RegistryDifference,
    compared,
    counted,
    recruiting,
    resorted,
)
from evidence.model.registry_record import RegistryChange, RegistryRecord
from evidence.problems import Place, ProblemsFoundError, did_you_mean
from evidence.read.registered import COLUMNS, content_of_record, written_origin
from evidence.read.yaml_file import read_yaml
from evidence.registry.record import finding, quoted
from evidence.registry.storing import CHANGES, PROVENANCE, RECORDS, provenance_of, records_of, store

FOLDER = "data/registry"
CHANGE_COLUMNS = tuple(column.name for column in columns_of(RegistryChange))
MOST_LISTED = 20  # of a kind: the file has all


@dataclass(frozen=True)
class KeptExport:
    """An export that is there: its name, its provenance as it stands in the file, and its folder."""

    name: str
    facts: Mapping[str, Any]
    folder: Path

    @property
    def day(self) -> str:
        """Return the day of the export: 2022-10-07."""
        return str(self.facts.get("exported"))

    @property
    def origin(self) -> Origin:
        """Return what was asked for, and of which registries: exports of one origin can be compared."""
        return written_origin(self.facts)

    @property
    def rules(self) -> tuple[str, str]:
        """Return the version and the SHA-256 of the rules that sorted its records."""
        rules = self.facts.get("rules")
        known = rules if isinstance(rules, dict) else {}
        return str(known.get("version")), str(known.get("sha-256"))

    def rows(self) -> list[list[str]]:
        """Return the lines of its records; raise ProblemsFoundError when they are not sound."""
        try:
            text = (self.folder / RECORDS).read_text("utf-8")
            header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
            list(records_in(rows))
        except (OSError, ValueError, csv.Error):
            header, rows = [], []
        if tuple(header) == COLUMNS:
            return rows
        message = "the records of this export are not sound, and cannot be compared"
        hint = "'python build.py check' says what is wrong; import that export again."
        place = Place(f"{FOLDER}/{self.name}/{RECORDS}")
        raise ProblemsFoundError([finding("export-readable", place, message, hint)])


@dataclass(frozen=True)
class ComparedExport:
    """An export compared with the ``earlier`` one; ``resorted`` is empty where the rules are the same."""

    name: str
    day: str
    earlier: KeptExport
    comparison: RegistryDifference
    rules: tuple[str, str]
    resorted: Mapping[str, int]

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the provenance says of the comparison."""
        facts: dict[str, Any] = {"export": self.earlier.name, "exported": self.earlier.day}
        if self.comparison.unknown:
            facts["not-compared"] = list(self.comparison.unknown)
        return facts


def records_in(rows: Iterable[Sequence[str]]) -> Iterator[RegistryRecord]:
    """Yield the record of each line of a table of records; raise ValueError for one that is none."""
    for row in rows:
        cells = dict(zip(COLUMNS, row, strict=True))
        yield RegistryRecord.model_validate(content_of_record(cells))


def kept_exports(root: Path) -> list[KeptExport]:
    """Return every export of the project, the oldest first; of one day by name."""
    exports = []
    for file in (root / FOLDER).glob(f"*/{PROVENANCE}"):
        try:
            facts = read_yaml(file.name, file.read_text("utf-8")).content
        except (OSError, ValueError):
            continue  # a build says what is wrong with it
        if isinstance(facts, dict):
            exports.append(KeptExport(file.parent.name, facts, file.parent))
    return sorted(exports, key=lambda export: (export.day, export.name))


def with_earlier(
    root: Path, name: str, facts: Mapping[str, Any], rows: Callable[[], Iterable[Sequence[str]]]
) -> ComparedExport | None:
    """Return an export compared with the newest earlier one of the same search; None without one."""
    own = KeptExport(name, facts, root / FOLDER / name)
    before = [
        export
        for export in kept_exports(root)
        if export.name != name and export.origin == own.origin and export.day < own.day
    ]
    if not before:
        return None
    earlier = before[-1]
    old, now = list(records_in(earlier.rows())), list(records_in(rows()))
    is_resorted = earlier.rules[1] != own.rules[1]
    sorted_otherwise = resorted(old, now) if is_resorted else {}
    return ComparedExport(name, own.day, earlier, compared(old, now), own.rules, sorted_otherwise)


def table_of(changes: Sequence[RegistryChange]) -> bytes:
    """Return ``changes.csv``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CHANGE_COLUMNS)
    writer.writerows([getattr(change, name) or "" for name in CHANGE_COLUMNS] for change in changes)
    return out.getvalue().encode()


def write(
    folder: Path,
    facts: Mapping[str, Any],
    rows: Iterable[Sequence[str]],
    result: ComparedExport | None,
) -> None:
    """Put an export into its folder, with what it was compared with and what changed since."""
    whole = dict(facts)
    files: dict[str, Iterable[bytes]] = {}
    if result is not None:
        whole["compared-with"] = result.facts
        files[CHANGES] = (table_of(result.comparison.changes),)
    files |= {PROVENANCE: (provenance_of(whole),), RECORDS: records_of(rows)}
    store(files, folder)


def compare_again(root: Path, name: str) -> list[str]:
    """Compare an export that is there with the one before, and keep what changed; return what is said.

    ``name`` is empty for the newest export that has an earlier one of the same search.
    """
    export = chosen(root, name)
    rows = export.rows()
    result = with_earlier(root, export.name, export.facts, lambda: rows)
    if result is None:
        message = f"'{export.name}' has no earlier export of the same search"
        hint = "Import one, and compare again."
        place = Place("build.py changes registry")
        raise ProblemsFoundError([finding("export-asked", place, message, hint)])
    table = table_of(result.comparison.changes)
    if export.facts.get("compared-with") == result.facts and _read(export.folder) == table:
        return lines(result)
    write(export.folder, export.facts, rows, result)
    return [*lines(result), f"Written: {FOLDER}/{export.name}/{CHANGES}"]


def _read(folder: Path) -> bytes:
    try:
        return (folder / CHANGES).read_bytes()
    except OSError:
        return b""


def chosen(root: Path, name: str) -> KeptExport:
    """Return the export ``name``, or the newest of those that have an earlier one of the same search.

    Raises ProblemsFoundError when there is none.
    """
    exports = kept_exports(root)
    command = Place("build.py changes registry")
    if name:
        by_name = {export.name: export for export in exports}
        if name in by_name:
            return by_name[name]
        hint = did_you_mean(name, by_name, f"Name a folder of {FOLDER}/.")
        problem = finding("export-asked", command, f"{quoted(name)} is not an export", hint)
        raise ProblemsFoundError([problem])
    for export in reversed(exports):
        if any(e.origin == export.origin and e.day < export.day for e in exports):
            return export
    message = "no search has two exports, of two days"
    hint = "Import a later export of the same search, or run 'python build.py refresh trials'."
    raise ProblemsFoundError([finding("export-asked", command, message, hint)])


def lines(result: ComparedExport | None) -> list[str]:
    """Return what is printed of a comparison: counts first, then what is new, gone and changed."""
    if result is None:
        return []
    changes = result.comparison.changes
    kinds, fields = counted(changes)
    earlier = result.earlier
    said = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    summary = [f"Compared with {earlier.name}, exported on {earlier.day}: {said}."]
    summary += [f"  {number:6} {name}" for name, number in fields.items()]
    now, no_longer = recruiting(changes)
    summary.append(f"{len(now)} are recruiting that were not, and {len(no_longer)} no longer are.")
    for name in result.comparison.unknown:
        summary.append(f"Not compared: {name}, which one of the two exports does not have.")
    if result.resorted:
        versions = f"{earlier.rules[0]}, then {result.rules[0]}"
        otherwise = ", ".join(f"{number} by {name}" for name, number in result.resorted.items())
        summary.append(f"The rules differ (version {versions}): sorted otherwise are {otherwise}.")
    for kind in kinds:
        summary += _listed(kind, [change for change in changes if change.change == kind])
    return summary


def _listed(kind: str, changes: Sequence[RegistryChange]) -> Iterator[str]:
    if changes:
        yield f"{kind.capitalize()}:"
    for change in changes[:MOST_LISTED]:
        if kind == "changed":
            was, now = change.before or "nothing", change.after or "nothing"
            yield f"  {change.id} {change.field}: {was} -> {now}"
        else:
            yield f"  {change.id} ({change.before or change.after})"
    if len(changes) > MOST_LISTED:
        yield f"  and {len(changes) - MOST_LISTED} more: all stand in {CHANGES}."
