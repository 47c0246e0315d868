"""What comes from registries: the files of trials, and the exports that the importer counted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

from evidence.check.sources.known import Known
from evidence.check.sources.references import check_listed
from evidence.model.base import kebab, whole_number
from evidence.model.export import TABLES, Export, ExportTable
from evidence.model.registries import REGISTRIES
from evidence.model.site import Vocabularies
from evidence.model.trial import LISTED, Said, Trial, TrialName, TrialPack, address_of
from evidence.problems import Place, Problem
from evidence.read.csv_file import CsvTable, read_csv
from evidence.read.limits import MOST_PROBLEMS
from evidence.read.reading import Reading
from evidence.read.records import read_files, read_vocabularies
from evidence.read.sources import Sources
from evidence.read.yaml_file import Document, Path
from evidence.store import Kept, Made, Store, field_values, packs

# The files of trials: are their words in the closed lists, and do the sources exist?
#
# There may be thousands. They are read in packs, and a pack that was found sound is kept.

TRIALS = "data/trials/"
VOCABULARIES = "data/vocabularies.yaml"
PACK = 50  # trials, about, that are read together


def read_trials(
    reading: Reading, known: Known, words: Vocabularies | None, store: Store
) -> tuple[dict[str, TrialName], tuple[TrialPack, ...]]:
    """Read data/trials, and report what is wrong with each trial."""
    sources = reading.sources
    files = sources.below(TRIALS, ".yaml")
    addresses = {address_of(_name(file)): file for file in files if file in sources.texts}
    shared = packs(list(addresses), PACK)
    lists = sources.texts.get(VOCABULARIES, "")
    names = [_name(file) for file in sources.below("data/sources/", ".yaml")]
    values = [
        ({addresses[path]: sources.texts[addresses[path]] for path in pack}, lists, names)
        for pack in shared
    ]
    by_id: dict[str, TrialName] = {}
    sound = []
    for value, kept in zip(values, store.keep_all(sound_trials, values, share=1), strict=True):
        if kept.card is None:
            read = _read_pack(reading, list(value[0]), known, words)
            by_id |= {trial.id: TrialName.of(trial) for trial in read.values()}
            continue
        pack = [_named(fields) for fields in kept.card]
        by_id |= {trial.id: trial for trial in pack}
        ids = tuple(trial.id for trial in pack)
        sound.append(TrialPack(ids, kept.digest, partial(_lines, kept)))
    for file in files:
        if file in sources.unreadable:
            reading.report(sources.unreadable[file])
            reading.broken.add(f"trial:{_name(file)}")
    trials = {name: by_id[name] for name in map(_name, files) if name in by_id}
    reading.problems += _check_ids(reading, trials)
    return trials, tuple(sound)


def _named(fields: list[Any]) -> TrialName:
    name, title, condition, registry_id, others, cell, start, sources = fields
    return TrialName(
        name, title, condition, registry_id, tuple(others), cell, start, tuple(sources)
    )


def _lines(kept: Kept) -> list[str]:
    return kept.body().decode().split("\n")


def sound_trials(texts: dict[str, str], lists: str, sources: list[str]) -> Made:
    """Return trials as JSON, a line each, with their names as a card; none when one has a problem.

    They are held against the closed ``lists``, the text of data/vocabularies.yaml, and the names of
    ``sources``.
    """
    reading = Reading(Sources(texts))
    words = _words(lists)
    if words is None:
        return Made(None)
    names: dict[str, Any] = dict.fromkeys(sources)  # of sources only the names count here
    known = Known(reading, names, {}, {}, {}, {}, {}, {}, {})
    trials = _read_pack(reading, list(texts), known, words)
    if reading.problems:
        return Made(None)
    lines = [trial.model_dump_json(by_alias=True, exclude_unset=True) for trial in trials.values()]
    heads = [field_values(TrialName.of(trial)) for trial in trials.values()]
    return Made(heads, "\n".join(lines).encode())


@lru_cache(1)
def _words(lists: str) -> Vocabularies | None:
    """Return the closed lists, read once for all packs; None when they have a problem."""
    reading = Reading(Sources({VOCABULARIES: lists}))
    words = read_vocabularies(reading)
    return None if reading.problems else words


def _read_pack(
    reading: Reading, pack: list[str], known: Known, words: Vocabularies | None
) -> dict[str, Trial]:
    trials = read_files(reading, pack, Trial, "trial")
    for trial in trials.values():
        reading.problems += _check(trial, reading, known, words)
    return trials


def _name(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0]


def _check(
    trial: Trial, reading: Reading, known: Known, words: Vocabularies | None
) -> Iterator[Problem]:
    document = reading.documents[f"{TRIALS}{trial.id}.yaml"]
    for position, read in enumerate(trial.readings):
        if read.source is not None:
            where = document.finder(("readings", position, "source"))
            yield from known.source(read.source, where)
    if words is not None:
        yield from _check_words(trial, document, words)
    registry = REGISTRIES.get(trial.registry or "")
    if registry and trial.registry_id and not registry.in_print.fullmatch(trial.registry_id):
        message = f"'{trial.registry_id}' is not an id of the registry '{trial.registry}'"
        place = document.place(("registry-id",))
        hint = f"Write {registry.form}, such as '{registry.example}'."
        yield Problem(place, "value-valid", message, hint)


def _check_words(trial: Trial, document: Document, words: Vocabularies) -> Iterator[Problem]:
    yield from check_listed(trial.condition, words.conditions, document, ("condition",))
    if trial.registry is not None:
        yield from check_listed(trial.registry, words.registries, document, ("registry",))
    for position, reading in enumerate(trial.readings):
        yield from _check_said(reading.says, document, ("readings", position, "says"), words)
    yield from _check_said(trial.inferred, document, ("inferred",), words)


def _check_said(
    said: Said, document: Document, path: Path, words: Vocabularies
) -> Iterator[Problem]:
    for name, value in said.fields():
        listed = getattr(words, LISTED[name]) if name in LISTED else None
        if listed is None:
            continue
        if isinstance(value, tuple):
            for position, word in enumerate(value):
                yield from check_listed(word, listed, document, (*path, name, position))
        else:
            yield from check_listed(value, listed, document, (*path, kebab(name)))


def _check_ids(reading: Reading, trials: dict[str, TrialName]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for trial in trials.values():
        if trial.registry_id is None:
            continue
        first_id = seen.setdefault(trial.registry_id, trial.id)
        if first_id != trial.id:
            file = f"{TRIALS}{trial.id}.yaml"
            document = reading.documents.get(file) or reading.document(file)
            place = document.place(("registry-id",)) if document else Place(file)
            message = f"the registry id '{trial.registry_id}' also stands in the trial '{first_id}'"
            yield Problem(place, "id-unique", message, "Keep one file for each record.")


# The exports of registries that the importer counted: do their tables still hold together?

EXPORTS = "data/registry/"
PROVENANCE = "/provenance.yaml"
HINT = "These files are made by 'python build.py import': run it again rather than edit them."


def read_exports(reading: Reading) -> dict[str, Export]:
    """Read every folder of data/registry that has a provenance."""
    exports: dict[str, Export] = {}
    for file in reading.sources.below(EXPORTS, PROVENANCE):
        name = file.removeprefix(EXPORTS).removesuffix(PROVENANCE)
        document = reading.document(file)
        export = reading.model(document, Export, {"id": name}) if document else None
        tables = _tables(reading, name)
        if export is None or tables is None:
            reading.broken.add(f"export:{name}")
            continue
        whole = export.model_copy(update={"tables": tables})
        problems = list(_check_sums(whole))
        reading.problems += problems
        if problems:  # its counts would only show again that they do not fit
            reading.broken.add(f"export:{name}")
        else:
            exports[name] = whole
    return exports


def _tables(reading: Reading, name: str) -> dict[str, ExportTable] | None:
    tables, whole = {}, True
    for file in reading.sources.below(f"{EXPORTS}{name}/", ".csv"):
        if file in reading.sources.unreadable:
            whole = False
            reading.report(reading.sources.unreadable[file])
            continue
        table = read_csv(file, reading.sources.texts[file])
        problems = table.problems or list(_check_counts(table))[:MOST_PROBLEMS]
        reading.problems += problems
        if problems:
            whole = False
            continue
        rows: list[tuple[str | int, ...]] = [
            (*list(cells.values())[:-1], whole_number(cells["studies"]) or 0)
            for _, cells in table.rows
        ]
        export_table = ExportTable(columns=tuple(table.header), rows=tuple(rows))
        tables[file.removeprefix(f"{EXPORTS}{name}/").removesuffix(".csv")] = export_table
    return tables if whole else None


def _check_counts(table: CsvTable) -> Iterator[Problem]:
    name = table.file.rpartition("/")[2].removesuffix(".csv")
    columns = TABLES.get(name)
    if columns is None:
        message = f"'{name}' is not a table that an import makes"
        yield Problem(Place(table.file, 1, 1), "export-sums", message, HINT)
        return
    if tuple(table.header) != columns:
        message = f"the columns of this table are not {', '.join(columns)}"
        yield Problem(Place(table.file, 1, 1), "export-sums", message, HINT)
        return
    for line, cells in table.rows:
        if whole_number(cells["studies"]) is None:
            message = f"'{cells['studies']}' is not a number of studies"
            yield Problem(table.place(line, "studies"), "export-sums", message, HINT)


def _check_sums(export: Export) -> Iterator[Problem]:
    """Yield the tables that do not sum to the studies kept, or to those of phase.csv in a group."""
    phases = export.tables.get("phase")
    whole = phases is not None and phases.total == export.kept  # else it is the one to mend
    wanted = _by_group(phases) if phases is not None and whole else None
    for name, table in export.tables.items():
        place = Place(f"{EXPORTS}{export.id}/{name}.csv", 1, 1)
        if table.total != export.kept:
            message = f"this table sums to {table.total} studies, and {export.kept} were kept"
            yield Problem(place, "export-sums", message, HINT)
            continue
        groups = _by_group(table)
        for group in sorted((wanted or groups).keys() | groups.keys()):
            here, there = groups.get(group, 0), (wanted or groups).get(group, 0)
            if here != there:
                message = f"the group '{group}' has {here} studies here, and {there} in phase.csv"
                yield Problem(place, "export-sums", message, HINT)


def _by_group(table: ExportTable) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in table.rows:
        sums[str(row[0])] = sums.get(str(row[0]), 0) + int(row[-1])
    return sums
