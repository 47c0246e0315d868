"""The words of FHIR R5 that evidence is written in: code systems, and small data types as dictionaries.

Every code stands in the value set that R5 binds its element to (hl7.fhir.r5.core 5.0.0). What has no code there
is text.
"""

from __future__ import annotations

import uuid
from decimal import Decimal

from evidence.model.site import Site
from evidence.numbers.printed_p import PrintedP
from evidence.pages.linked_data import Node, filled

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
STATISTIC = f"{TERMINOLOGY}statistic-type"
ESTIMATE = f"{TERMINOLOGY}attribute-estimate-type"
ROLE = f"{TERMINOLOGY}variable-role"
CERTAINTY_TYPE = "http://hl7.org/fhir/certainty-type"
CERTAINTY_RATING = "http://hl7.org/fhir/certainty-rating"
STUDY_DESIGN = "http://hl7.org/fhir/study-design"
CONTRIBUTOR_ROLE = "http://hl7.org/fhir/contributor-role"
ARTIFACT_STATUS = "http://hl7.org/fhir/cited-artifact-status-type"
PUBLISHED_IN = "http://hl7.org/fhir/published-in-type"
UNITS = "http://unitsofmeasure.org"  # UCUM
URI = "urn:ietf:rfc:3986"  # the system of an identifier that is an address

# Statistics by what this site calls them: code and name
STATISTICS = {
    "risk ratio": ("C93152", "Relative Risk"),
    "odds ratio": ("C16932", "Odds Ratio"),
    "hazard ratio": ("C93150", "Hazard Ratio"),
    "rate ratio": ("rate-ratio", "Incidence Rate Ratio"),
    "risk difference": ("0000424", "Risk Difference"),
    "mean difference": ("0000457", "Mean Difference"),
    "standardised mean difference": ("0000100", "Standardized Mean Difference"),
    "proportion": ("C44256", "Proportion"),
    "count": ("C25463", "Count"),
    "mean": ("C53319", "Mean"),
}
INTERVAL = ("C53324", "Confidence interval")
P_VALUE = ("C44185", "P-value")
DEVIATION = ("C53322", "Standard deviation")
ROLES = {
    "population": "population",
    "exposure": "exposure",
    "referenceExposure": "reference exposure",
    "measuredVariable": "measured variable",
}
CERTAINTIES = {
    "high": "High quality",
    "moderate": "Moderate quality",
    "low": "Low quality",
    "very-low": "Very low quality",
}
ASSIGNED = {
    "randomised-controlled-trial": ("SEVCO:01003", "randomized assignment"),
    "non-randomised-controlled-trial": ("SEVCO:01005", "Non-randomized assignment"),
}
COMPARATORS = {"<": "<", "≤": "<=", "≥": ">=", ">": ">"}


def concept(system: str, code: tuple[str, str] | None, text: str = "") -> Node:
    """Return a CodeableConcept: a code with its name, where there is one, and words."""
    coding = [{"system": system, "code": code[0], "display": code[1]}] if code else []
    return filled({"coding": coding, "text": text})


def quantity(value: Decimal | int | None, unit: str = "", comparator: str = "") -> Node:
    """Return a Quantity; only a percentage has a unit of UCUM."""
    coded = {"system": UNITS, "code": "%"} if unit == "%" else {}
    return filled({"value": value, "comparator": comparator, "unit": unit, **coded})


def p_value(printed: str) -> Node:
    """Return a P value as an estimate of an attribute, with the digits and the sign that were printed."""
    read = PrintedP.read(printed)
    number = quantity(read.number, comparator=COMPARATORS.get(read.sign, ""))
    return {"type": concept(ESTIMATE, P_VALUE), "quantity": number}


def notes(*texts: str | None) -> list[Node]:
    """Return what is said as annotations."""
    return [{"text": text} for text in texts if text]


def resource_id(site: Site, kind: str, name: str) -> str:
    """Return the id of a resource, the same in every build: a UUID of version 5 (RFC 9562).

    Its namespace is the address of the site, or its title where it has none.
    """
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, site.address or site.title)
    return str(uuid.uuid5(namespace, f"{kind}/{name}"))


def own_identifiers(site: Site, name: str, path: str) -> list[Node]:
    """Return the name that this site gives something, and its public address where it has one."""
    address = site.public_address(path)
    named = {"value": name, "assigner": {"display": site.title}}
    return [named, *([{"system": URI, "value": address}] if address else [])]
