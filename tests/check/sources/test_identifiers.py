"""DOIs, numbers of PubMed and ids of registries have their form, and agree with the address."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.model.bibliography import parse_doi
from tests.projects import MINIMAL, change, make_project, problems_of

SOURCE, STUDY = "data/sources/smith-2020.yaml", "data/studies/smith-2020.yaml"


def said(root: Path, *lines: str) -> list[tuple[str, str, str]]:
    """Return what is wrong with the smallest site when its source says ``lines`` too."""
    project = make_project(root, MINIMAL)
    before = "type: article-journal\n"
    change(project, SOURCE, before, before + "".join(f"{line}\n" for line in lines))
    return [(str(found.place), found.message, found.rule) for found in problems_of(project)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("DOI: 10.1002 sctm", "'10.1002 sctm' is not a DOI"),
        ("DOI: sctm.12345", "'sctm.12345' is not a DOI"),
        ("DOI: 10.1002", "'10.1002' is not a DOI"),
        ("PMID: PMC9442938", "'PMC9442938' is not a number of PubMed"),
        ('PMCID: "9442938"', "'9442938' is not an id of PubMed Central"),
    ],
)
def test_an_id_of_another_form_is_told_at_its_place(
    line: str, message: str, tmp_path: Path
) -> None:
    assert said(tmp_path, line) == [(f"{SOURCE}:2:{line.index(':') + 3}", message, "value-valid")]


@pytest.mark.parametrize(
    "written",
    [
        "10.1000/abc",
        "https://doi.org/10.1000/abc",
        "http://dx.doi.org/10.1000/abc",
        "doi:10.1000/abc",
        "doi.org/10.1000/abc",
    ],
)
def test_an_address_before_a_doi_is_taken_away(written: str) -> None:
    assert parse_doi(written) == "10.1000/abc"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ("DOI: 10.1000/abc", "URL: https://doi.org/10.1000/abd"),
            "the DOI is 10.1000/abc, and the address leads to 10.1000/abd",
        ),
        (
            ("PMID: 31000001", "URL: https://pubmed.ncbi.nlm.nih.gov/31000002/"),
            "the PMID is 31000001, and the address leads to 31000002",
        ),
        (
            ("PMCID: PMC600", "URL: https://pmc.ncbi.nlm.nih.gov/articles/PMC601"),
            "the PMCID is PMC600, and the address leads to PMC601",
        ),
    ],
)
def test_ids_that_contradict_the_address_are_told(
    lines: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    assert said(tmp_path, *lines) == [(f"{SOURCE}:3:6", message, "ids-agree")]


@pytest.mark.parametrize(
    "lines",
    [
        ("DOI: 10.1000/ABC", "URL: https://doi.org/10.1000/abc"),
        ("DOI: 10.1000/(sici)1<2>3", "URL: https://doi.org/10.1000/(sici)1%3C2%3E3"),
        ("DOI: 10.1000/abc", "URL: https://example.org/articles/10.1000/abd/full"),
        ("PMID: 31000001", "URL: https://pubmed.ncbi.nlm.nih.gov/31000001/"),
        ("PMID: 31000001", "PMCID: PMC600", "URL: https://pmc.ncbi.nlm.nih.gov/articles/PMC600"),
    ],
)
def test_ids_that_agree_or_cannot_be_compared_are_no_problem(
    lines: tuple[str, ...], tmp_path: Path
) -> None:
    assert said(tmp_path, *lines) == []


@pytest.mark.parametrize("written", ["NCT0154157", "nct01541579", "NCT015415799"])
def test_a_registry_id_of_the_wrong_length_is_told(written: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    change(project, STUDY, "condition:", f"registry: [ISRCTN38116436, {written}]\ncondition:")
    (found,) = problems_of(project)
    message = f"'{written}' has not the form of an id of ClinicalTrials.gov"
    assert (str(found.place), found.message, found.rule) == (
        f"{STUDY}:4:28",
        message,
        "value-valid",
    )
    assert found.hint == "One is NCT and eight digits: NCT01541579. Compare with the source."


@pytest.mark.parametrize("written", ["NCT01541579", "CTRI/2018/09/015785"])
def test_ids_of_a_registry_are_no_problem(written: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    change(project, STUDY, "condition:", f"registry: [{written}]\ncondition:")
    assert problems_of(project) == []


def test_an_id_of_no_registry_that_is_known_has_to_be_explained(tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    change(project, STUDY, "condition:", "registry: [XYZ-12]\ncondition:")
    (found,) = problems_of(project)
    assert (str(found.place), found.rule) == (f"{STUDY}:4:1", "check-explained")
