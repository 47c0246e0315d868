"""Findings that compare two groups as FHIR: valid by a kept library, and with the numbers of the data."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.bundle import Bundle
from fhir.resources.citation import Citation
from fhir.resources.evidence import Evidence

from evidence.files.fhir import PATH, bundle, written
from evidence.files.fhir_statistics import statistics
from evidence.model.finding import Finding
from evidence.model.study import Study
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.store import Store
from tests.findings import ARMS, DIFFERENCE, finding

EFFECT_UNITS = {"risk ratio", "odds ratio", "hazard ratio", "rate ratio", "mean difference",
                "standardised mean difference"}  # fmt: skip
# The findings of the gallery that compare two groups with an estimate or a P value, by hand
GALLERY = {
    *(f"colds-2021/{name}" for name in ("odds", "quoted", "sleep-after-rest")),
    *(f"honey-2019/{name}" for name in ("cough-free", "few", "sleep")),
    *(f"honey-trials/{name}" for name in ("alps", "bees", "clover", "dales", "elm", "fen", "glen")),
    *(f"honey-trials/{name}" for name in ("heath", "ivy", "lea", "lea-sleep", "moor", "pooled")),
}


def held(built: Built) -> dict[str, Any]:
    """Return the file as it stands, numbers as their digits."""
    made = json.loads(built.site.files[PATH], parse_float=str, parse_int=str)
    assert isinstance(made, dict)
    return made


def resources(built: Built, kind: str) -> dict[str, dict[str, Any]]:
    """Return the resources of a kind by the name that the site gives them."""
    found = [
        entry["resource"]
        for entry in held(built).get("entry", [])
        if entry["resource"]["resourceType"] == kind
    ]
    named = {made["identifier"][0]["value"]: made for made in found}
    assert len(named) == len(found)
    return named


def numbers_of(value: object) -> list[str]:
    """Return every number of a statistic by its digits; words, codes and names are left out."""
    if isinstance(value, list):
        return [number for part in value for number in numbers_of(part)]
    if not isinstance(value, dict):
        return []
    own = [
        part
        for name, part in value.items()
        if name in {"value", "level", "numberAffected", "numberOfParticipants"}
    ]
    return [*own, *(number for part in value.values() for number in numbers_of(part))]


def printed_numbers(found: Finding) -> list[Decimal | int]:
    """Return every number that was printed of a comparison."""
    parts: list[Any] = [found.value, *(found.interval or ()), found.level, found.events]
    if found.difference is not None:
        difference = found.difference
        parts += [difference.value, *(difference.interval or ()), difference.level]
        parts.append(difference.standard_error)
    if found.arms is not None:
        for arm in (found.arms.treated, found.arms.control):
            parts += [arm.percent, arm.value, arm.sd, arm.events, arm.n]
    if found.p is not None:
        parts.append(found.p.lstrip("<>≤≥ "))
    return [part for part in parts if part is not None]


def tells(study: Study, found: Finding) -> bool:
    """Tell by the words of the data alone whether a finding compares two groups with a result."""
    if found.arms is not None:
        arms = (found.arms.treated, found.arms.control)
        counted = all(arm.events is not None and arm.n is not None for arm in arms)
        return counted or found.difference is not None or found.p is not None
    if found.difference is not None:
        return True
    effect = found.unit in EFFECT_UNITS and found.value is not None
    return effect and study.design.control != "none" and study.design.kind != "cohort"


@pytest.mark.parametrize("site", ["gallery_site", "minimal_site", "real_site"])
def test_every_resource_is_valid(site: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(site)
    made = Bundle.model_validate_json(built.site.files[PATH])
    assert made.type == "collection"
    assert len(made.entry or []) == len(held(built).get("entry", []))
    assert bool(resources(built, "Evidence")) == (site != "minimal_site")
    for resource in [
        *resources(built, "Evidence").values(),
        *resources(built, "Citation").values(),
    ]:
        model = Evidence if resource["resourceType"] == "Evidence" else Citation
        model.model_validate(resource)


@pytest.mark.parametrize("site", ["gallery_site", "real_site"])
def test_every_finding_with_an_effect_is_one_evidence_and_no_other_is(
    site: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(site)
    expected = {
        f"{study.id}/{found.id}"
        for study in built.report.studies.values()
        for found in study.findings.values()
        if tells(study, found)
    }
    assert set(resources(built, "Evidence")) == expected
    if site == "gallery_site":
        assert expected == GALLERY


@pytest.mark.parametrize("site", ["gallery_site", "real_site"])
def test_numbers_are_those_of_the_findings_digit_for_digit(
    site: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(site)
    for name, evidence in resources(built, "Evidence").items():
        stand = numbers_of(evidence["statistic"])
        for number in printed_numbers(built.report.findings[name]):
            assert str(number) in stand, (name, number)
        # what was computed here is said to be, and no other number stands there
        printed = [
            part for part in evidence["statistic"] if "Computed" not in str(part.get("note"))
        ]
        known = {str(number) for number in printed_numbers(built.report.findings[name])}
        known |= {str(sum_of_people(built.report.findings[name]))}
        assert set(numbers_of(printed)) <= known, name


def sum_of_people(found: Finding) -> int:
    if found.arms is None:
        return found.n or 0
    return sum(arm.n or 0 for arm in (found.arms.treated, found.arms.control))


@pytest.mark.parametrize("site", ["gallery_site", "real_site"])
def test_every_reference_leads_to_an_entry_and_every_citation_is_needed(
    site: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(site)
    entries = {entry["fullUrl"]: entry["resource"] for entry in held(built)["entry"]}
    assert len(entries) == len(held(built)["entry"])
    referred = set()
    for address, resource in entries.items():
        assert address == f"urn:uuid:{UUID(resource['id'])}"
        if resource["resourceType"] == "Evidence":
            found = built.report.findings[resource["identifier"][0]["value"]]
            cited = entries[resource["citeAsReference"]["reference"]]
            assert cited["identifier"][0]["value"] == found.source
            read_in = [
                part["resourceReference"]["reference"] for part in resource["relatedArtifact"]
            ]
            assert len(read_in) == 1 + len(found.also)
            referred |= {*read_in}
    unreferred = {name for name, made in entries.items() if made["resourceType"] == "Citation"}
    raters = {
        found.rating.source for found in built.report.findings.values() if found.rating is not None
    }
    named = {entries[name]["identifier"][0]["value"] for name in unreferred - referred}
    assert named <= raters


@pytest.mark.parametrize("site", ["gallery_site", "real_site"])
def test_certainty_stands_where_somebody_judged_and_says_who(
    site: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(site)
    for name, evidence in resources(built, "Evidence").items():
        rating = built.report.findings[name].rating
        judged = evidence.get("certainty", [])
        assert bool(judged) == (rating is not None), name
        for said in judged:
            assert rating is not None
            assert said["rating"]["coding"][0]["code"] == rating.certainty
            assert said["rater"] == rating.by


def test_every_evidence_says_in_whom_what_against_what_and_which_outcome(real_site: Built) -> None:
    roles = ["population", "exposure", "referenceExposure", "measuredVariable"]
    for name, evidence in resources(real_site, "Evidence").items():
        defined = evidence["variableDefinition"]
        codes = [part["variableRole"]["coding"][0]["code"] for part in defined]
        assert codes == roles, name
        assert all(part["description"] for part in defined), name
        assert real_site.report.findings[name].measure in defined[-1]["description"]


def test_an_address_is_told_where_a_site_has_one(gallery_site: Built, real_site: Built) -> None:
    told = resources(gallery_site, "Evidence")["honey-2019/few"]["identifier"][1]
    assert told["value"] == "https://example.org/colds/studies/honey-2019.html#few"
    assert gallery_site.site.files["studies/honey-2019.html"].find(b'id="few"') > 0
    assert real_site.report.site.address is None
    assert all(len(made["identifier"]) == 1 for made in resources(real_site, "Evidence").values())


def test_the_file_has_the_same_bytes_whenever_it_is_made(
    gallery_site: Built, drawings: Store
) -> None:
    again = written(bundle(compute(gallery_site.report, drawings))).encode()
    assert again == gallery_site.site.files[PATH]


def test_points_are_a_risk_difference_where_both_arms_are_shares_and_else_words() -> None:
    shares = finding(arms=ARMS, difference=DIFFERENCE)
    (first, *_) = statistics(shares, None)
    assert first["statisticType"]["coding"][0]["code"] == "0000424"
    assert first["quantity"] == {"value": Decimal("17.7"), "unit": "percentage points"}
    means = {name: {"value": "4.10"} for name in ("treated", "control")}
    (first, treated, _) = statistics(finding(arms=means, difference=DIFFERENCE), None)
    assert first["statisticType"] == {"text": "difference"}
    assert treated["statisticType"] == {"text": "value"}
    spread = {name: {"value": "4.10", "sd": "0.90"} for name in ("treated", "control")}
    (_, treated, _) = statistics(finding(arms=spread, difference=DIFFERENCE), None)
    assert treated["statisticType"]["coding"][0]["code"] == "C53319"
    assert str(treated["attributeEstimate"][0]["quantity"]["value"]) == "0.90"


def test_a_bound_is_told_as_one_and_a_p_value_without_an_estimate_stands_alone() -> None:
    (only, *_) = statistics(finding(arms=ARMS, p="<0.001"), None)
    (attribute,) = only["attributeEstimate"]
    assert attribute["quantity"] == {"value": Decimal("0.001"), "comparator": "<"}
    assert "quantity" not in only
    (bound,) = statistics(finding(value="0.5", unit="hazard ratio", sign="<", n=40), None)
    assert bound["quantity"] == {"value": Decimal("0.5"), "comparator": "<"}
    assert bound["sampleSize"] == {"numberOfParticipants": 40}


def test_an_interval_without_a_level_is_no_confidence_interval() -> None:
    (made,) = statistics(finding(value="0.5", unit="risk ratio", interval=["0.30", "0.80"]), None)
    (interval,) = made["attributeEstimate"]
    assert "coding" not in interval["type"]
    assert "level" not in interval
    assert interval["range"] == {
        "low": {"value": Decimal("0.30")},
        "high": {"value": Decimal("0.80")},
    }


def test_decimals_keep_their_digits() -> None:
    assert written({"a": Decimal("0.50"), "b": [Decimal("1E+2")], "c": "é\n"}) == (
        '{"a":0.50,"b":[100],"c":"é\\n"}\n'
    )
