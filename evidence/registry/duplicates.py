"""One trial with several records: which belong together, and which of them is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date as Date

from evidence.registry.record import RegisteredStudy

# One trial, several records: which belong together, and which of them is counted.

SAME_ROW = "same-row"
SAME_ID = "same-id"
SAME_TRIAL = "same-trial"
REASONS = {
    SAME_ROW: "The same row stands more than once; one is counted.",
    SAME_ID: "The same id stands more than once; the record that was updated last is counted.",
    SAME_TRIAL: "Several registrations of one trial, by the ids they name; that of "
    "ClinicalTrials.gov is counted, else the earliest registered, else the smaller id.",
}
BEST = "clinicaltrials-gov"


def without_duplicates(
    studies: Sequence[RegisteredStudy],
) -> tuple[list[RegisteredStudy], Counter[str]]:
    """Return one study for each trial, in their order, and how many were dropped by reason."""
    dropped: Counter[str] = Counter()
    by_id: dict[str, RegisteredStudy] = {}
    for study in studies:
        known = by_id.get(study.id)
        if known is None:
            by_id[study.id] = study
            continue
        dropped[SAME_ROW if known == study else SAME_ID] += 1
        if (study.updated or Date.min) > (known.updated or Date.min):
            by_id[study.id] = study
    best = {_best(group).id for group in _groups(by_id)}
    dropped[SAME_TRIAL] += len(by_id) - len(best)
    return [study for name, study in by_id.items() if name in best], +dropped


def _groups(by_id: dict[str, RegisteredStudy]) -> Iterable[list[RegisteredStudy]]:
    """Return the studies that name one another, however many steps apart."""
    parents = {name: name for name in by_id}

    def root(name: str) -> str:
        while parents[name] != name:
            parents[name] = parents[parents[name]]
            name = parents[name]
        return name

    namers: dict[str, str] = {}
    for name, study in by_id.items():
        for other_id in study.other_ids:
            if other_id in by_id:
                parents[root(name)] = root(other_id)
            elif by_id[namers.setdefault(other_id, name)].registry != study.registry:
                # A number that two registries name, of a registry that is not in the import
                parents[root(name)] = root(namers[other_id])
    groups: dict[str, list[RegisteredStudy]] = {}
    for name, study in by_id.items():
        groups.setdefault(root(name), []).append(study)
    return groups.values()


def _best(group: Sequence[RegisteredStudy]) -> RegisteredStudy:
    return min(
        group,
        key=lambda study: (study.registry != BEST, study.registered or Date.max, study.id),
    )
