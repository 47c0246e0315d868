"""What editors such as VS Code are given: a schema for every kind of file, the closed lists, and names to complete.

Schemas are the same for every site, but for the closed lists, which a site writes itself. Names change with every
study: they are made for one copy of a site, and are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.figures import KINDS
from evidence.model.accepted import ACCEPTED, AcceptedCheck
from evidence.model.base import ID_SCHEMA, Model, kebab
from evidence.model.claim import Ledger
from evidence.model.columns import Column, columns_of
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.inventory import INVENTORIES, InventoryLine
from evidence.model.json_schema import DIALECT, Schema, keyed_by_id, schema_of
from evidence.model.page import FrontMatter
from evidence.model.page_table import PageTable
from evidence.model.picture import Picture
from evidence.model.readings import FindingReading, recorded
from evidence.model.registry_record import RegistryChange, RegistryRecord
from evidence.model.search import Search
from evidence.model.site import Site, Term
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.synonyms import Synonyms
from evidence.model.trial import Trial
from evidence.model.vocabularies import Vocabularies, Word
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

FOLDER = "docs/schemas"
LISTS = "words.json"
VOCABULARIES = "data/vocabularies.yaml"


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its ``schema``, the ``files`` below a project that are of it, and what one of them is.

    ``ids`` are the models inside that are given their id by a key; ``many`` of them stand in a file, each under
    its id. A ``page`` has it above its text alone.
    """

    schema: str
    files: str
    title: str
    model: type[Model]
    ids: tuple[str, ...] = ()
    many: str = ""


FILE_KINDS = (
    FileKind("study.json", "data/studies/*.yaml", "A study and what it found", Study),
    FileKind("source.json", "data/sources/*.yaml", "A source", Source),
    FileKind("search.json", "data/searches/*.yaml", "A search and what it found", Search),
    FileKind("figure.json", "data/figures/*.yaml", "A figure", Figure),
    FileKind("picture.json", "data/pictures/*.yaml", "Whose a picture is", Picture),
    FileKind("table.json", "data/tables/*.yaml", "A table that pages show", PageTable),
    FileKind("trial.json", "data/trials/*.yaml", "A trial", Trial),
    FileKind("claims.json", "data/claims/*.yaml", "The claims of a document", Ledger),
    FileKind("page.json", "content/**/*.md", "What stands above the text of a page", FrontMatter),
    FileKind("site.json", "data/site.yaml", "The site", Site, ids=("Section",)),
    FileKind(
        "vocabularies.json", VOCABULARIES, "The closed lists of words of a site", Vocabularies
    ),
    FileKind(
        "glossary.json",
        "data/glossary.yaml",
        "The glossary",
        Term,
        many="The words that are explained, each under a name of its own.",
    ),
    FileKind("synonyms.json", "data/synonyms.yaml", "Words of patients", Synonyms),
    FileKind(
        "rules.json",
        "data/registry/rules.yaml",
        "How records of registries are sorted",
        RulesFile,
        ids=("RuleClass",),
    ),
    FileKind(
        "provenance.json",
        "data/registry/*/provenance.yaml",
        "Where the counts of an export come from; the importer writes it",
        Export,
        ids=("RegistryChange",),
    ),
)
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
    lists = closed_lists(vocabularies(root))
    texts = {LISTS: lists, **{kind.schema: schema_of_kind(kind) for kind in FILE_KINDS}}
    texts |= {name: table_schema(columns) for name, (_, columns) in TABLES.items()}
    return {name: _json(schema) for name, schema in texts.items()}


def schema_of_kind(kind: FileKind) -> Schema:
    """Return the schema of a kind of file; its closed lists stand beside it, in ``LISTS``."""
    schema = schema_of(kind.model, kind.title, LISTS, ids=kind.ids)
    return keyed_by_id(schema, kind.title, kind.many) if kind.many else schema


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


def vocabularies(root: Path) -> Vocabularies:
    """Return the closed lists of the project at ``root``."""
    reading = Reading(Sources({VOCABULARIES: (root / VOCABULARIES).read_text("utf-8-sig")}))
    words = read_vocabularies(reading)
    if words is None:
        raise ProblemsFoundError(reading.problems)
    return words


def closed_lists(words: Vocabularies) -> Schema:
    """Return a schema with every closed list below ``$defs``, and what each word of it means."""
    kinds = {name: kind.sentence for name, kind in KINDS.items()}
    lists = {"figure-kinds": _closed(kinds)}
    for name in Vocabularies.model_fields:
        if name != "wording":
            listed: Mapping[str, Any] = getattr(words, name)
            lists[kebab(name)] = _closed({word: _meaning(listed[word]) for word in listed})
    about = "The closed lists of this site: made of data/vocabularies.yaml by 'python build.py schemas'."
    return {"$schema": DIALECT, "title": "Closed lists", "description": about, "$defs": lists}


def _meaning(word: Any) -> str:
    if isinstance(word, Word):
        return f"{word.title}. {word.definition}"
    return word if isinstance(word, str) else str(word.title)


def _closed(meanings: dict[str, str]) -> Schema:
    """Return the schema of a list; a word of digits may be typed as a number."""
    if not meanings:
        return dict(ID_SCHEMA)
    numbers = [int(word) for word in meanings if word.isdecimal()]
    return {
        "enum": [*meanings, *numbers],
        "markdownEnumDescriptions": [*meanings.values(), *(meanings[str(n)] for n in numbers)],
        "examples": list(meanings)[:3],
    }


def first_line(file: str) -> str:
    """Return the comment by which editors find the schema of a new ``file``, as ``data/studies/x.yaml``; or nothing."""
    for kind in FILE_KINDS:
        if kind.model is not FrontMatter and Path(file).match(kind.files):
            up = "../" * file.count("/")
            return f"# yaml-language-server: $schema={up}{FOLDER}/{kind.schema}\n"
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
