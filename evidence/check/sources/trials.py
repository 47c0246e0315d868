"""The files of trials: are their words in the closed lists, and do the sources exist?

There may be thousands. They are read in packs, and a pack that was found sound is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from functools import lru_cache, partial
from typing import Any

from evidence.check.sources.known import Known
from evidence.check.sources.references import check_listed
from evidence.model.base import kebab
from evidence.model.registries import REGISTRIES
from evidence.model.trial import LISTED, Said, Trial, TrialName, TrialPack, address_of
from evidence.model.vocabulary import Vocabularies
from evidence.problems import Place, Problem
from evidence.read.reading import Reading
from evidence.read.records import read_files, read_vocabularies
from evidence.read.sources import Sources
from evidence.read.yaml_file import Document, Path
from evidence.store import Kept, Made, Store, packs

FOLDER = "data/trials/"
VOCABULARIES = "data/vocabularies.yaml"
PACK = 50  # trials, about, that are read together


def read_trials(
    reading: Reading, known: Known, words: Vocabularies | None, store: Store
) -> tuple[dict[str, TrialName], tuple[TrialPack, ...]]:
    """Read data/trials, and report what is wrong with each trial."""
    sources = reading.sources
    files = sources.below(FOLDER, ".yaml")
    addresses = {address_of(_name(file)): file for file in files if file in sources.texts}
    shared = packs(list(addresses), PACK)
    lists = sources.texts.get(VOCABULARIES, "")
    names = [_name(file) for file in sources.below("data/sources/", ".yaml")]
    values = [
        ({addresses[path]: sources.texts[addresses[path]] for path in pack}, lists, names)
        for pack in shared
    ]
    found: dict[str, TrialName] = {}
    sound = []
    for value, kept in zip(values, store.keep_all(sound_trials, values, share=1), strict=True):
        if kept.card is None:
            read = _read_pack(reading, list(value[0]), known, words)
            found |= {trial.id: TrialName.of(trial) for trial in read.values()}
            continue
        pack = [_named(fields) for fields in kept.card]
        found |= {trial.id: trial for trial in pack}
        ids = tuple(trial.id for trial in pack)
        sound.append(TrialPack(ids, kept.digest, partial(_lines, kept)))
    for file in files:
        if file in sources.unreadable:
            reading.report(sources.unreadable[file])
            reading.broken.add(f"trial:{_name(file)}")
    trials = {name: found[name] for name in map(_name, files) if name in found}
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
    heads = [astuple(TrialName.of(trial)) for trial in trials.values()]
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
    document = reading.documents[f"{FOLDER}{trial.id}.yaml"]
    for position, read in enumerate(trial.readings):
        if read.source is not None:
            place = document.place(("readings", position, "source"))
            yield from known.source(read.source, place)
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
            for position, each in enumerate(value):
                yield from check_listed(each, listed, document, (*path, name, position))
        else:
            yield from check_listed(value, listed, document, (*path, kebab(name)))


def _check_ids(reading: Reading, trials: dict[str, TrialName]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for trial in trials.values():
        if trial.registry_id is None:
            continue
        other = seen.setdefault(trial.registry_id, trial.id)
        if other != trial.id:
            file = f"{FOLDER}{trial.id}.yaml"
            document = reading.documents.get(file) or reading.document(file)
            place = document.place(("registry-id",)) if document else Place(file)
            message = f"the registry id '{trial.registry_id}' also stands in the trial '{other}'"
            yield Problem(place, "id-unique", message, "Keep one file for each record.")
