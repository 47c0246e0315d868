"""The files of trials: are their words in the closed lists, and do the sources exist?

There may be thousands. They are read in packs, and a pack that was found sound is kept.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator

from evidence.check.sources.known import Known
from evidence.check.sources.references import check_listed
from evidence.model.base import kebab
from evidence.model.registries import REGISTRIES
from evidence.model.trial import LISTED, Said, Trial
from evidence.model.vocabulary import Vocabularies
from evidence.problems import Place, Problem
from evidence.read.reading import Reading
from evidence.read.records import read_files
from evidence.read.yaml_file import Document, Path
from evidence.store import Cache, content_key, packs
from evidence.versions import code_version

FOLDER = "data/trials/"


def read_trials(
    reading: Reading, known: Known, words: Vocabularies | None, cache: Cache
) -> dict[str, Trial]:
    """Read data/trials, and report what is wrong with each trial.

    A pack is kept under its texts and all that they were held against: the closed lists, and the
    files of sources, be they sound or not.
    """
    sources = reading.sources
    files = sources.below(FOLDER, ".yaml")
    lists = sources.texts.get("data/vocabularies.yaml"), sources.below("data/sources/", ".yaml")
    found: dict[str, Trial] = {}
    for pack in packs(files):
        texts = [(file, sources.texts.get(file)) for file in pack]
        key = content_key(texts, lists, code_version())
        kept = cache.fetch("trials", key, bytes)
        if kept:
            found |= pickle.loads(kept)  # noqa: S301 - written by this program alone
            continue
        before = len(reading.problems)
        read = read_files(reading, pack, Trial, "trial")
        for trial in read.values():
            reading.problems += _check(trial, reading, known, words)
        if len(reading.problems) == before and words is not None:
            cache.keep("trials", key, pickle.dumps(read))
        found |= read
    trials = {name: found[name] for name in map(_name, files) if name in found}
    reading.problems += _check_ids(reading, trials)
    return trials


def trial_keys(reading: Reading) -> dict[str, str]:
    """Return the content keys of the files of trials by id."""
    files = reading.sources.below(FOLDER, ".yaml")
    return {_name(file): content_key(reading.sources.texts.get(file, "")) for file in files}


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


def _check_ids(reading: Reading, trials: dict[str, Trial]) -> Iterator[Problem]:
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
