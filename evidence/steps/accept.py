"""Accept what findings say: write the next lines of the ledger of readings, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evidence.check.sources.readings import written_findings
from evidence.check.sources.trials import trial_names
from evidence.model.base import PartialDate
from evidence.model.finding import Finding
from evidence.model.readings import (
    BETWEEN,
    GONE,
    NEW,
    READINGS,
    FindingReading,
    differing,
    recorded,
)
from evidence.problems import ProblemsFoundError, did_you_mean
from evidence.read.reading import Reading
from evidence.read.readings import Readings, read_readings, same_person
from evidence.steps.in_place import ChangedMeanwhileError, write_whole
from evidence.steps.load import load
from evidence.steps.readings_file import (
    text_of,
    with_lines,
    with_seconds,
)
from evidence.steps.records import check_records, known_of, read_records


class MendFirstError(ProblemsFoundError):
    """Raised where something else in data/ has to be mended first."""

    aftermath = "Nothing was written."


class NothingAcceptedError(Exception):
    """Raised where what is asked for cannot be accepted; its text says why, and what would help."""


@dataclass(frozen=True)
class Acceptance:
    """What an author accepts: ``names`` of studies or findings, why, and who read them on which day.

    ``all_new`` names whatever has no line; ``second`` says that ``by`` read the same again; ``was`` is the
    name that a study or finding had before.
    """

    names: tuple[str, ...]
    reason: str
    on: PartialDate
    by: str
    note: str = ""
    second: bool = False
    all_new: bool = False
    was: str = ""


@dataclass(frozen=True)
class WrittenFindings:
    """The findings of a project that somebody wrote, and the last lines of its ledger."""

    findings: Mapping[str, Finding]
    last: Mapping[str, FindingReading]

    @property
    def unread(self) -> list[str]:
        """Return the findings that have no line, or one that says that they are gone."""
        return [address for address in self.findings if not self._stands(address)]

    @property
    def changed(self) -> list[str]:
        """Return the findings that are not what their last line says."""
        known = (address for address in self.findings if self._stands(address))
        return [name for name in known if self.last[name].quantity != recorded(self.findings[name])]

    @property
    def lost(self) -> list[str]:
        """Return the findings that have a line and are not there."""
        return [
            address
            for address in self.last
            if address not in self.findings and self._stands(address)
        ]

    def _stands(self, address: str) -> bool:
        return address in self.last and self.last[address].reason != GONE


def accept(root: Path, asked: Acceptance) -> list[str]:
    """Write the lines that are asked for; return what was written, a sentence for each line.

    Raises MendFirstError where something else in data/ is wrong, and NothingAcceptedError where there is
    nothing to accept. Nothing is written then.
    """
    file = root / READINGS
    before = file.read_bytes() if file.is_file() else None
    held = _held(root)
    if before is None and not asked.all_new:
        message = f"there is no {READINGS}. 'python build.py accept --all-new' begins it"
        raise NothingAcceptedError(message)
    text = text_of(before)
    if asked.second:
        lines = [_confirmed(held, address, asked) for address in _named(held, asked)]
        text = with_seconds(text, {line.address: line for line in lines})
    elif asked.was:
        lines = _renamed(held, asked)
        text = with_lines(text, lines)
    else:
        lines = [_line(held, address, asked) for address in _named(held, asked)]
        text = with_lines(text, lines)
    try:
        write_whole(file, text, before)
    except ChangedMeanwhileError as error:
        raise NothingAcceptedError(
            f"somebody else wrote {READINGS} just now. Do it again"
        ) from error
    return [_told(held, line, second=asked.second) for line in lines]


def _held(root: Path) -> WrittenFindings:
    """Read data/; what is wrong with it is raised, but for what the ledger says of its findings."""
    sources = load(root)
    reading = Reading(sources, list(sources.unreadable.values()))
    records = read_records(reading)
    pages = [name[len("content/") : -len(".md")] for name in sources.below("content/", ".md")]
    known = known_of(reading, records, pages, trial_names(sources))
    reading.problems += check_records(reading, known, records)
    if reading.problems:
        raise MendFirstError(reading.problems)
    readings = read_readings(reading) or Readings()
    return WrittenFindings(written_findings(reading, records.studies.values()), readings.last)


def _named(held: WrittenFindings, asked: Acceptance) -> list[str]:
    """Return the findings that are asked for, each once, in the order in which they were named."""
    if asked.all_new:
        if not held.unread:
            raise NothingAcceptedError("every finding has a line already")
        return held.unread
    found: list[str] = []
    for name in asked.names:
        found += [name] if "/" in name else _of_study(held, name, asked)
    return list(dict.fromkeys(found))


def _of_study(held: WrittenFindings, study: str, asked: Acceptance) -> list[str]:
    """Return the findings of a study for which what is asked makes sense."""
    reasons = {NEW: held.unread, GONE: held.lost}
    waiting = list(held.findings) if asked.second else reasons.get(asked.reason, held.changed)
    found = [address for address in waiting if address.startswith(f"{study}/")]
    if found:
        return found
    studies = {address.partition("/")[0] for address in (*held.findings, *held.last)}
    if study in studies:
        raise NothingAcceptedError(f"no finding of '{study}' can be accepted as {asked.reason}")
    hint = did_you_mean(study, studies, "Name a study, or a finding as study/finding.")
    raise NothingAcceptedError(f"there is no study '{study}'. {hint}")


def _line(held: WrittenFindings, address: str, asked: Acceptance) -> FindingReading:
    """Return the next line of a finding, or raise NothingAcceptedError."""
    _refuse(held, address, asked.reason)
    study, _, name = address.partition("/")
    finding = held.findings.get(address)
    return FindingReading.model_validate(
        {
            "study": study,
            "finding": name,
            "quantity": None if finding is None else recorded(finding),
            "on": asked.on,
            "by": asked.by,
            "reason": asked.reason,
            "note": asked.note or None,
        }
    )


def _refuse(held: WrittenFindings, address: str, reason: str) -> None:
    if address not in held.findings and address not in held.last:
        known = {*held.findings, *held.last}
        hint = did_you_mean(address, known, "Name it as study/finding, as pages do.")
        raise NothingAcceptedError(f"there is no finding '{address}'. {hint}")
    if reason == GONE:
        if address in held.findings:
            raise NothingAcceptedError(
                f"'{address}' is still there. Delete it first, or say what changed"
            )
        if address not in held.lost:
            raise NothingAcceptedError(f"the ledger says already that '{address}' is gone")
    elif address not in held.findings:
        raise NothingAcceptedError(
            f"'{address}' is not there any more: accept that with --why gone"
        )
    elif address in held.unread:
        if reason != NEW:
            raise NothingAcceptedError(f"'{address}' has no line yet: accept it with --why new")
    elif reason == NEW:
        raise NothingAcceptedError(
            f"'{address}' is not new: say why it changed, such as --why corrected"
        )
    elif address not in held.changed:
        raise NothingAcceptedError(f"'{address}' is as it was read: there is nothing to accept")


def _confirmed(held: WrittenFindings, address: str, asked: Acceptance) -> FindingReading:
    """Return the last line of a finding with its second reading, or raise NothingAcceptedError."""
    if address not in held.findings or address in held.unread:
        _refuse(held, address, NEW)
        raise NothingAcceptedError(f"'{address}' has no line yet: accept it with --why new")
    line = held.last[address]
    if address in held.changed:
        message = f"'{address}' is not what it was when it was read"
        raise NothingAcceptedError(f"{message}: say first why it changed, such as --why corrected")
    if line.second_by is not None and line.second_on is not None:
        message = (
            f"'{address}' was read a second time by {line.second_by} on {line.second_on.words}"
        )
        raise NothingAcceptedError(f"{message} already")
    if same_person(line.by, asked.by):
        message = f"{line.by} read '{address}' first, and so is not the second to read it"
        raise NothingAcceptedError(f"{message}. Give the other name with --by")
    return line.model_copy(update={"second_on": asked.on, "second_by": asked.by})


def _renamed(held: WrittenFindings, asked: Acceptance) -> list[FindingReading]:
    """Return the lines of what has another name now: as it was read, and that its old name is gone."""
    name, lines = asked.names[0], []
    before = [old for old in held.lost if old == asked.was or old.startswith(f"{asked.was}/")]
    if not before:
        hint = did_you_mean(asked.was, held.lost, "Name what the build says is not there any more.")
        raise NothingAcceptedError(f"no finding was lost that was called '{asked.was}'. {hint}")
    for old in before:
        new = name + old.removeprefix(asked.was)
        finding, line = held.findings.get(new), held.last[old]
        if finding is None or new not in held.unread:
            why = "has a line already" if finding else "is not there"
            raise NothingAcceptedError(f"'{new}' {why}, so it is not what '{old}' was")
        if line.quantity != recorded(finding):
            message = f"'{new}' says something else than '{old}' did"
            raise NothingAcceptedError(
                f"{message}: give it its old numbers first, and then accept new ones"
            )
        study, _, last = new.partition("/")
        named = {"study": study, "finding": last, "reason": NEW, "note": f"Was {old}."}
        gone = {"quantity": None, "reason": GONE, "note": f"Now {new}.", "on": asked.on}
        gone |= {"by": asked.by or line.by, "second_on": None, "second_by": None}
        lines += [line.model_copy(update=named), line.model_copy(update=gone)]
    return lines


def _told(held: WrittenFindings, line: FindingReading, *, second: bool) -> str:
    """Return what was accepted in one sentence."""
    if second:
        return f"{line.address}: read again by {line.second_by}; {line.quantity}"
    last = held.last.get(line.address)
    if line.quantity is None or last is None or last.reason == GONE:
        return f"{line.address}: {line.reason}; {line.quantity or 'not there any more'}"
    parts = differing(last.quantity or "", line.quantity)
    before, after = (BETWEEN.join(changed.values()) or "nothing" for changed in parts)
    return f"{line.address}: {line.reason}; {before} -> {after}"
