"""From the bytes of one file to records, by what the file holds and never by its name."""

from __future__ import annotations

import codecs

from evidence.problems import Place, Problem
from evidence.read.limits import HIDDEN
from evidence.registry.json_studies import read_json
from evidence.registry.record import FileRead, finding
from evidence.registry.source import ExportBytes, codec_of, in_memory, lines_of, text_of
from evidence.registry.table import read_table

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


def read_export(file: str, raw: bytes) -> FileRead:
    """Read the bytes of one export; ``file`` is its name in problems."""
    read = FileRead(file)
    source = in_memory(file, raw)
    if raw.startswith(b"PK"):
        problem = _encoding(file, raw, 0, PACKED[b"PK"], "Unpack it, or save it as CSV in UTF-8.")
        read.problems.append(problem)
        return read
    codec = codec_of(source, read)
    return _of_text(source, codec, read) if codec else read


def _of_text(source: ExportBytes, codec: str, read: FileRead) -> FileRead:
    if _first_letter(source, codec) in {"{", "["}:
        parsed = read_json(source.file, text_of(source, codec))
        parsed.notes = [*read.notes, *parsed.notes]
        return parsed
    for item in read_table(read, lines_of(source, codec)):
        if isinstance(item, Problem):
            read.problems.append(item)
        else:
            read.records.append(item)
    return read


def _first_letter(source: ExportBytes, codec: str) -> str:
    for line in lines_of(source, codec):
        if line.strip():
            return line.strip()[0]
    return ""
