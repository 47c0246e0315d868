"""Do the numbers by which others know a source or a study have their form, and say the same?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from evidence.model.registries import TABLE, Registry
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.problems import Problem
from evidence.read.yaml_file import Document

# Addresses that hold an id of what they lead to, and nothing else
DOI = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(10\.[^?#]+)", re.IGNORECASE)
PMID = re.compile(
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/([0-9]+)/?"
)
PMCID = re.compile(
    r"https?://(?:pmc\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pmc)/articles/(PMC[0-9]+)/?",
    re.IGNORECASE,
)
LETTERS = re.compile("[A-Za-z]+")
FEWEST_LETTERS = 3  # by which a registry is known: fewer begin other ids too


def check_identifiers(source: Source, document: Document) -> Iterator[Problem]:
    """Yield the ids of a source that are not those in its address."""
    ids = (("DOI", source.doi, DOI), ("PMID", source.pmid, PMID), ("PMCID", source.pmcid, PMCID))
    for key, written, pattern in ids:
        match = pattern.fullmatch(source.url or "")
        led = unquote(match.group(1)).rstrip("/") if match else None
        if written is not None and led is not None and led.lower() != written.lower().rstrip("/"):
            message = f"the {key} is {written}, and the address leads to {led}"
            hint = "Open both, and keep that of the source that was read."
            yield Problem(document.place(("URL",)), "ids-agree", message, hint)


def check_registry_ids(study: Study, document: Document) -> Iterator[Problem]:
    """Yield ids that begin as those of a registry do and have another form: a digit may be missing."""
    for position, written in enumerate(study.registry):
        letters = LETTERS.match(written)
        named = [
            registry
            for registry in TABLE
            if letters and _letters_of(registry) == letters.group().upper()
        ]
        if named and not any(registry.is_formed(written) for registry in TABLE):
            message = f"'{written}' has not the form of an id of {named[0].title}"
            hint = f"One is {named[0].form}: {named[0].example}. Compare with the source."
            place = document.place(("registry", position))
            yield Problem(place, "value-valid", message, hint)


def _letters_of(registry: Registry) -> str:
    letters = LETTERS.match(registry.example)
    return letters.group().upper() if letters and len(letters.group()) >= FEWEST_LETTERS else ""
