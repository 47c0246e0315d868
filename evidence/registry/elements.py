"""Exports in XML: which shape their root is of, and a record for each study in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.problems import Place, Problem
from evidence.registry.record import FileRead, Record, finding
from evidence.registry.shapes import ELEMENTS, SHAPES
from evidence.registry.source import ExportBytes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

FIRST = re.compile(rb"<([A-Za-z_][\w:.-]*)")
TAIL = 1 << 16


def read_elements(read: FileRead, source: ExportBytes) -> Iterator[Record | Problem]:
    """Yield a record for each study of an export in XML, of which one is held at a time."""
    from lxml import etree  # noqa: PLC0415 - only an export in XML needs it

    shape = None
    count = 0
    with source.open() as stream:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=True,  # a study may list a hundred hospitals; depth and entities stay bounded
        )
        try:
            for event, element in events:
                name = local(element)
                if shape is None:
                    shape = next((shape for shape in ELEMENTS if shape.root == name), None)
                    if shape is None:
                        yield _unknown(read.file, element)
                        return
                    read.format, read.registry = shape.id, shape.registry
                if event == "end" and name == shape.study:
                    count += 1
                    yield shape.record(Place(read.file, element.sourceline or 1, 1), element)
                    _forget(element)
        except etree.XMLSyntaxError as error:
            yield _unreadable(read.file, source, str(error.msg), *error.position)
            return
    if not count:
        message, hint = "this export holds no study", "The search may have found nothing."
        yield finding("file-not-empty", Place(read.file, 1, 1), message, hint)


def local(element: Element) -> str:
    """Return the name of an element without its namespace; a comment has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _forget(element: Element) -> None:
    """Free an element and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _unknown(file: str, root: Element) -> Problem:
    looked_for = "; ".join(shape.title for shape in SHAPES)
    message = f"this XML is not an export that is known: looked for {looked_for}"
    known = ", ".join(f"<{shape.root}>" for shape in ELEMENTS)
    hint = f"Its first element is <{local(root)}>; those of exports are {known}."
    return finding("export-known", Place(file, root.sourceline or 1, 1), message, hint)


def _unreadable(file: str, source: ExportBytes, reason: str, line: int, column: int) -> Problem:
    place = Place(file, max(line, 1), max(column, 1))
    if not _is_whole(source):
        hint = "Download the export again; it is cut off."
        return finding("export-whole", place, "the file ends before its XML does", hint)
    plain = reason.partition(", line ")[0]
    return finding(
        "export-row", place, f"this XML cannot be read: {plain}", "Download the export again."
    )


def _is_whole(source: ExportBytes) -> bool:
    """Tell whether a file ends with the end of its first element."""
    with source.open() as stream:
        head = tail = stream.read(TAIL)
        while piece := stream.read(TAIL):
            tail = tail[-TAIL:] + piece
    first = FIRST.search(head.replace(b"\x00", b""))
    last = tail.replace(b"\x00", b"").rstrip()
    return first is not None and last.endswith(b"</" + first[1] + b">")
