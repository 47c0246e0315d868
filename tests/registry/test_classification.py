"""Patterns, rules, and the order in which classes are tried."""

from __future__ import annotations

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.registry.classification import Classifier, Sorted
from evidence.registry.pattern import PatternError, keys_of, plain, read_pattern
from evidence.registry.rules_file import example, read_rules
from tests.invented import real_words
from tests.projects import ROOT
from tests.registry.exporting import RULES

RULES_FILE = ROOT / "data/registry/rules.yaml"
PLAIN = {
    "Sjögren's disease|Dry-eye": "sjogrens disease | dry eye",
    "CROHN’S   Disease; (fistula)": "crohns disease | fistula",
    "CD34+/CD133+ cells": "cd34 cd133 cells",
    "a_b": "a b",
    "Straße": "strasse",
    "Prochymal™|ExoFlo®": "prochymal | exoflo",
    "": "",
}
FOUND = [
    ("heart", "Heart Failure", True),
    ("heart", "Hearten", False),
    ("heart", "Sweetheart", False),
    ("heart*", "Hearts", True),
    ("heart failure", "heart-failure", True),
    ("heart failure", "failure of the heart", False),
    ("heart failure", "Heart|Failure", False),
    ("Crohn's", "CROHN’S disease", True),
    ("sjogren*", "Sjögren's syndrome", True),
    ("Sjögren*", "Sjogren syndrome", True),
    ("als", "Also", False),
    ("als", "ALS", True),
    ("t* cell", "Treg cell", True),
    ("/bone (?:marrow|dust)/", "Bone-Dust", True),
    ("/^(?=.*bees)(?=.*honey)/", "Honey of Bees", True),
    ("/^(?=.*bees)(?=.*honey)/", "Honey", False),
    ("/honey$|^bees/", "dear bees", False),
    ("/honey$|^bees/", "much honey", True),
    (r"/\bh?uc ?mscs?\b/", "UC-MSCs", True),
    (r"/x{2}y/", "xxy", True),
    ("/wa(?:x|sp)?s/", "was", True),
]
MISTAKES = {
    # what is changed in the rules, the place and rule, words of the message
    ("any: [heart]", "any: ['/(heart/']"): ("6:11 [rule-readable]", "cannot be compiled"),
    ("any: [heart]", "any: ['/x*/']"): ("6:11 [rule-readable]", "matches even an empty text"),
    ("any: [heart]", "any: ['!!']"): ("6:11 [rule-readable]", "holds no word"),
    ("any: [heart]", "none: [heart]"): ("3:9 [rule-readable]", "no pattern"),
    ("any: [heart]", "anny: [heart]"): ("6:5 [key-known]", "'anny'"),
    ("any: [heart]", "any: []\n    several-of: [skin, hart]"): ("7:24 [value-known]", "'hart'"),
    ("id: skin", "id: heart"): ("8:9 [id-unique]", "stands twice"),
    ("id: skin", "id: unclassified"): ("8:9 [id-unique]", "no class takes"),
    ("id: skin", "id: Skin Disease"): ("[id-valid]", "Skin Disease"),
    ("examples: [Burns]", "examples: [Bees]"): ("12:16 [rule-sorts]", "comes out as 'unclassified'"),
    ("examples: [Burns]", "examples: [Burns, Heart]"): ("12:23 [rule-sorts]", "comes out as 'heart'"),
    ("examples: [Burns]", "examples: [Burns]\n    counter-examples: [Skin]"): (
        "13:24 [rule-sorts]",
        "is taken by 'skin'",
    ),
    ("where: [interventions]", "where: [intervention]"): ("[value-known]", "'intervention'"),
    ("version:", "edition:"): ("[key-known]", "'edition'"),
    ("cells:\n", "cells: [\n"): ("[yaml-syntax]", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_has_no_case_accents_or_punctuation(text: str) -> None:
    assert plain(text) == PLAIN[text]


@pytest.mark.parametrize(("written", "text", "is_found"), FOUND)
def test_a_pattern_finds_whole_words(written: str, text: str, is_found: bool) -> None:
    pattern = read_pattern(written)
    quick = pattern.keys <= keys_of(plain(text)) and pattern.found(plain(text))
    assert quick == is_found


@given(
    st.text(alphabet="abhx() |?*^$\\[]{}.+mny2", max_size=14),
    st.text(alphabet="abhxmny |", max_size=20),
)
def test_what_is_looked_for_first_never_hides_a_match(source: str, text: str) -> None:
    try:
        pattern = read_pattern(f"/{source}/")
    except PatternError:
        return
    assert pattern.found(plain(text)) == bool(re.compile(source).search(plain(text)))


def classifier() -> Classifier:
    rules, problems = read_rules("rules", RULES)
    assert rules, problems
    return Classifier(rules.conditions)


def test_the_first_class_that_takes_a_study_has_it() -> None:
    assert classifier().classify({"conditions": "Burns|Heart Failure"}) == "heart"
    assert classifier().classify({"conditions": "Burns"}) == "skin"
    assert classifier().classify({"conditions": "Bees"}) == "unclassified"
    assert classifier().classify({}) == "unclassified"


def test_only_the_fields_that_a_class_names_are_read() -> None:
    assert classifier().classify({"outcomes": "Heart"}) == "unclassified"
    assert classifier().classify({"title": "Heart"}) == "heart"


def test_words_do_not_reach_over_the_end_of_a_field() -> None:
    text = RULES.replace("any: [heart]", "any: [heart failure]")
    rules, problems = read_rules("rules", text)
    assert rules, problems
    sorted_as = Classifier(rules.conditions).classify({"conditions": "Heart", "title": "Failure"})
    assert sorted_as == "unclassified"


def test_two_classes_together_may_be_a_class() -> None:
    both = (
        "conditions:\n  - id: both\n    definition: Both.\n"
        "    several-of: [heart, skin]\n    examples: [Burns of the heart]\n"
    )
    rules, problems = read_rules("rules", RULES.replace("conditions:\n", both))
    assert rules, problems
    together = Classifier(rules.conditions)
    assert together.classify({"conditions": "Burns|Heart"}) == "both"
    assert together.classify({"conditions": "Burns"}) == "skin"


def test_what_took_a_study_is_the_first_of_its_patterns_in_the_order_of_the_rules() -> None:
    patterns = "any: [nothing, '/h[aeiou]a\\w+/', heart, failure*, but, and, '/fail/']"
    rules, problems = read_rules("rules", RULES.replace("any: [heart]", patterns))
    assert rules, problems
    sorting = Classifier(rules.conditions)
    assert sorting.sort({"conditions": "Heart Failure"}) == Sorted("heart", r"/h[aeiou]a\w+/")
    assert sorting.sort({"title": "Failures", "outcomes": "heart"}) == Sorted("heart", "failure*")
    for words in ("nothing but failure", "failure and nothing"):
        assert sorting.sort({"title": words}) == Sorted("heart", "nothing")
    assert sorting.sort({"conditions": "Bees"}) == Sorted("unclassified", "")


def test_what_took_a_study_of_several_classes_are_these_classes() -> None:
    both = (
        "conditions:\n  - id: both\n    definition: Both.\n"
        "    any: [all over]\n    several-of: [skin, heart]\n    examples: [Burns of the heart]\n"
    )
    rules, problems = read_rules("rules", RULES.replace("conditions:\n", both))
    assert rules, problems
    together = Classifier(rules.conditions)
    assert together.sort({"conditions": "Heart|Burns"}) == Sorted("both", "skin + heart")
    assert together.sort({"conditions": "Burns all over"}) == Sorted("both", "all over")
    assert together.sort({"conditions": "Burns"}).id == "skin"


@pytest.mark.parametrize("change", MISTAKES)
def test_a_mistake_in_the_rules_is_said_with_its_place(change: tuple[str, str]) -> None:
    assert RULES.count(change[0]) >= 1
    rules, problems = read_rules("rules.yaml", RULES.replace(*change, 1))
    assert rules is None
    place, words = MISTAKES[change]
    where, _, rule = place.rpartition("[")
    assert any(
        f"{where.strip()}" in str(problem.place)
        and problem.rule == rule.rstrip("]")
        and words in str(problem)
        for problem in problems
    ), problems


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_rules(text: str) -> None:
    rules, problems = read_rules("rules.yaml", text)
    assert rules is None
    assert problems


def test_an_example_may_fill_several_fields() -> None:
    written = "study-type: Observational // interventions: Other: blood"
    assert example("cells", written) == {
        "study_type": "Observational",
        "interventions": "Other: blood",
    }
    assert example("conditions", "Burns: deep") == {"conditions": "Burns: deep"}


def test_the_rules_of_the_project_sort_all_their_examples() -> None:
    rules, problems = read_rules("rules.yaml", RULES_FILE.read_text("utf-8"))
    assert problems == []
    assert rules is not None
    assert {each.id for each in rules.conditions} <= real_words().conditions.keys()
    assert {each.id for each in rules.cells} <= real_words().cells.keys()


def test_every_class_of_the_project_has_an_example_and_a_definition_of_its_own() -> None:
    rules, _ = read_rules("rules.yaml", RULES_FILE.read_text("utf-8"))
    assert rules is not None
    for question in ("conditions", "cells"):
        classes = rules.classes(question)
        assert len({each.definition for each in classes}) == len(classes)
        assert all(each.definition.endswith(".") for each in classes)


def test_the_labels_of_the_samples_are_classes_and_no_record_is_in_both() -> None:
    rules, _ = read_rules("rules.yaml", RULES_FILE.read_text("utf-8"))
    assert rules is not None
    samples = [
        list(csv.DictReader((ROOT / "tests/registry" / name).read_text("utf-8").splitlines()))
        for name in ("labels.csv", "labels-second.csv")
    ]
    assert [len(sample) for sample in samples] == [100, 100]
    rows = [row for sample in samples for row in sample]
    assert len({row["id"] for row in rows}) == len(rows)
    for column, question in (("condition", "conditions"), ("cell", "cells")):
        assert {row[column] for row in rows} <= {each.id for each in rules.classes(question)}
