"""The file of rules: classes of condition and of intervention, read, bound to a model and tried out."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from evidence.model.base import Id, Model, Printed, Words, asks
from evidence.model.export import UNCLASSIFIED
from evidence.problems import Place, Problem, did_you_mean
from evidence.read.binding import bind
from evidence.read.yaml_file import Document, read_yaml
from evidence.registry.classification import Classifier
from evidence.registry.pattern import PatternError, read_pattern
from evidence.registry.record import finding, quoted

FieldName = Literal["conditions", "title", "interventions", "outcomes", "keywords", "study-type"]
EXAMPLE_FIELD = {"conditions": "conditions", "cells": "interventions"}


class RuleClass(Model):
    """One class: what it means, and the patterns that put a study into it.

    A study is of the class when one of ``any`` stands in the fields ``where``, or two of the
    classes ``several_of`` would take it, and none of ``none`` stands in ``none_where``.
    Its title, and the group of a condition, stand in data/vocabularies.yaml under its id.
    An example is text; before it may stand the field that it is in: "title: ...".
    """

    id: Id = Field(
        examples=["cold"],
        json_schema_extra=asks(
            "The name of the class: that of a condition, or of what is given, in data/vocabularies.yaml."
        ),
    )
    definition: Words = Field(
        examples=["The common cold, of any virus."],
        json_schema_extra=asks("What belongs to the class, in a sentence."),
    )
    any: tuple[Printed, ...] = Field(
        default=(),
        examples=[["common cold", "cold*"]],
        json_schema_extra=asks(
            "Patterns of which one puts a study into the class: words, with * for any ending, or a regular expression"
            " between two slashes."
        ),
    )
    none: tuple[Printed, ...] = Field(
        default=(),
        examples=[["cold sore*"]],
        json_schema_extra=asks("Patterns that keep a study out of the class."),
    )
    where: tuple[FieldName, ...] = Field(
        default=("conditions", "title", "keywords"),
        min_length=1,
        examples=[["conditions", "title"]],
        json_schema_extra=asks("The fields of a record in which the patterns are looked for."),
    )
    none_where: tuple[FieldName, ...] | None = Field(
        default=None,
        examples=[["conditions"]],
        json_schema_extra=asks(
            "The fields in which the patterns of 'none:' are looked for, where they are others."
        ),
    )
    several_of: tuple[Id, ...] = Field(
        default=(),
        examples=[["honey", "lozenges"]],
        json_schema_extra=asks("Classes of which two together make this one."),
    )
    examples: tuple[Printed, ...] = Field(
        min_length=1,
        examples=[["Common Cold", "title: Honey against colds"]],
        json_schema_extra=asks(
            "Texts that the class has to take; the build tries them. A field may stand before one."
        ),
    )
    counter_examples: tuple[Printed, ...] = Field(
        default=(),
        examples=[["Cold sore"]],
        json_schema_extra=asks("Texts that the class must not take; the build tries them."),
    )


class RulesFile(Model):
    """The whole file: its version, and the ordered classes of each question."""

    version: Words = Field(
        examples=["2"],
        json_schema_extra=asks(
            "The version of the rules, in quotes: raise it with every change of a pattern, and import again."
        ),
    )
    conditions: tuple[RuleClass, ...] = Field(
        min_length=1,
        examples=[
            [
                {
                    "id": "cold",
                    "definition": "The common cold.",
                    "any": ["cold*"],
                    "examples": ["Common Cold"],
                }
            ]
        ],
        json_schema_extra=asks(
            "The classes of conditions, in order: the first that takes a study has it."
        ),
    )
    cells: tuple[RuleClass, ...] = Field(
        min_length=1,
        examples=[
            [
                {
                    "id": "honey",
                    "definition": "Honey of any kind.",
                    "any": ["honey"],
                    "examples": ["Honey"],
                }
            ]
        ],
        json_schema_extra=asks(
            "The classes of what is given, in order: the first that takes a study has it."
        ),
    )

    def classes(self, question: str) -> tuple[RuleClass, ...]:
        """Return the classes of "conditions" or "cells"."""
        return self.conditions if question == "conditions" else self.cells


def read_rules(file: str, text: str) -> tuple[RulesFile | None, list[Problem]]:
    """Read the rules, and try every example; return them, or None with the problems."""
    document = read_yaml(file, text)
    if document.problems:
        return None, document.problems
    rules, problems = bind(document, RulesFile)
    if rules is None:
        return None, problems
    for question in EXAMPLE_FIELD:
        problems += _repeated(document, rules, question)
        problems += _unreadable(document, rules, question)
        problems += _unknown(document, rules, question)
    if problems:
        return None, problems
    for question in EXAMPLE_FIELD:
        problems += _missorted(document, rules, question)
    return (None if problems else rules), problems


def _repeated(document: Document, rules: RulesFile, question: str) -> list[Problem]:
    problems, seen = [], {UNCLASSIFIED}
    for position, rule in enumerate(rules.classes(question)):
        if rule.id in seen:
            place = document.place((question, position, "id"))
            message = f"the class '{rule.id}' stands twice in '{question}'"
            if rule.id == UNCLASSIFIED:
                message = f"'{UNCLASSIFIED}' is the name of what no class takes"
            problems.append(finding("id-unique", place, message, "Give it another name."))
        seen.add(rule.id)
    return problems


def _unreadable(document: Document, rules: RulesFile, question: str) -> list[Problem]:
    problems = []
    for position, rule in enumerate(rules.classes(question)):
        if not rule.any and not rule.several_of:
            place = document.place((question, position, "id"))
            message = f"the class '{rule.id}' has no pattern, so that it takes no study"
            problems.append(finding("rule-readable", place, message, "Add 'any:' with patterns."))
        for key, patterns in (("any", rule.any), ("none", rule.none)):
            for number, pattern in enumerate(patterns):
                try:
                    read_pattern(pattern)
                except PatternError as error:
                    place = document.place((question, position, key, number))
                    message = f"the pattern {quoted(pattern)} cannot be used: {error}"
                    hint = "Write words, or a regular expression between two slashes."
                    problems.append(finding("rule-readable", place, message, hint))
    return problems


def _unknown(document: Document, rules: RulesFile, question: str) -> list[Problem]:
    # A class that is itself made of others would lead in circles
    known = [rule.id for rule in rules.classes(question) if not rule.several_of]
    problems = []
    for position, rule in enumerate(rules.classes(question)):
        for number, name in enumerate(rule.several_of):
            if name not in known:
                place = document.place((question, position, "several-of", number))
                message = f"'{name}' is not a class of '{question}' that has patterns of its own"
                hint = did_you_mean(name, known, f"Known: {', '.join(known)}.")
                problems.append(finding("value-known", place, message, hint))
    return problems


def _missorted(document: Document, rules: RulesFile, question: str) -> list[Problem]:
    classifier = Classifier(rules.classes(question))
    problems = []
    for position, rule in enumerate(rules.classes(question)):
        for key, texts in (
            ("examples", rule.examples),
            ("counter-examples", rule.counter_examples),
        ):
            for number, text in enumerate(texts):
                sorted_as = classifier.classify(example(question, text))
                if (sorted_as == rule.id) == (key == "examples"):
                    continue
                place: Place = document.place((question, position, key, number))
                message = f"the example {quoted(text)} of '{rule.id}' comes out as '{sorted_as}'"
                if key != "examples":
                    message = f"the counter-example {quoted(text)} is taken by '{rule.id}'"
                hint = "Mend the patterns, their order, or the example."
                problems.append(finding("rule-sorts", place, message, hint))
    return problems


def example(question: str, written: str) -> dict[str, str]:
    """Return the fields that an example fills: "title: ... // interventions: ..." or one text."""
    texts: dict[str, str] = {}
    for part in written.split(" // "):
        name, colon, rest = part.partition(": ")
        if colon and name in get_args(FieldName):
            texts[name.replace("-", "_")] = rest
        else:
            texts[EXAMPLE_FIELD[question]] = part
    return texts
