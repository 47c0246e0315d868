"""What can be wrong with a trial, and where it is said to be."""

from __future__ import annotations

import pytest

from evidence.model.registries import REGISTRIES
from evidence.model.trial import trial_id
from tests.conftest import MakeProject
from tests.projects import MINIMAL, places_of, problems_of

FILE = "data/trials/nct00000001.yaml"
WORDS = (
    (MINIMAL / "data/vocabularies.yaml").read_text("utf-8")
    + """\
phases:
  "1/2": {title: Phase 1/2, definition: Two in one.}
statuses:
  recruiting: {title: Recruiting, definition: People are let in.}
countries:
  norway: {title: Norway, code: NOR}
"""
)
TRIAL = """\
name: Rest for colds
condition: cold
registry: clinicaltrials-gov
registry-id: NCT00000001
readings:
  - source: smith-2020
    locator: Table 1
    kind: paper
    read: 2026-11-21
    says: {phase: 1/2, status: recruiting, countries: [norway], enrolment: 12, condition: colds}
"""


def test_a_sound_trial_is_no_problem(with_files: MakeProject) -> None:
    assert problems_of(with_files({FILE: TRIAL, "data/vocabularies.yaml": WORDS})) == []


@pytest.mark.parametrize(
    ("before", "after", "place", "rule", "said"),
    [
        ("condition: cold", "condition: colds", "2:12", "value-known", "Did you mean 'cold'?"),
        ("phase: 1/2", "phase: 1/3", "10:19", "value-known", "'1/3' is not a phase"),
        ("recruiting", "recruitin", "10:32", "value-known", "Did you mean 'recruiting'?"),
        ("[norway]", "[norwei]", "10:56", "value-known", "Did you mean 'norway'?"),
        ("registry: clin", "registry: klin", "3:11", "value-known", "'klinicaltrials-gov'"),
        ("smith-2020", "smith-2021", "6:13", "source-exists", "Did you mean 'smith-2020'?"),
        ("NCT00000001", "NCT0000001", "4:14", "value-valid", "NCT and eight digits"),
        ("enrolment: 12", "enrolment: -1", "10:76", "value-valid", "too small"),
        ("enrolment: 12", "enrollment: 12", "10:65", "key-known", "Did you mean 'enrolment'?"),
        ("kind: paper", "kind: book", "8:11", "value-known", "'book' is not a kind"),
        ("  - source: smith-2020\n    ", "  - ", "6:5", "value-valid", "source or a url"),
    ],
)
def test_a_mistake_in_a_trial_has_its_place(
    before: str, after: str, place: str, rule: str, said: str, with_files: MakeProject
) -> None:
    text = TRIAL.replace(before, after)
    assert text != TRIAL
    project = with_files({FILE: text, "data/vocabularies.yaml": WORDS})
    assert places_of(project) == [(f"{FILE}:{place}", rule)]
    problem = problems_of(project)[0]
    assert said in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize("registry", sorted(REGISTRIES))
def test_nonsense_is_no_id_of_a_registry(registry: str, with_files: MakeProject) -> None:
    known = REGISTRIES[registry]
    text = TRIAL.replace("clinicaltrials-gov", registry)
    sound = text.replace("NCT00000001", known.example)
    file = f"data/trials/{trial_id(known.example)}.yaml"
    assert problems_of(with_files({file: sound, "data/vocabularies.yaml": WORDS})) == []
    broken = text.replace("NCT00000001", "nonsense")
    project = with_files({FILE: broken, "data/vocabularies.yaml": WORDS})
    assert places_of(project) == [(f"{FILE}:4:14", "value-valid")]
    assert f"such as '{known.example}'" in problems_of(project)[0].hint


def test_a_site_adds_only_registries_that_are_not_known(with_files: MakeProject) -> None:
    other = "registries:\n  {}: {{title: Another, definition: A registry.}}\n"
    text = TRIAL.replace("clinicaltrials-gov", "attic").replace("NCT00000001", "box 7")
    words = WORDS + other.format("attic")
    named = "data/trials/box-7.yaml"
    assert problems_of(with_files({named: text, "data/vocabularies.yaml": words})) == []
    project = with_files({"data/vocabularies.yaml": WORDS + other.format("irct")})
    assert "the registry 'irct' is known already" in problems_of(project)[0].message


def test_one_record_has_one_file(with_files: MakeProject) -> None:
    twin = "data/trials/twin.yaml"
    project = with_files({FILE: TRIAL, twin: TRIAL, "data/vocabularies.yaml": WORDS})
    assert places_of(project) == [(f"{twin}:4:14", "trial-named")]
