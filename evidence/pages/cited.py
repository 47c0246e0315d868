"""What a reference manager takes from the page of a paper: the paper itself, as from the record of a library.

The tags are those of Highwire (``citation_title`` ...), which Zotero and others read. They describe the paper
and lead to where its publisher has it; none says that its text is here. Other pages have none: a page of this
site is no paper, and what a reference manager saves of it is the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.source import Source
from evidence.model.source_reading import UNNAMED

Tag = tuple[str, str]


def citation_of(source: Source) -> tuple[Tag, ...]:
    """Return the tags of a source, by name; none where it is no paper."""
    return tuple(_tags(source)) if source.is_paper else ()


def _tags(source: Source) -> Iterator[Tag]:
    yield "citation_title", source.title
    for name in source.author:
        if name.literal not in UNNAMED:
            yield "citation_author", name.inverted
    if source.issued is not None:
        yield "citation_publication_date", str(source.issued).replace("-", "/")
    first, _, last = (source.page or "").replace("–", "-").partition("-")
    doi = f"https://doi.org/{source.doi}" if source.doi else None
    known = {
        "journal_title": source.container_title,
        "volume": source.volume,
        "issue": source.issue,
        "firstpage": first,
        "lastpage": last,
        "publisher": source.publisher,
        "doi": source.doi,
        "pmid": source.pmid,
        "public_url": doi or source.url,
    }
    for key, value in known.items():
        if value:
            yield f"citation_{key}", value
