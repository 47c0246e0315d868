"""The XML of the ISRCTN registry's interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.problems import Place
from evidence.registry.record import Record
from evidence.registry.shapes.element_shape import SEPARATOR, ElementShape, text, texts

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def _record(place: Place, study: Element) -> Record:
    trial = study.find("{*}trial")
    number = trial.find("{*}isrctn") if trial is not None else None
    digits = text(number).removeprefix("ISRCTN")
    identified = (
        *texts(trial, "externalRefs/eudraCTNumber"),
        *texts(trial, "externalRefs/clinicalTrialsGovNumber"),
        *texts(trial, "externalRefs/secondaryNumbers/secondaryNumber"),
    )
    interventions = [
        ": ".join(filter(None, (text(each, "interventionType"), SEPARATOR.join(named))))
        for each in (trial.findall("{*}interventions/{*}intervention") if trial is not None else ())
        for named in [[*texts(each, "drugNames"), *texts(each, "description")]]
    ]
    return Record(
        place,
        f"ISRCTN{digits}" if digits else "",
        title=text(trial, "trialDescription/title")
        or text(trial, "trialDescription/scientificTitle"),
        other_ids=SEPARATOR.join(identified),
        conditions="|".join(texts(trial, "conditions/condition/description")),
        interventions="|".join(interventions),
        outcomes="|".join(texts(trial, "trialDescription/primaryOutcome")),
        phase=text(trial, "interventions/intervention/phase"),
        status=text(trial, "trialDesign/overallStatusOverride"),
        study_type=text(trial, "trialDesign/primaryStudyDesign"),
        sponsor_name=text(study, "sponsor/organisation"),
        enrolment=text(trial, "participants/totalFinalEnrolment")
        or text(trial, "participants/targetEnrolment"),
        started=text(trial, "participants/recruitmentStart"),
        completed=text(trial, "trialDesign/overallEndDate"),
        registered=number.get("dateAssigned", "") if number is not None else "",
        updated=trial.get("lastUpdated", "") if trial is not None else "",
        countries=tuple(dict.fromkeys(texts(trial, "participants/recruitmentCountries/country"))),
    )


SHAPE = ElementShape(
    "isrctn-xml",
    "ISRCTN, XML of its interface",
    "isrctn",
    "allTrials",
    "fullTrial",
    _record,
)
