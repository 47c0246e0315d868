"""What is asked of an author for each kind of new thing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

from evidence.check.sources.mentions import written_things
from evidence.figures import NAMES
from evidence.model.base import ID
from evidence.model.claim import Verdict
from evidence.model.design import DesignKind
from evidence.model.page import PageKind
from evidence.model.picture import LICENCES
from evidence.model.registries import REGISTRIES
from evidence.model.source import SourceKind
from evidence.problems import did_you_mean
from evidence.read.sources import Sources
from evidence.read.yaml_file import read_yaml


@dataclass(frozen=True)
class Names:
    """What a project has names for."""

    sources: Sources

    @cached_property
    def things(self) -> Collection[tuple[str, str]]:
        """Everything with a name, as kind and name."""
        return written_things(self.sources)

    def of(self, kind: str) -> tuple[str, ...]:
        """Return the names of a kind of thing; of "condition" the closed list."""
        if kind != "condition":
            return tuple(name for known, name in self.things if known == kind)
        text = self.sources.texts.get("data/vocabularies.yaml", "")
        content: Any = read_yaml("data/vocabularies.yaml", text).content
        listed = content.get("conditions") if isinstance(content, dict) else None
        return tuple(map(str, listed)) if isinstance(listed, dict) else ()


@dataclass(frozen=True)
class Prompt:
    """One thing to ask: the name of its option, the words, and what may be answered.

    ``known`` gives the names of a project that may be; ``closed`` are the words of a list, of which one has to
    be. ``usual`` is taken where nothing is typed.
    """

    option: str
    words: str
    known: str = ""
    closed: tuple[str, ...] = ()
    usual: str = ""
    several: bool = False

    def fault(self, answer: str, names: Names) -> str:
        """Return what is wrong with an answer, or nothing."""
        listed = self.closed or (names.of(self.known) if self.known else ())
        parts = [part.strip() for part in answer.split(",")] if self.several else [answer]
        for part in parts:
            if part and listed and part not in listed:
                hint = did_you_mean(part, listed, f"Known: {', '.join(listed[:30])}.")
                return f"--{self.option}: '{part}' is not known. {hint}"
        return ""


TITLE = Prompt("title", "Its title")
SHORT = Prompt("short", "Its name in lists, such as Smith 2020")
CONDITION = Prompt("condition", "Condition", known="condition")
SOURCE = Prompt("source", "The source in which it stands", known="source")
READ = Prompt("read", "The day on which it was read, such as 2026-11-29")
QUESTIONS: dict[str, tuple[Prompt, ...]] = {
    "study": (
        TITLE,
        SHORT,
        Prompt("summary", "What it is, in one sentence"),
        CONDITION,
        Prompt("kind", "Its design", closed=get_args(DesignKind)),
        SOURCE,
        Prompt("locator", "Where in the source, such as Abstract"),
        Prompt("participants", "How many people took part"),
    ),
    "source": (
        TITLE,
        SHORT,
        Prompt("kind", "What it is", closed=get_args(SourceKind)),
        Prompt("part", "Which part was read, such as Abstract"),
        READ,
        Prompt("extent", "How much of that part", closed=("whole", "part", "unknown")),
    ),
    "claim": (
        Prompt("document", "The source that says it", known="source"),
        TITLE,
        Prompt("intro", "What the document is, in two fair sentences"),
        Prompt("locator", "Where in the document it stands"),
        Prompt("topic", "What it is about"),
        Prompt("says", "What the document says, in your words"),
        Prompt("verdict", "The verdict", closed=get_args(Verdict)),
        Prompt("severity", "How much it could mislead", closed=("none", "low", "medium", "high")),
    ),
    "page": (
        TITLE,
        Prompt("kind", "Its kind", closed=get_args(PageKind), usual="plain"),
    ),
    "figure": (
        Prompt("kind", "Its kind", closed=NAMES),
        TITLE,
        Prompt("subtitle", "What is counted"),
        Prompt("finding", "The finding of its first row, as STUDY/FINDING", known="finding"),
        Prompt("label", "What stands beside the first row"),
        Prompt("table", "Or the table that it shows, such as trials-by-year.csv", known="table"),
        SOURCE,
    ),
    "picture": (
        Prompt("words", "What is to be seen, said to somebody who cannot see it"),
        Prompt("credit", "Who made it, as readers are told"),
        Prompt("licence", "Its licence", closed=LICENCES),
        Prompt("found", "Its address, if it was found somewhere"),
    ),
    "trial": (
        TITLE,
        CONDITION,
        Prompt("printed", "The condition in the words that its record prints"),
        Prompt("registry", "The registry", closed=tuple(REGISTRIES)),
        Prompt("registry-id", "The id of its record, as the registry prints it"),
        SOURCE,
        READ,
    ),
    "term": (TITLE, Prompt("definition", "What it means, in one or two plain sentences")),
    "search": (
        Prompt("page", "The topic pages that it is for, divided by commas", known="page", several=True),
        Prompt("condition", "The conditions that it covers, divided by commas", known="condition", several=True),
    ),
}  # fmt: skip
OPTIONS = {question.option: question for asked in QUESTIONS.values() for question in asked}


def name_fault(what: str, name: str) -> str:
    """Return what is wrong with the name of a new thing, or nothing."""
    from evidence.commands.making.items import folded  # noqa: PLC0415

    if what == "picture":  # a file of any name
        return ""
    parts = name.split("/")
    if what == "claim" and len(parts) != 2:
        return f"'{name}' is no name of a claim: write DOCUMENT/CLAIM"
    if what not in {"page", "claim"} and len(parts) > 1:
        return f"'{name}' has a slash: a {what} stands in one folder with the others"
    for part in parts:
        if not ID.fullmatch(part):
            meant = "/".join(folded(part) for part in parts)
            hint = f" Did you mean '{meant}'?" if ID.fullmatch(folded(part)) else ""
            return f"'{name}' is no id: small letters, digits and hyphens.{hint}"
    return ""


def answers_of(
    what: str,
    given: dict[str, str],
    names: Names,
    ask: Callable[[str], str] | None,
    passed: Collection[str] = (),
) -> dict[str, str]:
    """Return an answer to every question, empty where there is none.

    ``ask`` asks for those that are not given, but for those ``passed`` over.
    Raises ValueError with what is wrong with one that was given.
    """
    answers = dict.fromkeys(OPTIONS, "")
    for question in QUESTIONS[what]:
        answer = given.get(question.option) or ""
        fault = question.fault(answer, names)
        if fault:
            raise ValueError(fault)
        if not answer and ask is not None and question.option not in passed:
            answer = _asked(question, names, ask)
        answers[question.option] = answer or question.usual
    return answers


def _asked(question: Prompt, names: Names, ask: Callable[[str], str]) -> str:
    usual = f" [{question.usual}]" if question.usual else ""
    listed = f" ({', '.join(question.closed)})" if 0 < len(question.closed) <= 8 else ""
    while True:
        answer = ask(f"{question.words}{listed}{usual}: ").strip()
        fault = question.fault(answer, names)
        if not fault:
            return answer
        ask(f"{fault} Press Enter. ")
