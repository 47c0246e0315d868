"""ClinicalTrials.gov's XML until 2024: a study in each file of its download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.problems import Place
from evidence.registry.record import Record
from evidence.registry.shapes.element_shape import SEPARATOR, ElementShape, text, texts

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def _record(place: Place, study: Element) -> Record:
    interventions = [
        ": ".join(filter(None, (text(each, "intervention_type"), text(each, "intervention_name"))))
        for each in study.findall("{*}intervention")
    ]
    countries = texts(study, "location_countries/country") or texts(
        study, "location/facility/address/country"
    )
    identified = (
        *texts(study, "id_info/org_study_id"),
        *texts(study, "id_info/secondary_id"),
        *texts(study, "id_info/nct_alias"),
    )
    return Record(
        place,
        text(study, "id_info/nct_id"),
        title=text(study, "brief_title") or text(study, "official_title"),
        other_ids=SEPARATOR.join(identified),
        conditions="|".join(texts(study, "condition")),
        keywords="|".join(texts(study, "keyword")),
        interventions="|".join(interventions),
        outcomes="|".join(texts(study, "primary_outcome/measure")),
        phase=text(study, "phase"),
        status=text(study, "overall_status"),
        study_type=text(study, "study_type"),
        sponsor=text(study, "sponsors/lead_sponsor/agency_class"),
        sponsor_name=text(study, "sponsors/lead_sponsor/agency"),
        enrolment=text(study, "enrollment"),
        started=text(study, "start_date"),
        completed=text(study, "completion_date"),
        results=text(study, "results_first_posted"),
        registered=text(study, "study_first_posted"),
        updated=text(study, "last_update_posted"),
        countries=tuple(dict.fromkeys(countries)),
        places=tuple(dict.fromkeys(texts(study, "location/facility/address/city"))),
    )


SHAPE = ElementShape(
    "clinicaltrials-gov-classic-xml",
    "ClinicalTrials.gov, classic XML of studies (until 2024)",
    "clinicaltrials-gov",
    "clinical_study",
    "clinical_study",
    _record,
)
