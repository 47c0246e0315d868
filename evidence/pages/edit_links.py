"""Where a page leads those who would change it."""

from __future__ import annotations

from urllib.parse import quote

from evidence.finished.headers import EDITOR
from evidence.model.browser_editor import entry_of
from evidence.prose.writer import Writer

OF_A_FILE = {
    "study",
    "source",
    "trial",
    "figure",
}  # kinds of pages that are made of one file of data


def file_of(kind: str, address: str) -> str:
    """Return the file of data that a page of this kind is made of; nothing where that is not one alone."""
    folder, _, name = address.rpartition("/")
    return f"data/{folder}/{name.removesuffix('.html')}.yaml" if kind in OF_A_FILE else ""


def edit_link(file: str, writer: Writer) -> str:
    """Return where a file is edited, as a link of the page that ``writer`` writes; nothing where that is nowhere."""
    site = writer.report.site
    if not file:
        return ""
    if site.is_edited_online:
        return f"{writer.href(f'{EDITOR}index.html')}{entry_of(file)}"
    return site.edit.replace("(file)", quote(file)) if site.edit else ""
