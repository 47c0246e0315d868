"""Are the words of a trial in the closed lists, and do the sources that it names exist?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.base import kebab
from evidence.model.trial import LISTED, Said, Trial
from evidence.model.vocabulary import Vocabularies
from evidence.problems import Problem
from evidence.reading.yaml_file import Document, Path
from evidence.validation.reading import Reading
from evidence.validation.references import Known, check_listed

# How the id of a record looks, in the registries whose ids have one form
FORMS = {
    "clinicaltrials-gov": (re.compile(r"NCT\d{8}"), "NCT and eight digits"),
    "eu-ctr": (re.compile(r"EudraCT \d{4}-\d{6}-\d{2}"), "EudraCT and 2012-000518-13"),
    "eu-ctis": (re.compile(r"EUCT \d{4}-5\d{5}-\d{2}-\d{2}"), "EUCT and 2024-514033-37-00"),
}


def check_trials(reading: Reading, known: Known, words: Vocabularies | None) -> Iterator[Problem]:
    """Yield what is wrong with trials beyond the form of each."""
    seen: dict[str, str] = {}
    for trial in known.trials.values():
        document = reading.documents[f"data/trials/{trial.id}.yaml"]
        for position, read in enumerate(trial.readings):
            if read.source is not None:
                place = document.place(("readings", position, "source"))
                yield from known.source(read.source, place)
        if words is not None:
            yield from _check_words(trial, document, words)
        yield from _check_id(trial, document, seen)


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


def _check_id(trial: Trial, document: Document, seen: dict[str, str]) -> Iterator[Problem]:
    if trial.registry_id is None:
        return
    place = document.place(("registry-id",))
    form = FORMS.get(trial.registry or "")
    if form is not None and not form[0].fullmatch(trial.registry_id):
        message = f"'{trial.registry_id}' is not an id of the registry '{trial.registry}'"
        yield Problem(place, "value-valid", message, f"Write it as it prints them: {form[1]}.")
    other = seen.setdefault(trial.registry_id, trial.id)
    if other != trial.id:
        message = f"the registry id '{trial.registry_id}' also stands in the trial '{other}'"
        yield Problem(place, "id-unique", message, "Keep one file for each record.")
