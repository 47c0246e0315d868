"""The files of pictures of authors: each that a page shows, in the sizes that screens ask for."""

from __future__ import annotations

from evidence.figures.renditions import files_of
from evidence.model.report import Report
from evidence.prose.uses import Uses


def picture_files(report: Report, uses: Uses) -> dict[str, bytes]:
    """Return the files of the pictures that pages show, by their addresses."""
    names = sorted({name for shown in uses.pictures_of_page.values() for name in shown})
    files: dict[str, bytes] = {}
    for name in names:
        files |= files_of(report.pictures[name], report.picture_bodies[name]())
    return files


def picture_file(report: Report, path: str) -> bytes | None:
    """Return one file of a picture; None where there is none at this path."""
    for name, shown in report.pictures.items():
        if any(made.address == path for made in shown.renditions):
            return files_of(shown, report.picture_bodies[name]())[path]
    return None
