"""The bytes of an export, and the text in them: in which encoding, and how that shows."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evidence.problems import Place, Problem
from evidence.read.limits import HIDDEN
from evidence.registry.record import FileRead, finding, quoted

CHUNK = 1 << 20
PIECE = 1 << 18
HEAD = 4096
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # what Windows-1252 has no letter for
SHOWN_WORDS = 3
WORD = re.compile(r"[^\W\d_]+")
SAVE_AS_UTF_8 = "Save the file again with the encoding UTF-8."


@dataclass(frozen=True)
class ExportBytes:
    """Bytes that can be read from their start as often as needed; ``file`` names them in problems."""

    file: str
    open: Callable[[], BinaryIO]

    def head(self) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(HEAD)


def in_memory(file: str, raw: bytes) -> ExportBytes:
    """Return a source of bytes that are in memory."""
    return ExportBytes(file, lambda: io.BytesIO(raw))


def of_file(path: Path) -> ExportBytes:
    """Return a source of the bytes of a file."""
    return ExportBytes(str(path), lambda: path.open("rb"))


def lines_of(source: ExportBytes, codec: str) -> Iterator[str]:
    """Yield the lines of a text with their ends, without what no file of ours may hold."""
    with io.TextIOWrapper(source.open(), codec, newline="") as lines:
        for line in lines:
            yield HIDDEN.sub(" ", line)


def pieces_of(source: ExportBytes, codec: str) -> Iterator[str]:
    """Yield a text in pieces of some length, without what no file of ours may hold."""
    with io.TextIOWrapper(source.open(), codec, newline="") as text:
        while piece := text.read(PIECE):
            yield HIDDEN.sub(" ", piece)


# Which encoding it is: UTF-8, UTF-16 with its mark, or Windows-1252 where nothing speaks against it.


def codec_of(source: ExportBytes, read: FileRead) -> str:
    """Return the codec of a text, or "" after keeping the problem; note what is not UTF-8."""
    head = source.head()
    blank = b" \t\r\n\x00" + codecs.BOM_UTF8
    if not head.strip(blank) and not _rest(source).strip(blank):
        hint = "Download the export again; the search may have found nothing."
        place = Place(source.file, 1, 1)
        read.problems.append(finding("file-not-empty", place, "this file is empty", hint))
        return ""
    if head.startswith(b"\x1f\x8b"):
        hint = "Unpack it, or save it as CSV in UTF-8."
        read.problems.append(_not_utf_8(source, 0, "a gzip archive", hint))
        return ""
    codec = next((codec for mark, codec in UTF_16.items() if head.startswith(mark)), "")
    if not codec and b"\x00" in head:
        read.problems.append(_not_utf_8(source, head.index(b"\x00"), "UTF-16"))
        return ""
    wrong = _first_wrong(source, codec or "utf-8")
    if wrong is None:
        if codec:
            read.notes.append("It is in UTF-16, as some spreadsheets save text.")
        return codec or "utf-8-sig"
    if codec:
        read.problems.append(_not_utf_8(source, wrong, "broken UTF-16"))
        return ""
    return _windows(source, read, wrong)


def _rest(source: ExportBytes) -> bytes:
    with source.open() as stream:
        return next(
            (chunk for chunk in iter(lambda: stream.read(CHUNK), b"") if chunk.strip()), b""
        )


def _first_wrong(source: ExportBytes, codec: str) -> int | None:
    """Return the place of the first byte that cannot be read, or None; a NUL is one."""
    decoder = codecs.getincrementaldecoder(codec)()
    done = 0
    with source.open() as stream:
        while True:
            chunk = stream.read(CHUNK)
            kept = decoder.getstate()[0]
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return done - len(kept) + error.start
            if "\x00" in text:
                return done + max(chunk.find(b"\x00"), 0)
            if not chunk:
                return None
            done += len(chunk)


def _windows(source: ExportBytes, read: FileRead, wrong: int) -> str:
    """Return Windows-1252 for bytes that have no sign of another encoding."""
    words: dict[str, None] = {}
    with source.open() as stream:
        for raw in stream:
            looks_like = _other_than_windows(raw)
            if looks_like:
                read.problems.append(_not_utf_8(source, wrong, looks_like))
                return ""
            if len(words) < SHOWN_WORDS and not raw.isascii():
                letters = WORD.findall(raw.decode("cp1252"))
                words |= dict.fromkeys(word for word in letters if not word.isascii())
    samples = ", ".join(quoted(word) for word in list(words)[:SHOWN_WORDS])
    look = f"Look whether its words are right: {samples}." if words else ""
    how = "It is not in UTF-8, and was read as Windows-1252, as spreadsheets save text."
    read.notes.append(f"{how} {look}".strip())
    return "cp1252"


def _other_than_windows(raw: bytes) -> str:
    """Return what a line looks like that is not in Windows-1252, or ""."""
    if b"\x00" in raw:
        return "a file that is not plain text"
    if UNDEFINED.search(raw):
        return "neither that nor Windows-1252"
    if any(
        "\x7f" < letter < "\ud800" or letter > "\udfff"
        for letter in set(raw.decode("utf-8", "surrogateescape"))
    ):
        return "UTF-8 in some places and another encoding in others"
    return ""


def _not_utf_8(
    source: ExportBytes, start: int, looks_like: str, hint: str = SAVE_AS_UTF_8
) -> Problem:
    with source.open() as stream:
        before = stream.read(start)
    column = start - (before.rfind(b"\n") + 1) + 1
    message = f"this file is not text in UTF-8; it looks like {looks_like}"
    place = Place(source.file, before.count(b"\n") + 1, column)
    return finding("file-encoding", place, message, hint)
