"""ClinicalTrials.gov's JSON until 2024: full studies of its interface, version 1."""

from __future__ import annotations

from typing import Any

from evidence.problems import Place, Problem
from evidence.registry.record import Record, finding
from evidence.registry.shapes.object_shape import SEPARATOR, ObjectShape, at, text, texts

SAMPLE = "A study is an object with 'Study', in which 'ProtocolSection' stands."


def _study(content: Any) -> Any:
    """Return the study in what stands around it, in a list of the answer or in a file of its own."""
    for key in ("FullStudy", "Study"):
        content = content[key] if isinstance(content, dict) and key in content else content
    return content


def _fits(content: Any) -> bool:
    return isinstance(at(_study(content), "ProtocolSection"), dict)


def _record(place: Place, content: Any) -> Record | Problem:
    protocol = at(_study(content), "ProtocolSection")
    identified = at(protocol, "IdentificationModule")
    if not isinstance(identified, dict):
        message = "this study has no 'ProtocolSection' with an 'IdentificationModule'"
        return finding("export-known", place, message, SAMPLE)
    status = at(protocol, "StatusModule")
    design = at(protocol, "DesignModule")
    conditions = at(protocol, "ConditionsModule")
    outcomes = at(protocol, "OutcomesModule", "PrimaryOutcomeList")
    locations = at(protocol, "ContactsLocationsModule", "LocationList")
    return Record(
        place,
        text(identified, "NCTId"),
        title=text(identified, "BriefTitle") or text(identified, "OfficialTitle"),
        other_ids=SEPARATOR.join(_other_ids(identified)),
        conditions="|".join(texts(conditions, "ConditionList", "Condition")),
        keywords="|".join(texts(conditions, "KeywordList", "Keyword")),
        interventions="|".join(_interventions(protocol)),
        outcomes="|".join(texts(outcomes, "PrimaryOutcome", of="PrimaryOutcomeMeasure")),
        phase="|".join(texts(design, "PhaseList", "Phase")),
        status=text(status, "OverallStatus"),
        study_type=text(design, "StudyType"),
        sponsor=text(protocol, "SponsorCollaboratorsModule", "LeadSponsor", "LeadSponsorClass"),
        sponsor_name=text(protocol, "SponsorCollaboratorsModule", "LeadSponsor", "LeadSponsorName"),
        enrolment=text(design, "EnrollmentInfo", "EnrollmentCount"),
        started=text(status, "StartDateStruct", "StartDate"),
        completed=text(status, "CompletionDateStruct", "CompletionDate"),
        results=text(status, "ResultsFirstPostDateStruct", "ResultsFirstPostDate"),
        registered=text(status, "StudyFirstPostDateStruct", "StudyFirstPostDate"),
        updated=text(status, "LastUpdatePostDateStruct", "LastUpdatePostDate"),
        countries=tuple(dict.fromkeys(texts(locations, "Location", of="LocationCountry"))),
        places=tuple(dict.fromkeys(texts(locations, "Location", of="LocationCity"))),
    )


def _other_ids(identified: Any) -> list[str]:
    return [
        text(identified, "OrgStudyIdInfo", "OrgStudyId"),
        *texts(identified, "SecondaryIdInfoList", "SecondaryIdInfo", of="SecondaryId"),
        *texts(identified, "NCTIdAliasList", "NCTIdAlias"),
    ]


def _interventions(protocol: Any) -> list[str]:
    """Return "Biological: cells" for each intervention, as the tables write it."""
    listed = at(protocol, "ArmsInterventionsModule", "InterventionList", "Intervention")
    interventions = listed if isinstance(listed, list) else []
    named = [
        (text(intervention, "InterventionType"), text(intervention, "InterventionName"))
        for intervention in interventions
    ]
    return [f"{kind}: {name}" if kind else name for kind, name in named]


SHAPE = ObjectShape(
    "clinicaltrials-gov-classic-json",
    "ClinicalTrials.gov, classic JSON of full studies (until 2024)",
    "clinicaltrials-gov",
    _fits,
    _record,
)
