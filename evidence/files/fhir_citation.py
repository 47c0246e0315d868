"""A source as a Citation of FHIR R5: what it is, who wrote it, where it stands, and what was read of it."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.files.fhir_terms import (
    ARTIFACT_STATUS,
    CONTRIBUTOR_ROLE,
    PUBLISHED_IN,
    URI,
    concept,
    notes,
    own_identifiers,
    resource_id,
)
from evidence.model.site import Site
from evidence.model.source import Source
from evidence.model.source_reading import UNNAMED
from evidence.pages.linked_data import Node, filled
from evidence.prose.citing import LICENCE, doi_address

RETRACTED = ("retracted", "Retracted")
PERIODICAL = ("D020492", "Periodical")
AUTHOR = ("author", "Author/Creator")


def citation(source: Source, site: Site) -> Node:
    """Return a source as a resource; its id follows from that of the source."""
    path = f"sources/{source.id}.html"
    return filled(
        {
            "resourceType": "Citation",
            "id": resource_id(site, "Citation", source.id),
            "url": site.public_address(path),
            "identifier": own_identifiers(site, source.id, path),
            "title": source.short,
            "status": "active",
            "publisher": site.title,
            "copyright": LICENCE,
            "citedArtifact": _artifact(source),
        }
    )


def _artifact(source: Source) -> Node:
    newest = max(source.reading, key=lambda reading: reading.date.first_day)
    retraction = source.retraction
    retracted = retraction is not None and retraction.state == "retracted"
    return filled(
        {
            "identifier": list(_identifiers(source)),
            "dateAccessed": str(newest.date),
            "currentState": [concept(ARTIFACT_STATUS, RETRACTED)] if retracted else [],
            "title": [{"text": source.title}],
            "publicationForm": _published(source),
            "webLocation": [{"url": source.url}] if source.url else [],
            "contributorship": _authors(source),
            "note": notes(*_said(source)),
        }
    )


def _identifiers(source: Source) -> Iterator[Node]:
    if source.doi:
        yield {"type": {"text": "DOI"}, "system": URI, "value": doi_address(source.doi)}
    for name, value in (("PMID", source.pmid), ("PMCID", source.pmcid)):
        if value:
            yield {"type": {"text": name}, "value": value}


def _published(source: Source) -> list[Node]:
    periodical = PERIODICAL if source.is_paper and source.container_title else None
    where = filled(
        {
            "type": concept(PUBLISHED_IN, periodical),
            "title": source.container_title,
            "publisher": {"display": source.publisher} if source.publisher else None,
        }
    )
    form = filled(
        {
            "publishedIn": where,
            "volume": source.volume,
            "issue": source.issue,
            "articleDate": str(source.issued) if source.issued else "",
            "pageString": source.page,
        }
    )
    return [form] if form else []


def _authors(source: Source) -> Node:
    """Return the authors that were read; the list is complete where no others are said to be."""
    named = [name for name in source.author if name.literal not in UNNAMED]
    entries = [
        {
            "contributor": {"display": str(name)},
            "role": concept(CONTRIBUTOR_ROLE, AUTHOR),
            "rankingOrder": place,
        }
        for place, name in enumerate(named, start=1)
    ]
    return {"complete": len(named) == len(source.author), "entry": entries} if entries else {}


def _said(source: Source) -> Iterator[str]:
    """Yield what was read, and what a look for a retraction gave."""
    for reading in source.reading:
        extent = {"whole": "whole", "part": "in part", "unknown": "how much is not known"}
        yield f"Read: {reading.part}, {reading.date.words}, {extent[reading.extent]}."
    if source.retraction is not None:
        state = source.retraction.state.replace("-", " ")
        on, where = source.retraction.on.words, source.retraction.where
        yield f"Retraction or correction: {state}, {on}, {where}."
