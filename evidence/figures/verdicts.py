"""Judgements as words, and what every matrix of studies and domains says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.figures.figure_item import Item

Sign = Literal["tick", "tilde", "minus", "cross", "mark", "marks", "question", "dash"]
NUMBER = "number"


@dataclass(frozen=True)
class Judgement:
    """One word of a closed list: how it is printed, its sign and colour, filled or hollow."""

    word: str
    sign: Sign
    colour: str
    hollow: bool = False


# The words of the tools that judge the risk of bias: RoB 2, ROBINS-I and the first RoB. From the best to
# the worst, then what is not known
RISK_OF_BIAS = {
    "low": Judgement("Low", "tick", "supported"),
    "some-concerns": Judgement("Some concerns", "tilde", "caveat"),
    "moderate": Judgement("Moderate", "minus", "caveat"),
    "high": Judgement("High", "cross", "contradicted"),
    "serious": Judgement("Serious", "mark", "contradicted"),
    "critical": Judgement("Critical", "marks", "figure-ink"),
    "unclear": Judgement("Unclear", "question", "figure-muted"),
    "no-information": Judgement("No information", "question", "figure-muted", hollow=True),
    "not-applicable": Judgement("Not applicable", "dash", "figure-muted", hollow=True),
}
DESIGN = {
    "yes": Judgement("Yes", "tick", "series-1"),
    "in-part": Judgement("In part", "tilde", "series-1", hollow=True),
    "no": Judgement("No", "cross", "figure-ink", hollow=True),
    "not-stated": Judgement("Not stated", "question", "figure-muted", hollow=True),
    "not-applicable": Judgement("Not applicable", "dash", "figure-muted", hollow=True),
}
VERDICTS = RISK_OF_BIAS | DESIGN


def known(cell: str) -> str:
    """Return the name of a judgement of the risk of bias, however it is written: "Some concerns".

    Capital letters, blanks and a "risk" behind it do not matter: files for robvis have them.
    """
    words = cell.lower().replace("-", " ").removesuffix("of bias").rstrip()
    return "-".join(words.removesuffix(" risk").split())


def studies_of(items: list[Item]) -> list[str]:
    """Return the rows of a matrix in order."""
    return list(dict.fromkeys(item.label for item in items))


def domains_of(items: list[Item]) -> list[str]:
    """Return the columns of a matrix in order."""
    return list(dict.fromkeys(item.group for item in items))


def verdict_item(study: str, domain: str, name: str, **read: str) -> Item:
    """Return one cell of a matrix."""
    words = VERDICTS[name].word
    return Item(
        label=study,
        printed=words,
        sentence=f"{study}, {domain[:1].lower()}{domain[1:]}: {words[:1].lower()}{words[1:]}",
        group=domain,
        source=read.get("source", ""),
        locator=read.get("locator", ""),
        address=read.get("address"),
        estimate_text=words,
        part=name,
    )


def matrix(items: tuple[Item, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the table: a row a study, a column a domain."""
    domains = domains_of(list(items))
    cells = {(item.label, item.group): item.estimate_text for item in items}
    rows = tuple(
        (study, *(cells[study, domain] for domain in domains)) for study in studies_of(list(items))
    )
    return ("Study", *domains), rows


def summed(items: tuple[Item, ...]) -> str:
    """Return how often each word was given in each domain: "Randomisation: Low risk 3"."""
    said = []
    for domain in domains_of(list(items)):
        cells = [item for item in items if item.group == domain]
        names = [item.part for item in cells]
        counts = [
            f"{verdict.word} {names.count(name)}"
            for name, verdict in VERDICTS.items()
            if name in names
        ]
        numbers = [f"{item.label} {item.estimate_text}" for item in cells if item.part == NUMBER]
        said.append(f"{domain}: {', '.join(counts or numbers)}.")
    return " ".join(said)


def heard(title: str, what: str, items: tuple[Item, ...]) -> str:
    """Return what a matrix shows in words, and the sums of each domain."""
    studies = len(studies_of(list(items)))
    named = "1 study" if studies == 1 else f"{studies} studies"
    domains = len(domains_of(list(items)))
    columns = "1 column" if domains == 1 else f"{domains} columns"
    return (
        f"{title.rstrip('.')}. The figure shows {what}: {named} in rows, {columns}. {summed(items)}"
    ).strip()
