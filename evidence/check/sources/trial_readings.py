"""Does a trial that was read by hand say what it has to, and in the order in which it is believed?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evidence.model.base import kebab
from evidence.model.trial import Trial
from evidence.model.trial_reading import TrialReading
from evidence.problems import Problem
from evidence.read.yaml_file import Document

# The registry's own page is believed before copies of it, and those before what others write
TRUST = ("registry", "registry-copy", "paper", "web-page", "company")


def check_complete(trial: Trial, document: Document) -> Iterator[Problem]:
    """Yield what a trial lacks, and readings that stand before others which are believed more."""
    if trial.value("condition") is None:
        hint = "Add 'condition:' with the printed words below 'says:' of the reading that has them."
        message = "no reading says in printed words for which condition the trial is"
        yield Problem(document.place(("readings",), of_key=True), "trial-complete", message, hint)
    for position, reading in enumerate(trial.readings):
        if reading.export is None:
            yield from _check_reading(reading, position, document)
    yield from _check_inferred(trial, document)
    yield from _check_order(trial, document)


def _check_reading(reading: TrialReading, position: int, document: Document) -> Iterator[Problem]:
    said = {kebab(name) for name, _ in reading.says.fields()}
    if not said and reading.note is None:
        message = "this reading says nothing"
        hint = "Write below 'says:' what it says, or why it says nothing under 'note:'."
        yield Problem(document.place(("readings", position)), "trial-complete", message, hint)
    for name in reading.printed:
        if name not in said:
            message = f"words are printed for '{name}', which this reading does not say"
            hint = f"Write '{name}:' below 'says:', as this site words it, or delete the words."
            place = document.place(("readings", position, "printed", name), of_key=True)
            yield Problem(place, "trial-complete", message, hint)


def _check_inferred(trial: Trial, document: Document) -> Iterator[Problem]:
    inferred = [name for name, _ in trial.inferred.fields()]
    own = [reading for reading in trial.readings if reading.export is None]
    place = document.place(("inferred",), of_key=True)
    if inferred and trial.basis is None:
        hint = "Write under 'basis:' what it was concluded from, in a sentence."
        yield Problem(place, "trial-complete", "nothing says what this was inferred from", hint)
    for name in inferred:
        if any(getattr(reading.says, name) is not None for reading in own):
            message = f"'{kebab(name)}' is inferred, and a reading says it"
            hint = "Delete the line here: what was read is shown."
            place = document.place(("inferred", kebab(name)), of_key=True)
            yield Problem(place, "trial-complete", message, hint)


def _check_order(trial: Trial, document: Document) -> Iterator[Problem]:
    own = [
        (position, reading)
        for position, reading in enumerate(trial.readings)
        if reading.export is None
    ]
    for (_, before), (position, reading) in pairwise(own):
        if _rank(before, trial) > _rank(reading, trial):
            message = f"a reading of the kind '{reading.kind}' stands behind one of '{before.kind}'"
            hint = f"Move it up: the order is {', '.join(TRUST)}, and the first is believed."
            place = document.place(("readings", position, "kind"))
            yield Problem(place, "readings-in-order", message, hint)
            return


def _rank(reading: TrialReading, trial: Trial) -> int:
    """Return the rank of a reading; a copy that is newer than the registry's own page comes first."""
    own = [other for other in trial.readings if other.kind == "registry"]
    newer = reading.as_of is not None and all(
        other.as_of is not None and other.as_of.first_day < reading.as_of.first_day for other in own
    )
    if reading.kind == "registry-copy" and own and newer:
        return -1
    return TRUST.index(reading.kind) if reading.kind in TRUST else len(TRUST)
