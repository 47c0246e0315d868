"""Where every name stands that a file uses for another, and where what it names is written.

It asks only how names are written, so that it also answers while something else is wrong.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from evidence.problems import Place
from evidence.prose.references import UNREAD, ReferenceKind, blank, find_references
from evidence.read.csv_file import read_csv
from evidence.read.front_matter import span
from evidence.read.sources import DOWNLOADS, TABLES, Sources, named_by
from evidence.read.tables import file_of_table
from evidence.read.yaml_file import Document, Path, read_yaml

# What the value of a key names, in every kind of file
KEYS = {
    "document": "source", "export": "export", "file": "download", "figure": "figure", "finding": "finding", "findings": "finding",
    "important": "finding", "page": "page", "pages": "page", "pooled": "figure", "related": "study",
    "same-as": "finding", "search": "search", "source": "source", "study": "study", "table": "table",
    "trial": "trial",
}  # fmt: skip
# The same words that name nothing: pages of a journal, what a figure pools, the columns of its table
NO_NAMES = {
    "data/sources/": {"page"},
    "data/figures/": {"pooled", "columns"},
    "data/tables/": {"columns"},
    "data/vocabularies.yaml": {*KEYS},
}
OWN = {"sums", "order", "years"}  # below which a study names findings of its own
OF_REFERENCES: dict[ReferenceKind, str] = {
    "number": "finding", "study": "study", "trial": "trial", "page": "page", "claim": "claim",
    "plain": "exempt", "figure": "figure", "outcome": "outcome", "citation": "source", "picture": "picture",
    "table": "table",
}  # fmt: skip
# Beside its text, or below it as the address of a name
LINK = re.compile(r"(?:\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?)([^)\s>]+)", re.MULTILINE)
NO_PAGE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#]", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Mention:
    """A name of something of a ``kind``, as it is ``written`` at a place; ``target`` is what it names.

    The kind "exempt" is a number that is marked as carrying no evidence.
    """

    place: Place
    kind: str
    target: str
    written: str


@dataclass
class Text:
    """A text of a file with the places of its letters."""

    file: str
    text: str
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Find where lines begin."""
        self.starts = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, offset: int) -> Place:
        """Return the place of a letter."""
        line = bisect_right(self.starts, offset)
        return Place(self.file, line, offset - self.starts[line - 1] + 1)


def mentions(sources: Sources, part: str = "") -> Iterator[Mention]:
    """Yield every name in content/ and data/, or those of files in whose text ``part`` stands."""
    for file, text in sources.texts.items():
        if part not in text:
            continue
        if file.endswith(".md"):
            yield from (_of_file(sources, mention) for mention in _of_page(file, text))
        elif file.startswith("data/tables/") and not file.endswith(".yaml"):
            yield from _of_table(file, text)
        elif file.endswith(".yaml") and not file.startswith("data/registry/"):
            yield from _of_document(read_yaml(file, text))


def _of_file(sources: Sources, mention: Mention) -> Mention:
    """Return a mention by the name of what it names: of a table with its ending, of a picture without."""
    if mention.kind == "table":
        file = file_of_table(sources, mention.target)
        return replace(mention, target=file.removeprefix(TABLES) or mention.target)
    if mention.kind == "picture":
        return replace(mention, target=mention.target.rpartition(".")[0])
    return mention


def _of_page(file: str, text: str) -> Iterator[Mention]:
    front = span(text)
    begin = 0
    if front:
        start, end, begin = front
        first_line = text.count("\n", 0, start) + 1
        yield from _of_document(read_yaml(file, text[start:end], first_line))
    whole = Text(file, text)
    body = text[begin:]
    for reference in find_references(body)[0]:
        kind = OF_REFERENCES.get(reference.kind)
        if kind is not None:
            place = whole.place(begin + reference.start)
            yield Mention(place, kind, reference.target, reference.written)
    for link in LINK.finditer(blank(body, UNREAD)):
        page = linked_page(file, link[1])
        if page:
            yield Mention(whole.place(begin + link.start(1)), "page", page, link[1])


def linked_page(file: str, link: str) -> str:
    """Return the page to which a link in the file of a page leads, or nothing where it is none."""
    path = link.partition("#")[0]
    if NO_PAGE.match(link) or not path.endswith(".html"):
        return ""
    folder = posixpath.dirname(file.removeprefix("content/"))
    return posixpath.normpath(posixpath.join(folder, path)).removesuffix(".html")


def _of_table(file: str, text: str) -> Iterator[Mention]:
    table = read_csv(file, text)
    for line, cells in table.rows:
        for column in ("source", "same-as"):
            if cells.get(column):
                name = cells[column]
                yield Mention(table.place(line, column), KEYS[column], name, name)


def _of_document(document: Document) -> Iterator[Mention]:
    study = named_by(document.file).removeprefix("study:")
    for path, text in texts_below(document.content, ()):
        if path and path[0] in OWN and document.file.startswith("data/studies/"):
            yield Mention(document.place(path), "finding", f"{study}/{text}", text)
        kind = _kind(document.file, path)
        if kind is not None and not (kind == "finding" and "/" not in text):
            yield Mention(document.place(path), kind, text, text)
        yield from _in_prose(document, path, text)


def _kind(file: str, path: Path) -> str | None:
    """Return what the value at ``path`` names, or None where it names nothing."""
    keys = [part for part in path if isinstance(part, str)]
    passed = {key for start, own in NO_NAMES.items() if file.startswith(start) for key in own}
    return None if not keys or passed & {*keys} else KEYS.get(keys[-1])


def _in_prose(document: Document, path: Path, text: str) -> Iterator[Mention]:
    """Yield the references and links in a text of YAML."""
    found: dict[str, int] = {}
    for reference in find_references(text)[0]:
        before = found.get(reference.written, 0)
        found[reference.written] = before + 1
        kind = OF_REFERENCES.get(reference.kind)
        if kind is not None:
            place = document.place_of_text(path, reference.written, before)
            yield Mention(place, kind, reference.target, reference.written)
    for link in LINK.finditer(text) if document.file.endswith(".md") else ():
        page = linked_page(document.file, link[1])
        if page:
            before = text.count(link[1], 0, link.start(1))
            place = document.place_of_text(path, link[1], before)
            yield Mention(place, "page", page, link[1])


def texts_below(content: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every text below ``content``, which YAML gave, with the way to it."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from texts_below(value, (*path, key))
    elif isinstance(content, list):
        for position, value in enumerate(content):
            yield from texts_below(value, (*path, position))
    elif isinstance(content, str):
        yield path, content


# Where what a name stands for is written


def written_things(sources: Sources) -> dict[tuple[str, str], Place]:
    """Return the place of everything that has a name, by its kind and name."""
    things: dict[tuple[str, str], Place] = {
        ("download", file.removeprefix(DOWNLOADS)): Place(file, 1, 1)
        for file in sources.binaries
        if file.startswith(DOWNLOADS)
    }
    for file, text in sources.texts.items():
        kind, _, name = named_by(file).partition(":")
        if kind not in {"", "ledger", "page-table"}:
            things[kind, name] = Place(file, 1, 1)
        if kind == "study":
            things |= _findings(sources, read_yaml(file, text), name)
        elif kind == "ledger":
            document = read_yaml(file, text)
            for key in _keys(document, "claims"):
                place = document.place(("claims", key), of_key=True)
                things["claim", f"{name}/{key}"] = place
        elif file == "data/glossary.yaml":
            document = read_yaml(file, text)
            for key in document.content if isinstance(document.content, dict) else ():
                things["term", str(key)] = document.place((key,), of_key=True)
    return things


def _findings(sources: Sources, document: Document, study: str) -> dict[tuple[str, str], Place]:
    found = {
        ("finding", f"{study}/{key}"): document.place(("findings", key), of_key=True)
        for key in _keys(document, "findings")
    }
    content = document.content if isinstance(document.content, dict) else {}
    file = f"data/tables/{content.get('table')}"
    if file in sources.texts:
        table = read_csv(file, sources.texts[file])
        found |= {
            ("finding", f"{study}/{cells['id']}"): table.place(line, "id")
            for line, cells in table.rows
            if cells.get("id")
        }
    analysis = content.get("analysis")
    results = analysis.get("results") if isinstance(analysis, dict) else None
    for key in results if isinstance(results, dict) else ():
        place = document.place(("analysis", "results", key), of_key=True)
        found["finding", f"{study}/{key}"] = place
    return found


def _keys(document: Document, part: str) -> list[str]:
    entries = document.content.get(part) if isinstance(document.content, dict) else None
    return [str(key) for key in entries] if isinstance(entries, dict) else []
