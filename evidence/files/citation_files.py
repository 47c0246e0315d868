"""Files for reference managers beside every page that says how to cite it."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.pages.citing import citations, numbers_of_study
from evidence.pages.press import press_of
from evidence.pages.view import Given, Workshop
from evidence.prose.citation_formats import WRITERS
from evidence.prose.citing import Work
from evidence.store import Made, joined

WHOLE = "ris"  # what a program imports whole; from the others one picks by key


def files_of_citations(given: Given) -> Made:
    """Return a file in each format for every page that says how to cite it.

    It holds the page and the sources to cite with it. One picks by key from BibTeX and CSL-JSON, so
    that of a study holds its numbers too.
    """
    workshop = press_of(given).workshop
    files = {}
    for path, ending, works in _cited(workshop):
        files[path] = WRITERS[ending](works).encode()
    return joined(files)


def _cited(workshop: Workshop) -> Iterator[tuple[str, str, list[Work]]]:
    """Yield the path of every file with its ending, and what it holds."""
    numbers = {
        f"studies/{study.id}.html": [
            cited.work for cited in numbers_of_study(workshop, study).values()
        ]
        for study in workshop.report.studies.values()
    }
    for cited in citations(workshop):
        for ending, _, path in cited.files:
            picked = [] if ending == WHOLE else numbers.get(cited.path, [])
            yield path, ending, [cited.work, *picked, *cited.primary]
