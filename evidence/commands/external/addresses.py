"""Every address outside of the site that data/ and content/ name, with its places."""

from __future__ import annotations

import re
from collections import defaultdict

from evidence.check.sources.mentions import LINK, Text, texts_below
from evidence.problems import Place
from evidence.prose.references import UNREAD, blank
from evidence.read.front_matter import span
from evidence.read.sources import Sources
from evidence.read.yaml_file import Document, read_yaml

DOI = "doi:"
OUTSIDE = re.compile(r"https?://", re.IGNORECASE)
BEFORE_DOI = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi: ?", re.IGNORECASE)


def addresses(sources: Sources) -> dict[str, list[Place]]:
    """Return where each address stands; a DOI is one too, as "doi:10.1000/abc", however it is written."""
    found: dict[str, list[Place]] = defaultdict(list)
    for file, text in sources.texts.items():
        if file.endswith(".md"):
            _of_page(found, file, text)
        elif (
            file.startswith("data/")
            and file.endswith(".yaml")
            and not file.startswith("data/registry/")
        ):
            _of_document(found, read_yaml(file, text))
    return {address: sorted(set(places)) for address, places in sorted(found.items())}


def plain(address: str) -> str:
    """Return an address without the place on its page; that of a DOI as the DOI."""
    doi = BEFORE_DOI.sub("", address, count=1)
    return f"{DOI}{doi}" if doi != address else address.partition("#")[0]


def _of_document(found: dict[str, list[Place]], document: Document) -> None:
    for path, text in texts_below(document.content, ()):
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        if key == "DOI":
            found[DOI + BEFORE_DOI.sub("", text, count=1)].append(document.place(path))
        elif key.lower() == "url" and OUTSIDE.match(text):
            found[plain(text)].append(document.place(path))


def _of_page(found: dict[str, list[Place]], file: str, text: str) -> None:
    _, _, begin = span(text) or (0, 0, 0)
    whole = Text(file, text)
    for link in LINK.finditer(blank(text[begin:], UNREAD)):
        if OUTSIDE.match(link[1]):
            found[plain(link[1])].append(whole.place(begin + link.start(1)))
