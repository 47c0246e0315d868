"""What changed in a registry: the difference between two exports of one search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from evidence.model.export import NOT_STATED
from evidence.model.registry_record import Change, ChangedField, RegistryChange, RegistryRecord

FIELDS: tuple[ChangedField, ...] = get_args(ChangedField)
POSTED = "posted"  # results of which the day is not known
RECRUITING = "recruiting"
FEW = 10  # records: what so few have may be gone from all of them
SEPARATOR = "; "


@dataclass(frozen=True)
class RegistryDifference:
    """What changed between two exports, and the ``unknown`` fields that one of them does not have."""

    changes: tuple[RegistryChange, ...]
    unknown: tuple[ChangedField, ...] = ()


def compared(
    before: Sequence[RegistryRecord], after: Sequence[RegistryRecord]
) -> RegistryDifference:
    """Return what changed from the records ``before`` to those ``after``."""
    unknown = tuple(name for name in FIELDS if _is_of_one_alone(name, before, after))
    old = {record.id: record for record in before}
    now = {record.id: record for record in after}
    changes: list[RegistryChange] = []
    for record_id in sorted(old.keys() | now.keys()):
        if record_id not in old:
            status = now[record_id].status
            changes.append(RegistryChange(id=record_id, change="new", field="status", after=status))
        elif record_id not in now:
            status = old[record_id].status
            changes.append(
                RegistryChange(id=record_id, change="gone", field="status", before=status)
            )
        else:
            changes += _changes(old[record_id], now[record_id], unknown)
    return RegistryDifference(tuple(changes), unknown)


def _changes(
    old: RegistryRecord, now: RegistryRecord, unknown: Sequence[ChangedField]
) -> list[RegistryChange]:
    return [
        RegistryChange(
            id=now.id, change="changed", field=name, before=was or None, after=is_now or None
        )
        for name in FIELDS
        if name not in unknown
        and (was := said(old, name)) != (is_now := said(now, name))
        and not (name == "results" and was and is_now and POSTED in {was, is_now})
    ]


def said(record: RegistryRecord, name: ChangedField) -> str:
    """Return what a record says in a field, as text; nothing where it says nothing.

    Countries stand in the order of the alphabet: a registry may list them in any.
    """
    if name == "countries":
        return SEPARATOR.join(sorted(record.countries))
    value = getattr(record, name)
    return "" if value is None else str(value)


def _is_of_one_alone(
    name: ChangedField, before: Sequence[RegistryRecord], after: Sequence[RegistryRecord]
) -> bool:
    """Tell whether a field is missing from one export as a whole, since its file has no such column.

    All of many records do not lose what they said, and half of them do not begin to say something.
    """
    had, have = (
        sum(said(record, name) not in {"", NOT_STATED} for record in records)
        for records in (before, after)
    )
    is_lost = have == 0 and had >= FEW
    return is_lost or (had == 0 and have >= FEW and 2 * have >= len(after))


def counted(changes: Sequence[RegistryChange]) -> tuple[dict[Change, int], dict[ChangedField, int]]:
    """Return how many records are new, gone and changed, and in how many each field changed."""
    kinds = Counter(kind for _, kind in {(change.id, change.change) for change in changes})
    fields = Counter(change.field for change in changes if change.change == "changed")
    return (
        {kind: kinds[kind] for kind in get_args(Change)},
        {name: fields[name] for name in FIELDS if fields[name]},
    )


def recruiting(changes: Sequence[RegistryChange]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of records that are recruiting now, and of those that no longer are."""
    status = [change for change in changes if change.field == "status"]
    return (
        tuple(change.id for change in status if change.after == RECRUITING),
        tuple(change.id for change in status if change.before == RECRUITING),
    )


def resorted(
    before: Sequence[RegistryRecord], after: Sequence[RegistryRecord]
) -> Mapping[str, int]:
    """Return for each question of the rules how many records of both exports are sorted otherwise."""
    old = {record.id: record for record in before}
    return {
        question: sum(
            record.id in old and getattr(record, question) != getattr(old[record.id], question)
            for record in after
        )
        for question in ("condition", "cell")
    }
