"""ZIP archives: the files in one, within limits that no honest archive meets."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from evidence.problems import Place, Problem
from evidence.read.limits import MOST_PACKED, MOST_TIMES_PACKED, MOST_UNPACKED_BYTES, beyond
from evidence.registry.record import finding
from evidence.registry.source import ExportBytes

MAGIC = b"PK\x03\x04"
LEAST_TO_JUDGE = 10_000_000  # bytes: what is smaller does no harm, however well it is packed
OF_A_SYSTEM = ("__MACOSX/",)
ENCRYPTED = 0x1
# What reading a file of an archive may raise when the archive is not whole
BROKEN = (
    BadZipFile,
    LargeZipFile,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
UNPACK = "Unpack it, and name the files that are in it."


def is_archive(head: bytes) -> bool:
    """Tell whether bytes are a ZIP archive; an empty one is."""
    return head.startswith((MAGIC, b"PK\x05\x06"))


def members(source: ExportBytes) -> tuple[list[ExportBytes], list[str], list[Problem]]:
    """Return the files of an archive by name, their names, and what is wrong with the archive."""
    try:
        with source.open() as stream, ZipFile(stream) as archive:
            packed = archive.infolist()
    except BROKEN as error:
        message = f"this ZIP archive cannot be read: {error}"
        hint = "Download the export again; it may be cut off."
        return [], [], [finding("export-whole", Place(source.file), message, hint)]
    names = [each.filename for each in packed]
    problems = list(_beyond_limits(source.file, packed))
    if problems:
        return [], names, problems
    wanted = sorted(
        (each for each in packed if not each.is_dir() and not _is_of_a_system(each.filename)),
        key=lambda each: each.filename,
    )
    return [_member(source, each) for each in wanted], names, []


def _is_of_a_system(name: str) -> bool:
    return name.startswith(OF_A_SYSTEM) or name.rpartition("/")[2].startswith(".")


class _Packed(io.RawIOBase):
    """A file of an archive, with which the archive is closed."""

    def __init__(self, source: ExportBytes, name: str) -> None:
        self._outer = source.open()
        self._archive = ZipFile(self._outer)
        self._inner = self._archive.open(name)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._inner.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            for each in (self._inner, self._archive, self._outer):
                each.close()
        super().close()


def _member(source: ExportBytes, packed: ZipInfo) -> ExportBytes:
    def opened() -> BinaryIO:
        return cast("BinaryIO", io.BufferedReader(_Packed(source, packed.filename)))

    return ExportBytes(f"{source.file}/{packed.filename}", opened)


def _beyond_limits(file: str, packed: list[ZipInfo]) -> Iterator[Problem]:
    unpacked = sum(each.file_size for each in packed)
    if len(packed) > MOST_PACKED:
        message = beyond("this archive", len(packed), "files", MOST_PACKED)
        yield finding("file-limits", Place(file), message, UNPACK)
    if unpacked > MOST_UNPACKED_BYTES:
        message = beyond("this archive", unpacked, "bytes unpacked", MOST_UNPACKED_BYTES)
        yield finding("file-limits", Place(file), message, UNPACK)
    for each in packed:
        if each.flag_bits & ENCRYPTED:
            message = f"'{each.filename}' in this archive is locked with a password"
            yield finding("export-readable", Place(file), message, UNPACK)
        times = each.file_size // max(each.compress_size, 1)
        if each.file_size > LEAST_TO_JUDGE and times > MOST_TIMES_PACKED:
            what = f"'{each.filename}' in this archive, unpacked,"
            message = beyond(what, times, "times its size", MOST_TIMES_PACKED)
            yield finding("file-limits", Place(file), message, UNPACK)
