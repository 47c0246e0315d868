"""The kinds of file that an author writes, each with the model that one of them is."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.base import Model
from evidence.model.claim import Ledger
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.json_schema import Schema, keyed_by_id, schema_of
from evidence.model.page import FrontMatter
from evidence.model.page_table import PageTable
from evidence.model.picture import Picture
from evidence.model.search import Search
from evidence.model.site import Site, Term
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.synonyms import Synonyms
from evidence.model.trial import Trial
from evidence.model.vocabularies import Vocabularies

LISTS = "words.json"  # the schema with the closed lists, which stands beside the others
FOLDER = "docs/schemas"
VOCABULARIES = "data/vocabularies.yaml"


@dataclass(frozen=True)
class Collection:
    """What files of a kind that has a folder are called: ``one``, and ``several``; ``shown`` is what lists show of one."""

    one: str
    several: str
    shown: str = "{{title}}"


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its ``schema``, the ``files`` below a project that are of it, and what one of them is.

    ``ids`` are the models inside that are given their id by a key; ``many`` of them stand in a file, each under
    its id. A ``page`` has it above its text alone. A kind with a folder of its own is a ``collection``.
    """

    schema: str
    files: str
    title: str
    model: type[Model]
    ids: tuple[str, ...] = ()
    many: str = ""
    collection: Collection | None = None


FILE_KINDS = (
    FileKind(
        "study.json",
        "data/studies/*.yaml",
        "A study and what it found",
        Study,
        collection=Collection("study", "Studies"),
    ),
    FileKind(
        "source.json",
        "data/sources/*.yaml",
        "A source",
        Source,
        collection=Collection("source", "Sources"),
    ),
    FileKind(
        "search.json",
        "data/searches/*.yaml",
        "A search and what it found",
        Search,
        collection=Collection("search", "Searches", "{{fields.question.people}}"),
    ),
    FileKind(
        "figure.json",
        "data/figures/*.yaml",
        "A figure",
        Figure,
        collection=Collection("figure", "Figures"),
    ),
    FileKind(
        "picture.json",
        "data/pictures/*.yaml",
        "Whose a picture is",
        Picture,
        collection=Collection("picture", "Pictures", "{{slug}}"),
    ),
    FileKind(
        "table.json",
        "data/tables/*.yaml",
        "A table that pages show",
        PageTable,
        collection=Collection("table", "Tables"),
    ),
    FileKind(
        "trial.json",
        "data/trials/*.yaml",
        "A trial",
        Trial,
        collection=Collection("trial", "Trials", "{{fields.name}}"),
    ),
    FileKind(
        "claims.json",
        "data/claims/*.yaml",
        "The claims of a document",
        Ledger,
        collection=Collection("ledger of claims", "Claims"),
    ),
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
        "provenance.json",
        "data/registry/*/provenance.yaml",
        "Where the counts of an export come from; the importer writes it",
        Export,
        ids=("RegistryChange",),
    ),
)


def schema_of_kind(kind: FileKind) -> Schema:
    """Return the schema of a kind of file; its closed lists stand beside it, in ``LISTS``."""
    schema = schema_of(kind.model, kind.title, LISTS, ids=kind.ids)
    return keyed_by_id(schema, kind.title, kind.many) if kind.many else schema


def schema_line(kind: FileKind, file: str) -> str:
    """Return the comment by which editors of text find the schema of a ``file``, as ``data/studies/x.yaml``."""
    up = "../" * file.count("/")
    return f"# yaml-language-server: $schema={up}{FOLDER}/{kind.schema}\n"
