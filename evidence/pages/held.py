"""Where the editions of pages are found: the files to hold, PDF and Word, which only ``report`` makes."""

from __future__ import annotations

from evidence.model.report import Report
from evidence.pages.citing import CITED

FOLDER = "reports/"
WHOLE = f"{FOLDER}whole.pdf"
FORMS = {"pdf": "PDF", "docx": "Word"}


def held_path(address: str, ending: str) -> str:
    """Return the path of the edition of a page."""
    return f"{FOLDER}{address.removesuffix('.html')}.{ending}"


def held(report: Report, kind: str, address: str) -> tuple[tuple[str, str], ...]:
    """Return name and path of each file that a page can be taken along as: none in a site without editions."""
    if not report.editions or kind not in CITED:
        return ()
    own = tuple((name, held_path(address, ending)) for ending, name in FORMS.items())
    return (*own, ("all topics in one PDF", WHOLE))
