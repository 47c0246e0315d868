"""All names that a reference can lead to, and every text that may hold references."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from evidence.model.accepted import misprinted
from evidence.model.base import ID, Inline
from evidence.model.claim import Ledger
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.page import Page
from evidence.model.page_table import PageTable
from evidence.model.search import Search
from evidence.model.source import Source
from evidence.model.study import Study, by_outcome
from evidence.numbers.comparisons import outcomes_of, searches_of
from evidence.problems import FindPlace, Place, Problem, did_you_mean, plain
from evidence.read.reading import Reading
from evidence.read.tables import file_of_table
from evidence.read.yaml_file import Document, Path

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
# All names that a reference can lead to, and the problem when there is none.


@dataclass
class Known:
    """All names that a reference can lead to; ``key`` is the content key of all they stand in.

    Of ``pages`` and ``trials`` only the names count until all pages were looked at. Its methods are given
    the way to a place: most names exist, and to find where one stands is slow. ``conditions`` are those
    of the closed list, or None where that cannot be read.
    """

    reading: Reading
    sources: dict[str, Source]
    studies: dict[str, Study]
    trials: Mapping[str, Any]
    ledgers: dict[str, Ledger]
    figures: dict[str, Figure]
    pages: Mapping[str, Any]
    exports: dict[str, Export]
    searches: dict[str, Search]
    findings: dict[str, Finding] = field(default_factory=dict)
    key: str = ""
    conditions: Collection[str] | None = None
    pictures: Mapping[str, Any] = field(default_factory=dict)
    page_tables: Mapping[str, PageTable] = field(default_factory=dict)
    downloads: Collection[str] = ()

    def __post_init__(self) -> None:
        """Collect the findings by address."""
        for study in self.studies.values():
            for finding in study.findings.values():
                self.findings[f"{study.id}/{finding.id}"] = finding

    @cached_property
    def of_outcome(self) -> dict[str, list[str]]:
        """Return the addresses of the findings of each outcome."""
        return by_outcome(self.findings)

    @cached_property
    def sources_of(self) -> dict[str, frozenset[str]]:
        """Return the sources that each study rests on."""
        return {name: frozenset(study.sources) for name, study in self.studies.items()}

    @cached_property
    def misprinted(self) -> frozenset[str]:
        """Return the findings that a discrepancy names: what is wrong with them is their source's."""
        return misprinted(self.sources.values())

    def _draft(self, file: str) -> tuple[str, str] | None:
        """Return what is said of a draft that something published names, and the hint; None for any other file."""
        if file not in self.reading.sources.drafts:
            return None
        return "is a draft", f"Delete 'draft: true' in {file} to publish it, or leave it out here."

    def source(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no source of that name."""
        if name not in self.sources and not self.reading.is_broken("source", name):
            hint = did_you_mean(name, self.sources, f"Write data/sources/{name}.yaml.")
            yield Problem(where(), "source-exists", f"the source '{name}' does not exist", hint)

    def study(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no study of that name."""
        if name not in self.studies and not self.reading.is_broken("study", name):
            told = self._draft(f"data/studies/{name}.yaml") or (
                "does not exist",
                self._study_hint(name),
            )
            yield Problem(where(), "study-exists", f"the study '{name}' {told[0]}", told[1])

    def _study_hint(self, name: str) -> str:
        page = next((page for page in self.pages if page == plain(name)), None)
        if page is not None:
            return f"Did you mean [[page:{page}]]?"
        otherwise = f"Write data/studies/{name}.yaml."
        if not ID.fullmatch(name):
            otherwise = "A study is [[its-id]], a finding [[study/finding]], a page [[page:its-name|words]]."
        return did_you_mean(name, self.studies, otherwise)

    def trial(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no trial of that name."""
        if name not in self.trials and not self.reading.is_broken("trial", name):
            hint = did_you_mean(name, self.trials, f"Write data/trials/{name}.yaml.")
            yield Problem(where(), "trial-exists", f"the trial '{name}' does not exist", hint)

    def export(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no registry export of that name."""
        if name not in self.exports and not self.reading.is_broken("export", name):
            hint = did_you_mean(name, self.exports, "Make it with 'python build.py import'.")
            yield Problem(where(), "export-exists", f"the export '{name}' does not exist", hint)

    def finding(self, address: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no finding at that address."""
        study, _, name = address.partition("/")
        if address in self.findings or self.reading.is_broken("study", study):
            return
        if study not in self.studies:
            yield from self.study(study, where)
            return
        counted = self.studies[study].counted
        if counted is not None and self.reading.is_broken("export", counted.export):
            return
        known = self.studies[study].findings
        hint = did_you_mean(name, known, f"Known: {', '.join(known) or 'none'}.")
        message = f"the study '{study}' has no finding '{name}'"
        yield Problem(where(), "finding-exists", message, hint)

    def page(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no page of that name."""
        if name not in self.pages and not self.reading.is_broken("page", name):
            file = f"content/{name}.md"
            told = self._draft(file) or (
                "does not exist",
                did_you_mean(name, self.pages, f"Write {file}."),
            )
            yield Problem(where(), "page-exists", f"the page '{name}' {told[0]}", told[1])

    def figure(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no figure of that name."""
        if name not in self.figures and not self.reading.is_broken("figure", name):
            file = f"data/figures/{name}.yaml"
            hint = did_you_mean(name, self.figures, f"Write {file}.")
            if name.lower().endswith(PICTURES):
                hint = f"A chart is a figure, ![[its-name]]. A picture of data/pictures is ![what is to be seen]({name})."
            told = self._draft(file) or ("does not exist", hint)
            yield Problem(where(), "figure-exists", f"the figure '{name}' {told[0]}", told[1])

    def _is_told_of(self, name: str) -> bool:
        """Tell whether a file of an author lies somewhere, so that it is told there what is wrong with it."""
        sources = self.reading.sources
        return any(file.endswith(f"/{name}") for file in (*sources.unreadable, *sources.binaries))

    def picture(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no picture of that name."""
        is_broken = self.reading.is_broken("picture", name.rpartition(".")[0])
        if name in self.pictures or is_broken or self._is_told_of(name):
            return
        hint = did_you_mean(
            name, self.pictures, f"Put it there with 'python build.py new picture {name}'."
        )
        message = f"there is no picture '{name}' in data/pictures"
        yield Problem(where(), "picture-exists", message, hint)

    def page_table(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no table of that name that a page can show."""
        if name in self.page_tables or self.reading.is_broken("page-table", name):
            return
        file = f"data/tables/{name}.yaml"
        hint = did_you_mean(
            name, self.page_tables, f"Put the table in data/tables, and write {file}."
        )
        message = f"there is no table '{name}' that a page can show"
        if file_of_table(self.reading.sources, name):
            hint = f"Write {file}, with 'title:' and 'read-in:'."
        yield Problem(where(), "table-exists", message, hint)

    def download(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no file of that name to download."""
        if name in self.downloads or self._is_told_of(name):
            return
        hint = did_you_mean(
            name, self.downloads, "Put it there; its name stands alone, without a folder."
        )
        message = f"there is no file '{name}' in data/downloads"
        yield Problem(where(), "download-exists", message, hint)

    def search(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no search of that name."""
        if name not in self.searches and not self.reading.is_broken("search", name):
            hint = did_you_mean(name, self.searches, f"Write data/searches/{name}.yaml.")
            yield Problem(where(), "search-exists", f"the search '{name}' does not exist", hint)

    def outcome(self, name: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when no search of the page at ``where`` has an outcome of that name."""
        page = where().file.removeprefix("content/").removesuffix(".md")
        outcomes = list(outcomes_of(searches_of(self.searches, page)))
        if name not in outcomes and not any(
            broken.startswith("search:") for broken in self.reading.broken
        ):
            hint = did_you_mean(name, outcomes, f"Known: {', '.join(outcomes) or 'none'}.")
            message = f"no search of this page has an outcome '{name}'"
            yield Problem(where(), "outcome-exists", message, hint)

    def claim(self, address: str, where: FindPlace) -> Iterator[Problem]:
        """Yield a problem when there is no claim at ``document/claim``."""
        document, _, name = address.partition("/")
        ledger = self.ledgers.get(document)
        if self.reading.is_broken("ledger", document) or (ledger and name in ledger.claims):
            return
        known = [f"{name}/{claim}" for name, held in self.ledgers.items() for claim in held.claims]
        hint = did_you_mean(address, known, "Name it as document/claim.")
        yield Problem(where(), "claim-exists", f"the claim '{address}' does not exist", hint)


# Every text that may hold references, with a way back to its place.


@dataclass(frozen=True)
class ProseCheck:
    """A ``text`` from ``document`` at ``path``, or the body of a ``page``."""

    text: str
    document: Document | None = None
    path: Path = ()
    page: Page | None = None

    def place(self, start: int, written: str) -> Place:
        """Return the place of ``written``, which stands at offset ``start`` of the text."""
        if self.page is not None:
            line = self.text.count("\n", 0, start)
            column = start - (self.text.rfind("\n", 0, start) + 1) + 1
            return Place(self.page.file, self.page.body_line + line, column)
        if self.document is None:
            return Place("")
        pattern = r"\s+".join(re.escape(part) for part in written.split())
        before = len(re.findall(pattern, self.text[:start]))
        return self.document.place_of_text(self.path, written, before)


def prose_of_model(document: Document, model: BaseModel, path: Path = ()) -> Iterator[ProseCheck]:
    """Yield every prose field of a model and of the models inside it."""
    for name, key, is_prose in _fields_with_prose(type(model)):
        value = getattr(model, name)
        if is_prose:
            if value is not None:
                yield ProseCheck(value, document, (*path, key))
        elif value:
            yield from _inside(document, value, (*path, key))


def _inside(document: Document, value: Any, path: Path) -> Iterator[ProseCheck]:
    if isinstance(value, BaseModel):
        yield from prose_of_model(document, value, path)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _inside(document, item, (*path, position))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(document, item, (*path, key))


@cache
def _fields_with_prose(model: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """Return (name, key, is prose) of the fields that are prose or may hold some further down."""
    fields = []
    for name, declared in model.model_fields.items():
        inner = list(_models_in(declared.annotation))
        if _is_prose(declared) or any(_fields_with_prose(inner_model) for inner_model in inner):
            fields.append((name, declared.alias or name, _is_prose(declared)))
    return tuple(fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _is_prose(field: FieldInfo) -> bool:
    if any(isinstance(mark, Inline) for mark in field.metadata):
        return True
    return any(
        isinstance(mark, Inline)
        for argument in get_args(field.annotation)
        for mark in getattr(argument, "__metadata__", ())
    )
