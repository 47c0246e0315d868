"""Studies in the JSON of ClinicalTrials.gov's programming interface, version 2."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from evidence.problems import Place, Problem
from evidence.read.limits import HIDDEN
from evidence.registry.record import FileRead, Record, finding

FORMAT = "clinicaltrials-gov-json"
ID_KEY = re.compile(r'"nctId"\s*:')
SAMPLE = "A study is an object with 'protocolSection'; a page holds a list 'studies'."
SEPARATOR = " | "


def read_json(file: str, text: str) -> FileRead:
    """Read one study, a page of studies, a list of studies, or a study on each line."""
    read = FileRead(file, FORMAT, "clinicaltrials-gov")
    content, problems = _content(file, text)
    read.problems = problems
    if problems:
        return read
    studies: list[tuple[Place, Any]] = []
    for first_line, part in content:
        studies += _studies(read, file, first_line, part)
    if len(content) == 1:
        studies = _placed(file, text, studies)
    if not studies and not read.problems:
        message, hint = "this export holds no study", "The search may have found nothing."
        read.problems.append(finding("file-not-empty", Place(file, 1, 1), message, hint))
    read.problems += _missing_pages(file, [part for _, part in content], len(studies))
    for place, study in studies:
        record = _record(place, study)
        if isinstance(record, Problem):
            read.problems.append(record)
        else:
            read.records.append(record)
    return read


def _content(file: str, text: str) -> tuple[list[tuple[int, Any]], list[Problem]]:
    """Return the parsed parts of a file, each with its first line; several when one a line."""
    try:
        return [(1, json.loads(text))], []
    except RecursionError:
        return [], [_unreadable(file, 1, 1, "it is nested too deeply")]
    except ValueError as error:
        whole = error
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if (
        len(lines) > 1
        and all(line.lstrip().startswith("{") for _, line in lines)
        and (lines[0][1].rstrip().endswith("}"))
    ):
        return _parts(file, lines)
    return [], [_syntax(file, text, whole)]


def _parts(file: str, lines: list[tuple[int, str]]) -> tuple[list[tuple[int, Any]], list[Problem]]:
    parts: list[tuple[int, Any]] = []
    problems = []
    for number, line in lines:
        try:
            parts.append((number, json.loads(line)))
        except RecursionError:
            problems.append(_unreadable(file, number, 1, "it is nested too deeply"))
        except ValueError as error:
            problems.append(_syntax(file, line, error, number))
    return parts, problems


def _syntax(file: str, text: str, error: ValueError, first_line: int = 1) -> Problem:
    """Return a problem for JSON that cannot be read: cut off, or wrong in the middle."""
    if not isinstance(error, json.JSONDecodeError):  # a number of absurd length
        return _unreadable(file, first_line, 1, "a number in it is too long")
    line, column = error.lineno + first_line - 1, error.colno
    ends = not text[error.pos :].strip() or "Unterminated string" in error.msg
    if ends:
        message = "the file ends before its JSON does"
        hint = "Download the export again; it is cut off."
        return finding("export-whole", Place(file, line, column), message, hint)
    return _unreadable(file, line, column, error.msg.lower())


def _unreadable(file: str, line: int, column: int, reason: str) -> Problem:
    message = f"this JSON cannot be read: {reason}"
    return finding("export-row", Place(file, line, column), message, "Download the export again.")


def _studies(read: FileRead, file: str, line: int, part: Any) -> Iterator[tuple[Place, Any]]:
    if isinstance(part, dict) and isinstance(part.get("studies"), list):
        part = part["studies"]
    if isinstance(part, list):
        yield from ((Place(file, line, 1), study) for study in part)
    elif isinstance(part, dict) and "protocolSection" in part:
        yield Place(file, line, 1), part
    else:
        keys = (
            ", ".join(f"'{key[:20]}'" for key in list(part)[:5]) if isinstance(part, dict) else ""
        )
        message = (
            f"this JSON is not an export that is known{f': its keys are {keys}' if keys else ''}"
        )
        read.problems.append(finding("export-known", Place(file, line, 1), message, SAMPLE))


def _placed(file: str, text: str, studies: list[tuple[Place, Any]]) -> list[tuple[Place, Any]]:
    """Give each study the place of its id, when every study has one and no other thing has."""
    starts = [match.start() for match in ID_KEY.finditer(text)]
    if len(starts) != len(studies):
        return studies
    placed, line, line_start, scanned = [], 1, 0, 0
    for start, (_, study) in zip(starts, studies, strict=True):
        ends = text.count("\n", scanned, start)
        if ends:
            line, line_start = line + ends, text.rindex("\n", scanned, start) + 1
        scanned = start
        placed.append((Place(file, line, start - line_start + 1), study))
    return placed


def _missing_pages(file: str, parts: list[Any], count: int) -> list[Problem]:
    """Tell when a page says that there is another, or counts more studies than came."""
    pages = [part for part in parts if isinstance(part, dict) and "studies" in part]
    total = next((page["totalCount"] for page in pages if "totalCount" in page), None)
    more = bool(pages) and all(page.get("nextPageToken") for page in pages)
    if isinstance(total, int) and total > count:
        message = f"this page is one of several: it holds {count} of {total} studies"
    elif more:
        message = "this page says that another follows ('nextPageToken')"
    else:
        return []
    hint = "Fetch every page, and put their studies together in one list or one a line."
    return [finding("export-whole", Place(file, 1, 1), message, hint)]


def _at(content: Any, *keys: str) -> Any:
    for key in keys:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def _text(content: Any, *keys: str) -> str:
    value = _at(content, *keys)
    return HIDDEN.sub(" ", str(value)).strip() if isinstance(value, (str, int)) else ""


def _texts(content: Any, *keys: str, of: str = "") -> list[str]:
    """Return the texts of a list, or the texts under the key ``of`` of its objects."""
    values = _at(content, *keys)
    items = values if isinstance(values, list) else []
    texts = [_text(item, of) if of else _text(item) for item in items]
    return [text for text in texts if text]


def _record(place: Place, study: Any) -> Record | Problem:
    protocol = _at(study, "protocolSection")
    identified = _at(protocol, "identificationModule")
    if not isinstance(identified, dict):
        message = "this study has no 'protocolSection' with an 'identificationModule'"
        return finding("export-known", place, message, SAMPLE)
    status = _at(protocol, "statusModule")
    design = _at(protocol, "designModule")
    return Record(
        place,
        _text(identified, "nctId"),
        title=_text(identified, "briefTitle") or _text(identified, "officialTitle"),
        other_ids=SEPARATOR.join(_other_ids(identified)),
        conditions="|".join(_texts(protocol, "conditionsModule", "conditions")),
        keywords="|".join(_texts(protocol, "conditionsModule", "keywords")),
        interventions="|".join(_interventions(protocol)),
        outcomes="|".join(_texts(protocol, "outcomesModule", "primaryOutcomes", of="measure")),
        phase="|".join(_texts(design, "phases")),
        status=_text(status, "overallStatus"),
        study_type=_text(design, "studyType"),
        sponsor=_text(protocol, "sponsorCollaboratorsModule", "leadSponsor", "class"),
        enrolment=_text(design, "enrollmentInfo", "count"),
        started=_text(status, "startDateStruct", "date"),
        registered=_text(status, "studyFirstPostDateStruct", "date"),
        updated=_text(status, "lastUpdatePostDateStruct", "date"),
        countries=tuple(
            dict.fromkeys(_texts(protocol, "contactsLocationsModule", "locations", of="country"))
        ),
    )


def _other_ids(identified: Any) -> list[str]:
    return [
        _text(identified, "orgStudyIdInfo", "id"),
        *_texts(identified, "secondaryIdInfos", of="id"),
        *_texts(identified, "nctIdAliases"),
    ]


def _interventions(protocol: Any) -> list[str]:
    """Return "Biological: cells" for each intervention, as the CSV exports write it."""
    values = _at(protocol, "armsInterventionsModule", "interventions")
    interventions = values if isinstance(values, list) else []
    named = [
        (_text(intervention, "type").replace("_", " "), _text(intervention, "name"))
        for intervention in interventions
    ]
    return [f"{kind.capitalize()}: {name}" if kind else name for kind, name in named]
