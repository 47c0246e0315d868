"""Pictures are packed by the project itself, into the same bytes on every machine."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from evidence.figures.png import SIGNATURE, smaller_png

SHUFFLED = random.Random(1)  # noqa: S311 - the same bytes each time, and nothing secret
LONGEST = bytes(SHUFFLED.randbytes(40000))


def picture(pixels: np.ndarray, filtered: int = 0) -> bytes:
    """Return a PNG file as vl-convert writes it, each row as a difference to what is beside it."""
    height, width = pixels.shape[:2]
    rows = pixels.copy()
    if filtered == 1:
        rows[:, 1:] -= pixels[:, :-1]
    if filtered == 2:
        rows[1:] -= pixels[:-1]
    lines = np.insert(rows.reshape(height, -1), 0, filtered, axis=1)
    head = struct.pack(">2I5B", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines.tobytes())), (b"IEND", b""))
    return SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def chunks_of(png: bytes) -> dict[bytes, bytes]:
    found, place = {}, 8
    while place < len(png):
        length, name = struct.unpack_from(">I4s", png, place)
        body = png[place + 8 : place + 8 + length]
        assert png[place + 8 + length :][:4] == struct.pack(">I", zlib.crc32(name + body))
        found[name] = body
        place += length + 12
    return found


def seen(png: bytes) -> np.ndarray:
    """Return the pixels of a PNG file that this project wrote."""
    parts = chunks_of(png)
    width, height, _, kind = struct.unpack_from(">2I2B", parts[b"IHDR"])
    raw = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, -1)
    assert not raw[:, 0].any()
    if kind == 6:
        return raw[:, 1:].reshape(height, width, 4)
    colours = np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)
    opacities = np.frombuffer(parts[b"tRNS"], np.uint8).reshape(-1, 1)
    return np.hstack([colours, opacities])[raw[:, 1:]]


@pytest.mark.parametrize("filtered", [0, 1, 2])
@pytest.mark.parametrize("colours", [1, 2, 256, 257, 4000])
def test_no_pixel_changes(colours: int, filtered: int) -> None:
    numbers = np.arange(61 * 83) % colours
    palette = np.frombuffer(LONGEST[: 4 * colours], np.uint8).reshape(-1, 4)
    pixels = palette[numbers].reshape(61, 83, 4)
    packed = smaller_png(picture(pixels, filtered))
    assert (seen(packed) == pixels).all()
    assert (b"PLTE" in chunks_of(packed)) == (colours <= 256)


def test_a_coarse_picture_keeps_common_colours_and_turns_a_rare_one_into_its_like() -> None:
    palette = np.frombuffer(LONGEST[: 4 * 300], np.uint8).reshape(-1, 4)
    numbers = np.concatenate((np.repeat(np.arange(256), 3), np.arange(256, 300), np.zeros(20, int)))
    pixels = palette[numbers].reshape(26, 32, 4)
    packed = smaller_png(picture(pixels), coarse=True)
    assert b"PLTE" in chunks_of(packed)
    found = seen(packed).reshape(-1, 4)
    assert (found[:768] == palette[numbers[:768]]).all()
    for rare in range(256, 300):
        away = (palette[:256].astype(int) - palette[rare]) ** 2
        assert (found[768 + rare - 256] == palette[away.sum(axis=1).argmin()]).all()


def test_a_picture_of_few_colours_is_the_same_when_it_may_be_coarse() -> None:
    palette = np.frombuffer(LONGEST[: 4 * 256], np.uint8).reshape(-1, 4)
    drawn = picture(palette[np.arange(26 * 32) % 256].reshape(26, 32, 4))
    assert smaller_png(drawn, coarse=True) == smaller_png(drawn)


def test_a_picture_of_another_kind_is_refused() -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (2, 2)).save(drawn, "PNG")
    with pytest.raises(ValueError, match="kind RGB"):
        smaller_png(drawn.getvalue())


def test_the_bytes_are_these_on_every_machine() -> None:
    """A library of the machine would pack them otherwise where it is another edition."""
    colours = np.frombuffer(LONGEST[:64], np.uint8).reshape(16, 4)
    pixels = colours[(np.arange(200 * 300) // 37) % 16].reshape(200, 300, 4)
    digest = hashlib.sha256(smaller_png(picture(pixels))).hexdigest()
    assert digest == "d1d0227ea1662b781bea777779a8b1b1516ad692b3090f6bab707c0e6a296c9e"
