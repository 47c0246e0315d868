"""Studies counted: one trial with several records once, and the tables, which sum to the studies kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from evidence.model.export import TABLES
from evidence.registry.countries import name_of
from evidence.registry.record import RegisteredStudy
from evidence.registry.vocabulary import NOT_STATED, PHASES, SPONSORS, STATUSES, UNCLASSIFIED

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


# The tables: how many studies there are of each kind. Every table sums to the studies kept.

STUDIES = "studies"
SEVERAL = "several countries"
NO_COUNTRY = "not stated"
# Tables without the combinations that no study has
SPARSE = {"country", "condition", "condition-by-phase", "condition-by-cell-by-phase"}
MOST_EMPTY_YEARS = 100


@dataclass(frozen=True)
class Tally:
    """One table: its ``columns``, of which the last is "studies", and its ``rows``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]

    @property
    def total(self) -> int:
        """Return the sum of all counts."""
        return sum(int(row[-1]) for row in self.rows)


def count(
    studies: Sequence[RegisteredStudy],
    sorted_as: Mapping[str, Sequence[str]],
    classes: Mapping[str, Sequence[str]],
) -> dict[str, Tally]:
    """Return every table by name.

    Args:
        studies: the studies kept.
        sorted_as: the class of each study, for "condition", "cell" and "group" (of conditions), in
            the same order.
        classes: the ids of all classes, for the same three, in the order of the rules.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only an import needs it here

    countries = [_country(study) for study in studies]
    frame = pd.DataFrame(
        {
            "group": list(sorted_as["group"]),
            "year": [NOT_STATED if study.year is None else str(study.year) for study in studies],
            "phase": [study.phase for study in studies],
            "status": [study.status for study in studies],
            "code": [code for code, _ in countries],
            "country": [name for _, name in countries],
            "sponsor-class": [study.sponsor for study in studies],
            "condition": list(sorted_as["condition"]),
            "cell": list(sorted_as["cell"]),
        },
        dtype=object,
    )
    orders = _orders(studies, countries, classes)
    tables = {
        name: _table(frame, columns[:-1], orders, sparse=name in SPARSE)
        for name, columns in TABLES.items()
    }
    for name, table in tables.items():
        if table.total != len(studies):
            raise AssertionError(f"{name} sums to {table.total}, not to {len(studies)}")
    return tables


def _table(
    frame: Any, columns: tuple[str, ...], orders: Mapping[str, Sequence[str]], *, sparse: bool
) -> Tally:
    """Return the counts of each combination, in the order of the categories."""
    import pandas as pd  # noqa: PLC0415

    cut = pd.DataFrame(
        {
            name: pd.Categorical(frame[name], categories=orders[name], ordered=True)
            for name in columns
        }
    )
    if cut.isna().any(axis=None):
        raise AssertionError(f"a value of {columns} is in none of its categories")
    sizes = cut.groupby(list(columns), observed=sparse, sort=True).size()
    keys = sizes.index if len(columns) > 1 else [(key,) for key in sizes.index]
    pairs = zip(keys, sizes.tolist(), strict=True)
    rows = tuple((*key, int(number)) for key, number in pairs if number or not sparse)
    return Tally((*columns, STUDIES), rows)


def _country(study: RegisteredStudy) -> tuple[str, str]:
    """Return code and name of the one country of a study, or what stands in its place."""
    if len(study.countries) > 1:
        return "", SEVERAL
    return (
        (study.countries[0], name_of(study.countries[0])) if study.countries else ("", NO_COUNTRY)
    )


def _orders(
    studies: Sequence[RegisteredStudy],
    countries: Sequence[tuple[str, str]],
    classes: Mapping[str, Sequence[str]],
) -> dict[str, list[str]]:
    """Return the categories of every column in their natural order."""
    named = sorted({(name, code) for code, name in countries if code})
    return {
        "group": [*classes["group"], UNCLASSIFIED],
        "year": [*_years({study.year for study in studies if study.year}), NOT_STATED],
        "phase": list(PHASES),
        "status": list(STATUSES),
        "code": [*sorted({code for _, code in named}), ""],
        "country": [*dict.fromkeys(name for name, _ in named), SEVERAL, NO_COUNTRY],
        "sponsor-class": list(SPONSORS),
        "condition": [*classes["condition"], UNCLASSIFIED],
        "cell": [*classes["cell"], UNCLASSIFIED],
    }


def _years(seen: set[int]) -> list[str]:
    """Return every year from the first to the last, so that an empty one shows as such."""
    if not seen:
        return []
    years = range(min(seen), max(seen) + 1)
    return [str(year) for year in (years if len(years) <= MOST_EMPTY_YEARS else sorted(seen))]
