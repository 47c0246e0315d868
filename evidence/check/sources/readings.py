"""Does each finding say what it said when it was last read? A change of a number has a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from evidence.model.columns import columns_of
from evidence.model.finding import Finding
from evidence.model.readings import (
    GONE,
    NEW,
    READINGS,
    REASONS,
    FindingReading,
    differing,
    recorded,
)
from evidence.model.site import Site
from evidence.model.study import Study
from evidence.problems import Place, Problem
from evidence.read.reading import Reading
from evidence.read.readings import Readings
from evidence.read.tables import place_of_finding
from evidence.read.yaml_file import Path

COMMAND = "python build.py accept"
PATHS: dict[str, Path] = {column.name: column.path for column in columns_of(Finding)}
OTHERS = [reason for reason in REASONS if reason not in {NEW, GONE, "corrected"}]


def written_findings(reading: Reading, studies: Iterable[Study]) -> dict[str, Finding]:
    """Return the findings that somebody wrote, by address: those that the site computes are left out."""
    found = {}
    for study in studies:
        document = reading.documents[f"data/studies/{study.id}.yaml"]
        table = reading.tables.get(f"data/tables/{study.table}")
        rows = {cells.get("id") for _, cells in table.rows} if table else set()
        for name, finding in study.findings.items():
            if name in rows or document.holds(("findings", name)):
                found[f"{study.id}/{name}"] = finding
    return found


def confirmed(findings: Mapping[str, Finding], readings: Readings | None) -> tuple[int, int] | None:
    """Return how many findings somebody else read again, and of how many; None without a ledger."""
    if readings is None:
        return None
    lines = (readings.last.get(address) for address in findings)
    again = sum(line is not None and line.second_on is not None for line in lines)
    return again, len(findings)


def check_readings(
    reading: Reading, studies: Mapping[str, Study], readings: Readings | None, site: Site | None
) -> Iterator[Problem]:
    """Yield the findings that are not what their last line says, and lines of what is not there.

    A project without a ledger is not held to it, unless data/site.yaml says that it has one.
    """
    if readings is None:
        known = {*reading.sources.texts, *reading.sources.unreadable}
        if site is not None and site.readings and READINGS not in known:
            hint = (
                "Put it back from an earlier revision. data/site.yaml says that this site keeps it "
                f"('readings: true'); '{COMMAND} --all-new' begins another."
            )
            yield Problem(Place(READINGS), "site-complete", "this file is missing", hint)
        return
    findings = written_findings(reading, studies.values())
    unread: dict[str, list[str]] = defaultdict(list)
    for address, finding in findings.items():
        line = readings.last.get(address)
        if line is None or line.reason == GONE:
            unread[address.partition("/")[0]].append(address)
        elif line.quantity != recorded(finding):
            yield _changed(reading, studies, finding, line)
    for name, addresses in unread.items():
        yield from _unread(reading, studies[name], addresses, findings)
    yield from _gone(reading, readings, findings)


def _changed(
    reading: Reading, studies: Mapping[str, Study], finding: Finding, line: FindingReading
) -> Problem:
    before, after = differing(line.quantity or "", recorded(finding))
    first = next(iter({**after, **before}))
    message = (
        f"'{line.address}' was {_quoted(before.values())} when {line.by} read it on {line.on.words}, "
        f"and is now {_quoted(after.values())}"
    )
    hint = (
        f'Put it back; or say why: {COMMAND} {line.address} --why corrected --note "..." '
        f"(or {', '.join(OTHERS)})."
    )
    place = place_of_finding(reading, studies[line.study], finding.id, PATHS.get(first, ()))
    return Problem(place, "change-explained", message, hint)


def _quoted(parts: Collection[str]) -> str:
    return f"'{'; '.join(parts)}'" if parts else "without it"


def _unread(
    reading: Reading, study: Study, addresses: list[str], findings: Mapping[str, Finding]
) -> Iterator[Problem]:
    """Yield a problem for each finding without a line; one for a study of which none has one."""
    own = [address for address in findings if address.startswith(f"{study.id}/")]
    if len(addresses) > 1 and addresses == own:
        message = (
            f"no line of {READINGS} says when the {len(own)} findings of '{study.id}' were read"
        )
        hint = f"When each was read in its source: {COMMAND} {study.id} --why new."
        place = place_of_finding(reading, study, own[0].partition("/")[2])
        yield Problem(place, "change-explained", message, hint)
        return
    for address in addresses:
        message = f"no line of {READINGS} says when '{address}' was read"
        hint = f"When it was read in its source: {COMMAND} {address} --why new."
        place = place_of_finding(reading, study, address.partition("/")[2])
        yield Problem(place, "change-explained", message, hint)


def _gone(
    reading: Reading, readings: Readings, findings: Mapping[str, Finding]
) -> Iterator[Problem]:
    """Yield the lines of findings that are not there; one for a study that is not there."""
    lost: dict[str, list[str]] = defaultdict(list)
    for address, line in readings.last.items():
        if address not in findings and line.reason != GONE:
            lost[line.study].append(address)
    studies = {address.partition("/")[0] for address in findings}
    for study, addresses in lost.items():
        if (
            reading.is_broken("study", study)
            or f"data/studies/{study}.yaml" in reading.sources.drafts
        ):
            continue
        if study not in studies and len(addresses) > 1:
            what = f"the {len(addresses)} findings of '{study}' are not there any more"
            yield _lost(readings, addresses[0], study, what)
            continue
        for address in addresses:
            yield _lost(readings, address, address, f"'{address}' is not there any more")


def _lost(readings: Readings, address: str, wanted: str, what: str) -> Problem:
    place = Place(READINGS, readings.lines[address], 1)
    hint = (
        f'Put it back; or say what became of it: {COMMAND} {wanted} --why gone --note "..."; '
        f"or, where it has another name now: {COMMAND} NAME --was {wanted}."
    )
    return Problem(place, "change-explained", f"{what}, and no line says that it is gone", hint)
