"""A picture in fewer bytes, the same on every machine. Importing this loads numpy and Pillow."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import deflate
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
START = ">2I5B"  # width, height, bits, kind, compression, filter, interlacing
BY_COLOUR, WHOLE = 3, 6  # kinds: numbers of a list of colours, or red, green, blue and opacity
NO_FILTER = 0  # bytes as they are, and not as differences to others
MOST_COLOURS = 256
LEVEL = 9  # of compression: beyond it, five times as long for a twentieth fewer bytes
Pixels = NDArray[np.uint8]  # rows, columns, four bytes


def smaller_png(drawn: bytes, *, coarse: bool = False) -> bytes:
    """Return the same picture, with a list of its colours if they are few, as they mostly are.

    A ``coarse`` one has few anyway: a rare colour becomes the common one that is most like it.

    Raises:
        ValueError: The picture is of another kind than those that vl-convert makes.
    """
    return png_of_pixels(_pixels(drawn), coarse=coarse)


def png_of_pixels(pixels: Pixels, *, coarse: bool = False) -> bytes:
    """Return pixels as a file, with nothing in it but what is seen; see ``smaller_png``."""
    height, width = pixels.shape[:2]
    colours, numbers = _colours(pixels.view(">u4").reshape(-1))
    if coarse and len(colours) > MOST_COLOURS:
        colours, numbers = _commonest(colours, numbers)
    if len(colours) > MOST_COLOURS:
        rows, kind, chunks = pixels.reshape(height, -1), WHOLE, []
    else:
        rows, kind = numbers.reshape(height, width).astype(np.uint8), BY_COLOUR
        parts = colours.view(np.uint8).reshape(-1, 4)
        chunks = [(b"PLTE", parts[:, :3].tobytes()), (b"tRNS", parts[:, 3].tobytes())]
    raw = np.insert(rows, 0, NO_FILTER, axis=1).tobytes()
    chunks = [
        (b"IHDR", struct.pack(START, width, height, 8, kind, 0, 0, 0)),
        *chunks,
        (b"IDAT", bytes(deflate.zlib_compress(raw, LEVEL))),
        (b"IEND", b""),
    ]
    return SIGNATURE + b"".join(_chunk(*chunk) for chunk in chunks)


def _colours(pixels: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the colours of pixels in order, and the number of each pixel's colour.

    Neighbours mostly have one colour: only the first of each run is looked up.
    """
    starts = np.concatenate(([0], np.flatnonzero(pixels[1:] != pixels[:-1]) + 1))
    colours, numbers = np.unique(pixels[starts], return_inverse=True)
    return colours, np.repeat(numbers, np.diff(starts, append=len(pixels)))


def _commonest(colours: NDArray[Any], numbers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the commonest colours, and for each pixel the number of that which is most like its own."""
    times = np.bincount(numbers, minlength=len(colours))
    common = np.sort(np.argsort(-times, kind="stable")[:MOST_COLOURS])
    parts = colours.view(np.uint8).reshape(-1, 4).astype(np.int32)
    nearest = np.empty(len(colours), np.intp)
    for start in range(0, len(colours), MOST_COLOURS):
        some = parts[start : start + MOST_COLOURS, None] - parts[common][None]
        nearest[start : start + MOST_COLOURS] = (some * some).sum(axis=2).argmin(axis=1)
    return colours[common], nearest[numbers]


def _chunk(name: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def _pixels(drawn: bytes) -> Pixels:
    with Image.open(io.BytesIO(drawn), formats=("PNG",)) as picture:
        if picture.mode != "RGBA":
            raise ValueError(f"the picture is of kind {picture.mode}")
        return np.asarray(picture)
