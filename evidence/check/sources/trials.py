"""Trials: the files of those that were read by hand, and the records of registries; are they sound?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

from evidence.check.sources.known import Known
from evidence.check.sources.references import check_listed
from evidence.check.sources.trial_readings import check_complete
from evidence.model.base import kebab
from evidence.model.export import UNCLASSIFIED
from evidence.model.registries import REGISTRIES
from evidence.model.trial import Trial, TrialName, TrialPack, address_of, trial_id
from evidence.model.trial_reading import LISTED, Said
from evidence.model.vocabularies import Vocabularies
from evidence.problems import Problem
from evidence.read.reading import Reading
from evidence.read.records import read_files, read_vocabularies
from evidence.read.registered import (
    RecordLine,
    registered_trial,
    shown_records,
    with_record,
)
from evidence.read.sources import Sources
from evidence.read.yaml_file import Document, Path
from evidence.store import Kept, Made, Store, field_values, packs

# Trials: those that were read by hand, a file each, and those that a registry's export holds.
#
# A file and a record of one id are one trial. There may be thousands. They are read in packs, and a
# pack that was found sound is kept.

TRIALS = "data/trials/"
VOCABULARIES = "data/vocabularies.yaml"
PACK = 50  # trials, about, that are read together


def trial_names(sources: Sources) -> list[str]:
    """Return the id of every trial, whether or not it can be read."""
    files = (_name(file) for file in sources.below(TRIALS, ".yaml"))
    return sorted({*files, *shown_records(sources)})


def read_trials(
    reading: Reading, known: Known, words: Vocabularies | None, store: Store
) -> tuple[dict[str, TrialName], tuple[TrialPack, ...]]:
    """Read data/trials and the records of exports, and report what is wrong with each trial."""
    sources = reading.sources
    files = sources.below(TRIALS, ".yaml")
    records = shown_records(sources)
    readable = {_name(file): file for file in files if file in sources.texts}
    broken = {_name(file) for file in files} - readable.keys()
    names = sorted(({*readable, *records}) - broken)
    addresses = {address_of(name): name for name in names}
    lists = sources.texts.get(VOCABULARIES, "")
    source_names = [_name(file) for file in sources.below("data/sources/", ".yaml")]
    values = []
    for pack in packs(list(addresses), PACK):
        ids = [addresses[path] for path in pack]
        texts = {readable[name]: sources.texts[readable[name]] for name in ids if name in readable}
        lines = {name: records[name] for name in ids if name in records}
        values.append((texts, lines, lists, source_names))
    by_id: dict[str, TrialName] = {}
    sound = []
    for value, kept in zip(values, store.keep_all(sound_trials, values, share=1), strict=True):
        if kept.card is None:
            read = _read_pack(reading, list(value[0]), value[1], known, words)
            by_id |= {trial.id: TrialName.of(trial) for trial in read.values()}
            continue
        pack_names = [_named(fields) for fields in kept.card]
        by_id |= {trial.id: trial for trial in pack_names}
        sound.append(
            TrialPack(tuple(trial.id for trial in pack_names), kept.digest, partial(_lines, kept))
        )
    for file in files:
        if file in sources.unreadable:
            reading.report(sources.unreadable[file])
            reading.broken.add(f"trial:{_name(file)}")
    return {name: by_id[name] for name in names if name in by_id}, tuple(sound)


def _named(fields: list[Any]) -> TrialName:
    name, title, condition, registry_id, others, cell, start, sources, *rest = fields
    return TrialName(
        name, title, condition, registry_id, tuple(others), cell, start, tuple(sources), *rest
    )


def _lines(kept: Kept) -> list[str]:
    return kept.body().decode().split("\n")


def sound_trials(
    texts: dict[str, str], lines: dict[str, RecordLine], lists: str, sources: list[str]
) -> Made:
    """Return trials as JSON, a line each, with their names as a card; none when one has a problem.

    They are made of ``texts``, their files, and of ``lines``, their records by id. They are held
    against the closed ``lists``, the text of data/vocabularies.yaml, and the names of ``sources``.
    """
    reading = Reading(Sources(texts))
    words = _words(lists)
    if words is None:
        return Made(None)
    names: dict[str, Any] = dict.fromkeys(sources)  # of sources only the names count here
    known = Known(reading, names, {}, {}, {}, {}, {}, {}, {})
    trials = _read_pack(reading, list(texts), lines, known, words)
    if reading.problems:
        return Made(None)
    models = [trial.model_dump_json(by_alias=True, exclude_unset=True) for trial in trials.values()]
    heads = [field_values(TrialName.of(trial)) for trial in trials.values()]
    return Made(heads, "\n".join(models).encode())


@lru_cache(1)
def _words(lists: str) -> Vocabularies | None:
    """Return the closed lists, read once for all packs; None when they have a problem."""
    reading = Reading(Sources({VOCABULARIES: lists}))
    words = read_vocabularies(reading)
    return None if reading.problems else words


def _read_pack(
    reading: Reading,
    files: list[str],
    lines: dict[str, RecordLine],
    known: Known,
    words: Vocabularies | None,
) -> dict[str, Trial]:
    """Return trials by id: each as its file and its record say it together."""
    trials = read_files(reading, files, Trial, "trial")
    for trial in trials.values():
        reading.problems += _check(trial, reading, known, words)
    if words is None:
        return trials
    by_hand = list(trials)
    for name, line in lines.items():
        record = line.record
        if record is None or reading.is_broken("trial", name):
            continue
        if name in trials:
            reading.problems += _check_condition(trials[name], record.condition, reading, words)
            trials[name] = with_record(trials[name], line, record, words)
        else:
            trials[name] = registered_trial(line, record, words)
    for name in by_hand:
        document = reading.documents[f"{TRIALS}{name}.yaml"]
        reading.problems += check_complete(trials[name], document)
    return {name: trials[name] for name in sorted(trials)}


def _check_condition(
    trial: Trial, condition: str, reading: Reading, words: Vocabularies
) -> Iterator[Problem]:
    """Yield a problem when a file and the record of the same trial are of different conditions."""
    if condition == UNCLASSIFIED or condition in words.widening("conditions", trial.condition):
        return
    document = reading.documents[f"{TRIALS}{trial.id}.yaml"]
    message = f"'{trial.condition}' is not '{condition}', which the rules made of its record"
    hint = (
        f"Correct the one that is wrong: this line, or data/registry/rules.yaml. If both are true, "
        f"say that the one is 'part-of: {condition}' in data/vocabularies.yaml."
    )
    yield Problem(document.place(("condition",)), "trial-condition", message, hint)


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
    elif trial.registry_id and trial.id != trial_id(trial.registry_id):
        named = trial_id(trial.registry_id)
        message = f"the file of the record '{trial.registry_id}' is called '{trial.id}.yaml'"
        hint = f"Rename it to '{named}.yaml': so it is found beside the record of a registry."
        yield Problem(document.place(("registry-id",)), "trial-named", message, hint)


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
