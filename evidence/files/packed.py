"""Parts in a ZIP file, the same bytes on every machine: the zlib of Python differs between them."""

from __future__ import annotations

import struct
from collections.abc import Mapping

LEVEL = 9
FIRST_DAY = (1 << 5) | 1  # 1 January 1980, where the days of the format begin
VERSION, DEFLATED, IN_UTF_8 = 20, 8, 1 << 11
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file of ``parts`` by their names, in order (APPNOTE.TXT of PKWARE, 4.3)."""
    import deflate  # noqa: PLC0415 - needed only when something changed

    files, listed = bytearray(), bytearray()
    for name, raw in parts.items():
        path, body = name.encode(), bytes(deflate.deflate_compress(raw, LEVEL))
        about = struct.pack(
            "<5H3I2H", VERSION, IN_UTF_8, DEFLATED, 0, FIRST_DAY,
            deflate.crc32(raw), len(body), len(raw), len(path), 0,
        )  # fmt: skip
        listed += CENTRAL + struct.pack("<H", VERSION) + about
        listed += struct.pack("<3H2I", 0, 0, 0, 0, len(files)) + path
        files += LOCAL + about + path + body
    count = len(parts)
    end = END + struct.pack("<4H2IH", 0, 0, count, count, len(listed), len(files), 0)
    return bytes(files + listed + end)
