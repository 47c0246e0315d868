"""From the bytes of one file to records, by what the file holds and never by its name."""

from __future__ import annotations

import codecs
import itertools
from collections.abc import Iterator

from evidence.problems import Place, Problem
from evidence.read.limits import HIDDEN
from evidence.registry.archive import BROKEN, UNPACK, is_archive, members
from evidence.registry.elements import read_elements
from evidence.registry.labelled import read_labelled, shape_of
from evidence.registry.objects import read_objects
from evidence.registry.record import FileRead, Record, finding
from evidence.registry.source import ExportBytes, codec_of, in_memory, lines_of, pieces_of
from evidence.registry.table import read_table
from evidence.registry.workbook import PARTS, read_workbook

SEVERAL = "registries"

# From bytes to text: a file of rules is UTF-8, and anything else is named for what it looks like.

PACKED = {b"PK": "a ZIP archive or a spreadsheet", b"\x1f\x8b": "a gzip archive"}
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(file: str, raw: bytes) -> tuple[str, Problem | None]:
    """Return the text of ``raw``, or a problem that says what the file looks like."""
    if not raw.strip(b" \t\r\n\x00" + codecs.BOM_UTF8):
        hint = "Download the export again; the search may have found nothing."
        return "", finding("file-not-empty", Place(file, 1, 1), "this file is empty", hint)
    for start, looks_like in PACKED.items():
        if raw.startswith(start):
            return "", _encoding(file, raw, 0, looks_like, "Unpack it, or save it as CSV in UTF-8.")
    if raw.startswith(UTF_16) or b"\x00" in raw[:4096]:
        return "", _encoding(file, raw, max(raw.find(b"\x00"), 0), "UTF-16")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", _encoding(file, raw, error.start, "Latin-1 (Windows-1252)")
    if "\x00" in text:
        return "", _encoding(file, raw, raw.index(b"\x00"), "a file that is not plain text")
    return HIDDEN.sub(" ", text), None  # records hold stray ones, which no file of ours may hold


def _encoding(
    file: str,
    raw: bytes,
    start: int,
    looks_like: str,
    hint: str = "Save the file again with the encoding UTF-8.",
) -> Problem:
    line = raw.count(b"\n", 0, start) + 1
    column = start - (raw.rfind(b"\n", 0, start) + 1) + 1
    message = f"this file is not text in UTF-8; it looks like {looks_like}"
    return finding("file-encoding", Place(file, line, column), message, hint)


# From one file to records, by what the file holds and never by its name.

HEAD_LINES = 30


def read_export(file: str, raw: bytes) -> FileRead:
    """Read the bytes of one export; ``file`` is its name in problems."""
    read = FileRead(file)
    for item in items_of(read, in_memory(file, raw)):
        if isinstance(item, Problem):
            read.problems.append(item)
        else:
            read.records.append(item)
    return read


def items_of(read: FileRead, source: ExportBytes) -> Iterator[Record | Problem]:
    """Yield each record of an export and each problem with it; note in ``read`` how it was read."""
    if is_archive(source.head()):
        yield from _of_archive(read, source)
    elif _first_letter(source) == b"<":
        yield from read_elements(read, source)
    else:
        yield from _of_text(read, source)


def _of_archive(read: FileRead, source: ExportBytes) -> Iterator[Record | Problem]:
    packed, names, problems = members(source)
    yield from problems
    if {*PARTS} & {*names}:
        yield from read_workbook(read, source)
        return
    if not packed and not problems:
        message, hint = "this archive holds no file", "Download the export again."
        yield finding("file-not-empty", Place(source.file), message, hint)
    formats, registries = dict[str, None](), dict[str, None]()
    for member in packed:
        inner = FileRead(member.file)
        yield from _of_member(inner, member)
        formats[inner.format], registries[inner.registry] = None, None
        read.notes += [f"{member.file}: {note}" for note in inner.notes]
    read.format = next(iter(formats)) if len(formats) == 1 else SEVERAL
    read.registry = next(iter(registries)) if len(registries) == 1 else SEVERAL


def _of_member(inner: FileRead, member: ExportBytes) -> Iterator[Record | Problem]:
    try:
        if is_archive(member.head()):
            with member.open() as stream:  # whose places are found from its end
                whole = in_memory(member.file, stream.read())
            if {*PARTS} & {*members(whole)[1]}:
                yield from read_workbook(inner, whole)
            else:
                message = "an archive in an archive is not read"
                yield finding("export-known", Place(member.file), message, UNPACK)
        else:
            yield from items_of(inner, member)
    except BROKEN as error:
        message = f"this file cannot be unpacked: {error}"
        hint = "Download the archive again; it may be cut off."
        yield finding("export-whole", Place(member.file), message, hint)


def _of_text(read: FileRead, source: ExportBytes) -> Iterator[Record | Problem]:
    codec = codec_of(source, read)
    if not codec:
        problems, read.problems = read.problems, []
        yield from problems
        return
    head = list(itertools.islice(lines_of(source, codec), HEAD_LINES))
    first = next((line.strip()[0] for line in head if line.strip()), "")
    labelled = shape_of(head)
    if first in {"{", "["}:
        yield from read_objects(read, pieces_of(source, codec))
    elif labelled:
        yield from read_labelled(read, labelled, lines_of(source, codec))
    else:
        yield from read_table(read, lines_of(source, codec))


def _first_letter(source: ExportBytes) -> bytes:
    """Return the first byte that is neither space, mark nor half of a letter in UTF-16."""
    head = source.head()
    return head.strip(b" \t\r\n\x00" + codecs.BOM_UTF8 + codecs.BOM_UTF16_LE)[:1]
