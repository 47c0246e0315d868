"""One import, from files to a table of records, every step in its order; and what it prints."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Any

from evidence import __version__
from evidence.model.base import ID
from evidence.model.export import STUDY_TYPES, UNCLASSIFIED
from evidence.problems import Place, ProblemsFoundError, limited
from evidence.read.limits import MOST_BYTES, beyond
from evidence.read.registered import COLUMNS
from evidence.registry.classification import Classifier
from evidence.registry.duplicates import REASONS, without_duplicates
from evidence.registry.normalising import EITHER, Understanding
from evidence.registry.reading import decode, read_export
from evidence.registry.record import FileRead, RegisteredStudy, finding, quoted
from evidence.registry.rules_file import RulesFile, read_rules
from evidence.registry.storing import check_folder, files_of, row_of, store

# One import, from files to a table of records: every step in its order.

FOLDER = "data/registry"
RULES = f"{FOLDER}/rules.yaml"
QUESTIONS = {"condition": "conditions", "cell": "cells"}
EVERY = 5000
MOST_OF_A_RULE = 20  # problems of one export: the others will be like them
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """What is to be imported: files, what the registry was asked for, and the day it answered."""

    files: tuple[Path, ...]
    search: str
    exported: Date
    name: str = ""
    rules: Path | None = None


@dataclass(frozen=True)
class Imported:
    """What an import made: the folder's id, its provenance, and the lines of its records."""

    id: str
    provenance: dict[str, Any]
    rows: tuple[tuple[str, ...], ...]

    def counted(self, column: str) -> dict[str, int]:
        """Return how many records have each value of a column, the most frequent first."""
        place = COLUMNS.index(column)
        return dict(Counter(row[place] for row in self.rows).most_common())


def wanted(
    files: tuple[Path, ...], search: str, exported: str, name: str, rules: Path | None
) -> Asked:
    """Return what is asked for by what was typed; raise ProblemsFoundError when it is too little."""
    command = Place("build.py import registry")
    problems = []
    if not files:
        hint = "Name the file that was downloaded from the registry."
        problems.append(finding("export-asked", command, "no file is named", hint))
    if not search.strip():
        hint = 'Write the words that the registry was asked for: --search "the words".'
        problems.append(finding("export-asked", command, "--search is missing", hint))
    day = parse_day(exported)
    if day is None:
        hint = "Write the day on which the file was downloaded: --exported 2022-10-07."
        message = f"{quoted(exported)} is not a day in the calendar" if exported else ""
        message = message or "--exported is missing"
        problems.append(
            finding("export-date" if exported else "export-asked", command, message, hint)
        )
    if day is None or problems:
        raise ProblemsFoundError(problems)
    return Asked(files, " ".join(search.split()), day, name, rules)


def parse_day(written: str) -> Date | None:
    """Return the day that is written 2022-10-07, or None."""
    try:
        return Date.fromisoformat(written) if DAY.fullmatch(written) else None
    except ValueError:
        return None


def import_registry(root: Path, asked: Asked, progress: Progress = lambda _line: None) -> Imported:
    """Import the files into ``root``; write everything, or raise ProblemsFoundError."""
    rules, rules_raw = _rules(root, asked)
    raws = _raws(asked.files)
    reads = [read_export(str(path), raw) for path, raw in zip(asked.files, raws, strict=True)]
    studies = _studies(reads, asked.exported, progress)
    name = _name(asked, reads)
    folder = root / FOLDER / name
    check_folder(folder, f"{FOLDER}/{name}")
    understanding, read = studies
    kept, dropped = without_duplicates(read)
    rows = sorted(
        row_of(study, condition, cell)
        for study, condition, cell in zip(kept, *_sorted(rules, kept, progress), strict=True)
    )
    provenance = {
        "search": asked.search,
        "exported": asked.exported.isoformat(),
        "newest-update": _newest(read),
        "tool": f"evidence {__version__}",
        "files": [_file(file_read, raw) for file_read, raw in zip(reads, raws, strict=True)],
        "rules": {"version": rules.version, "sha-256": hashlib.sha256(rules_raw).hexdigest()},
        "read": len(read),
        "kept": len(kept),
        "dropped": dict(sorted(dropped.items())),
        "unrecognised": _unrecognised(understanding),
    }
    store(files_of(provenance, rows), folder)
    return Imported(name, provenance, tuple(rows))


def _rules(root: Path, asked: Asked) -> tuple[RulesFile, bytes]:
    path = asked.rules or root / RULES
    name = str(asked.rules) if asked.rules else RULES
    (raw,) = _raws((path,), name)
    if len(raw) > MOST_BYTES:
        message = beyond("this file", len(raw), "bytes", MOST_BYTES)
        hint = "Name the file of rules after --rules, and the exports without it."
        raise ProblemsFoundError([finding("file-limits", Place(name), message, hint)])
    text, problem = decode(name, raw)
    if problem:
        raise ProblemsFoundError([problem])
    rules, problems = read_rules(name, text.replace("\r\n", "\n"))
    if rules is None:
        raise ProblemsFoundError(problems)
    return rules, raw


def _raws(paths: Sequence[Path], name: str = "") -> list[bytes]:
    raws, problems = [], []
    for path in paths:
        try:
            raws.append(path.read_bytes())
        except OSError as error:
            place = Place(name or str(path))
            message = f"this file cannot be opened: {(error.strerror or 'unknown').lower()}"
            hint = "Check the name of the file, and the folder it is in."
            problems.append(finding("export-readable", place, message, hint))
    if problems:
        raise ProblemsFoundError(problems)
    return raws


def _studies(
    reads: Sequence[FileRead], exported: Date, progress: Progress
) -> tuple[Understanding, list[RegisteredStudy]]:
    understanding = Understanding(exported)
    problems = [problem for file_read in reads for problem in file_read.problems]
    studies = []
    for file_read in reads:
        for record in file_read.records:
            understanding.see(record)
        for number, record in enumerate(file_read.records, start=1):
            study = understanding.study(record)
            if study:
                studies.append(study)
            if number % EVERY == 0:
                progress(f"{file_read.file}: {number} of {len(file_read.records)} studies read")
        file_read.notes += understanding.notes(file_read.file)
    problems += understanding.problems
    if problems:
        raise ProblemsFoundError(limited(problems, MOST_OF_A_RULE))
    return understanding, studies


def _sorted(
    rules: RulesFile, studies: Sequence[RegisteredStudy], progress: Progress
) -> list[list[tuple[str, str]]]:
    """Return for each question the class of every study and what gave it, in the order of the studies."""
    classifiers = [Classifier(rules.classes(kind)) for kind in QUESTIONS.values()]
    named = _named_expressions(rules)
    by_question: list[list[tuple[str, str]]] = [[] for _ in classifiers]
    for number, study in enumerate(studies, start=1):
        texts = dict(study.texts)
        for classes, classifier in zip(by_question, classifiers, strict=True):
            as_sorted = classifier.sort(texts)
            classes.append((as_sorted.id, named.get(as_sorted.by, as_sorted.by)))
        if number % EVERY == 0:
            progress(f"{number} of {len(studies)} studies sorted")
    return by_question


def _named_expressions(rules: RulesFile) -> dict[str, str]:
    """Return a name for each regular expression of the rules: "expression 3 of several"."""
    return {
        pattern: f"expression {number} of {rule.id}"
        for kind in QUESTIONS.values()
        for rule in rules.classes(kind)
        for number, pattern in enumerate(rule.any, start=1)
        if pattern.startswith("/")
    }


def _name(asked: Asked, reads: Sequence[FileRead]) -> str:
    registries = {file_read.registry for file_read in reads}
    registry = registries.pop() if len(registries) == 1 else "registries"
    name = asked.name or f"{registry}-{asked.exported}"
    if not ID.fullmatch(name):
        message = f"{quoted(name)} is not an id"
        hint = "Use lower-case letters, digits and hyphens for --name."
        raise ProblemsFoundError([finding("export-name", Place(FOLDER), message, hint)])
    return name


def _newest(studies: Sequence[RegisteredStudy]) -> str | None:
    days = [study.updated for study in studies if study.updated]
    return max(days).isoformat() if days else None


def _file(read: FileRead, raw: bytes) -> dict[str, Any]:
    return {
        "format": read.format,
        "sha-256": hashlib.sha256(raw).hexdigest(),
        "size-in-bytes": len(raw),
        "rows": len(read.records),
        **({"notes": [*read.notes]} if read.notes else {}),
    }


def _unrecognised(understanding: Understanding) -> dict[str, list[dict[str, Any]]]:
    return {
        kind: [
            {"value": value, "studies": number}
            for value, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        for kind, counts in sorted(understanding.unrecognised.items())
    }


# What an import prints: rows read, kept and dropped, and how the studies were sorted.

MOST_VALUES = 10


def lines(imported: Imported) -> list[str]:
    """Return the lines of the summary."""
    facts = imported.provenance
    dropped = sum(facts["dropped"].values())
    summary = [f"{facts['read']} rows read, {facts['kept']} studies kept, {dropped} dropped."]
    summary += [f"  {number:6} {REASONS[reason]}" for reason, number in facts["dropped"].items()]
    for number, file in enumerate(facts["files"], start=1):
        which = f"File {number}" if len(facts["files"]) > 1 else "The file"
        summary += [f"{which}: {note}" for note in file.get("notes", ())]
    kinds = imported.counted("study-type")
    types = (f"{kinds[name]} {name}" for name in STUDY_TYPES if name in kinds)
    summary.append(f"By type of study: {', '.join(types)}.")
    for question in QUESTIONS:
        summary += _classes(question, imported.counted(question), facts["kept"])
    for kind, values in facts["unrecognised"].items():
        listed = ", ".join(
            f"'{entry['value']}' ({entry['studies']})" for entry in values[:MOST_VALUES]
        )
        more = len(values) - MOST_VALUES
        rest = f" and {more} more" if more > 0 else ""
        said = f"Not recognised as {kind}, and counted as not stated"
        if kind.endswith(EITHER):
            column = kind.removesuffix(EITHER)
            said = f"Day or month first is not shown, so at most the year counts, as {column}"
        summary.append(f"{said}: {listed}{rest}.")
    return summary


def _classes(question: str, numbers: dict[str, int], kept: int) -> list[str]:
    left = numbers.get(UNCLASSIFIED, 0)
    share = f"{100 * left / kept:.1f}%" if kept else "none"
    heading = [f"By {question}; unclassified {left} ({share}):"]
    return heading + [f"  {number:6} {name}" for name, number in numbers.items()]
