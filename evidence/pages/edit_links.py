"""Where a page leads those who would change it."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote

from evidence.finished.headers import EDITOR
from evidence.model.browser_editor import entry_of
from evidence.model.report import Report
from evidence.prose.writer import Writer


def file_at(address: str, report: Report) -> str:
    """Return the file that the page at an address is made of; nothing where it is not made of one alone."""
    folder, _, name = address.removesuffix(".html").rpartition("/")
    of_data: dict[str, Collection[str]] = {
        "studies": report.studies,
        "sources": report.sources,
        "trials": report.trials,
        "figures": report.figures,
    }
    if name in of_data.get(folder, ()):
        return f"data/{folder}/{name}.yaml"
    return next((page.file for page in report.pages.values() if page.address == address), "")


def edit_link(kind: str, writer: Writer) -> str:
    """Return where the file is edited of which a page is made, as a link on it; nothing where that is nowhere.

    ``kind`` is that of the page: the page of a trial is made of its file, of which no report but the whole one knows.
    """
    site = writer.report.site
    if not site.is_edited_online and not site.edit:
        return ""
    trial = f"data/{writer.address.removesuffix('.html')}.yaml" if kind == "trial" else ""
    file = trial or file_at(writer.address, writer.report)
    if site.is_edited_online and file:
        return f"{writer.href(f'{EDITOR}index.html')}{entry_of(file)}"
    return (site.edit or "").replace("(file)", quote(file)) if file else ""
