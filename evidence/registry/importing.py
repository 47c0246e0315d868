"""One import, from files to a table of records, every step in its order."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any

from evidence import __version__
from evidence.model.base import ID
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.read.limits import MOST_BYTES, beyond
from evidence.read.registered import COLUMNS
from evidence.registry.classification import Classifier
from evidence.registry.comparing import FOLDER, ComparedExport, with_earlier, write
from evidence.registry.normalising import Understanding
from evidence.registry.reading import decode, items_of
from evidence.registry.record import FileRead, Problems, finding, quoted
from evidence.registry.rules_file import RulesFile, read_rules
from evidence.registry.shelf import Cells, Shelf
from evidence.registry.source import of_file
from evidence.registry.storing import check_folder, row_of

# One import, from files to a table of records: every step in its order.

RULES = f"{FOLDER}/rules.yaml"
QUESTIONS = {"condition": "conditions", "cell": "cells"}
COUNTED = ("study-type", *QUESTIONS)
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
    """What an import made: the folder's id, its provenance, and counts of its records by column."""

    id: str
    provenance: dict[str, Any]
    counts: dict[str, Counter[str]]
    compared: ComparedExport | None = None

    def counted(self, column: str) -> dict[str, int]:
        """Return how many records have each value of a column, the most frequent first."""
        return dict(self.counts[column].most_common())


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
    try:
        with Shelf() as shelf:
            return _imported(root, asked, shelf, progress)
    except OperationalError as error:
        hint = "Make room, or name another folder for temporary files: TMPDIR=/a/folder."
        message = f"what is read cannot be put down on disk: {error}"
        raise ProblemsFoundError([finding("export-room", Place(FOLDER), message, hint)]) from error


def _imported(root: Path, asked: Asked, shelf: Shelf, progress: Progress) -> Imported:
    rules, rules_raw = _rules(root, asked)
    _check_readable(asked.files)
    understanding = Understanding(asked.exported, waits=True)
    reads = _put_down(shelf, asked, rules, understanding, progress)
    name = _name(asked, reads)
    folder = root / FOLDER / name
    check_folder(folder, f"{FOLDER}/{name}")
    if shelf.count >= EVERY:
        progress(f"{shelf.count} studies: looking for those that stand twice")
    dropped = shelf.join()
    provenance = {
        "search": asked.search,
        "exported": asked.exported.isoformat(),
        "newest-update": shelf.newest(),
        "tool": f"evidence {__version__}",
        "files": [_file(path, read) for path, read in zip(asked.files, reads, strict=True)],
        "rules": {"version": rules.version, "sha-256": hashlib.sha256(rules_raw).hexdigest()},
        "read": shelf.count,
        "kept": shelf.kept,
        "dropped": dict(sorted(dropped.items())),
        "unrecognised": _unrecognised(understanding),
    }
    counts: dict[str, Counter[str]] = {column: Counter() for column in COUNTED}
    result = with_earlier(root, name, provenance, shelf.lines)
    write(folder, provenance, _counted(shelf.lines(), counts), result)
    return Imported(name, provenance, counts, result)


def _counted(rows: Iterable[Cells], counts: dict[str, Counter[str]]) -> Iterator[Cells]:
    """Yield the rows, and count what stands in some of their columns."""
    places = [(COLUMNS.index(column), count) for column, count in counts.items()]
    for row in rows:
        for place, count in places:
            count[row[place]] += 1
        yield row


def _put_down(
    shelf: Shelf, asked: Asked, rules: RulesFile, understanding: Understanding, progress: Progress
) -> list[FileRead]:
    """Put every study of the files down, sorted into its classes; raise ProblemsFoundError."""
    classifiers = [Classifier(rules.classes(kind)) for kind in QUESTIONS.values()]
    named = _named_expressions(rules)
    problems = Problems(MOST_OF_A_RULE)
    reads = []
    for path in asked.files:
        read = FileRead(str(path))
        reads.append(read)
        for item in items_of(read, of_file(path)):
            if isinstance(item, Problem):
                problems.add([item])
                continue
            read.rows += 1
            understanding.see(item)
            study = understanding.study(item)
            if study and not problems.any:  # whose import will fail need not be sorted
                texts = dict(study.texts)
                classes = [classifier.sort(texts) for classifier in classifiers]
                pairs = [(each.id, named.get(each.by, each.by)) for each in classes]
                shelf.add(study, row_of(study, *pairs), understanding.dates.undecided)
            problems.add(understanding.problems)
            if read.rows % EVERY == 0:
                progress(f"{read.file}: {read.rows} studies read")
    if not problems.any:
        shelf.decide(understanding.decide)
        problems.add(understanding.problems)
    if problems.any:
        raise ProblemsFoundError(problems.limited())
    for read in reads:
        read.notes += understanding.dates.notes(read.file)
    return reads


def _rules(root: Path, asked: Asked) -> tuple[RulesFile, bytes]:
    path = asked.rules or root / RULES
    name = str(asked.rules) if asked.rules else RULES
    _check_readable((path,), name)
    raw = path.read_bytes()
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


def _check_readable(paths: Sequence[Path], name: str = "") -> None:
    problems = []
    for path in paths:
        try:
            path.open("rb").close()
        except OSError as error:
            place = Place(name or str(path))
            message = f"this file cannot be opened: {(error.strerror or 'unknown').lower()}"
            hint = "Check the name of the file, and the folder it is in."
            problems.append(finding("export-readable", place, message, hint))
    if problems:
        raise ProblemsFoundError(problems)


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


def _file(path: Path, read: FileRead) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "format": read.format,
        "sha-256": digest,
        "size-in-bytes": path.stat().st_size,
        "rows": read.rows,
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
