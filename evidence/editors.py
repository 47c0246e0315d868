"""What editors such as VS Code are given: a schema for every kind of file, the closed lists, and names to complete.

Schemas are the same for every site, but for the closed lists, which a site writes itself. Names change with every
study: they are made for one copy of a site, and are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidence.figures import KINDS
from evidence.model.accepted import ACCEPTED, AcceptedCheck
from evidence.model.closed_lists import closed_lists
from evidence.model.columns import Column, columns_of
from evidence.model.file_kinds import FILE_KINDS as KINDS_OF_MODELS
from evidence.model.file_kinds import (
    LISTS,
    VOCABULARIES,
    FileKind,
    schema_line,
    schema_of_kind,
)
from evidence.model.inventory import INVENTORIES, InventoryLine
from evidence.model.json_schema import Schema
from evidence.model.page import FrontMatter
from evidence.model.readings import FindingReading, recorded
from evidence.model.registry_record import RegistryChange, RegistryRecord
from evidence.model.vocabularies import Vocabularies
from evidence.problems import ProblemsFoundError
from evidence.read.reading import Reading
from evidence.read.records import (
    read_figures,
    read_ledgers,
    read_pictures,
    read_searches,
    read_sources,
    read_studies,
    read_vocabularies,
)
from evidence.read.sources import Sources, is_binary
from evidence.read.tables import COLUMNS, UNCERTAIN
from evidence.registry.rules_file import RulesFile

# The rules of a registry are the importer's own, which models know nothing of
RULES = FileKind(
    "rules.json",
    "data/registry/rules.yaml",
    "How records of registries are sorted",
    RulesFile,
    ids=("RuleClass",),
)
FILE_KINDS = (*KINDS_OF_MODELS, RULES)
# Tables are described as Frictionless has it (Table Schema), each by the columns that it may have
MARK = Column(
    UNCERTAIN, (), title="Uncertain", meaning="A caution that has to stay visible, in a sentence."
)
TABLES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "findings-table.json": ("data/tables/*.csv", (*COLUMNS.values(), MARK)),
    "readings-table.json": ("data/readings.csv", columns_of(FindingReading)),
    "inventory-table.json": (f"{INVENTORIES}*.csv", columns_of(InventoryLine)),
    "accepted-table.json": (ACCEPTED, columns_of(AcceptedCheck)),
    "records-table.json": ("data/registry/*/records.csv", columns_of(RegistryRecord)),
    "changes-table.json": ("data/registry/*/changes.csv", columns_of(RegistryChange)),
}
TYPES = {"whole": "integer", "number": "number", "truth": "boolean"}


def schemas(root: Path) -> dict[str, str]:
    """Return every schema by file name, with the closed lists of the project at ``root``.

    Raises ``ProblemsFoundError`` where those cannot be read.
    """
    lists = lists_of(root)
    texts = {LISTS: lists, **{kind.schema: schema_of_kind(kind) for kind in FILE_KINDS}}
    texts |= {name: table_schema(columns) for name, (_, columns) in TABLES.items()}
    return {name: _json(schema) for name, schema in texts.items()}


def table_schema(columns: tuple[Column, ...]) -> Schema:
    """Return the Table Schema of a table with these columns; a table of findings may lack some."""
    return {"fields": [_field(column) for column in columns], "missingValues": [""]}


def _field(column: Column) -> Schema:
    held: dict[str, Any] = {"required": True} if column.filled else {}
    held |= {"enum": list(column.words)} if column.words else {}
    described = {
        "name": column.name,
        "title": column.title,
        "description": column.told.strip(),
        "type": TYPES.get(column.shape, "string"),
    }
    return {**described, "constraints": held} if held else described


def lists_of(root: Path) -> Schema:
    """Return the closed lists of the project at ``root``."""
    return closed_lists(vocabularies(root), KINDS)


def vocabularies(root: Path) -> Vocabularies:
    """Return the closed lists of the project at ``root``."""
    reading = Reading(Sources({VOCABULARIES: (root / VOCABULARIES).read_text("utf-8-sig")}))
    words = read_vocabularies(reading)
    if words is None:
        raise ProblemsFoundError(reading.problems)
    return words


def first_line(file: str) -> str:
    """Return the comment by which editors find the schema of a new ``file``, as ``data/studies/x.yaml``; or nothing."""
    for kind in FILE_KINDS:
        if kind.model is not FrontMatter and Path(file).match(kind.files):
            return schema_line(kind, file)
    return ""


def _json(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


# Names to complete. VS Code takes snippets from every file of this ending in .vscode, in Markdown too

NAMES = ".vscode/names.code-snippets"


def names(root: Path) -> str:
    """Return a snippet for each name of the project at ``root`` that can be typed, with what it means.

    What cannot be read has none: the build says why. Findings that are counted in an export are not among them.
    """
    paths = sorted((root / "data").rglob("*.*"))
    files = {path.relative_to(root).as_posix(): path for path in paths if path.is_file()}
    texts = {
        name: path.read_text("utf-8-sig", "replace")
        for name, path in files.items()
        if not is_binary(name)
    }
    reading = Reading(Sources(texts, binaries=dict.fromkeys(files.keys() - texts.keys(), b"")))
    listed = [*_of_studies(reading), *_of_others(reading), *_of_pages(root)]
    snippets = {
        # What stands first is shown beside the name while one types
        f"{meaning} ({kind} {name})": {
            "scope": scope,
            "prefix": name,
            "body": name,
            "description": f"{meaning} ({kind})",
        }
        for kind, name, scope, meaning in listed
    }
    return _json(snippets)


Named = tuple[str, str, str, str]  # the kind, what is typed, where that is, and what it means
BOTH = "markdown,yaml"


def _of_studies(reading: Reading) -> Iterator[Named]:
    for study in read_studies(reading).values():
        yield "study", study.id, BOTH, study.title
        for finding in study.findings.values():
            meaning = f"{finding.measure}: {recorded(finding)}"
            yield "finding", f"{study.id}/{finding.id}", BOTH, meaning


def _of_others(reading: Reading) -> Iterator[Named]:
    for source in read_sources(reading).values():
        yield "citation", f"@{source.id}", "markdown", source.title
        yield "source", source.id, "yaml", source.title
    for figure in read_figures(reading).values():
        yield "figure", figure.id, BOTH, figure.title
    pictures = read_pictures(reading)
    for file in sorted(reading.sources.binaries):
        picture = pictures.get(Path(file).stem)
        if picture is not None:
            yield "picture", Path(file).name, "markdown", f"by {picture.credit}"
    for search in read_searches(reading).values():
        for name, outcome in search.outcomes.items():
            yield "outcome", name, BOTH, outcome.title
    for ledger in read_ledgers(reading).values():
        for claim in ledger.claims.values():
            yield "claim", f"claim:{ledger.id}/{claim.id}", "markdown", claim.says


def _of_pages(root: Path) -> Iterator[Named]:
    content = root / "content"
    for path in sorted(content.rglob("*.md")):
        name = path.relative_to(content).with_suffix("").as_posix()
        yield "page", f"page:{name}", "markdown", path.relative_to(root).as_posix()
