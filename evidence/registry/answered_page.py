"""One page of studies as ClinicalTrials.gov's interface, version 2, answers it: read and looked over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidence.problems import Place, Problem, ProblemsFoundError, did_you_mean
from evidence.registry.asking import PassingError
from evidence.registry.record import finding, quoted

ID = "protocolSection.identificationModule.nctId"
# What the registry asks of everybody who registers: no page has it in none of its studies
ALWAYS = (
    ID,
    "protocolSection.identificationModule.briefTitle",
    "protocolSection.statusModule.overallStatus",
    "protocolSection.statusModule.lastUpdatePostDateStruct.date",
    "protocolSection.conditionsModule.conditions",
    "protocolSection.designModule.studyType",
)
# What some studies lack, and never all of many
USUAL = (
    "protocolSection.identificationModule.orgStudyIdInfo.id",
    "protocolSection.statusModule.startDateStruct.date",
    "protocolSection.statusModule.studyFirstPostDateStruct.date",
    "protocolSection.sponsorCollaboratorsModule.leadSponsor.class",
    "protocolSection.designModule.phases",
    "protocolSection.designModule.enrollmentInfo.count",
    "protocolSection.armsInterventionsModule.interventions",
    "protocolSection.contactsLocationsModule.locations",
    "hasResults",
)
MANY = 100
MOST_KEYS = 8
HINT = (
    "The interface has changed. Download the search as a file from the registry's site and import "
    "it, until this program knows the new shape."
)


@dataclass(frozen=True)
class AnsweredPage:
    """A page: its studies as they came, the token of the next page, and how many there are in all.

    ``total`` stands on the first page only.
    """

    studies: list[dict[str, Any]]
    token: str | None
    total: int | None

    @property
    def ids(self) -> list[str]:
        """Return the ids of the studies, in their order."""
        return [str(_at(study, ID)) for study in self.studies]


def read_page(raw: bytes, place: str, *, is_first: bool) -> AnsweredPage:
    """Return the page that ``raw`` holds; ``place`` says which it is.

    Raises PassingError when it is no JSON, as from a server in trouble; ProblemsFoundError, which
    names what is missing, when it has another shape than is known.
    """
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise PassingError("answered something that is no JSON") from error
    problems = list(_shape(content, Place(place), is_first=is_first))
    if problems:
        raise ProblemsFoundError(problems)
    total = content.get("totalCount")
    return AnsweredPage(content["studies"], content.get("nextPageToken") or None, total)


def _shape(content: Any, place: Place, *, is_first: bool) -> list[Problem]:
    if not isinstance(content, dict):
        return [_changed(place, "the answer is no object with 'studies'")]
    problems = []
    studies = content.get("studies")
    total = content.get("totalCount")
    token = content.get("nextPageToken")
    if not isinstance(studies, list):
        problems.append(_missing(place, "studies", [content]))
    if is_first and (not isinstance(total, int) or isinstance(total, bool) or total < 0):
        problems.append(_missing(place, "totalCount", [content]))
    if token is not None and not isinstance(token, str):
        problems.append(_changed(place, f"'nextPageToken' is {quoted(repr(token))}, and no text"))
    if isinstance(studies, list) and studies:
        problems += missing_of_all(studies, ALWAYS, place)
        without = sum(not isinstance(_at(study, ID), str) for study in studies)
        if 0 < without < len(studies):
            message = f"'{ID}' is missing from {without} of {len(studies)} studies"
            problems.append(_changed(place, message))
    return problems


def missing_of_all(studies: Sequence[Any], paths: Sequence[str], place: Place) -> list[Problem]:
    """Return a problem for each of ``paths`` that no study has: keys joined by points."""
    lost = [path for path in paths if all(_at(study, path) is None for study in studies)]
    return [_missing(place, path, studies) for path in lost]


def _missing(place: Place, path: str, holders: Sequence[Any]) -> Problem:
    """Return the problem of a path that none of ``holders`` has, with what stands there instead.

    The path is cut at its first part that is missing: when a module is gone, that is said.
    """
    parts = path.split(".")
    keys: list[str] = []
    for depth, part in enumerate(parts):
        keys = sorted({key for holder in holders if isinstance(holder, dict) for key in holder})
        holders = [_at(holder, part) for holder in holders]
        if all(holder is None for holder in holders):
            parts = parts[: depth + 1]
            break
    there = ", ".join(quoted(key) for key in keys[:MOST_KEYS])
    message = f"'{'.'.join(parts)}' is missing" + (f"; in its place stand {there}" if there else "")
    hint = f"{did_you_mean(parts[-1], keys)} {HINT}".strip()
    return finding("registry-shape", place, message, hint)


def _changed(place: Place, message: str) -> Problem:
    return finding("registry-shape", place, message, HINT)


def _at(study: Any, path: str) -> Any:
    for key in path.split("."):
        study = study.get(key) if isinstance(study, dict) else None
    return study
