"""What two states of the sources say differently: numbers, verdicts, statuses, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from evidence.check.sources.readings import written_findings
from evidence.check.sources.trials import read_trials, trial_names
from evidence.model.readings import BETWEEN, REASONS, FindingReading, differing, recorded
from evidence.problems import Problem
from evidence.read.pages import read_pages
from evidence.read.reading import Reading
from evidence.read.readings import read_readings
from evidence.read.sources import Sources
from evidence.steps.records import known_of, read_records
from evidence.store import Store

NUMBER, VERDICT, STATUS, SENTENCE = "number", "verdict", "status", "sentence"
KINDS = {
    NUMBER: "Numbers",
    VERDICT: "Verdicts",
    STATUS: "Statuses of trials",
    SENTENCE: "Sentences",
}
# Where a sentence ends and another begins; an abbreviation is followed by no capital letter, or parts one too many
END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[*\"'(])")


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: its ``kind``, its ``name``, what it was and what it is now.

    What is new has no ``before``, what is gone no ``after``. ``why`` is the reason that the ledger of readings
    gives for a number.
    """

    kind: str
    name: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True)
class SaidBySources:
    """What the sources say, each kind by name, as far as it could be read; ``problems`` kept the rest from it."""

    by_kind: Mapping[str, Mapping[str, str]]
    sentences: Mapping[str, tuple[str, ...]]
    readings: Mapping[str, FindingReading]
    problems: tuple[Problem, ...]


def said_by(sources: Sources) -> SaidBySources:
    """Return what sources say. What is wrong in them hides no more than itself."""
    reading = Reading(sources, list(sources.unreadable.values()))
    store = Store(None)
    pages = read_pages(reading, store)
    records = read_records(reading)
    known = known_of(reading, records, list(pages), trial_names(sources))
    trials, _ = read_trials(reading, known, records.vocabularies, store)
    findings = written_findings(reading, records.studies.values())
    readings = read_readings(Reading(sources))
    ledgers = records.ledgers.values()
    return SaidBySources(
        {
            NUMBER: {address: recorded(finding) for address, finding in findings.items()},
            VERDICT: {
                f"{ledger.id}/{claim.id}": claim.verdict
                for ledger in ledgers
                for claim in ledger.claims.values()
            },
            STATUS: {name: str(trial.status or "not stated") for name, trial in trials.items()},
        },
        {
            page.file: (*_sentences(page.front.title), *_sentences(page.front.answer or ""), *_sentences(page.body))
            for page in pages.values()
        },
        readings.last if readings else {},
        tuple(reading.problems),
    )  # fmt: skip


def differences(before: SaidBySources, after: SaidBySources) -> Iterator[Difference]:
    """Yield what is not as it was, each kind in the order of names."""
    for kind, now in after.by_kind.items():
        was = before.by_kind[kind]
        for name in sorted(was.keys() | now.keys()):
            old, new = was.get(name, ""), now.get(name, "")
            if old != new:
                yield _changed(kind, name, old, new, before, after)
    for file in sorted(before.sentences.keys() | after.sentences.keys()):
        old_text, new_text = before.sentences.get(file, ()), after.sentences.get(file, ())
        yield from _of_page(file, old_text, new_text)


def _changed(
    kind: str, name: str, old: str, new: str, before: SaidBySources, after: SaidBySources
) -> Difference:
    """Return a difference; of a number no more than the parts that changed, with the reason."""
    if kind != NUMBER:
        return Difference(kind, name, old, new)
    line = after.readings.get(name)
    is_told = (
        line is not None and line.quantity == (new or None) and line != before.readings.get(name)
    )
    why = (
        f"{REASONS[line.reason]}{f': {line.note}' if line.note else ''}" if line and is_told else ""
    )
    if old and new:
        was, now = differing(old, new)
        old, new = (
            BETWEEN.join(was.values()) or "(not said)",
            BETWEEN.join(now.values()) or "(not said)",
        )
    return Difference(kind, name, old, new, why)


def _of_page(file: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Difference]:
    """Yield the sentences of a page that are new, gone, or in the place of others."""
    for what, first, last, start, end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if what == "equal":
            continue
        gone, come = old[first:last], new[start:end]
        if len(gone) == len(come):
            yield from (
                Difference(SENTENCE, file, was, now) for was, now in zip(gone, come, strict=True)
            )
        else:
            yield from (Difference(SENTENCE, file, was, "") for was in gone)
            yield from (Difference(SENTENCE, file, "", now) for now in come)


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of Markdown; headings, lines of lists and rows of tables stand alone."""
    for block in re.split(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*|#]|\d+\.) ?)", text):
        for sentence in END.split(" ".join(block.split())):
            if sentence:
                yield sentence
