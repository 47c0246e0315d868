"""ClinicalTrials.gov's JSON: studies of its programming interface, version 2."""

from __future__ import annotations

from typing import Any

from evidence.problems import Place, Problem
from evidence.registry.record import Record, finding
from evidence.registry.shapes.object_shape import SEPARATOR, ObjectShape, at, text, texts

SAMPLE = "A study is an object with 'protocolSection'; a page holds a list 'studies'."


def _fits(study: Any) -> bool:
    return isinstance(study, dict) and "protocolSection" in study


def _record(place: Place, study: Any) -> Record | Problem:
    protocol = at(study, "protocolSection")
    identified = at(protocol, "identificationModule")
    if not isinstance(identified, dict):
        message = "this study has no 'protocolSection' with an 'identificationModule'"
        return finding("export-known", place, message, SAMPLE)
    status = at(protocol, "statusModule")
    design = at(protocol, "designModule")
    return Record(
        place,
        text(identified, "nctId"),
        title=text(identified, "briefTitle") or text(identified, "officialTitle"),
        other_ids=SEPARATOR.join(_other_ids(identified)),
        conditions="|".join(texts(protocol, "conditionsModule", "conditions")),
        keywords="|".join(texts(protocol, "conditionsModule", "keywords")),
        interventions="|".join(_interventions(protocol)),
        outcomes="|".join(texts(protocol, "outcomesModule", "primaryOutcomes", of="measure")),
        phase="|".join(texts(design, "phases")),
        status=text(status, "overallStatus"),
        study_type=text(design, "studyType"),
        sponsor=text(protocol, "sponsorCollaboratorsModule", "leadSponsor", "class"),
        sponsor_name=text(protocol, "sponsorCollaboratorsModule", "leadSponsor", "name"),
        enrolment=text(design, "enrollmentInfo", "count"),
        started=text(status, "startDateStruct", "date"),
        completed=text(status, "completionDateStruct", "date"),
        results=text(status, "resultsFirstPostDateStruct", "date") or _posted(study),
        registered=text(status, "studyFirstPostDateStruct", "date"),
        updated=text(status, "lastUpdatePostDateStruct", "date"),
        countries=tuple(
            dict.fromkeys(texts(protocol, "contactsLocationsModule", "locations", of="country"))
        ),
        places=tuple(
            dict.fromkeys(texts(protocol, "contactsLocationsModule", "locations", of="city"))
        ),
    )


def _posted(study: Any) -> str:
    return "posted" if at(study, "hasResults") is True else ""


def _other_ids(identified: Any) -> list[str]:
    return [
        text(identified, "orgStudyIdInfo", "id"),
        *texts(identified, "secondaryIdInfos", of="id"),
        *texts(identified, "nctIdAliases"),
    ]


def _interventions(protocol: Any) -> list[str]:
    """Return "Biological: cells" for each intervention, as the CSV exports write it."""
    values = at(protocol, "armsInterventionsModule", "interventions")
    interventions = values if isinstance(values, list) else []
    named = [
        (text(intervention, "type").replace("_", " "), text(intervention, "name"))
        for intervention in interventions
    ]
    return [f"{kind.capitalize()}: {name}" if kind else name for kind, name in named]


SHAPE = ObjectShape(
    "clinicaltrials-gov-json",
    "ClinicalTrials.gov, JSON of its interface, version 2",
    "clinicaltrials-gov",
    _fits,
    _record,
)
