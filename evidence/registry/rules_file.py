"""The file of rules: classes of condition and of intervention, read, bound to a model and tried out."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from evidence.model.base import Id, Model, Words
from evidence.problems import Place, Problem, did_you_mean
from evidence.read.binding import bind
from evidence.read.yaml_file import Document, read_yaml
from evidence.registry.classification import Classifier
from evidence.registry.pattern import PatternError, read_pattern
from evidence.registry.record import finding, quoted
from evidence.registry.vocabulary import UNCLASSIFIED

FieldName = Literal["conditions", "title", "interventions", "outcomes", "keywords", "study-type"]
OTHER = "other"
EXAMPLE_FIELD = {"conditions": "conditions", "cells": "interventions"}


class RuleClass(Model):
    """One class: what it means, and the patterns that put a study into it.

    A study is of the class when one of ``any`` stands in the fields ``where``, or two of the
    classes ``several_of`` would take it, and none of ``none`` stands in ``none_where``.
    ``group`` gathers classes of condition.
    An example is text; before it may stand the field that it is in: "title: ...".
    """

    id: Id
    title: Words
    definition: Words
    any: tuple[Words, ...] = ()
    none: tuple[Words, ...] = ()
    where: tuple[FieldName, ...] = Field(default=("conditions", "title", "keywords"), min_length=1)
    none_where: tuple[FieldName, ...] | None = None
    several_of: tuple[Id, ...] = ()
    group: Id = OTHER
    examples: tuple[Words, ...] = Field(min_length=1)
    counter_examples: tuple[Words, ...] = ()


class RulesFile(Model):
    """The whole file: version, groups of conditions by title, and the ordered classes of each."""

    version: Words
    groups: dict[Id, Words] = Field(default={OTHER: "Other"}, min_length=1)
    conditions: tuple[RuleClass, ...] = Field(min_length=1)
    cells: tuple[RuleClass, ...] = Field(min_length=1)

    def group_of(self, condition: str) -> str:
        """Return the group of a class of conditions."""
        named = {each.id: each.group for each in self.conditions}
        return named.get(condition, UNCLASSIFIED)

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
    for position, each in enumerate(rules.conditions):
        if each.group not in rules.groups:
            message = f"'{each.group}' is not a group that these rules name"
            hint = did_you_mean(each.group, rules.groups, f"Known: {', '.join(rules.groups)}.")
            place = document.place(("conditions", position, "group"))
            problems.append(finding("value-known", place, message, hint))
    if problems:
        return None, problems
    for question in EXAMPLE_FIELD:
        problems += _missorted(document, rules, question)
    return (None if problems else rules), problems


def _repeated(document: Document, rules: RulesFile, question: str) -> list[Problem]:
    problems, seen = [], {UNCLASSIFIED}
    for position, each in enumerate(rules.classes(question)):
        if each.id in seen:
            place = document.place((question, position, "id"))
            message = f"the class '{each.id}' stands twice in '{question}'"
            if each.id == UNCLASSIFIED:
                message = f"'{UNCLASSIFIED}' is the name of what no class takes"
            problems.append(finding("id-unique", place, message, "Give it another name."))
        seen.add(each.id)
    return problems


def _unreadable(document: Document, rules: RulesFile, question: str) -> list[Problem]:
    problems = []
    for position, each in enumerate(rules.classes(question)):
        if not each.any and not each.several_of:
            place = document.place((question, position, "id"))
            message = f"the class '{each.id}' has no pattern, so that it takes no study"
            problems.append(finding("rule-readable", place, message, "Add 'any:' with patterns."))
        for key, patterns in (("any", each.any), ("none", each.none)):
            for number, written in enumerate(patterns):
                try:
                    read_pattern(written)
                except PatternError as error:
                    place = document.place((question, position, key, number))
                    message = f"the pattern {quoted(written)} cannot be used: {error}"
                    hint = "Write words, or a regular expression between two slashes."
                    problems.append(finding("rule-readable", place, message, hint))
    return problems


def _unknown(document: Document, rules: RulesFile, question: str) -> list[Problem]:
    # A class that is itself made of others would lead in circles
    known = [each.id for each in rules.classes(question) if not each.several_of]
    problems = []
    for position, each in enumerate(rules.classes(question)):
        for number, name in enumerate(each.several_of):
            if name not in known:
                place = document.place((question, position, "several-of", number))
                message = f"'{name}' is not a class of '{question}' that has patterns of its own"
                hint = did_you_mean(name, known, f"Known: {', '.join(known)}.")
                problems.append(finding("value-known", place, message, hint))
    return problems


def _missorted(document: Document, rules: RulesFile, question: str) -> list[Problem]:
    classifier = Classifier(rules.classes(question))
    problems = []
    for position, each in enumerate(rules.classes(question)):
        for key, texts in (
            ("examples", each.examples),
            ("counter-examples", each.counter_examples),
        ):
            for number, written in enumerate(texts):
                sorted_as = classifier.classify(example(question, written))
                if (sorted_as == each.id) == (key == "examples"):
                    continue
                place: Place = document.place((question, position, key, number))
                message = f"the example {quoted(written)} of '{each.id}' comes out as '{sorted_as}'"
                if key != "examples":
                    message = f"the counter-example {quoted(written)} is taken by '{each.id}'"
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
