"""What a source says: its licence, the parts of its authors' names, and its date as CSL has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evidence.model.bibliography import Name, parse_csl_date
from evidence.model.source import Source
from evidence.prose.citation_formats import bibtex, csl_json, ris
from evidence.prose.citing import in_words, work_of
from tests.projects import build_in_memory, change, problems_of

SOURCE = "data/sources/smith-2020.yaml"


def test_a_licence_that_is_not_in_the_list_is_told_with_the_nearest(minimal: Path) -> None:
    change(
        minimal, SOURCE, "kind: journal-article", "kind: journal-article\nlicence: CC-BY-NC-ND-4"
    )
    (problem,) = problems_of(minimal)
    assert problem.rule == "value-known"
    assert str(problem.place).startswith(f"{SOURCE}:5")
    assert problem.message == "'CC-BY-NC-ND-4' is not a licence that is known"
    assert problem.hint.startswith("Did you mean 'CC-BY-NC-ND-4.0'?")


def test_words_of_a_source_on_its_reuse_have_a_key_of_their_own(minimal: Path) -> None:
    change(
        minimal,
        SOURCE,
        "kind: journal-article",
        "kind: journal-article\nterms: All rights reserved",
    )
    assert problems_of(minimal) == []


# Names with particles, as reference managers export them

PARTICLES = """\
author:
  - family: Berg
    given: Anna Maria
    non-dropping-particle: van den
  - family: Smith
    given: John
    suffix: Jr
  - family: Beethoven
    given: Ludwig
    dropping-particle: van
  - literal: World Health Organization
issued:
  - year: 2022
    month: 9
    day: 5
"""


@pytest.fixture
def source(minimal: Path) -> Source:
    change(minimal, SOURCE, "kind: journal-article\n", f"kind: journal-article\n{PARTICLES}")
    return build_in_memory(minimal).report.sources["smith-2020"]


def test_names_and_dates_of_csl_are_read(source: Source) -> None:
    assert [name.spoken for name in source.author] == [
        "Anna Maria van den Berg", "John Smith Jr", "Ludwig van Beethoven", "World Health Organization",
    ]  # fmt: skip
    assert [str(name) for name in source.author] == [
        "van den Berg Anna Maria", "Smith John Jr", "Beethoven Ludwig van", "World Health Organization",
    ]  # fmt: skip
    assert str(source.issued) == "2022-09-05"


def test_particles_and_suffixes_stand_where_they_belong_in_citations(source: Source) -> None:
    work = work_of(source)
    assert in_words(work).startswith("van den Berg AM, Smith J Jr, Beethoven L van, et al. A trial")
    assert (
        "author = {van den Berg, Anna Maria and Smith, Jr, John and van Beethoven, Ludwig and "
        "{World Health Organization}}" in bibtex([work])
    )
    assert "AU  - van den Berg, Anna Maria\r\nAU  - Smith, John, Jr\r\n" in ris([work])
    assert json.loads(csl_json([work]))[0]["author"] == [
        {"family": "Berg", "given": "Anna Maria", "non-dropping-particle": "van den"},
        {"family": "Smith", "given": "John", "suffix": "Jr"},
        {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
        {"literal": "World Health Organization"},
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022", "2022"),
        (2022, "2022"),
        ([{"year": 2022}], "2022"),
        ([{"year": 2022, "month": 9}], "2022-09"),
        ([{"year": 2022, "month": 9, "day": 5}, {"year": 2023}], "2022-09-05"),
        ({"year": "2022", "month": "9"}, "2022-09"),
        ({"date-parts": [[2022, 9, 5]]}, "2022-09-05"),
        ({"date-parts": [["2022", "9"]]}, "2022-09"),
        ({"date-parts": [[2022, None]], "season": 2}, "2022"),
        ({"raw": "2022-09-05"}, "2022-09-05"),
        ({"literal": "2022-09"}, "2022-09"),
    ],
)
def test_a_date_is_read_in_every_form_of_csl(written: Any, day: str) -> None:
    assert str(parse_csl_date(written)) == day


@pytest.mark.parametrize(
    "written",
    ["{date-parts: []}", "{date-parts: [[]]}", "{raw: Spring 2022}", "[{month: 9}]", "[]", "{year: 2022, month: 13}"],
)  # fmt: skip
def test_what_is_no_date_is_told_at_its_place(written: str, minimal: Path) -> None:
    change(
        minimal, SOURCE, "kind: journal-article\n", f"kind: journal-article\nissued: {written}\n"
    )
    (problem,) = problems_of(minimal)
    assert (problem.rule, str(problem.place)) == ("date-valid", f"{SOURCE}:5:9")


def test_a_part_of_a_name_that_csl_does_not_know_is_told(minimal: Path) -> None:
    name = "{family: Berg, droping-particle: van}"
    change(minimal, SOURCE, "kind: journal-article\n", f"kind: journal-article\nauthor: [{name}]\n")
    (problem,) = problems_of(minimal)
    assert problem.hint == "Did you mean 'dropping-particle'?"


@pytest.mark.parametrize(
    ("short", "sorted_by"),
    [
        ("van den Berg 2022", "berg 2022"),
        ("Étude 2022", "etude 2022"),
        ("Trial 2022", "trial 2022"),
    ],
)
def test_a_source_is_sorted_without_particle_and_accents(
    short: str, sorted_by: str, source: Source
) -> None:
    assert source.model_copy(update={"short": short}).sorted_by == sorted_by


def test_a_name_without_parts_is_as_it_was() -> None:
    assert str(Name(family="Shang", given="Z")) == "Shang Z"
    assert Name(family="Shang").inverted == "Shang"
