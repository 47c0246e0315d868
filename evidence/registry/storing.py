"""An export as files, a line for each record; and its folder, which is replaced whole or left alone."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evidence.model.registries import REGISTRIES
from evidence.problems import Place, ProblemsFoundError
from evidence.read.registered import COLUMNS, SEPARATOR
from evidence.registry.record import RegisteredStudy, finding

PROVENANCE = "provenance.yaml"
RECORDS = "records.csv"
CHANGES = "changes.csv"
HEAD = """\
# Made by `python build.py import registry`; do not edit. docs/importing.md says what is what.
"""
LINE_LENGTH = 100
PIECE = 1 << 20  # characters that are written at once


def provenance_of(facts: dict[str, Any]) -> bytes:
    """Return the file that says where an export comes from."""
    import yaml  # noqa: PLC0415 - needed only when something is written

    text = yaml.safe_dump(facts, sort_keys=False, allow_unicode=True, width=LINE_LENGTH)
    return (HEAD + text).encode()


def records_of(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield the pieces of ``records.csv`` with a line for each of ``rows``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(row)
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def row_of(
    study: RegisteredStudy, condition: tuple[str, str], cell: tuple[str, str]
) -> tuple[str, ...]:
    """Return the line of a study in ``records.csv``; each class with the pattern that took it."""
    texts = dict(study.texts)
    cells = {
        "id": printed(study.registry, study.id),
        "registry": study.registry,
        "other-ids": SEPARATOR.join(sorted(study.other_ids)),
        "study-type": study.study_type,
        "condition": condition[0],
        "condition-by": condition[1],
        "cell": cell[0],
        "cell-by": cell[1],
        "conditions": _listed(texts.get("conditions", "")),
        "interventions": _listed(texts.get("interventions", "")),
        "phase": study.phase,
        "status": study.status,
        "enrolment": "" if study.enrolment is None else str(study.enrolment),
        "start": str(study.started or ""),
        "completion": str(study.completed or ""),
        "registered": str(study.registered or ""),
        "updated": str(study.updated or ""),
        "results": study.results,
        "sponsor": study.sponsor_name,
        "sponsor-class": study.sponsor,
        "countries": SEPARATOR.join(study.countries),
        "place": study.place,
    }
    return tuple(cells[name] for name in COLUMNS)


def printed(registry: str, number: str) -> str:
    """Return the id of a record as its registry prints it."""
    known = REGISTRIES.get(registry)
    return known.printed(number) if known else number


def _listed(items: str) -> str:
    """Return the items of a record's list on one line, parted by semicolons."""
    return SEPARATOR.join(" ".join(item.split()) for item in items.split("|") if item.strip())


def check_folder(folder: Path, relative: str) -> None:
    """Raise ProblemsFoundError when ``folder`` holds something that no import made."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_dir() and ((folder / PROVENANCE).is_file() or not any(folder.iterdir())):
        return
    message = f"'{folder.name}' holds something that no import made"
    hint = "Move it away, or choose another name with --name."
    raise ProblemsFoundError([finding("export-name", Place(relative), message, hint)])


def store(files: dict[str, Iterable[bytes]], folder: Path) -> None:
    """Put ``files`` into ``folder`` in place of what was there: all of them or none."""
    staging = folder.with_name(f".{folder.name}-{os.getpid()}-new")
    aside = folder.with_name(f".{folder.name}-{os.getpid()}-old")
    try:
        staging.mkdir(parents=True)
        for name, pieces in files.items():
            with (staging / name).open("wb") as out:
                out.writelines(pieces)
        if folder.exists():
            folder.rename(aside)
        try:
            staging.rename(folder)
        except BaseException:  # also when somebody stops the run between the two
            if aside.exists():
                aside.rename(folder)
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)
