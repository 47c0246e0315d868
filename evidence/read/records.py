"""From the files of each folder of records to models by id."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from evidence.model.baseline import Baseline
from evidence.model.claim import Ledger
from evidence.model.figure import Figure
from evidence.model.page_table import PageTable
from evidence.model.picture import Picture
from evidence.model.search import Search
from evidence.model.site import Site, Term
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.synonyms import Synonyms
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.comparisons import is_untreated
from evidence.problems import Place, Problem
from evidence.read.reading import Reading, identify
from evidence.read.tables import findings_of_table
from evidence.read.yaml_file import Document

SYNONYMS = "data/synonyms.yaml"
ModelType = TypeVar("ModelType", bound=BaseModel)


def read_folder(
    reading: Reading, folder: str, model: type[ModelType], kind: str
) -> dict[str, ModelType]:
    """Read every YAML file of a folder as one model each, by id."""
    return read_files(reading, reading.sources.below(f"data/{folder}/", ".yaml"), model, kind)


def read_files(
    reading: Reading, files: list[str], model: type[ModelType], kind: str
) -> dict[str, ModelType]:
    """Read YAML files as one model each, by id."""
    records: dict[str, ModelType] = {}
    for file in files:
        name = identify(reading, file)
        document = reading.document(file)
        record = reading.model(document, model, {"id": name}) if document else None
        if record is None:
            reading.broken.add(f"{kind}:{name}")
        else:
            records[name] = record
    return records


def read_site(reading: Reading) -> Site | None:
    """Read data/site.yaml."""
    hint = "Write its title, tagline, description, sections and navigation."
    return _single(reading, "data/site.yaml", Site, hint)


def read_vocabularies(reading: Reading) -> Vocabularies | None:
    """Read data/vocabularies.yaml."""
    hint = "Write 'conditions:' and 'cells:', each a list of words with title and definition."
    return _single(reading, "data/vocabularies.yaml", Vocabularies, hint)


def _single(reading: Reading, file: str, model: type[ModelType], hint: str) -> ModelType | None:
    """Read a file that every project has, as one model."""
    if file in reading.sources.strayed and file not in reading.sources.texts:
        return None
    if file not in {*reading.sources.texts, *reading.sources.unreadable}:
        reading.report(Problem(Place(file), "site-complete", "this file is missing", hint))
        return None
    document = reading.document(file)
    return reading.model(document, model) if document else None


def read_sources(reading: Reading) -> dict[str, Source]:
    """Read data/sources."""
    return read_folder(reading, "sources", Source, "source")


def read_searches(reading: Reading) -> dict[str, Search]:
    """Read data/searches."""
    return read_folder(reading, "searches", Search, "search")


def read_figures(reading: Reading) -> dict[str, Figure]:
    """Read data/figures."""
    return read_folder(reading, "figures", Figure, "figure")


def read_pictures(reading: Reading) -> dict[str, Picture]:
    """Read what data/pictures says of its pictures."""
    return read_folder(reading, "pictures", Picture, "picture")


def read_page_tables(reading: Reading) -> dict[str, PageTable]:
    """Read what data/tables says of the tables that pages show."""
    return read_folder(reading, "tables", PageTable, "page-table")


def read_studies(reading: Reading) -> dict[str, Study]:
    """Read data/studies, with the findings that stand in data/tables."""
    studies: dict[str, Study] = {}
    for file in reading.sources.below("data/studies/", ".yaml"):
        name = identify(reading, file)
        document = reading.document(file)
        study = _study(reading, document, name) if document else None
        if study is None:
            reading.broken.add(f"study:{name}")
        else:
            studies[name] = study
    return studies


def _named_entries(reading: Reading, document: Document, part: str) -> Document:
    """Return a document in which each entry below the key ``part`` has its key as id.

    An id of its own is a mistake. The document itself stays as it was read.
    """
    content = document.content
    entries = content.get(part) if isinstance(content, dict) else None
    if not isinstance(entries, dict):
        return document
    named = dict(entries)
    for key, entry in entries.items():
        if isinstance(entry, dict):
            if "id" in entry:
                place = document.place((part, key, "id"), of_key=True)
                hint = f"Delete it: its id is the key above it, '{key}'."
                problem = Problem(place, "key-known", "the key 'id' is not known here", hint)
                reading.report(problem)
            named[key] = {**entry, "id": key}
    return replace(document, content={**content, part: named})


def _study(reading: Reading, document: Document, name: str) -> Study | None:
    document = _named_entries(reading, document, "findings")
    study = reading.model(document, Study, {"id": name})
    if study is None or study.table is None:
        return study and with_baselines(study)
    rows = findings_of_table(reading, document, study.table)
    if rows is None:
        return None
    for twice in rows.keys() & study.findings.keys():
        message = f"the finding '{twice}' also stands in the table {study.table}"
        place = document.place(("findings", twice), of_key=True)
        reading.report(Problem(place, "id-unique", message, "Give one of the two another name."))
    return with_baselines(study.model_copy(update={"findings": {**study.findings, **rows}}))


def with_baselines(study: Study) -> Study:
    """Return the study with the baseline of each finding told in full.

    What a finding does not say of its baseline is what its study says of everybody. Studies that
    say nothing of when people were first seen keep findings without.
    """
    population = study.population
    whole = Baseline(
        phase=(population.phase if population else None) or "not-stated",
        completeness=population.completeness if population else None,
        treated=not is_untreated(study),
    )
    told = population is not None and population.phase is not None
    if not told and not any(finding.baseline for finding in study.findings.values()):
        return study
    findings = {
        name: finding.model_copy(update={"baseline": _filled(finding.baseline, whole)})
        for name, finding in study.findings.items()
    }
    return study.model_copy(update={"findings": findings})


def _filled(baseline: Baseline | None, whole: Baseline) -> Baseline:
    said = (
        {}
        if baseline is None
        else {name: getattr(baseline, name) for name in baseline.model_fields_set}
    )
    return whole.model_copy(update=said)


def read_ledgers(reading: Reading) -> dict[str, Ledger]:
    """Read data/claims: one ledger a document."""
    ledgers: dict[str, Ledger] = {}
    for file in reading.sources.below("data/claims/", ".yaml"):
        name = identify(reading, file)
        document = reading.document(file)
        ledger = None
        if document:
            named = _named_entries(reading, document, "claims")
            ledger = reading.model(named, Ledger, {"id": name})
        if ledger is None:
            reading.broken.add(f"ledger:{name}")
        else:
            ledgers[name] = ledger
    return ledgers


def read_terms(reading: Reading) -> dict[str, Term]:
    """Read data/glossary.yaml, when there is one."""
    file = "data/glossary.yaml"
    if file not in {*reading.sources.texts, *reading.sources.unreadable}:
        return {}
    document = reading.document(file)
    if document is None:
        return {}
    if not isinstance(document.content, dict):
        message, hint = (
            "the glossary is not a mapping",
            "Write 'id:' with term and definition below.",
        )
        reading.report(Problem(Place(file, 1, 1), "value-valid", message, hint))
        return {}
    terms: dict[str, Term] = {}
    for name in document.content:
        term = reading.model(document, Term, {"id": name}, (name,))
        if term is not None:
            terms[name] = term
    return terms


def read_synonyms(reading: Reading) -> Synonyms:
    """Read data/synonyms.yaml, when there is one."""
    if SYNONYMS not in {*reading.sources.texts, *reading.sources.unreadable}:
        return Synonyms()
    document = reading.document(SYNONYMS)
    return (reading.model(document, Synonyms) if document else None) or Synonyms()
