"""Check the words of readers: each stands once, and leads to pages that exist."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.sources.known import Known
from evidence.finished.words import fold
from evidence.model.synonyms import Synonyms
from evidence.problems import Problem
from evidence.read.reading import Reading
from evidence.read.records import SYNONYMS


def check_synonyms(reading: Reading, known: Known, synonyms: Synonyms) -> Iterator[Problem]:
    """Yield words that stand twice, entries that lead nowhere, and pages that do not exist."""
    if not (synonyms.synonyms or synonyms.languages):
        return
    document = reading.documents[SYNONYMS]
    owners: dict[str, str] = {}
    for part, entries in (("synonyms", synonyms.synonyms), ("languages", synonyms.languages)):
        for name, entry in entries.items():
            for position, word in enumerate(entry.words):
                owner = owners.setdefault(" ".join(fold(word).split()), name)
                if owner != name or word in entry.words[:position]:
                    place = document.place((part, name, "words", position))
                    message = f"'{word}' already stands in the entry '{owner}'"
                    yield Problem(place, "synonym-unique", message, "Keep it in one place.")
    for name, synonym in synonyms.synonyms.items():
        for position, page in enumerate(synonym.pages):
            yield from known.page(page, document.finder(("synonyms", name, "pages", position)))
        if not (synonym.means or synonym.pages):
            place = document.place(("synonyms", name), of_key=True)
            message = f"the entry '{name}' says neither what its words mean nor which page answers"
            yield Problem(place, "key-present", message, "Write 'means:' or 'pages:'.")
