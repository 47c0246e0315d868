"""The files of authors: pictures that pages show, in the sizes that screens ask for, and what pages offer."""

from __future__ import annotations

from evidence.figures.renditions import files_of
from evidence.model.offered import FOLDER as OFFERED
from evidence.model.report import Report
from evidence.prose.uses import Uses


def files_of_authors(report: Report, uses: Uses) -> dict[str, bytes]:
    """Return the files of the pictures that pages show and of what they offer, by their addresses."""
    names = sorted({name for shown in uses.pictures_of_page.values() for name in shown})
    files: dict[str, bytes] = {}
    for name in names:
        files |= files_of(report.pictures[name], report.picture_bodies[name]())
    pages = report.pages.values()
    offered = {known.address: known.file for page in pages for known in page.front.downloads}
    return files | {address: report.offered_bytes[name] for address, name in offered.items()}


def file_of_author(report: Report, path: str) -> bytes | None:
    """Return one such file, of a page or of none; None where there is none at this path."""
    if path.startswith(OFFERED):
        return report.offered_bytes.get(path.removeprefix(OFFERED))
    for name, shown in report.pictures.items():
        if any(made.address == path for made in shown.renditions):
            return files_of(shown, report.picture_bodies[name]())[path]
    return None
